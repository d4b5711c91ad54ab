"""Settings of a server in a process of its own, over the database of the running tests.

With RAKORTEK_SERVED_STATIC it answers compressed, as behind the proxy of a release.
"""

import os

from tests.settings import *  # noqa: F403
from tests.settings import DATABASES, INSTALLED_APPS, MIDDLEWARE, STORAGES

INSTALLED_APPS = [name for name in INSTALLED_APPS if name != "whitenoise.runserver_nostatic"]
DATABASES["default"]["NAME"] = os.environ["RAKORTEK_SERVED_DATABASE"]
if STATIC_ROOT := os.environ.get("RAKORTEK_SERVED_STATIC", ""):
    compressed = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    STORAGES = STORAGES | {"staticfiles": compressed}
    MIDDLEWARE = [
        "whitenoise.middleware.WhiteNoiseMiddleware",
        "django.middleware.gzip.GZipMiddleware",
        *MIDDLEWARE,
    ]
    INSTALLED_APPS = [
        "rakortek.apps.Static" if name == "django.contrib.staticfiles" else name
        for name in INSTALLED_APPS
    ]
