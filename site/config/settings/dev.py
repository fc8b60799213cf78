"""A developer's own machine, and `make run`: plain HTTP, but the real server and files."""

from django.core.management.utils import get_random_secret_key

from config.settings.base import *  # noqa: F403  settings build on each other by design
from config.settings.base import BASE_URL, PRIVATE_STORAGE, VAR_DIR, as_written, env

DEBUG = env.bool("DEBUG", default=False)


def local_secret_key() -> str:
    """The key in var/secret-key, made on first use, so that sessions outlive a restart."""
    path = VAR_DIR / "secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key())
    return path.read_text()


SECRET_KEY = as_written("SECRET_KEY") or local_secret_key()
AUDIT_LOG_KEY = as_written("AUDIT_LOG_KEY") or SECRET_KEY
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
WAGTAILADMIN_BASE_URL = BASE_URL

if DEBUG:
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        "private": PRIVATE_STORAGE,
    }
SIGN_ON_ON_LOOPBACK = True
