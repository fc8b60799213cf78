"""Doors by which an e-mail address is let in elsewhere, as a municipality's own sign-on.

The sign-in page asks them before it mails a code. An app that knows one registers it when it
starts; this app need not know which there are.
"""

from collections.abc import Callable

Door = Callable[[str], str | None]

_doors: list[Door] = []


def register(door: Door) -> Door:
    """Ask this one too: given an address in lower case, the path that lets it in, or None.

    A door looks at the domain only: it must answer the same for people we know and do not know.
    """
    if door not in _doors:
        _doors.append(door)
    return door


def leads_to(email: str) -> str | None:
    """Where somebody with this address signs in, if that is not here."""
    address = email.strip().lower()
    return next((path for door in _doors if (path := door(address))), None)
