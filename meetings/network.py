"""Being found in the network of peers, and finding others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from wagtail.models import Locale

from accounts.models import User
from home.models import Theme
from learning.models import Membership
from learning.schedule import daily
from meetings.models import NetworkEntry, Report
from meetings.models.network import NetworkEntryQuerySet, serving
from meetings.words import called


class NotServing(Exception):
    """Only who serves a municipality now takes part."""


class Barred(Exception):
    """Somebody was taken out of the network after a report."""


def is_barred(person: User) -> bool:
    return Report.objects.filter(about=person, is_barred=True).exists()


def join(
    person: User, *, found_by: str, themes: Iterable[Theme], question: str = ""
) -> NetworkEntry:
    """Be found from now on, or change what one says. Raises NotServing or Barred."""
    if not Membership.objects.current().filter(person=person).exists():
        raise NotServing
    if is_barred(person):
        raise Barred
    with transaction.atomic():
        entry, _made = NetworkEntry.objects.update_or_create(
            person=person, defaults={"found_by": found_by, "question": question}
        )
        entry.themes.set(themes)
    return entry


def leave(person: User) -> None:
    """No longer be found, at once; what one said is gone. Safe to repeat."""
    NetworkEntry.objects.filter(person=person).delete()


@daily("network_entries", at=time(4))
def remove_ended(_day: date) -> None:
    """Entries of who no longer serves: since that day they are shown to nobody."""
    NetworkEntry.objects.exclude(serving()).delete()


def themes_to_choose() -> QuerySet[Theme]:
    """One row per theme: that of the site's first language."""
    return Theme.objects.filter(locale=Locale.get_default()).order_by("name")


def theme_names(language: str | None) -> dict[UUID, str]:
    """What themes are called, in a language or in the first where one lacks that."""
    default = Locale.get_default().language_code
    found: dict[UUID, str] = {}
    rows = Theme.objects.filter(locale__language_code__in={language, default})
    for key, name, code in rows.values_list(
        "translation_key", "name", "locale__language_code"
    ).order_by("pk"):
        if key not in found or code == language:
            found[key] = name
    return found


def looked_for(
    entries: NetworkEntryQuerySet,
    *,
    role: str = "",
    province: str = "",
    theme: Theme | None = None,
    words: str = "",
) -> NetworkEntryQuerySet:
    """Those who serve so, there, can help with that, and say these words; empty means all.

    Role and province are of one membership: an alderman in Utrecht serves there as that.
    """
    there = Membership.objects.current().filter(person=OuterRef("person"))
    if role:
        there = there.filter(role=role)
    if province:
        there = there.filter(municipality__province=province)
    found = entries.filter(Exists(there))
    if theme is not None:
        found = found.filter(themes=theme)
    for word in words.split()[:6]:
        here = Membership.objects.current().filter(
            person=OuterRef("person"), municipality__display_name__icontains=word
        )
        found = found.filter(question__icontains=word) | found.filter(Exists(here))
    return found


@dataclass(frozen=True, slots=True)
class Peer:
    """Somebody as others see them: never an address."""

    pk: int
    name: str
    serves: str
    themes: tuple[str, ...]
    question: str
    # In which they read the site, and so presumably wrote their question.
    language: str


def shown(entries: NetworkEntryQuerySet) -> NetworkEntryQuerySet:
    """With all that is shown of them, in a few questions however many there are."""
    current = Membership.objects.current().select_related("municipality").order_by("starts_on")
    return (
        entries.select_related("person")
        .prefetch_related("themes", Prefetch("person__memberships", current, to_attr="serves_now"))
        .order_by("-listed_at", "pk")
    )


def serving_of(entry: Any) -> Iterable[Membership]:
    """What `shown` fetched along."""
    found: Iterable[Membership] = entry.person.serves_now
    return found


def peer_of(entry: NetworkEntry, names: Mapping[UUID, str]) -> Peer:
    """`entry` came from `shown`."""
    return Peer(
        pk=entry.pk,
        name=called(entry.person),
        serves=serves(serving_of(entry)),
        themes=tuple(sorted(names.get(t.translation_key, t.name) for t in entry.themes.all())),
        question=entry.question,
        language=entry.person.language,
    )


def serves(memberships: Iterable[Membership]) -> str:
    """As in: raadslid, Utrecht."""
    return ", ".join(
        dict.fromkeys(f"{m.get_role_display()}, {m.municipality.display_name}" for m in memberships)
    )


def serves_now(person: User) -> str:
    return serves(
        Membership.objects.current()
        .filter(person=person)
        .select_related("municipality")
        .order_by("starts_on")
    )
