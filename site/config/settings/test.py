"""Tests: fast hashing, mail in memory, plain static files, no surprises from the environment."""

from config.settings.base import *  # noqa: F403  settings build on each other by design
from config.settings.base import DATABASES, VAR_DIR

SECRET_KEY = "only-for-tests"  # noqa: S105  protects nothing
AUDIT_LOG_KEY = "only-for-tests"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DEMO = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "private": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
}
# Background work is done as soon as the transaction that asked for it has ended.
TASKS = {
    name: {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}
    for name in ("default", "work")
}
# The lanes may run before the front-end is built and collected.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = VAR_DIR / "test-media"
DATABASES["default"]["CONN_MAX_AGE"] = 0
SIGN_ON_ON_LOOPBACK = True
