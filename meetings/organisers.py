"""Who organises a meeting: named, taken off, and the one gate to who takes part."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import OuterRef, QuerySet

from accounts import audit
from accounts.models import AuditEvent, User
from meetings.models import MeetingPage, Occasion, Organiser, SignUp
from meetings.models.taking_part import SignUpQuerySet
from meetings.occasions import locked, source_page

What = AuditEvent.What


def name_organiser(page: MeetingPage, person: User, *, by: User | None) -> Organiser:
    """Let somebody see who takes part; the same when they organise it already."""
    with transaction.atomic():
        occasion = locked(source_page(page.translation_key) or page)
        organiser, made = Organiser.objects.get_or_create(occasion=occasion, person=person)
        if made:
            audit.record(What.GRANTED, by=by, about=person, details=scope_of(occasion))
    return organiser


def take_off(organiser: Organiser, *, by: User | None) -> None:
    """From now on they see nothing of it. Safe to repeat."""
    with transaction.atomic():
        gone, _rows = Organiser.objects.filter(pk=organiser.pk).delete()
        if gone:
            details = scope_of(organiser.occasion)
            audit.record(What.WITHDRAWN, by=by, about=organiser.person, details=details)


def scope_of(occasion: Occasion) -> dict[str, object]:
    """What the right is, for the audit log: the page names the meeting there."""
    page = source_page(occasion.key)
    return {"scope": "meeting"} | ({"page": page.pk} if page is not None else {})


def organises_something(person: OuterRef) -> QuerySet[Organiser]:
    """For a question of whom it holds: they see others' data, and need a second factor."""
    return Organiser.objects.filter(person=person)


def organises(person: User, key: UUID) -> bool:
    return Organiser.objects.filter(person=person, occasion__key=key).exists()


def occasion_for(viewer: User, key: UUID) -> Occasion:
    """The gate: a meeting that the viewer organises. Raises PermissionDenied."""
    occasion = Occasion.objects.organised_by(viewer).filter(key=key).first()
    if occasion is None or not viewer.is_active:
        raise PermissionDenied
    return occasion


def participants_for(viewer: User, occasion: Occasion) -> SignUpQuerySet:
    """Who takes part or waits, in order of arrival, for who organises it."""
    found: SignUpQuerySet = SignUp.objects.visible_to(viewer).filter(occasion=occasion).in_order()
    return found
