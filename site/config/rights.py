"""What somebody may do besides learning: for the menu, and for who needs a second factor."""

from dataclasses import dataclass
from typing import Final

from django.contrib.auth.models import Permission
from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from home.publication import ChangeNumber, Kept
from learning.models import MonitorGrant
from meetings.organisers import organises_something


@dataclass(frozen=True, slots=True)
class Rights:
    """Of one person. `watches` holds the grants with their municipality."""

    may_edit: bool
    organises: bool
    watches: tuple[MonitorGrant, ...]

    @property
    def is_trusted_with_more(self) -> bool:
        """Whether somebody sees others' data or changes the site."""
        return self.may_edit or self.organises or bool(self.watches)


RIGHTS: Final = ChangeNumber("rights")
# Until anybody's rights change (config/signal_handlers.py).
KEPT: Final = Kept[Rights](RIGHTS, most=20_000)


def rights_of(user: User) -> Rights:
    return KEPT.get(user.pk, lambda: look(user))


def look(user: User) -> Rights:
    """In two questions: Django would ask for all of somebody's permissions in two of its own."""
    may_edit = Permission.objects.filter(
        Q(user=OuterRef("pk")) | Q(group__user=OuterRef("pk")),
        content_type__app_label="wagtailadmin",
        codename="access_admin",
    )
    asked = User.objects.annotate(
        edits=Exists(may_edit), leads=Exists(organises_something(OuterRef("pk")))
    )
    edits, leads = asked.values_list("edits", "leads").get(pk=user.pk)
    grants = MonitorGrant.objects.active().filter(person=user).select_related("municipality")
    return Rights(user.is_active and (user.is_superuser or edits), leads, tuple(grants))
