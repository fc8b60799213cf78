"""What stands around every page, as the editors have it (home/models/settings.py).

Kept until something is published, for it is asked for by every page.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError
from django.db.models import CharField, Value
from django.utils import timezone
from wagtail.models import Page

from home.addresses import in_language
from home.main_pages import main_pages
from home.models import Banner, FooterLink, MainLink, SiteFrame
from home.publication import Kept
from home.visible import restrictions_exist

# Words of our own that an editor may replace, by what happened.
ERRORS: Final = ("missing", "closed", "failed")


@dataclass(frozen=True, slots=True)
class Link:
    title: str
    url: str
    # Where it is another than the page's.
    language: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame in one language. What is empty was left to us."""

    menu: tuple[Link, ...] = ()
    footer: tuple[Link, ...] = ()
    footer_note: str = ""
    description: str = ""
    organisation: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""
    reachable: str = ""
    errors: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def has_contact(self) -> bool:
        return bool(self.address or self.email or self.phone)


FRAMES: Final = Kept[dict[str, Frame]]()
BANNERS: Final = Kept[tuple[Banner, ...]]()
ORDER: Final = (Banner.Kind.DISTURBANCE, Banner.Kind.NOTE, Banner.Kind.NEW)
TEXTS: Final = ("footer_note", "description", "organisation", "address", "email", "phone")


def frame_in(language: str) -> Frame:
    """The frame of pages in this language."""
    return frames().get(language) or Frame()


def frames() -> dict[str, Frame]:
    """The frames of all languages, by code."""
    return FRAMES.get("all", draw_frames)


def draw_frames() -> dict[str, Frame]:
    chosen = list(SiteFrame.objects.select_related("locale"))
    links = all_links() if chosen else []
    pages = Translated(link.translation_key for link in links if link.translation_key)
    return {
        frame.locale.language_code: Frame(
            menu=links_of(frame, pages, (link for link in links if link.place == "menu")),
            footer=links_of(frame, pages, (link for link in links if link.place == "footer")),
            reachable=frame.reachable,
            errors={
                kind: {
                    part: value
                    for part in ("title", "text")
                    if (value := getattr(frame, f"{kind}_{part}").strip())
                }
                for kind in ERRORS
            },
            **{name: getattr(frame, name) for name in TEXTS},
        )
        for frame in chosen
    }


class ChosenLink(NamedTuple):
    """A link as an editor chose it, in whichever menu."""

    place: str
    sort_order: int | None
    frame_id: int
    title: str
    url: str
    page_id: int | None
    translation_key: UUID | None


def all_links() -> list[ChosenLink]:
    """Both menus of all languages in one question, in order."""
    menu, footer = (
        model.objects.order_by()
        .annotate(place=Value(place, output_field=CharField()))
        .values_list(*ChosenLink._fields[:-1], "page__translation_key")
        for model, place in ((MainLink, "menu"), (FooterLink, "footer"))
    )
    found = (ChosenLink(*row) for row in menu.union(footer, all=True))
    return sorted(found, key=lambda link: link.sort_order or 0)


class Translated:
    """The pages that links lead to, in all languages."""

    def __init__(self, keys: Iterable[UUID]) -> None:
        wanted = set(keys)
        every = [page for each in main_pages().values() for page in (each.home, *each.below)]
        self.pages = [page for page in every if page.translation_key in wanted]
        known = {page.translation_key for page in self.pages}
        # What lies deeper than the pages that are known already, or behind a door.
        further = wanted if restrictions_exist() else wanted - known
        if further:
            deeper = Page.objects.live().filter(translation_key__in=further)
            self.pages += deeper.select_related("locale")

    def find(self, link: ChosenLink, locale_id: int) -> Page | None:
        """The page of a link in a language, or the very page that was chosen; it may be gone."""
        same = [page for page in self.pages if page.translation_key == link.translation_key]
        own = (page for page in same if page.locale_id == locale_id)
        return next(own, next((page for page in same if page.pk == link.page_id), None))


def links_of(frame: SiteFrame, pages: Translated, links: Iterable[ChosenLink]) -> tuple[Link, ...]:
    """The links of a frame that lead somewhere, to pages in its own language where they are."""
    found = []
    for link in links:
        if link.frame_id != frame.pk:
            continue
        if link.page_id is None:
            found.append(Link(link.title, in_language(link.url, frame.locale.language_code)))
        elif page := pages.find(link, frame.locale_id):
            own = page.locale_id == frame.locale_id or bool(link.title)
            language = "" if own else page.locale.language_code
            found.append(Link(link.title or page.title, page.url or "/", language))
    return tuple(found)


def banners_at(moment: datetime) -> tuple[Banner, ...]:
    """All that is announced at a moment, in whatever language."""
    every = BANNERS.get("all", draw_banners)
    return tuple(banner for banner in every if banner.shows_at(moment))


def draw_banners() -> tuple[Banner, ...]:
    """Those that show now or will: a process keeps them, and looks at the clock itself."""
    ended = timezone.now()
    return tuple(
        banner
        for banner in Banner.objects.select_related("locale", "page")
        if banner.ends_at is None or banner.ends_at > ended
    )


def banners_in(language: str) -> list[Banner]:
    """What is announced now, in this language, or in the site's first where it has no words."""
    chosen: dict[object, Banner] = {}
    for banner in banners_at(timezone.now()):
        code = banner.locale.language_code
        if code == language or (
            code == settings.LANGUAGE_CODE and banner.translation_key not in chosen
        ):
            chosen[banner.translation_key] = banner
    # What is out of order comes before what is new.
    return sorted(chosen.values(), key=lambda banner: ORDER.index(banner.kind))


def banners_number(closed: Collection[str] = ()) -> str:
    """Which announcements show now: a page that was kept without them is another page.

    Of what a browser closed only what shows counts, so that there are few such pages.
    """
    try:
        return ",".join(
            f"{banner.pk}{'x' if banner.may_be_closed and banner.version in closed else ''}"
            for banner in banners_at(timezone.now())
        )
    except DatabaseError:
        # Pages that were kept are shown without it.
        return ""
