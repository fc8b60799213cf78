"""What somebody may do besides learning: for the menu, and for who needs a second factor."""

from dataclasses import dataclass
from typing import Final

from django.contrib.auth.models import Permission
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q

from accounts.models import User
from home.publication import ChangeNumber, Kept
from meetings.organisers import organises_something


@dataclass(frozen=True, slots=True)
class Watched:
    """What somebody watches: a municipality, or without one the nation."""

    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class Rights:
    """Of one person."""

    may_edit: bool
    organises: bool
    watches: tuple[Watched, ...]

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
    """In one question, a row for each grant: Django alone asks for permissions in two."""
    may_edit = Permission.objects.filter(
        Q(user=OuterRef("pk")) | Q(group__user=OuterRef("pk")),
        content_type__app_label="wagtailadmin",
        codename="access_admin",
    )
    rows = list(
        User.objects.filter(pk=user.pk)
        .annotate(
            edits=Exists(may_edit),
            leads=Exists(organises_something(OuterRef("pk"))),
            watching=FilteredRelation(
                "monitor_grants", condition=Q(monitor_grants__withdrawn_at=None)
            ),
            watching_id=F("watching__pk"),
            place_name=F("watching__municipality__display_name"),
            place_slug=F("watching__municipality__slug"),
        )
        .order_by("watching_id")
        .values_list("edits", "leads", "watching_id", "place_name", "place_slug")
    )
    return Rights(
        may_edit=user.is_active and (user.is_superuser or any(row[0] for row in rows)),
        organises=any(row[1] for row in rows),
        watches=tuple(
            Watched(name or "", slug or "") for *_, grant, name, slug in rows if grant is not None
        ),
    )
