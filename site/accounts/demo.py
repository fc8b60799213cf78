"""The demo's people, for the sign-in page and `make run`. Imports nothing, so tools may read it."""

from dataclasses import dataclass
from typing import Final

DEMO_PASSWORD: Final = "demo-Weerbaar-2026"  # noqa: S105  public by design, refused in production


def _(text: str) -> str:
    """Mark a text for the translators; the template that shows it translates."""
    return text


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """Somebody to sign in as. `label` and `description` are shown, translated."""

    email: str
    name: str
    label: str
    description: str


DEMO_ACCOUNTS: Final = (
    DemoAccount(
        "raadslid@voorbeeld.example",
        "Samira Vossenberg",
        _("Council member"),
        _("Utrecht, halfway"),
    ),
    DemoAccount(
        "nieuw@voorbeeld.example",
        "Joost Haverkamp",
        _("New council member"),
        _("Utrecht, nothing done yet"),
    ),
    DemoAccount(
        "griffier@voorbeeld.example", "Marit Zandstra", _("Council clerk"), _("Watches Utrecht")
    ),
    DemoAccount(
        "griffier2@voorbeeld.example", "Wouter Lindeboom", _("Council clerk"), _("Watches Zwolle")
    ),
    DemoAccount(
        "landelijk@voorbeeld.example",
        "Noor Terpstra",
        _("National monitor"),
        _("Sees numbers only"),
    ),
    DemoAccount(
        "redacteur@voorbeeld.example", "Elif Rozendaal", _("Editor"), _("Writes, does not publish")
    ),
    DemoAccount(
        "eindredacteur@voorbeeld.example",
        "Hidde Brandsma",
        _("Chief editor"),
        _("Writes and publishes"),
    ),
    DemoAccount(
        "beheerder@voorbeeld.example",
        "Anouk Verhulst",
        _("Administrator"),
        _("Manages users and settings"),
    ),
)
