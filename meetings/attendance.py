"""Who was there, as the organiser ticks it, and what that counts for."""

from collections.abc import Callable, Collection
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from learning.completions import end_completion, source_of, subject_of, write_completion
from learning.models import Completion, ModulePage
from learning.recognitions import LONGEST_EVIDENCE
from meetings.models import MeetingPage, Occasion, SignUp
from meetings.occasions import source_page
from meetings.rules.attendance import Effect, effect
from meetings.rules.moments import minutes_of


class NotYet(Exception):
    """Nobody can have been at a meeting that has not begun, or that was cancelled."""


def mark(key: UUID, *, shown: Collection[int], there: Collection[int], by: User) -> int:
    """Record who was there of those who were shown; how many changed. Safe to repeat.

    Both are keys of sign-ups. What counts as a module is written down with it, and ended when a
    tick is taken back. Raises NotYet.
    """
    with transaction.atomic():
        occasion = Occasion.objects.select_for_update().get(key=key)
        if occasion.is_cancelled or timezone.now() < occasion.starts_at:
            raise NotYet
        page = source_page(key)
        rows = occasion.sign_ups.with_place().in_order().filter(pk__in=shown)
        changed = 0
        for row in rows.select_related("person", "completion"):
            changed += mark_one(row, page, was_there=row.pk in there, by=by)
    return changed


def mark_one(row: SignUp, page: MeetingPage | None, *, was_there: bool, by: User) -> bool:
    before = (row.attended, row.completion_id)
    row.attended = was_there
    module = page.counts_for if page is not None else None
    held = row.completion
    match effect(
        attended=was_there,
        counts=module is not None,
        has=held is not None and held.ended_on is None,
    ):
        case Effect.GIVE if page is not None and module is not None:
            row.completion = give(row, page, module, by=by)
        case Effect.TAKE if held is not None:
            because = in_first_language(lambda: _("The attendance at a meeting was corrected."))
            end_completion(held, because=because, by=by)
            row.completion = None
    if before == (row.attended, row.completion_id):
        return False
    row.save(update_fields=["attended", "completion"])
    return True


def give(row: SignUp, page: MeetingPage, module: ModulePage, *, by: User) -> Completion:
    """The completion that being there gives, as any that is recognised."""
    return write_completion(
        row.person,
        subject_of(source_of(module)),
        kind=Completion.Kind.RECOGNISED,
        completed_on=timezone.localdate(page.starts_at),
        evidence=in_first_language(lambda: evidence_of(page)),
        recorded_by=by,
    )


def evidence_of(page: MeetingPage) -> str:
    """On what it rests: which meeting, when, and how many minutes."""
    told = _("Was at the meeting “%(meeting)s” on %(day)s (%(minutes)d minutes)")
    found = {
        "meeting": page.title,
        "day": date_format(timezone.localdate(page.starts_at), "j F Y"),
        "minutes": minutes_of(page.starts_at, page.ends_at),
    }
    over = len(told % found) - LONGEST_EVIDENCE
    if over > 0:
        found["meeting"] = f"{page.title[: -over - 1]}…"
    return told % found


def in_first_language(make: Callable[[], str]) -> str:
    """What is kept for good is in the site's first language, whoever wrote it down."""
    with translation.override(settings.LANGUAGE_CODE):
        return make()
