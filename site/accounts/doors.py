"""Doors by which an e-mail address is let in elsewhere, as a municipality's own sign-on.

The sign-in page asks them before it mails a code. An app that knows one registers it when it
starts; this app need not know which there are.
"""

from collections.abc import Callable

Door = Callable[[str], str | None]

_doors: list[Door] = []
_only_doors: list[Door] = []


def register(door: Door, *, only: bool = False) -> Door:
    """Ask this one too: given an address in lower case, the path that lets it in, or None.

    With `only`, it is asked for those who may come in nowhere else. A door looks at the domain
    only: it must answer the same for people we know and do not know.
    """
    doors = _only_doors if only else _doors
    if door not in doors:
        doors.append(door)
    return door


def leads_to(email: str) -> str | None:
    """Where somebody with this address signs in, if that is not here."""
    return first(_doors, email)


def leads_only_to(email: str) -> str | None:
    """The same, for who may sign in nowhere else."""
    return first(_only_doors, email)


def first(doors: list[Door], email: str) -> str | None:
    address = email.strip().lower()
    return next((path for door in doors if (path := door(address))), None)
