"""Passwords that are long and easy to guess all the same: a known word with a year behind it.

Django's own list of common passwords holds few of twelve characters. What people make of a rule of
twelve is a common word, or one that belongs here, with something added: `Utrecht2026!`. It needs no
service of anybody else: the words are in the project (docs/security/README.md names them).
"""

import csv
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# What this site is about, and who comes to it.
HOUSE_WORDS: Final = """
    beheer beheerder burgemeester certificaat college ethiek fractie gemeente gemeenteraad
    gemeentehuis geheim griffie griffier integer integriteit leren medewerker module monitor
    nederland ondermijning raad raadslid raadsleden redacteur redactie toets veilig veiligheid
    visiedocument vng volger wachtwoord weerbaar weerbaarheid welkom wethouder lente zomer
    herfst winter januari februari maart april mei juni juli augustus september oktober november
    december maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
"""
MUNICIPALITIES: Final = Path(__file__).parent / "data" / "municipalities.csv"
SHORTEST: Final = 3
# As people write letters to please a rule.
DISGUISED: Final = str.maketrans("0134578@$", "oieastbas")
NO_LETTER: Final = re.compile(r"[\W\d_]+")


class GuessableValidator:
    """Refuses one or two known words with signs and digits around them."""

    def validate(self, password: str, user: Any = None) -> None:
        if any(is_known(core) for core in cores(password)):
            raise ValidationError(
                _(
                    "This password is easy to guess: it is a known word with something added. "
                    "Take four words that have nothing to do with each other."
                ),
                code="password_guessable",
            )

    def get_help_text(self) -> str:
        return _("Not a known word or the name of your municipality with a year behind it.")


def cores(password: str) -> Iterator[str]:
    """What is left without what is added: the letters as they stand, and undisguised."""
    plain = unicodedata.normalize("NFKD", password).casefold()
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    yield NO_LETTER.sub("", plain)
    # Digits in front and behind were added; those within stand for letters.
    within = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", plain)
    yield NO_LETTER.sub("", within.translate(DISGUISED))
    # Or a whole word stands beside what was added.
    parts = [part for part in re.split(r"[-_.,/\s]+", plain) if re.search(r"[^\W\d_]", part)]
    yield NO_LETTER.sub("", "".join(parts).translate(DISGUISED))


def is_known(core: str) -> bool:
    """Whether it is one letter over and over, a known word, or two of them."""
    known = words()
    return (
        len(set(core)) == 1
        or core in known
        or any(
            core[:cut] in known and core[cut:] in known
            for cut in range(SHORTEST, len(core) - SHORTEST + 1)
        )
    )


@cache
def words() -> frozenset[str]:
    with MUNICIPALITIES.open(encoding="utf-8", newline="") as file:
        names = {NO_LETTER.sub("", row["name"].casefold()) for row in csv.DictReader(file)}
    common = {word for word in CommonPasswordValidator().passwords if not NO_LETTER.search(word)}
    return frozenset(
        word for word in {*HOUSE_WORDS.split(), *names, *common} if len(word) >= SHORTEST
    )
