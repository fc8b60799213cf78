"""Correcting one's own name."""

from django.db import transaction

from accounts import audit
from accounts.models import AuditEvent, User
from learning.models.figures import MEMBERS


def correct_name(person: User, name: str) -> bool:
    """Store it; whether it was another one. Lists of people in order of name are made anew.

    The log says that it changed, never from what into what.
    """
    with transaction.atomic():
        stored = User.objects.select_for_update().get(pk=person.pk)
        if stored.name == name:
            return False
        stored.name = name
        stored.save(update_fields=["name"])
        MEMBERS.announce()
        audit.record(
            AuditEvent.What.PERSON_CHANGED, by=person, about=person, details={"fields": ["name"]}
        )
    person.name = name
    return True
