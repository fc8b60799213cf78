"""What stands in a cell of a list of people: an address, a role, a day. Plain values only."""

import re
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final

from learning.rules.people_words import (
    MONTHS,
    NO_DAY,
    ROLES,
    WEEKDAYS,
    by_word,
    plain,
    tidy,
)

Cell = str | int | float | bool | date | datetime | None

ROLE_WORDS: Final = by_word(ROLES)
MONTH_WORDS: Final = by_word(MONTHS)
WEEKDAY_WORDS: Final = frozenset(plain(word) for word in WEEKDAYS.split(","))
NO_DAY_WORDS: Final = frozenset({"", *(plain(word) for word in NO_DAY.split(","))})

LONGEST_NAME: Final = 150
LONGEST_EMAIL: Final = 254
# Stricter than mail allows, and never laxer than what a person can sign in with.
EMAIL: Final = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9]{1,59})"
)
YEAR_FIRST: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
DAY_FIRST: Final = re.compile(r"(\d{1,2})\s?[-/. ]\s?(\d{1,2})\s?[-/. ]\s?(\d{4}|\d{2})")
IN_WORDS: Final = re.compile(
    r"(\d{1,2})(?:e|ste|de)?[-. ]{0,2}([^\W\d_]+)[-. ]{0,2}['’]?(\d{4}|\d{2})"
)
TIME: Final = re.compile(r"[t ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?z?$")
SERIAL: Final = re.compile(r"(\d{5})(?:[.,]\d+)?")
# Excel counts days from here, since it takes 1900 for a leap year.
EXCEL_EPOCH: Final = date(1899, 12, 30)
FIRST_DAY, LAST_DAY = date(1945, 1, 1), date(2100, 12, 31)


class RowFault(StrEnum):
    """What is wrong with a row."""

    NO_EMAIL = "no_email"
    WRONG_EMAIL = "wrong_email"
    NO_NAME = "no_name"
    LONG_NAME = "long_name"
    NO_ROLE = "no_role"
    UNKNOWN_ROLE = "unknown_role"
    UNKNOWN_START = "unknown_start"
    UNKNOWN_END = "unknown_end"
    ENDS_TOO_EARLY = "ends_too_early"
    EXTRA_CELLS = "extra_cells"
    # Of a row among others, or against what is stored (learning/rules/people_plan.py).
    DOUBLE = "double"
    OTHER_NAME = "other_name"
    SEVERAL = "several"
    START_NEEDED = "start_needed"


def text_of(cell: Cell) -> str:
    """A cell as its reader sees it."""
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date):
        return f"{cell:%d-%m-%Y}"
    return tidy(str(cell))


def read_email(text: str) -> str | None:
    """An address in small letters, or None when nobody can be reached at it."""
    address = text.removeprefix("mailto:").lower()
    if (within := re.fullmatch(r"[^<>]*<([^<>]*)>", address)) is not None:
        address = within.group(1)
    address = address.strip(" ;,")
    if len(address) > LONGEST_EMAIL or EMAIL.fullmatch(address) is None:
        return None
    local, _, domain = address.partition("@")
    return address if len(local) <= 64 and len(domain) <= 253 else None


@lru_cache(maxsize=1000)
def read_role(text: str) -> str | None:
    """The role that a word stands for, whoever wrote it."""
    return ROLE_WORDS.get(plain(text))


def read_day(cell: Cell) -> date | None:
    """The day in a cell; None where the cell says that there is none.

    Raises ValueError for what is no day, or one in which nobody now alive held an office.
    """
    if isinstance(cell, datetime):
        return within_reason(cell.date())
    if isinstance(cell, date):
        return within_reason(cell)
    return day_in_text(text_of(cell))


@lru_cache(maxsize=4000)
def day_in_text(text: str) -> date | None:
    """A day as Dutch people write it."""
    text = TIME.sub("", text.casefold()) if ":" in text else text.casefold()
    if plain(text) in NO_DAY_WORDS:
        return None
    first, _, rest = text.replace(",", " ").partition(" ")
    if plain(first) in WEEKDAY_WORDS:
        text = rest.strip()
    if match := YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := DAY_FIRST.fullmatch(text):
        day, month, year = int(match[1]), int(match[2]), full_year(match[3])
    elif match := IN_WORDS.fullmatch(text):
        day, month, year = int(match[1]), MONTH_WORDS.get(plain(match[2]), 0), full_year(match[3])
    elif match := SERIAL.fullmatch(text):
        return within_reason(EXCEL_EPOCH + timedelta(days=int(match[1])))
    else:
        raise ValueError("That is no day.")
    return within_reason(date(year, month, day))


def full_year(digits: str) -> int:
    """Of two digits: 26 is 2026, 98 is 1998."""
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (2000 if year < 70 else 1900)


def within_reason(day: date) -> date:
    """A slip of the pen in the year must not make somebody a member since the Middle Ages."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError("That day is too far away.")
    return day
