"""The project's settings, quick enough for tests."""

import os

os.environ.setdefault("RAKORTEK_LOG_LEVEL", "WARNING")

from rakortek.settings import *  # noqa: F403 - all of them, changed below
from rakortek.settings import DATABASES, INSTALLED_APPS, MIDDLEWARE, STORAGES, TEMPLATES
from tests.nets import FailOnUnknown

STORAGES = STORAGES | {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("whitenoise.")]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
INSTALLED_APPS = [
    "django.contrib.staticfiles" if name == "rakortek.apps.Static" else name  # live_server's name
    for name in INSTALLED_APPS
]

# History refuses TRUNCATE to everyone; test databases may be flushed, and say so themselves.
_options = DATABASES["default"].setdefault("OPTIONS", {})
_options["options"] = (
    f"{_options.get('options', '')} -c rakortek.may_flush=on -c synchronous_commit=off".strip()
)
DATABASES["default"]["CONN_MAX_AGE"] = 0

TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = FailOnUnknown("unknown variable")
