"""What stands around every page, as the editors have it (home/models/settings.py).

Kept until something is published, for it is asked for by every page.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone
from wagtail.models import Page

from home.models import Banner, FooterLink, MainLink, SiteFrame
from home.publication import Kept

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
    menus, footers = (
        list(model.objects.select_related("page")) for model in (MainLink, FooterLink)
    )
    return {
        frame.locale.language_code: Frame(
            menu=links_of(frame, menus),
            footer=links_of(frame, footers),
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
        for frame in SiteFrame.objects.select_related("locale")
    }


def links_of(frame: SiteFrame, links: Iterable[MainLink | FooterLink]) -> tuple[Link, ...]:
    """The links of a frame that lead somewhere, to pages in its own language where they are."""
    found = []
    for link in links:
        if link.frame_id != frame.pk:
            continue
        if link.page is None:
            found.append(Link(link.title, link.url))
        elif (page := in_language(link.page, frame.locale_id)).live:
            own = page.locale_id == frame.locale_id or bool(link.title)
            language = "" if own else page.locale.language_code
            found.append(Link(link.title or page.title, page.url or "/", language))
    return tuple(found)


def in_language(page: Page, locale_id: int) -> Page:
    """The page's translation, or itself where there is none."""
    if page.locale_id == locale_id:
        return page
    translated: Page | None = page.get_translations().live().filter(locale_id=locale_id).first()
    return translated or page


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


def banners_number() -> str:
    """Which announcements show now: a page that was kept without them is another page."""
    try:
        return ",".join(str(banner.pk) for banner in banners_at(timezone.now()))
    except DatabaseError:
        # Pages that were kept are shown without it.
        return ""
