"""A browser in words: *Firefox on Windows*. What else it says of itself is not kept."""

import re
from typing import Final

from django.utils.translation import gettext as _

# The first that is found counts: every browser also names those that it resembles.
BROWSERS: Final = (
    ("edge", r"\bEdg(?:e|A|iOS)?/", "Edge"),
    ("samsung", r"SamsungBrowser/", "Samsung Internet"),
    ("opera", r"\bOPR/|\bOpera", "Opera"),
    ("firefox", r"Firefox/|FxiOS/", "Firefox"),
    ("chrome", r"Chrome/|CriOS/|Chromium/", "Chrome"),
    ("safari", r"Version/.*Safari/", "Safari"),
)
SYSTEMS: Final = (
    ("ipad", r"iPad", "iPad"),
    ("iphone", r"iPhone|iPod", "iPhone"),
    ("android", r"Android", "Android"),
    ("windows", r"Windows", "Windows"),
    ("chromeos", r"CrOS", "ChromeOS"),
    ("mac", r"Macintosh|Mac OS X", "Mac"),
    ("linux", r"Linux|X11", "Linux"),
)
KEPT: Final = re.compile(r"^[a-z]*/[a-z]*$")


def recognise(user_agent: str) -> str:
    """What is kept of a browser: `firefox/windows`. What is such already stays as it is."""
    if KEPT.match(user_agent):
        return user_agent
    found = (
        next((key for key, pattern, _name in known if re.search(pattern, user_agent)), "")
        for known in (BROWSERS, SYSTEMS)
    )
    return "/".join(found)


def in_words(kept: str) -> str:
    """That as people read it."""
    browser, _slash, system = kept.partition("/")
    names = {"browser": _name(BROWSERS, browser), "system": _name(SYSTEMS, system)}
    if names["browser"] and names["system"]:
        return _("%(browser)s on %(system)s") % names
    return names["browser"] or names["system"] or _("Unknown device")


def _name(known: tuple[tuple[str, str, str], ...], key: str) -> str:
    return next((name for each, _pattern, name in known if each == key), "")
