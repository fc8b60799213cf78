"""Which sign-on an address belongs to. Asked at each sign-in, so remembered until one changes."""

from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from home.publication import Kept
from learning.models.sign_on import SIGN_ONS, SignOnDomain
from learning.rules.domains import domain_of


@dataclass(frozen=True, slots=True)
class Way:
    """Where people of a domain sign in, and whether they may do so nowhere else."""

    key: str
    only: bool


WAYS: Final = Kept[dict[str, Way]](SIGN_ONS)


def ways() -> dict[str, Way]:
    return WAYS.get("all", ask_ways)


def ask_ways() -> dict[str, Way]:
    rows = SignOnDomain.objects.filter(sign_on__is_active=True).values_list(
        "name", "sign_on__app__provider_id", "sign_on__only_way"
    )
    return {name: Way(key, only) for name, key, only in rows}


def door(email: str) -> str | None:
    """The page that leads to the sign-on of an address (accounts/doors.py)."""
    way = ways().get(domain_of(email))
    return reverse("sign_on", args=[way.key]) if way else None


def only_door(email: str) -> str | None:
    """The same where it is the only way."""
    way = ways().get(domain_of(email))
    return reverse("sign_on", args=[way.key]) if way and way.only else None
