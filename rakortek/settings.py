"""Settings: one file, from the environment alone.

Without any variable these are the settings of the demo on this machine. With
``RAKORTEK_PRODUCTION=1`` nothing is taken for granted: see docs/operate.md for every variable.
"""

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NoReturn

import django_stubs_ext
import environ
import pghistory
from csp.constants import NONE, SELF

from rakortek import logs, secret
from rakortek.embedded_postgres import server

django_stubs_ext.monkeypatch()  # ModelForm[Thing] works at run time too

env = environ.Env()


def refuse(reason: str) -> NoReturn:
    """Stop the start with one plain line."""
    sys.exit(f"Rakortek: {reason}")


# --- Where this runs ---------------------------------------------------------------------------

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(env.str("RAKORTEK_VAR", str(BASE_DIR / "var"))).resolve()
PRODUCTION = env.bool("RAKORTEK_PRODUCTION", False)
DEBUG = env.bool("RAKORTEK_DEBUG", False)

if PRODUCTION:
    if DEBUG:
        refuse("RAKORTEK_DEBUG must not be set in production.")
    SECRET_KEY = env.str("RAKORTEK_SECRET_KEY", "")
    if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10:
        refuse("set RAKORTEK_SECRET_KEY to 50 random characters or more (see docs/operate.md).")
    ALLOWED_HOSTS = env.list("RAKORTEK_HOSTS", default=[])
    if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        refuse("set RAKORTEK_HOSTS to the names of this site, parted by commas.")
    if "DATABASE_URL" not in os.environ:
        refuse("set DATABASE_URL to a PostgreSQL 15 or newer (see docs/operate.md).")
else:
    SECRET_KEY = secret.kept_in(VAR / "secret_key", refuse)
    ALLOWED_HOSTS = env.list(
        "RAKORTEK_HOSTS", default=["localhost", "127.0.0.1", "[::1]", "testserver"]
    )

# --- What it is made of ------------------------------------------------------------------------

INSTALLED_APPS = [
    "whitenoise.runserver_nostatic",
    "proposals",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "rakortek.apps.Static",
    "django.contrib.postgres",
    "django.forms",
    "pgtrigger",
    "pghistory",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "heroicons",
    "csp",
]

MIDDLEWARE = [
    "rakortek.proxy.TrueAddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "proposals.web.middleware.PersonLocaleMiddleware",  # profile and cookie alone
    "proposals.web.middleware.ClosedByDefaultMiddleware",  # every address asks who is there
    "proposals.web.middleware.FirstPasswordMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "proposals.web.middleware.KeepMiddleware",  # tells the browser which form was taken
    "proposals.web.middleware.HistoryMiddleware",  # who and from where, on every event
]

ROOT_URLCONF = "rakortek.urls"
WSGI_APPLICATION = "rakortek.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "proposals.web.surroundings.hall",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- PostgreSQL: the bundled one, or any from version 15 on -------------------------------------

EMBEDDED_DATA = VAR / "pg"
if "DATABASE_URL" in os.environ:
    _database: dict[str, Any] = dict(env.db("DATABASE_URL"))
else:
    _database = {
        "ENGINE": "rakortek.embedded_postgres",
        "NAME": "rakortek",
        "USER": "postgres",
        "HOST": str(server.socket_dir(EMBEDDED_DATA)),
        "DATA": EMBEDDED_DATA,
    }
if "postgres" not in _database["ENGINE"]:
    refuse("DATABASE_URL must name a PostgreSQL database (postgres://...).")
_database |= {
    "CONN_MAX_AGE": 60,
    "CONN_HEALTH_CHECKS": True,
    "TEST": {"NAME": env.str("RAKORTEK_TEST_DATABASE", "test_rakortek")},
}
DATABASES = {"default": _database}
APP_ROLE = env.str("RAKORTEK_APP_ROLE", "")  # who gets rights when the owner prepares the tables
# Counts of refused log-ins live here: every process must see the same count.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "web_cache"}
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()  # who and where, in the event's own row
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(related_name="events")

