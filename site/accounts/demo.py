"""The demo's people, for the sign-in page and `make run`. Imports nothing, so tools may read it."""

from dataclasses import dataclass
from typing import Final

DEMO_PASSWORD: Final = "demo-Weerbaar-2026"  # noqa: S105  public by design, refused in production


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """Somebody to sign in as. `label` and `description` are shown, in Dutch."""

    email: str
    name: str
    label: str
    description: str


DEMO_ACCOUNTS: Final = (
    DemoAccount(
        "raadslid@voorbeeld.example", "Samira Vossenberg", "Raadslid", "Utrecht, halverwege"
    ),
    DemoAccount(
        "nieuw@voorbeeld.example", "Joost Haverkamp", "Nieuw raadslid", "Utrecht, nog niets gedaan"
    ),
    DemoAccount(
        "griffier@voorbeeld.example", "Marit Zandstra", "Griffier", "Volgt gemeente Utrecht"
    ),
    DemoAccount(
        "griffier2@voorbeeld.example", "Wouter Lindeboom", "Griffier", "Volgt gemeente Zwolle"
    ),
    DemoAccount(
        "landelijk@voorbeeld.example",
        "Noor Terpstra",
        "Landelijke monitor",
        "Ziet alleen aantallen",
    ),
    DemoAccount(
        "redacteur@voorbeeld.example", "Elif Rozendaal", "Redacteur", "Schrijft, publiceert niet"
    ),
    DemoAccount(
        "eindredacteur@voorbeeld.example",
        "Hidde Brandsma",
        "Eindredacteur",
        "Schrijft en publiceert",
    ),
    DemoAccount(
        "beheerder@voorbeeld.example",
        "Anouk Verhulst",
        "Beheerder",
        "Beheert gebruikers en instellingen",
    ),
)
