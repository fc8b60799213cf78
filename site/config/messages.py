"""Words that wait for the next page: in a cookie that only our own host can set."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class HouseCookieStorage(CookieStorage):
    """Not in a session: whoever signs out would be given a new one for a farewell."""

    # The browser takes a name that begins so from this host alone, over TLS alone.
    cookie_name = "__Host-messages" if settings.SESSION_COOKIE_SECURE else "messages"


class HouseMessages(FallbackStorage):
    storage_classes = (HouseCookieStorage, SessionStorage)
