"""What a meeting's page shows, and to whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.models import User
from meetings.mail import when
from meetings.models import MeetingPage, Occasion, SignUp
from meetings.organisers import organises
from meetings.rules.moments import Refusal, link_shows
from meetings.signing_up import refusal


@dataclass(frozen=True, slots=True)
class Counts:
    """How many have a place, and how many wait."""

    placed: int = 0
    waiting: int = 0


def counts_of(keys: Iterable[Any]) -> dict[Any, Counts]:
    """For many meetings in one question."""
    rows = Occasion.objects.filter(key__in=keys).annotate(
        placed=Count("sign_ups", filter=Q(sign_ups__seat__isnull=False)),
        waiting=Count("sign_ups", filter=Q(sign_ups__seat__isnull=True)),
    )
    return {
        key: Counts(placed, waiting)
        for key, placed, waiting in rows.values_list("key", "placed", "waiting")
    }


@dataclass(frozen=True, slots=True)
class Card:
    """A meeting in a list."""

    page: MeetingPage
    counts: Counts

    @property
    def when(self) -> str:
        return when(self.page)

    @property
    def left(self) -> int | None:
        """How many places there are still; None where there is no limit."""
        return places_left(self.page, self.counts)

    @property
    def can_sign_up(self) -> bool:
        return refusal(self.page, self.page.roles, timezone.now()) is None


def places_left(page: MeetingPage, counts: Counts) -> int | None:
    if page.maximum is None:
        return None
    # Who waits comes first, also in the moment before they are given a place.
    return max(page.maximum - counts.placed - counts.waiting, 0)


def cards_of(pages: Sequence[MeetingPage]) -> list[Card]:
    found = counts_of([page.translation_key for page in pages])
    return [Card(page, found.get(page.translation_key, Counts())) for page in pages]


class Shown:
    """A meeting as one visitor sees it. Worked out when the template asks."""

    def __init__(self, page: MeetingPage, viewer: Any) -> None:
        self.page = page
        self.viewer: User | None = viewer if isinstance(viewer, User) else None
        self.now = timezone.now()

    @cached_property
    def sign_up(self) -> SignUp | None:
        """The viewer's own."""
        if self.viewer is None:
            return None
        return SignUp.objects.filter(
            person=self.viewer, occasion__key=self.page.translation_key
        ).first()

    @cached_property
    def counts(self) -> Counts:
        found = counts_of([self.page.translation_key])
        return found.get(self.page.translation_key, Counts())

    @property
    def when(self) -> str:
        return when(self.page)

    @property
    def left(self) -> int | None:
        return places_left(self.page, self.counts)

    @property
    def has_place(self) -> bool:
        return self.sign_up is not None and self.sign_up.has_place

    @property
    def has_begun(self) -> bool:
        return bool(self.now >= self.page.starts_at)

    @cached_property
    def why_not(self) -> Refusal | None:
        """Why nobody can sign up now; somebody's role is looked at when they try."""
        return refusal(self.page, self.page.roles, self.now)

    @property
    def link(self) -> str:
        """The way in to an online meeting, for who has a place and shortly before; else empty."""
        shows = link_shows(self.now, self.page.starts_at, self.page.ends_at)
        if not (self.page.is_online and self.has_place and shows) or self.page.is_cancelled:
            return ""
        return str(self.page.online_url)

    @property
    def shows_material(self) -> bool:
        return bool(self.page.material) and self.page.has_ended and self.may_see_material

    @property
    def may_see_material(self) -> bool:
        if self.page.material_for == MeetingPage.Audience.EVERYBODY or self.has_place:
            return True
        return self.is_organiser

    @cached_property
    def is_organiser(self) -> bool:
        return self.viewer is not None and organises(self.viewer, self.page.translation_key)


def shown_to(page: MeetingPage, request: HttpRequest) -> Shown:
    return Shown(page, getattr(request, "user", None))


def event_data(page: MeetingPage) -> dict[str, Any]:
    """The meeting in the words of schema.org; never the link of an online one."""
    url = page.full_url
    where: dict[str, Any] = (
        {"@type": "VirtualLocation", "url": url}
        if page.is_online
        else {"@type": "Place", "name": page.where, "address": page.where}
    )
    mode = "Online" if page.is_online else "Offline"
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": page.title,
        "description": page.introduction,
        "url": url,
        "startDate": timezone.localtime(page.starts_at).isoformat(),
        "endDate": timezone.localtime(page.ends_at).isoformat(),
        "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode",
        "eventStatus": "https://schema.org/EventCancelled"
        if page.is_cancelled
        else "https://schema.org/EventScheduled",
        "location": where,
        "inLanguage": page.locale.language_code,
    }
    if page.organiser is not None:
        data["organizer"] = {"@type": "Organization", "name": page.organiser.name}
    return data
