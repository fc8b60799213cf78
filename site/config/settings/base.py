"""What every environment shares. Secrets and switches come from the environment (see README)."""

from email.utils import formataddr, parseaddr
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from config.extra_languages import extra_languages
from config.logs import logging_config
from config.machine_translation import machine_translator
from config.settings.browser import *  # noqa: F403  settings build on each other by design
from config.settings.cms import *  # noqa: F403
from config.settings.environment import *  # noqa: F403
from config.settings.environment import BASE_DIR, SITE_DIR, VAR_DIR, as_written, env
from config.settings.signing_in import *  # noqa: F403

DEBUG = False
DEMO = env.bool("DEMO", default=False)
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "search",
    "newsletter",
    "meetings",
    "practice",
    "learning",
    "home",
    "accounts",
    "config.apps.HouseConfig",
    "wagtail_localize",
    # Replaces wagtail.locales, so that a locale can be kept in step with another.
    "wagtail_localize.locales",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    # Our own user forms: there is one name and no user name (accounts/apps.py).
    "accounts.apps.HouseUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    # Around everything, so that what the others answer themselves carries them too.
    "config.headers.HouseCSPMiddleware",
    "config.headers.HouseHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Django pads what it compresses at random, so that no secret shows in the length (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "config.middleware.RequestLog",
    "config.api.answers.ApiAnswers",
    "config.middleware.KnownMethods",
    "config.middleware.RejectUnreadable",
    "config.page_cache.AnonymousPageCache",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "config.session_limits.SessionLimits",
    "config.second_factor.SecondFactorRequired",
    "config.middleware.Redirects",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SITE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.house",
            ],
        },
    },
]

DATABASES: dict[str, Any] = {
    "default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Readers go on while somebody writes (WAL), and a transaction that will write
    # takes its lock at the start, so that it waits its turn and never fails halfway.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
            "PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY;"
        ),
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# Opening a connection anew for each request costs as much as a page.
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=600)

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Shared by the workers of one host. With more hosts, point CACHE_URL at Redis.
CACHES: dict[str, Any] = {
    "default": env.cache("CACHE_URL", default=f"filecache://{VAR_DIR / 'cache'}"),
}

# The key of the audit log's seals, and those that sealed its older rows.
AUDIT_LOG_KEY = as_written("AUDIT_LOG_KEY")
AUDIT_LOG_OLD_KEYS: list[str] = env.list("AUDIT_LOG_OLD_KEYS", default=[])

LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
# Editors too: everything on the site happens at the time of the Netherlands.
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
USE_I18N = True
USE_TZ = True
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    ("nl", _("Dutch")),
    ("en", _("English")),
    # Those that a site switches on. What they have no words for is said in Dutch.
    *extra_languages(env.list("EXTRA_LANGUAGES", default=[])),
]
FORMAT_MODULE_PATH = ["config.formats"]
# What somebody begins to translate is a draft: else the source's words would be on the site at
# once, under the address and the `lang` of the other language.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
# None, so that no text goes to another server, unless a site asks for it.
WAGTAILLOCALIZE_MACHINE_TRANSLATOR = machine_translator(
    name=env.str("WAGTAILLOCALIZE_MACHINE_TRANSLATOR", default="none"),
    url=env.str("MACHINE_TRANSLATOR_URL", default=""),
    key=env.str("MACHINE_TRANSLATOR_KEY", default=""),
)
WAGTAIL_I18N_ENABLED = True
LOCALE_PATHS = [SITE_DIR / "locale"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True

STATIC_URL = "/static/"
# Nobody else's page needs our files.
WHITENOISE_ALLOW_ALL_ORIGINS = False
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static" / "dist"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))
# What is made for one person to fetch: no address leads here, only views that know who may.
PRIVATE_ROOT = Path(env.str("PRIVATE_ROOT", default=str(VAR_DIR / "private")))
PRIVATE_STORAGE: dict[str, Any] = {
    "BACKEND": "learning.private_files.PrivateStorage",
    "OPTIONS": {
        "location": PRIVATE_ROOT,
        "file_permissions_mode": 0o600,
        "directory_permissions_mode": 0o700,
    },
}
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    "private": PRIVATE_STORAGE,
}

TASKS: dict[str, Any] = {
    # Wagtail's own tasks, as its search index: done at once, so that what was published is found.
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    # Ours: kept in the database until `manage.py work` does them.
    "work": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="filemail://")
EMAIL_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]
if EMAIL_BACKEND == "django.core.mail.backends.filebased.EmailBackend":
    EMAIL_BACKEND = "config.mail_files.EmailBackend"
EMAIL_HOST = EMAIL_CONFIG.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = EMAIL_CONFIG.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = EMAIL_CONFIG.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = EMAIL_CONFIG.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = EMAIL_CONFIG.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = EMAIL_CONFIG.get("EMAIL_USE_SSL", False)
# A server that does not answer holds up no worker for longer.
EMAIL_TIMEOUT = 30
EMAIL_FILE_PATH = str(VAR_DIR / "mail")
# With a name, or a mail about integrity looks like one to be careful with.
SENDER_NAME, SENDER_ADDRESS = parseaddr(
    env.str("DEFAULT_FROM_EMAIL", default="noreply@voorbeeld.example")
)
DEFAULT_FROM_EMAIL = formataddr((SENDER_NAME or "Raadsleden & Veiligheid", SENDER_ADDRESS))

# Where *Snel weg* leads: a harmless page of a public body, asked for only when it is pressed.
QUICK_EXIT_URL = env.str("QUICK_EXIT_URL", default="https://www.knmi.nl/")
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default="beveiliging@voorbeeld.example")

ADMIN_PREFIX = "/beheer/"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# No page of an error is mailed to anybody: it would hold all that somebody typed (config/logs.py).
ADMINS: list[tuple[str, str]] = []
LOGGING_CONFIG = "config.logs.configure"
LOGGING = logging_config(
    level=env.str("LOG_LEVEL", default="INFO"), as_json=env.bool("LOG_JSON", default=False)
)