# --- People ------------------------------------------------------------------------------------

AUTH_USER_MODEL = "proposals.User"
AUTHENTICATION_BACKENDS = ["proposals.web.adapter.PersonBackend"]
_hashers = "django.contrib.auth.hashers"
PASSWORD_HASHERS = [f"{_hashers}.Argon2PasswordHasher", f"{_hashers}.PBKDF2PasswordHasher"]
_validation = "django.contrib.auth.password_validation"
_alike = {"user_attributes": ("email", "full_name")}
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{_validation}.UserAttributeSimilarityValidator", "OPTIONS": _alike},
    {"NAME": f"{_validation}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{_validation}.CommonPasswordValidator"},
    {"NAME": f"{_validation}.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "proposals.web.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no letter to an address nobody here has
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "10/m/ip,5/5m/key"}

DEMO_PASSWORD = "rakortek-2022"  # noqa: S105 - everybody's in the demo, never in production

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 60 * 60  # one working day

# --- Words, times and money --------------------------------------------------------------------

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Makassar"  # WITA
HELP_LINE = env.str("RAKORTEK_HELP", "")  # whom to call, at the foot of every page

# --- Files -------------------------------------------------------------------------------------


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        refuse(f"the package {name} is missing: run `make setup`.")
    return Path(spec.submodule_search_locations[0])


_bootstrap = _package("bootstrap")
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("bootstrap", _bootstrap / "css"),
    ("bootstrap", _bootstrap / "js"),
]
WHITENOISE_ALLOW_ALL_ORIGINS = False
MEDIA_ROOT = VAR / "media"  # never served as such: downloads pass through access
MEDIA_URL = "/media/"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750
ATTACHMENT_MAX_BYTES = 10 * 1024 * 1024
if S3_BUCKET := env.str("RAKORTEK_S3_BUCKET", ""):  # keys: AWS_ACCESS_KEY_ID and its companion
    if find_spec("storages") is None:
        refuse("RAKORTEK_S3_BUCKET needs the packages of requirements-s3.txt.")
    STORAGES["default"] = {
        "BACKEND": "rakortek.s3.RangedStorage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": env.str("RAKORTEK_S3_ENDPOINT", "") or None,
            "region_name": env.str("RAKORTEK_S3_REGION", "") or None,
            "file_overwrite": False,
        },
    }
CLAMD_ADDRESS = env.str("RAKORTEK_CLAMD", "")  # host:port or a socket; "": nothing is scanned
CLAMD_SECONDS = 60
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 50

# --- Letters: by SMTP, into files (demo), or nowhere (production without mail) -------------------

MAIL_IS_SENT = "EMAIL_URL" in os.environ
if MAIL_IS_SENT:
    vars().update(env.email("EMAIL_URL"))
elif PRODUCTION:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
else:
    EMAIL_BACKEND = "rakortek.mail.FileBackend"
    EMAIL_FILE_PATH = VAR / "mail"
LETTERS_LEAVE = MAIL_IS_SENT or not PRODUCTION  # else they are held, and the bell alone tells
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("RAKORTEK_MAIL_FROM", "rakortek@localhost")
_site = f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION else "http://127.0.0.1:8000"
SITE_ADDRESS = env.str("RAKORTEK_ADDRESS", _site).rstrip("/")  # what links in letters begin with

# --- Safety ------------------------------------------------------------------------------------

PROXIES = env.int("RAKORTEK_PROXIES", 1 if PRODUCTION else 0)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked by monitors on the machine itself
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "proposals.web.failures.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        **{
            name: [SELF]
            for name in (
                *("script-src", "style-src", "font-src", "connect-src"),
                *("form-action", "manifest-src"),
            )
        },
        "img-src": [SELF, "data:"],  # Bootstrap's arrows and marks
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LOGGING = logs.configuration(
    env.str("RAKORTEK_LOG", "json" if PRODUCTION else "plain"),
    env.str("RAKORTEK_LOG_LEVEL", "INFO"),
)
