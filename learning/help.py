"""*Hulp nodig?*: who helps somebody, near by and in the whole country."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import get_language

from home.models import Support
from home.publication import Kept
from learning.local import places_of, settings_of
from learning.models import MunicipalitySettings
from learning.models.people import today
from learning.models.settings import LOCAL


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody in the own municipality; empty where nothing was filled in."""

    name: str
    email: str
    phone: str

    def __bool__(self) -> bool:
        return bool(self.name or self.email or self.phone)


@dataclass(frozen=True, slots=True)
class LocalHelp:
    """Whom one's own municipality names."""

    place: str
    adviser: Contact
    griffier: Contact
    checked_on: date | None
    needs_checking: bool


@dataclass(frozen=True, slots=True)
class NationalHelp:
    """A place to turn to from anywhere. `language` is that of the words."""

    name: str
    what_for: str
    language: str
    phone: str
    url: str
    checked_on: date | None
    needs_checking: bool


@dataclass(frozen=True, slots=True)
class Help:
    """All that is shown to one reader."""

    local: tuple[LocalHelp, ...]
    national: tuple[NationalHelp, ...]


NEAR: Final = Kept[tuple[LocalHelp, ...]](LOCAL, most=2000)
NATIONAL: Final = Kept[tuple[NationalHelp, ...]]()


def help_for(person: Any) -> Help:
    """What a reader is shown: their own municipalities' people, and national support.

    What a municipality says is kept by municipality, as in lessons (learning/local.py), so
    it can reach nobody but who serves there.
    """
    day, language = today(), get_language()
    places = places_of(person) if person.is_authenticated else ()
    return Help(
        local=NEAR.get((places, day), lambda: ask_local(places, day)) if places else (),
        national=NATIONAL.get((language, day), lambda: ask_national(language, day)),
    )


def ask_local(places: tuple[int, ...], day: date) -> tuple[LocalHelp, ...]:
    """Whom these municipalities name, in the order in which they are given."""
    return tuple(local_help(stored, day) for stored in settings_of(places))


def local_help(stored: MunicipalitySettings, day: date) -> LocalHelp:
    return LocalHelp(
        place=stored.municipality.display_name,
        adviser=Contact(stored.adviser_name, stored.adviser_email, stored.adviser_phone),
        griffier=Contact(stored.griffier_name, stored.griffier_email, stored.griffier_phone),
        checked_on=stored.checked_on,
        needs_checking=stored.needs_checking(day),
    )


def ask_national(language: str | None, day: date) -> tuple[NationalHelp, ...]:
    found = Support.objects.filter(setting__site__is_default_site=True)
    return tuple(national_help(each, language, day) for each in found.order_by("sort_order", "pk"))


def national_help(support: Support, language: str | None, day: date) -> NationalHelp:
    words, spoken = support.words_in(language)
    return NationalHelp(
        name=support.name,
        what_for=words,
        language=spoken,
        phone=support.phone,
        url=support.url,
        checked_on=support.checked_on,
        needs_checking=support.needs_checking(day),
    )
