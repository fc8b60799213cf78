"""What meetings hold of a person, as own data tells it."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import get_language, gettext_lazy

from accounts.models import User
from learning.own_data.collecting import Found, Row, table
from meetings.models import CalendarKey, MeetingPage, Organiser, SignUp


def titles(keys: Iterable[UUID]) -> dict[UUID, str]:
    pages = MeetingPage.objects.all().in_language_of(set(keys), get_language())
    return {key: page.title for key, page in pages.items()}


@table(
    "meetings",
    gettext_lazy("Meetings for which you signed up"),
    kept="meeting_sign_ups",
    covers=("meetings.SignUp.person",),
)
def sign_ups(person: User) -> Found:
    def tell_all(rows: Iterable[SignUp]) -> list[Row]:
        found = list(rows)
        names = titles(row.occasion.key for row in found)
        return [
            {
                "meeting": names.get(row.occasion.key, ""),
                "begins_at": row.occasion.starts_at,
                "signed_up_at": row.signed_up_at,
                "has_place": row.has_place,
                "was_there": row.attended,
                "counted_as": row.completion.module_title if row.completion else "",
            }
            for row in found
        ]

    rows = SignUp.objects.filter(person=person).select_related("occasion", "completion")
    return Found(rows.order_by("signed_up_at", "pk"), lambda _row: {}, tell_all)


@table(
    "organised_meetings",
    gettext_lazy("Meetings that you organise"),
    kept="account",
    covers=("meetings.Organiser.person",),
)
def organised(person: User) -> Found:
    def tell_all(rows: Iterable[Organiser]) -> list[Row]:
        found = list(rows)
        names = titles(row.occasion.key for row in found)
        return [
            {
                "meeting": names.get(row.occasion.key, ""),
                "begins_at": row.occasion.starts_at,
                "since": row.named_at,
            }
            for row in found
        ]

    rows = Organiser.objects.filter(person=person).select_related("occasion")
    return Found(rows.order_by("named_at", "pk"), lambda _row: {}, tell_all)


@table(
    "calendar_address",
    gettext_lazy("The address of your own calendar"),
    kept="account",
    covers=("meetings.CalendarKey.person",),
)
def calendar_address(person: User) -> Found:
    rows = CalendarKey.objects.filter(person=person).order_by("pk")
    # The secret itself is not known here.
    return Found(rows, lambda row: {"made_at": row.made_at})
