"""What every environment shares. Secrets and switches come from the environment (see README)."""

from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config.extra_languages import extra_languages
from config.logs import logging_config
from config.machine_translation import machine_translator
from config.search_backends import search_backends

BASE_DIR = Path(__file__).resolve().parents[3]
SITE_DIR = BASE_DIR / "site"

env = environ.Env()

VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
DEBUG = False
DEMO = env.bool("DEMO", default=False)
BASE_URL = env.str("BASE_URL", default="http://127.0.0.1:8000").rstrip("/")
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

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "learning.passwords.GuessableValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "mine"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "accounts.adapter.HouseAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "accounts.models.display_name"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
# How long a session lasts is said in accounts/session_rules.py.
ACCOUNT_SESSION_REMEMBER = True
# All others end when a password or another way of signing in changes (accounts/signal_handlers.py).
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
# A link for another password works for a day.
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
# The way in for most: a mailed code, and a link that fills it in.
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
# Besides allauth's own. A whole council signs in or scans one code behind one address of the
# network, hence the many; to one address of mail we write seldom.
# Codes of certificates cannot be guessed: their limit spares the site who tries all the same.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "30/m/ip,5/300s/key",
    "request_login_code": "3/m/key,12/h/key",
    "reset_password": "20/m/ip,3/m/key,12/h/key",
    "manage_email": "5/h/user",
    "join": "300/h/ip",
    "join_mail": "4/h/key",
    "invite": "60/h/user",
    # A council may do it together; one address gets few mails of it.
    "newsletter": "120/h/ip",
    "newsletter_mail": "3/h/key,6/d/key",
    "certificate": "300/h/ip",
    "own_data": "10/h/user",
    "meeting": "60/h/user",
    "peer": "30/h/user",
    # Calendars ask by themselves, many from one address of an office.
    "calendar": "600/h/ip",
    # Forms that editors made, for a whole council behind one address.
    "form": "30/h/ip",
    # Beginning and sending a case from practice count both.
    "case": "30/d/user",
    # Answers of a municipality's sign-on, whose people all come from one address.
    "saml": "300/10m/ip",
    # What a municipality's own system may ask with its key, and how often somebody may try one.
    "scim": "250/5s/key",
    "scim_refused": "30/10m/ip",
}
# How many proxies stand in front: their X-Forwarded-For is believed, nobody else's.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("ALLAUTH_TRUSTED_PROXY_COUNT", default=0)

ACCOUNT_FORMS = {"reset_password": "accounts.forms.ForgottenForm"}
MFA_ADAPTER = "accounts.adapter.HouseMFAAdapter"
MFA_FORMS = {
    "add_webauthn": "accounts.forms.NewPasskeyForm",
    "edit_webauthn": "accounts.forms.PasskeyNameForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A passkey is two steps in one: the device, and a finger, face or PIN.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}
# Clocks of phones differ: the code before and the one after are right as well.
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "Raadsleden & Veiligheid"
MFA_RECOVERY_CODE_COUNT = 10

# A municipality's own sign-on (learning/sign_on). One presses a link that says where it leads.
SOCIALACCOUNT_ADAPTER = "learning.sign_on.adapter.HouseSocialAccountAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True
# Never in production: addresses of sign-ons may then lead to this machine itself.
SIGN_ON_ON_LOOPBACK = False

# The key of the audit log's seals, and those that sealed its older rows.
AUDIT_LOG_KEY = env.str("AUDIT_LOG_KEY", default="")
AUDIT_LOG_OLD_KEYS: list[str] = env.list("AUDIT_LOG_OLD_KEYS", default=[])

LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
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
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="noreply@voorbeeld.example")

SESSION_COOKIE_AGE = 60 * 60 * 24 * 90
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "config.messages.HouseMessages"
CSRF_FAILURE_VIEW = "config.views.csrf_failure"
# Wagtail lifts this by itself for its previews, which it shows in a frame.
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

CONTENT_SECURITY_POLICY: dict[str, dict[str, Any]] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
    },
}
# Wagtail's admin sets styles inline and draws avatars and previews from data: and blob: addresses.
# Its inline scripts are replaced by ours (home/admin_scripts.py).
ADMIN_CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF, "data:"],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "object-src": [NONE],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
    "base-uri": [NONE],
}

# Where *Snel weg* leads: a harmless page of a public body, asked for only when it is pressed.
QUICK_EXIT_URL = env.str("QUICK_EXIT_URL", default="https://www.knmi.nl/")
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default="beveiliging@voorbeeld.example")

ADMIN_PREFIX = "/beheer/"
# Behind Wagtail's choosers and wagtail-localize: for who has a session, and as JSON alone. By
# default a password in a header would do, which a second factor does not guard.
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    # What anybody may ask of /api/v2/, by address of the network (config/api).
    "DEFAULT_THROTTLE_RATES": {"api": "120/min"},
    "NUM_PROXIES": ALLAUTH_TRUSTED_PROXY_COUNT,
}

WAGTAILAPI_BASE_URL = BASE_URL
WAGTAILAPI_LIMIT_MAX = 100
WAGTAIL_SITE_NAME = "Raadsleden & Veiligheid"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "/account/login/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
# In the admin people choose the language that they read, and the time is that of the Netherlands.
WAGTAILADMIN_PERMITTED_LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
# No pictures of people from a third party.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# No question to wagtail.org whether there is an update.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# A photograph is then little more than half as large as in WebP, and looks as good (ADR 0040).
WAGTAILIMAGES_AVIF_QUALITY = 55
# What is approved is published, but for a page of a module's next version.
WAGTAIL_FINISH_WORKFLOW_ACTION = "learning.approving.publish_approved"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 8 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "home.image_form.HouseImageForm"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "ods", "pdf", "pptx", "txt", "xlsx"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_DOCUMENT_FORM_BASE = "home.document_form.HouseDocumentForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
# No document is shown as a page of ours, not even a PDF: the browser saves it.
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILSEARCH_BACKENDS = search_backends(env.str("SEARCH_URL", default=""))
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# No page of an error is mailed to anybody: it would hold all that somebody typed (config/logs.py).
ADMINS: list[tuple[str, str]] = []
LOGGING_CONFIG = "config.logs.configure"
LOGGING = logging_config(
    level=env.str("LOG_LEVEL", default="INFO"), as_json=env.bool("LOG_JSON", default=False)
)
