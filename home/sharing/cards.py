"""The card of a page: the picture that others see when somebody shares its address.

Each version of a page has one, at an address with the fingerprint of what it says. It is made by
the worker when the page is published, or else when it is first asked for, and kept among the
media. Only a page that anybody may read has a card, and only the card that it has now is made:
whoever makes up addresses gets none.
"""

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import typst
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse
from django_tasks import task
from wagtail.models import Page

from home.models.base import HousePage
from home.typeface import FAMILIES, fonts, written

TEMPLATE: Final = Path(__file__).with_name("card.typ")
WIDTH, HEIGHT = 1200, 630
FOLDER: Final = "cards"
BACKEND: Final = "work"
SITE_NAME: Final = "Raadsleden & Veiligheid"
# With more, not even the smallest letters fit.
LONGEST_TITLE: Final = 150
LONGEST_KIND: Final = 60
DEPTH_BELOW_HOME: Final = 3
REGIONS: Final = {"nl": "NL", "en": "GB", "fy": "NL"}
# Seconds in which a second request does not make what a first is making.
MAKING: Final = 20


def has_card(page: Page) -> bool:
    """Whether anybody may see what the page is called."""
    return isinstance(page, HousePage) and page.is_indexed


def words_of(page: Page) -> dict[str, str]:
    """What a card says: the page's title, and of which part of the site it is."""
    parent = page.get_parent() if page.depth > DEPTH_BELOW_HOME else None
    return {
        "title": shortened(getattr(page, "hero_title", "") or page.title, LONGEST_TITLE),
        "kind": shortened(parent.title, LONGEST_KIND) if parent is not None else "",
        "lang": page.locale.language_code,
    }


def shortened(text: str, most: int) -> str:
    """A text of at most so many characters, cut between words."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return f"{cut.rsplit(' ', 1)[0] if ' ' in cut[most // 2 :] else cut}…"


@lru_cache(maxsize=1)
def template() -> bytes:
    return TEMPLATE.read_bytes()


def fingerprint(words: dict[str, str]) -> str:
    """Another for each version: of the page, and of how a card looks."""
    said = json.dumps(words, sort_keys=True).encode()
    return hashlib.sha256(template() + said).hexdigest()[:16]


def address_of(page: Page) -> str:
    """Where the card of a page is, as it is now."""
    return reverse("social_card", args=(page.pk, fingerprint(words_of(page))))


def drawn(words: dict[str, str]) -> bytes:
    """A card as PNG."""
    data = {
        "title": written(words["title"]),
        # Nothing is written as a dash, which a kind that is not there must not be.
        "kind": written(words["kind"]) if words["kind"] else "",
        "site": SITE_NAME,
        "fonts": FAMILIES,
        "lang": words["lang"],
        "region": REGIONS.get(words["lang"], "NL"),
    }
    png = typst.compile(
        template(),
        font_paths=fonts(),
        ignore_system_fonts=True,
        format="png",
        # One point is one pixel.
        ppi=72.0,
        sys_inputs={"card": json.dumps(data)},
    )
    assert isinstance(png, bytes)  # noqa: S101  a card has one page
    return png


def stored(page: Page) -> str | None:
    """Where the card is kept, made if it is not there; None while somebody else makes it."""
    words = words_of(page)
    folder = f"{FOLDER}/{page.pk}"
    name = f"{folder}/{fingerprint(words)}.png"
    if default_storage.exists(name):
        return name
    if not cache.add(f"card:{name}", 1, MAKING):
        return None
    try:
        earlier = default_storage.listdir(folder)[1]
    except FileNotFoundError:
        earlier = []
    default_storage.save(name, ContentFile(drawn(words)))
    for old in earlier:
        default_storage.delete(f"{folder}/{old}")
    return name


@task(backend=BACKEND)
def make(page_id: int) -> None:
    """Make a page's card before anybody asks for it. It may be gone since."""
    page = public_page(page_id)
    if page is not None:
        stored(page)


def public_page(page_id: int) -> Page | None:
    """A page that has a card. One for some visitors only has none."""
    page = Page.objects.live().public().filter(pk=page_id, depth__gt=1).specific().first()
    return page if page is not None and has_card(page) else None


def ask_for_card(instance: Any, **_kwargs: Any) -> None:
    """A page was published: have the worker make its card."""
    if isinstance(instance, HousePage):
        page_id = instance.pk
        transaction.on_commit(lambda: make.enqueue(page_id))
