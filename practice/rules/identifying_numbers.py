"""Numbers and addresses by their form: telephone, postcode, plate, BSN, bank account, e-mail."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from practice.rules.identifying_text import Span
from practice.rules.identifying_words import ACRONYMS, listed

Rule = Callable[[str], Iterator[Span]]

EMAIL: Final = re.compile(r"[\w.+’'-]{0,63}[\w.+-]@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
# “jan [at] voorbeeld [punt] nl”: written so that no program finds it, and people do.
AT: Final = r"(?:\s?[(\[{]\s?(?:at|apenstaartje|@)\s?[)\]}]\s?|\s(?:at|apenstaartje|@)\s|\s@|@\s)"
DOT: Final = r"(?:\s?[(\[{]\s?(?:dot|punt|\.)\s?[)\]}]\s?|\s(?:dot|punt)\s|\.)"
HIDDEN_EMAIL: Final = re.compile(
    rf"(?<![\w.+-])[\w.+-]{{1,64}}{AT}[\w-]{{1,63}}(?:{DOT}[\w-]{{2,63}}){{0,3}}?"
    rf"{DOT}(?:nl|com|net|org|eu|info|frl|be|de|example)\b",
    re.IGNORECASE,
)


def emails(text: str) -> Iterator[Span]:
    for pattern in (EMAIL, HIDDEN_EMAIL):
        yield from (match.span() for match in pattern.finditer(text))


# A site, or what somebody is called on one.
WEB: Final = re.compile(
    r"(?:https?://|(?<!\w)www\.)[^\s<>\"”’)]{3,200}[^\s<>\"”’).,;:!?]|(?<![\w.@])@\w{3,30}"
    r"|(?<![\w@.-])(?:[\w-]{1,63}\.){1,4}(?:nl|com|net|org|eu|info|frl)\b(?:/[^\s<>\"”’).,;]+)?"
    r"|(?<![\w@.-])(?:t|wa|fb|m)\.me/[\w.+-]+\w"
)


def webs(text: str) -> Iterator[Span]:
    return (match.span() for match in WEB.finditer(text))


IBAN: Final = re.compile(r"\b[A-Z]{2}\d{2}(?:[ .-]?[A-Z0-9]){11,30}\b", re.IGNORECASE)
BETWEEN: Final = re.compile(r"[ .-]")
# As it was until 2014, and only where it is called so: any number may look like it.
OLD_ACCOUNT: Final = re.compile(
    r"\b(?:bank)?rekening(?:nummer|nr)?\.?:?\s+(?P<number>\d(?:[ .]?\d){6,9})(?![\w.,]\d)",
    re.IGNORECASE,
)
DUTCH_IBAN: Final = re.compile(r"NL\d{2}[A-Z]{4}\d{10}")


def ibans(text: str) -> Iterator[Span]:
    """Those of here by their form, also with a slip of the pen; others when they are sound."""
    for match in IBAN.finditer(text):
        plain = BETWEEN.sub("", match[0]).upper()
        if DUTCH_IBAN.match(plain):
            yield match.start(), match.start() + length_of(match[0], 18)
            continue
        # Words that follow look like a part of it: the longest that is sound.
        ends = [at for at in range(len(match[0]), 14, -1) if match[0][at : at + 1] in ("", *" .-")]
        sound = (at for at in ends if is_sound(BETWEEN.sub("", match[0][:at]).upper()))
        if end := next(sound, 0):
            yield match.start(), match.start() + end
    yield from (match.span("number") for match in OLD_ACCOUNT.finditer(text))


def length_of(text: str, signs: int) -> int:
    """How long the first so many signs are, with what stands between them."""
    seen = 0
    for index, sign in enumerate(text):
        seen += sign not in " .-"
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
# “12-en-13”, “1-mei-24”
NO_PLATES: Final = re.compile(
    r"(?<![a-z])(?:en|of|om|in|op|te|al|na|tot|van|een|uur|per|jan|feb|mrt|apr|mei|jun|jul|aug|sep"
    r"|okt|nov|dec)(?![a-z])",
    re.IGNORECASE,
)
# With spaces these are hardly ever anything else; “12 KG 30” is.
PLAIN_WITH_SPACES: Final = re.compile(
    "(?<![\\w-])(?:"
    + "|".join(
        form_of(each, " ").replace("A-Za-z", "B-DF-HJ-NP-TV-Z")
        for each in ("LL-DD-LL", "LL-LL-DD", "LL-DDD-L", "L-DDD-LL", "LLL-DD-L", "L-DD-LLL")
    )
    + ")(?![\\w-])"
)
# Of the neighbours, only where it is called so.
ABROAD: Final = re.compile(
    r"(?<![\w-])(?:[A-Z]{1,3}[- ][A-Z]{1,2}[- ]?\d{1,4}|\d-[A-Z]{3}-\d{3}|[A-Z]{2,3} ?\d{4,5})"
    r"(?![\w-])"
)
PLATE_WORDS: Final = re.compile(r"(?:kenteken|nummerbord|nummerplaat|plaat)\w*\W", re.IGNORECASE)


def plates(text: str) -> Iterator[Span]:
    """With dashes or capitals, or in any way of writing after a word such as “kenteken”."""
    for pattern in (WITH_DASHES, WITHOUT, WITH_SPACES, ABROAD):
        for match in pattern.finditer(text):
            is_told = bool(PLATE_WORDS.search(text, max(0, match.start() - 30), match.start()))
            if is_told or is_plainly_a_plate(match):
                yield match.span()


def is_plainly_a_plate(match: re.Match[str]) -> bool:
    """Whether its form says so, with nothing before it that does."""
    plate = match[0]
    if match.re is WITH_SPACES:
        return PLAIN_WITH_SPACES.fullmatch(plate) is not None
    if match.re is ABROAD:
        return plate[:1].isdigit()
    # “1234AB” is a series of plates as well, and hardly ever meant so.
    if NO_PLATES.search(plate) or POSTCODE.fullmatch(plate):
        return False
    return match.re is WITH_DASHES or plate == plate.upper()


NINE: Final = re.compile(r"(?<![\w+])\d(?:[ .-]?\d){7,8}(?![\w])")
BSN_WORDS: Final = re.compile(r"\b(?:bsn|burgerservicenummer|sofi-?nummer)\W", re.IGNORECASE)
# “Factuur 20231234”: of a bill or a letter, whatever its digits.
NUMBERED: Final = re.compile(
    r"(?:factuur|dossier|zaak|nota|kenmerk|registratie|brief)[\w-]*[.:]?\s+(?:\w{2,3}\s+)?$",
    re.IGNORECASE,
)
WEIGHTS: Final = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def bsns(text: str) -> Iterator[Span]:
    """Eight or nine digits that pass the test of eleven, or follow the word itself."""
    for match in NINE.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        is_told = bool(BSN_WORDS.search(text, max(0, match.start() - 30), match.start()))
        is_numbered = bool(NUMBERED.search(text, max(0, match.start() - 30), match.start()))
        is_sound = passes_eleven(digits) and not is_date(match[0]) and not is_numbered
        if is_told or is_sound:
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
    r"[1-9](?:(?: [/-] |[ ./_-])?\d){6,9}(?![\w])"
    r"|(?<![\w+])\(0\d{1,3}\)[ -]?\d(?:[ -]?\d){5,7}(?!\w)"
)
# “mob. 6-12345678”: the 0 is left out.
MOBILE: Final = re.compile(
    r"\b(?:tel|mob|mobiel|telefoon|nummer|app)\w*[.:]?\s+(?P<number>6(?:[ .-]?\d){8})(?!\w)",
    re.IGNORECASE,
)


def phones(text: str) -> Iterator[Span]:
    """Ten digits with a 0 before them, or a number of a country."""
    yield from (match.span("number") for match in MOBILE.finditer(text))
    for match in PHONE.finditer(text):
        digits = re.sub(r"\D", "", match[0].replace("(0)", ""))
        is_abroad = match[0].startswith(("+", "00"))
        if len(digits) == 10 or (is_abroad and 10 <= len(digits) <= 14):
            yield match.span()


POSTCODE: Final = re.compile(r"(?<![\w-])[1-9]\d{3} ?[A-Za-z]{2}(?![\w-])")
POSTCODE_WORD: Final = re.compile(r"postcode\W{1,3}$", re.IGNORECASE)
# A house number or a place behind it, or a house number before it.
AFTER_POSTCODE: Final = re.compile(r",?\s+(?:\d{1,4}[a-zA-Z]?(?!\w)|[A-Z’'][\w’'])")
BEFORE_POSTCODE: Final = re.compile(r"\s\d{1,4}[a-zA-Z]?,\s*$")
WORDS_OF_TWO: Final = listed(
    "is en of in op te er we ze al de je me na nu om uw zo af ik ja hè het km kg cm mm kw gb mb tb"
    " ml cl st nr jr ha au wo dr mr eu"
)
# Never given out: they recall what should not be recalled.
NOT_GIVEN: Final = frozenset(("SA", "SD", "SS"))


def postcodes(text: str) -> Iterator[Span]:
    """Four digits and two capitals; a year with an acronym behind it is left alone."""
    for match in POSTCODE.finditer(text):
        letters = match[0][-2:]
        is_told = bool(POSTCODE_WORD.search(text, max(0, match.start() - 12), match.start()))
        is_written = letters.isupper() or is_small_postcode(text, match)
        if letters.upper() in NOT_GIVEN or not (is_told or is_written):
            continue
        is_year = match[0][:2] in {"19", "20"} and letters in ACRONYMS
        if not is_year or is_told:
            yield match.span()


def is_small_postcode(text: str, match: re.Match[str]) -> bool:
    """“3511ep” and “1234 ab 56”, and not “1500 is 3 keer” or “1500km”."""
    is_word = match[0][-2:].lower() in WORDS_OF_TWO
    is_placed = AFTER_POSTCODE.match(text, match.end()) or BEFORE_POSTCODE.search(
        text[max(0, match.start() - 12) : match.start()]
    )
    return not is_word and (" " not in match[0] or is_placed is not None)


# The Chamber of Commerce's number of a company, and that of its taxes.
COMPANY: Final = re.compile(
    r"\b(?:kvk|handelsregister)\W?(?:nummer|nr)?\.?:?\s+(?:is\s+|was\s+)?(?P<number>\d{8})\b"
    r"|\b(?P<tax>NL\d{9}B\d{2})\b",
    re.IGNORECASE,
)


def companies(text: str) -> Iterator[Span]:
    for match in COMPANY.finditer(text):
        yield match.span("number" if match["number"] else "tax")


# The surest first: what one has found, the next leaves alone.
NUMBERS: Final[Mapping[str, Rule]] = {
    "email": emails,
    "web": webs,
    "iban": ibans,
    "company": companies,
    "plate": plates,
    "bsn": bsns,
    "phone": phones,
    "postcode": postcodes,
}
