"""Signing up for a meeting and cancelling that. Both are safe to repeat."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from learning.models import Membership
from meetings.mail import About, tell
from meetings.models import MeetingPage, Occasion, SignUp
from meetings.occasions import fill_up, locked, source_page
from meetings.rules.moments import Refusal, overlap, why_not


class Refused(Exception):
    """Somebody cannot sign up; `why` says so."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why)
        self.why = why


def roles_of(person: User) -> set[str]:
    """The roles in which somebody serves now."""
    return set(Membership.objects.current().filter(person=person).values_list("role", flat=True))


def refusal(page: MeetingPage, roles: Collection[str], now: datetime) -> Refusal | None:
    """Why somebody in these roles cannot sign up; None when they can."""
    why = why_not(
        now=now,
        starts_at=page.starts_at,
        ends_at=page.ends_at,
        closes_at=page.sign_up_until,
        is_cancelled=page.is_cancelled,
    )
    if why is None and page.roles and not set(page.roles).intersection(roles):
        return Refusal.OTHER_ROLE
    return why


def sign_up(person: User, key: UUID) -> SignUp:
    """Give somebody a place, or the end of the waiting list; the same when they have it already.

    Raises Refused.
    """
    with transaction.atomic():
        page = source_page(key)
        if page is None:
            raise Refused(Refusal.ENDED)
        occasion = locked(page)
        existing = SignUp.objects.filter(occasion=occasion, person=person).first()
        if existing is not None:
            return existing
        # Asked anew: while we waited for the lock an editor may have changed it.
        page = source_page(key) or page
        why = refusal(page, roles_of(person), timezone.now())
        if why is not None:
            raise Refused(why)
        entry = SignUp.objects.create(occasion=occasion, person=person)
        fill_up(occasion, page, but=entry.pk)
        entry.refresh_from_db()
        tell([entry], About.SIGNED_UP)
    return entry


def cancel(person: User, key: UUID) -> bool:
    """Give up one's place, which goes to who waits longest; whether there was one to give up.

    Once the meeting has begun it stays: who was there is then for the organiser to say.
    """
    with transaction.atomic():
        occasion = Occasion.objects.select_for_update().filter(key=key).first()
        if occasion is None or timezone.now() >= occasion.starts_at:
            return False
        gone, _rows = SignUp.objects.filter(occasion=occasion, person=person).delete()
        page = source_page(key)
        if gone and page is not None:
            fill_up(occasion, page)
    return bool(gone)


def clashes(person: User, page: MeetingPage) -> list[Occasion]:
    """Other meetings at the same time for which somebody has signed up."""
    others = (
        Occasion.objects.filter(sign_ups__person=person, is_cancelled=False)
        .exclude(key=page.translation_key)
        .filter(starts_at__lt=page.ends_at, ends_at__gt=page.starts_at)
    )
    return list(others.order_by("starts_at"))


@dataclass(frozen=True, slots=True)
class Own:
    """A meeting for which somebody has signed up, and what it clashes with."""

    sign_up: SignUp
    page: MeetingPage | None
    clashes_with: tuple[str, ...] = ()

    @property
    def occasion(self) -> Occasion:
        return self.sign_up.occasion


def own_meetings(person: User, language: str | None) -> list[Own]:
    """All of somebody's meetings, in order of time."""
    rows = list(
        SignUp.objects.filter(person=person)
        .select_related("occasion", "completion")
        .order_by("occasion__starts_at", "pk")
    )
    pages = MeetingPage.objects.all().in_language_of({row.occasion.key for row in rows}, language)
    return [
        Own(
            row,
            pages.get(row.occasion.key),
            tuple(
                pages[other.occasion.key].title
                for other in rows
                if other is not row and other.occasion.key in pages and both(row, other)
            ),
        )
        for row in rows
    ]


def both(one: SignUp, other: SignUp) -> bool:
    """Whether two sign-ups are at the same time."""
    mine, theirs = one.occasion, other.occasion
    if mine.is_cancelled or theirs.is_cancelled:
        return False
    return overlap(mine.starts_at, mine.ends_at, theirs.starts_at, theirs.ends_at)
