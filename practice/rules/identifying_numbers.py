"""Numbers and addresses by their form: telephone, postcode, plate, BSN, bank account, e-mail."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from practice.rules.identifying_text import Span
from practice.rules.identifying_words import ACRONYMS

Rule = Callable[[str], Iterator[Span]]

EMAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")


def emails(text: str) -> Iterator[Span]:
    return (match.span() for match in EMAIL.finditer(text))


# A site, or what somebody is called on one.
WEB: Final = re.compile(
    r"(?:https?://|(?<!\w)www\.)[^\s<>\"”’)]{3,200}[^\s<>\"”’).,;:!?]|(?<![\w.@])@\w{3,30}"
    r"|(?<![\w@.-])(?:[\w-]{1,63}\.){1,4}(?:nl|com|net|org|eu|info|frl)\b(?:/[^\s<>\"”’).,;]+)?"
)


def webs(text: str) -> Iterator[Span]:
    return (match.span() for match in WEB.finditer(text))


IBAN: Final = re.compile(r"\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]){11,30}\b", re.IGNORECASE)
DUTCH_IBAN: Final = re.compile(r"NL\d{2}[A-Z]{4}\d{10}")


def ibans(text: str) -> Iterator[Span]:
    """Those of here by their form, also with a slip of the pen; others when they are sound."""
    for match in IBAN.finditer(text):
        plain = match[0].replace(" ", "").upper()
        if DUTCH_IBAN.match(plain):
            yield match.start(), match.start() + length_of(match[0], 18)
            continue
        # Words that follow look like a part of it: the longest that is sound.
        ends = [at for at in range(len(match[0]), 14, -1) if match[0][at : at + 1] in ("", " ")]
        sound = (at for at in ends if is_sound(match[0][:at].replace(" ", "").upper()))
        if end := next(sound, 0):
            yield match.start(), match.start() + end


def length_of(text: str, signs: int) -> int:
    """How long the first so many signs are, with the spaces between them."""
    seen = 0
    for index, sign in enumerate(text):
        seen += sign != " "
        if seen == signs:
            return index + 1
    return len(text)


def is_sound(iban: str) -> bool:
    """ISO 13616: the number that it stands for leaves 1 when divided by 97."""
    turned = iban[4:] + iban[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


# The fourteen series in which Dutch plates were given out: L a letter, D a digit.
SIDECODES: Final = (
    *("LL-DD-DD", "DD-DD-LL", "DD-LL-DD", "LL-DD-LL", "LL-LL-DD", "DD-LL-LL", "DD-LLL-D"),
    *("D-LLL-DD", "LL-DDD-L", "L-DDD-LL", "LLL-DD-L", "L-DD-LLL", "D-LL-DDD", "DDD-LL-D"),
)


def form_of(sidecode: str, between: str) -> str:
    return "".join({"L": "[A-Za-z]", "D": r"\d", "-": between}[sign] for sign in sidecode)


def any_plate(between: str) -> re.Pattern[str]:
    forms = "|".join(form_of(each, between) for each in SIDECODES)
    return re.compile(rf"(?<![\w-])(?:{forms})(?![\w-])")


WITH_DASHES: Final = any_plate("-")
WITHOUT: Final = any_plate("")
WITH_SPACES: Final = any_plate(" ")
PLATE_WORDS: Final = re.compile(r"(?:kenteken|nummerbord|nummerplaat|plaat)\w*\W", re.IGNORECASE)


def plates(text: str) -> Iterator[Span]:
    """With dashes and capitals, or in any way of writing after a word such as “kenteken”."""
    for pattern in (WITH_DASHES, WITHOUT, WITH_SPACES):
        for match in pattern.finditer(text):
            is_told = bool(PLATE_WORDS.search(text, max(0, match.start() - 30), match.start()))
            is_plain = match[0] == match[0].upper() and pattern is not WITH_SPACES
            # “1234AB” is a series of plates as well, and hardly ever meant so.
            is_plain = is_plain and not POSTCODE.fullmatch(match[0])
            if is_told or is_plain:
                yield match.span()


NINE: Final = re.compile(r"(?<![\w+])\d(?:[ .-]?\d){7,8}(?![\w])")
BSN_WORDS: Final = re.compile(r"\b(?:bsn|burgerservicenummer|sofi-?nummer)\W", re.IGNORECASE)
WEIGHTS: Final = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def bsns(text: str) -> Iterator[Span]:
    """Eight or nine digits that pass the test of eleven, or follow the word itself."""
    for match in NINE.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        is_told = bool(BSN_WORDS.search(text, max(0, match.start() - 30), match.start()))
        if is_told or (passes_eleven(digits) and not is_date(match[0])):
            yield match.span()


def passes_eleven(digits: str) -> bool:
    padded = digits.rjust(9, "0")
    total = sum(int(digit) * weight for digit, weight in zip(padded, WEIGHTS, strict=True))
    return total % 11 == 0 and set(padded) != {"0"}


DATE: Final = re.compile(
    r"\d{1,2}[ .-]\d{1,2}[ .-](?:19|20)\d{2}|(?:19|20)\d{2}[ .-]\d{2}[ .-]\d{2}"
)


def is_date(text: str) -> bool:
    return DATE.fullmatch(text) is not None


PHONE: Final = re.compile(
    r"(?<![\w+.-])(?:(?:\+|00)\d{2}[ -]?(?:\(0\)[ -]?)?|\(0\d{1,3}\)[ -]?|0)"
    r"[1-9](?:(?: [/-] |[ ./-])?\d){6,9}(?![\w])"
    r"|(?<![\w+])\(0\d{1,3}\)[ -]?\d(?:[ -]?\d){5,7}(?!\w)"
)


def phones(text: str) -> Iterator[Span]:
    """Ten digits with a 0 before them, or a number of a country."""
    for match in PHONE.finditer(text):
        digits = re.sub(r"\D", "", match[0].replace("(0)", ""))
        is_abroad = match[0].startswith(("+", "00"))
        if len(digits) == 10 or (is_abroad and 10 <= len(digits) <= 14):
            yield match.span()


POSTCODE: Final = re.compile(r"(?<![\w-])[1-9]\d{3} ?[A-Za-z]{2}(?![\w-])")
POSTCODE_WORD: Final = re.compile(r"postcode\W{1,3}$", re.IGNORECASE)
# Never given out: they recall what should not be recalled.
NOT_GIVEN: Final = frozenset(("SA", "SD", "SS"))


def postcodes(text: str) -> Iterator[Span]:
    """Four digits and two capitals; a year with an acronym behind it is left alone."""
    for match in POSTCODE.finditer(text):
        letters = match[0][-2:]
        is_told = bool(POSTCODE_WORD.search(text, max(0, match.start() - 12), match.start()))
        if letters.upper() in NOT_GIVEN or not (is_told or letters.isupper()):
            continue
        is_year = match[0][:2] in {"19", "20"} and letters in ACRONYMS
        if not is_year or is_told:
            yield match.span()


# The surest first: what one has found, the next leaves alone.
NUMBERS: Final[Mapping[str, Rule]] = {
    "email": emails,
    "web": webs,
    "iban": ibans,
    "plate": plates,
    "bsn": bsns,
    "phone": phones,
    "postcode": postcodes,
}
