"""A meeting as those who take part know it: kept in step with its page, and filled up.

Everything that changes who has a place takes the lock of its `Occasion` first.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale

from learning.schedule import every
from meetings.languages import keep_in_step
from meetings.mail import About, tell
from meetings.models import MeetingPage, Occasion, SignUp
from meetings.rules.seats import seated


def source_page(key: UUID) -> MeetingPage | None:
    """The live page that says when, where and how many: in the site's first language if there."""
    pages = MeetingPage.objects.live().filter(translation_key=key).select_related("locale")
    default = Locale.get_default().pk
    return min(pages, key=lambda page: (page.locale_id != default, page.pk), default=None)


def facts_of(page: MeetingPage) -> dict[str, object]:
    """What who takes part must be told of when it changes."""
    return {
        "starts_at": page.starts_at,
        "ends_at": page.ends_at,
        "where": page.where,
        "is_cancelled": page.is_cancelled,
    }


def locked(page: MeetingPage) -> Occasion:
    """The meeting's row, made if it is not there, with the lock on it until the transaction ends.

    `page` is the one of `source_page`.
    """
    Occasion.objects.get_or_create(key=page.translation_key, defaults=facts_of(page))
    return Occasion.objects.select_for_update().get(key=page.translation_key)


def published(key: UUID) -> None:
    """Take over what a publication changed, tell who has signed up, and fill up. Safe to repeat."""
    with transaction.atomic():
        page = source_page(key)
        if page is None:
            return
        occasion = locked(page)
        facts = facts_of(page)
        before = {name: getattr(occasion, name) for name in facts}
        keep_in_step(page, is_elsewhere=facts["where"] != before["where"])
        if facts != before:
            take_over(occasion, facts)
            if page.ends_at > timezone.now() and not (before["is_cancelled"] and page.is_cancelled):
                about = About.CANCELLED if page.is_cancelled else About.CHANGED
                tell(occasion.sign_ups.in_order(), about, which=str(occasion.sequence))
        fill_up(occasion, page)


def take_over(occasion: Occasion, facts: dict[str, object]) -> None:
    for name, value in facts.items():
        setattr(occasion, name, value)
    occasion.sequence += 1
    occasion.changed_at = timezone.now()
    occasion.save()


def fill_up(occasion: Occasion, page: MeetingPage, *, but: int | None = None) -> list[SignUp]:
    """Give free places to who waits, the first to come first, and mail them. Whom it helped.

    `occasion` is locked. `but` is told in another way. Nobody moves up once it has begun.
    """
    if page.is_cancelled or timezone.now() >= page.starts_at:
        return []
    entries = list(occasion.sign_ups.in_order())
    moved = assign(entries, seated([each.seat for each in entries], page.maximum))
    SignUp.objects.bulk_update(moved, ["seat"])
    tell([each for each in moved if each.pk != but], About.MOVED_UP)
    return moved


def assign(entries: Sequence[SignUp], seats: Sequence[int | None]) -> list[SignUp]:
    moved = []
    for entry, seat in zip(entries, seats, strict=True):
        if entry.seat != seat:
            entry.seat = seat
            moved.append(entry)
    return moved


@every(minutes=10)
def fill_up_meetings() -> None:
    """Places that came free without anybody cancelling: who had one erased their account."""
    now = timezone.now()
    waiting = SignUp.objects.waiting().values("occasion")
    for key in Occasion.objects.coming(now).filter(pk__in=waiting).values_list("key", flat=True):
        published(key)
