"""The words by which Dutch municipalities head their lists of people, and name roles and days.

Every word is compared after `plain()`: without capitals, accents, signs and double spaces.
"""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from typing import Final, TypeVar

Meaning = TypeVar("Meaning")

INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
SPACES: Final = re.compile(r"\s+")


class Field(StrEnum):
    """What a column may hold."""

    EMAIL = "email"
    NAME = "name"
    GIVEN = "given"
    INITIALS = "initials"
    INFIX = "infix"
    SURNAME = "surname"
    ROLE = "role"
    STARTS = "starts"
    ENDS = "ends"


HEADERS: Final = {
    Field.EMAIL: (
        "e-mail, e-mailadres, e-mail adres, mail, mailadres, mail adres, emailadres, "
        "e-mail zakelijk, zakelijk e-mailadres, e-mailadres zakelijk, e-mail werk, "
        "e-mailadres werk, email address, mail address, work email"
    ),
    Field.NAME: (
        "naam, name, volledige naam, full name, weergavenaam, display name, naam medewerker, "
        "medewerkernaam, naam raadslid, naam persoon, persoon, person"
    ),
    Field.GIVEN: "voornaam, roepnaam, voornamen, first name, given name, firstname",
    Field.INITIALS: "voorletters, voorletter, initialen, initials",
    Field.INFIX: (
        "tussenvoegsel, tussenvoegsels, voorvoegsel, voorvoegsels, infix, prefix, name prefix"
    ),
    Field.SURNAME: (
        "achternaam, familienaam, geslachtsnaam, surname, last name, lastname, family name"
    ),
    Field.ROLE: (
        "rol, rollen, functie, functies, functienaam, functieomschrijving, role, function, "
        "position, job title, rol in de gemeente, rol in gemeente"
    ),
    Field.STARTS: (
        "begindatum, begin datum, begin, startdatum, start datum, start, vanaf, van, sinds, "
        "ingangsdatum, datum ingang, installatie, datum installatie, installatiedatum, "
        "geinstalleerd op, datum beediging, beedigd op, datum benoeming, benoemingsdatum, "
        "benoemd op, in dienst, datum in dienst, in dienst vanaf, datum indiensttreding, "
        "lid vanaf, lid sinds, eerste dag, first day, start date, begin date, from, since, "
        "starts on"
    ),
    Field.ENDS: (
        "einddatum, eind datum, eind, einde, tot, t/m, tm, tot en met, datum einde, "
        "uit dienst, datum uit dienst, datum uitdiensttreding, lid tot, lid t/m, lid tot en met, "
        "aftreden, datum aftreden, afgetreden op, laatste dag, last day, end, end date, until, to, "
        "through, ends on"
    ),
}

# The values are those of learning.roles.Role, which a rule cannot import.
ROLES: Final = {
    "raadslid": (
        "raadslid, raadsleden, gemeenteraadslid, gemeenteraadsleden, lid gemeenteraad, "
        "lid van de gemeenteraad, lid van de raad, lid raad, fractievoorzitter, "
        "fractievoorzitters, raadslid en fractievoorzitter, council member, council members, "
        "councillor, councillors, councilor, councilors, municipal councillor, councilwoman, "
        "councilman, member of council, member of the council"
    ),
    "commissielid": (
        "commissielid, commissieleden, raadscommissielid, raadscommissieleden, burgerlid, "
        "burgerleden, burgerraadslid, burgerraadsleden, burgercommissielid, "
        "burgercommissieleden, steunfractielid, steunfractieleden, fractievertegenwoordiger, "
        "fractievertegenwoordigers, schaduwraadslid, schaduwraadsleden, duoraadslid, "
        "duoraadsleden, duolid, lid raadscommissie, commissielid niet raadslid, "
        "committee member, committee members"
    ),
    "wethouder": (
        "wethouder, wethouders, wethoudster, wethoudsters, locoburgemeester, loco burgemeester, "
        "alderman, aldermen, alderwoman, alderwomen, alderperson, deputy mayor"
    ),
    "burgemeester": (
        "burgemeester, burgemeesters, waarnemend burgemeester, wnd burgemeester, "
        "burgemeester waarnemend, mayor, mayors, acting mayor"
    ),
    "griffie": (
        "griffie, griffier, griffiers, raadsgriffier, raadsgriffiers, raadsgriffie, "
        "plaatsvervangend griffier, plv griffier, waarnemend griffier, adjunct griffier, "
        "substituut griffier, commissiegriffier, commissiegriffiers, griffiemedewerker, "
        "griffiemedewerkers, griffiemedewerkster, medewerker griffie, medewerkers griffie, "
        "medewerkster griffie, raadsadviseur, raadsadviseurs, council clerk, council clerks, "
        "clerk, clerks, registrar, council clerks office"
    ),
    "medewerker": (
        "medewerker, medewerkers, medewerkster, medewerksters, ambtenaar, ambtenaren, "
        "ambtenares, gemeenteambtenaar, gemeenteambtenaren, werknemer, werknemers, "
        "werkneemster, personeel, personeelslid, personeelsleden, gemeentesecretaris, "
        "staff, staff member, staff members, member of staff, employee, employees, "
        "civil servant, civil servants, official, officials"
    ),
}

MONTHS: Final = {
    1: "januari, jan, january",
    2: "februari, feb, febr, february",
    3: "maart, mrt, maa, mar, march",
    4: "april, apr",
    5: "mei, may",
    6: "juni, jun, june",
    7: "juli, jul, july",
    8: "augustus, aug, august",
    9: "september, sep, sept",
    10: "oktober, okt, oct, october",
    11: "november, nov",
    12: "december, dec",
}

WEEKDAYS: Final = (
    "maandag, dinsdag, woensdag, donderdag, vrijdag, zaterdag, zondag, ma, di, wo, do, vr, za, zo, "
    "monday, tuesday, wednesday, thursday, friday, saturday, sunday, mon, tue, wed, thu, fri, sat, "
    "sun"
)

# What people write where there is no day to write.
NO_DAY: Final = "geen, nvt, heden, nu, none, present, now"


def tidy(text: str) -> str:
    """A text as a reader sees it: one space where there were more, nothing invisible."""
    text = INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    text = SPACES.sub(" ", text)
    return "".join(sign for sign in text if sign.isprintable()).strip()


def plain(text: str) -> str:
    """A word as it is compared: small letters and figures, with single spaces between."""
    text = unicodedata.normalize("NFKD", re.sub(r"\(.*?\)", " ", text.casefold()))
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    text = text.replace("t/m", "tm").replace("n.v.t", "nvt")
    # "e-mail" and "email" are one word, "council clerk's office" has no sign to it.
    text = re.sub(r"\be[- ]?mail", "email", text.replace("'", "").replace("’", ""))
    return SPACES.sub(" ", re.sub(r"[\W_]+", " ", text)).strip()


def by_word(meanings: Mapping[Meaning, str]) -> dict[str, Meaning]:
    """Look up a meaning by any of its words."""
    return {
        plain(word): meaning for meaning, words in meanings.items() for word in words.split(",")
    }
