"""Names that no capital gives away: in small letters, or at the beginning of a sentence."""

import re
from collections.abc import Iterator
from typing import Final

from practice.rules.identifying_people import (
    AFTER_DE,
    AFTER_OTHERS,
    AFTER_TITLES,
    ALSO_WORDS,
    CALLED,
    FIRST_NAMES,
    FORMS_OF_ADDRESS,
    NAMES_ALL_THE_SAME,
    OFFICES,
    ORDINARY_ENDINGS,
    PARTICLES_LIKE_WORDS,
    SURE_PARTICLES,
)
from practice.rules.identifying_text import Span, begins_sentence, either
from practice.rules.identifying_words import BEGINNINGS, DEEDS, KNOWN, TITLES

SMALL: Final = r"[^\W\d_A-ZÀ-Þ][\w’'-]*[^\W\d_]"
PARTICLE: Final = either((*SURE_PARTICLES, *PARTICLES_LIKE_WORDS))
SMALL_INITIALS: Final = r"(?:[a-z]\.\s?){1,4}"
NAME: Final = (
    rf"(?P<initials>{SMALL_INITIALS})?(?:(?P<particle>{PARTICLE})\s+)?(?P<word>"
    # “smit-de boer”: a second surname with a particle of its own.
    rf"[^\W\d_A-ZÀ-Þ-][\w’']*[^\W\d_](?:-(?:{PARTICLE})\s+{SMALL})|{SMALL})"
)
ADDRESSED: Final = re.compile(rf"(?<!\w)(?i:{either(FORMS_OF_ADDRESS)})\s+(?P<name>{NAME})")
IN_OFFICE: Final = re.compile(rf"(?<![\w-])(?P<office>(?i:{either(OFFICES)}))\s+(?P<name>{NAME})")
ARTICLE: Final = re.compile(
    r"\b(?:de|het|een|'n|’n|onze|ons|mijn|zijn|haar|hun|uw|die|deze|dat|dit|elke?|iedere?|geen|een"
    r"|als|tot|nieuwe|oude|beste|jonge|vorige|geachte|andere|eerste|plaatselijke)\s+$",
    re.IGNORECASE,
)
# “In het dorp lutjebroek”: a place that is no municipality.
PLACED: Final = re.compile(
    r"\b(?:in|uit|van|bij|naar|rond)\s+(?:het\s+(?:dorp|gehucht|stadje|buurtschap)"
    rf"|de\s+(?:wijk|kern|buurtschap|woonplaats))\s+(?P<name>{SMALL})"
)
SHORTEST_PLACE: Final = 6
CALLED_SO: Final = re.compile(rf"\b(?i:{either(CALLED)})\s+(?P<name>{NAME})")
GIVEN: Final = re.compile(
    rf"(?<![\w@./-])(?P<first>(?i:{either(FIRST_NAMES)}))(?![\w@-])"
    rf"(?P<more>\s+(?:(?P<particle>{PARTICLE})\s+)?(?P<word>{SMALL}))?"
)
# “12 jan” is a day, “jan en alleman” is everybody.
NO_PERSON: Final = re.compile(r"\d\s*$")
EVERYBODY: Final = re.compile(r"\s+(?:en alleman|met de pet|modaal|rap)\b|\.?\s*\d")
# After a name at the beginning of a sentence.
GOES_ON: Final = re.compile(
    rf"\s*[,(]|\s+(?:{either(DEEDS)}|heeft|had|is|was|wordt|werd|zou|zal|wil|wilde|kan|kon|moet"
    r"|moest|gaat|ging|ook|en|die|zelf|niet)\b"
)


def small_names(text: str) -> Iterator[Span]:
    """Where somebody may be named without a capital; what is in capitals other rules find."""
    for match in ADDRESSED.finditer(text):
        yield from name_of(match)
    for match in IN_OFFICE.finditer(text):
        if not ARTICLE.search(text[max(0, match.start() - 15) : match.start()]):
            yield from name_of(match)
    for match in CALLED_SO.finditer(text):
        # “De eigenaar heet iedereen welkom”: only with a first name.
        if match["word"] in FIRST_NAMES and not match["particle"]:
            yield match.span("name")
    for match in PLACED.finditer(text):
        word = match["name"]
        is_doing = word.endswith("en") and not word.endswith("veen")
        if len(word) >= SHORTEST_PLACE and not is_doing and not is_ordinary(word):
            yield match.span("name")
    for match in GIVEN.finditer(text):
        yield from first_name(text, match)


def name_of(match: re.Match[str]) -> Iterator[Span]:
    """What stands behind a title, when it is a name."""
    particle, word = match["particle"], match["word"]
    if match["initials"]:
        is_name = True
    elif particle is None:
        is_name = not is_ordinary(word) and not (is_many(word) and after_another(match))
    elif particle in SURE_PARTICLES or particle == "van":
        is_name = not is_ordinary(word)
    else:
        is_name = word in (AFTER_DE if particle == "de" else AFTER_OTHERS)
    if is_name:
        yield match.span("name")


def is_many(word: str) -> bool:
    """“hielpen” and “bellen”, and not “jansen”."""
    return word.endswith("en") and not word.endswith("sen")


def after_another(match: re.Match[str]) -> bool:
    """Where what is done may follow: “dokter bellen”, “meneer en mevrouw hielpen”."""
    return match.re is IN_OFFICE or match.string[: match.start()].endswith(" en ")


def is_ordinary(word: str) -> bool:
    """Whether a word in small letters is rather a word than a name."""
    if word in NAMES_ALL_THE_SAME:
        return False
    return (
        word in AFTER_TITLES
        or word in BEGINNINGS
        or word in KNOWN
        or word in TITLES
        or word in DEEDS
        or ("-" not in word and word.endswith(ORDINARY_ENDINGS))
    )


def first_name(text: str, match: re.Match[str]) -> Iterator[Span]:
    """A known first name in small letters, with the surname behind it; or one that begins."""
    start, end = match.span("first")
    is_small = match["first"].islower()
    if not is_small:
        if begins_sentence(text, start) and GOES_ON.match(text, end):
            yield start, end
        return
    if NO_PERSON.search(text[max(0, start - 3) : start]) or EVERYBODY.match(text, end):
        return
    word, particle = match["word"], match["particle"]
    has_surname = word is not None and (
        particle in SURE_PARTICLES
        or (particle == "de" and word in AFTER_DE)
        or (particle != "de" and not is_ordinary(word))
    )
    if match["first"] in ALSO_WORDS:
        if has_surname and particle is not None:
            yield start, match.end()
    else:
        yield start, match.end() if has_surname else end
