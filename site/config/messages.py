"""Words that wait for the next page: in a cookie that only our own host can set."""

from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage

from home.host_cookies import host_cookie


class HouseCookieStorage(CookieStorage):
    """Not in a session: whoever signs out would be given a new one for a farewell."""

    cookie_name = host_cookie("messages")


class HouseMessages(FallbackStorage):
    storage_classes = (HouseCookieStorage, SessionStorage)
