"""What the demo's municipalities say of themselves: two have filled it in, the others not yet."""

from datetime import date
from typing import Any, Final

from accounts.entry import confirmed_person
from accounts.models import User
from learning.joining import make_link, settle
from learning.models import Municipality, MunicipalitySettings
from learning.roles import Role

CHECKED_ON: Final = date(2026, 11, 3)
SETTINGS: Final[dict[str, dict[str, Any]]] = {
    "GM0344": {
        "griffier_name": "Marit Zandstra",
        "griffier_email": "griffie.utrecht@voorbeeld.example",
        "griffier_phone": "030 000 00 00",
        "adviser_name": "Ilse Brouwershaven",
        "adviser_email": "vertrouwenspersoon.utrecht@voorbeeld.example",
        "adviser_phone": "030 000 00 01",
        "gift_limit": 50,
        "code_of_conduct": "https://utrecht.voorbeeld.example/gedragscode",
        "welcome_text": (
            "Welkom. In Utrecht praten we over integriteit voordat er iets misgaat.\n\n"
            "Twijfelt u? Bel de griffie. Geen vraag is te klein."
        ),
        "email_domains": ["utrecht.voorbeeld.example"],
        "report_recipients": ["griffie.utrecht@voorbeeld.example"],
        "checked_on": CHECKED_ON,
    },
    "GM0193": {
        "griffier_name": "Wouter Lindeboom",
        "griffier_email": "griffie.zwolle@voorbeeld.example",
        "griffier_phone": "038 000 00 00",
        "gift_limit": 25,
        "email_domains": ["zwolle.voorbeeld.example"],
        "checked_on": CHECKED_ON,
    },
}


# Who asked to join Utrecht through a link, with an address of elsewhere, and waits for the clerk.
WAITING: Final = (
    ("fenna@elders.voorbeeld.example", "Fenna Oosterwijk"),
    ("ruben@elders.voorbeeld.example", "Ruben Halbertsma"),
)


def load_requests() -> None:
    """Two requests that wait, once: whatever the demo's clerk decided about them stays."""
    utrecht = Municipality.objects.get(code="GM0344")
    clerk = User.objects.get(email="griffier@voorbeeld.example")
    people = [confirmed_person(email, name=name, language="nl") for email, name in WAITING]
    newcomers = [person for person, is_new in people if is_new]
    if newcomers:
        link = make_link(utrecht, Role.COMMITTEE_MEMBER, by=clerk, days=30)
        for person in newcomers:
            settle(person, utrecht, Role.COMMITTEE_MEMBER, link=link)


def load_settings() -> None:
    """Fill in what is not there yet; what somebody changed in the demo stays."""
    for place in Municipality.objects.filter(code__in=SETTINGS, settings=None):
        MunicipalitySettings.objects.create(municipality=place, **SETTINGS[place.code])
