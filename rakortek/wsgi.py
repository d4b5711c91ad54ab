"""The door for the web server: gunicorn calls ``application``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rakortek.settings")

application = get_wsgi_application()
