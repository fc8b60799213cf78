"""Names of the cookies that we set ourselves."""

from django.conf import settings


def host_cookie(name: str) -> str:
    """A name that the browser takes from this host alone, over TLS alone (RFC 6265bis, 4.1.3)."""
    return f"__Host-{name}" if settings.SESSION_COOKIE_SECURE else name
