"""Where a text takes place: streets and municipalities, told apart from ordinary words."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from practice.rules.identifying_text import CAPITAL, Span, begins_sentence
from practice.rules.identifying_words import (
    BEGINNINGS,
    CALLED_OTHERWISE,
    DONE_BY_A_PLACE,
    NO_STREETS,
    PLACES_LIKE_WORDS,
    STREETS,
    STREETS_ALONE,
)

# Streets

NUMBER: Final = r"\d{1,4}(?:[ -]?(?:[a-zA-Z]|bis|hs|huis|[IVX]{1,3})\b)?(?:-\d{1,4})?"
STREET: Final = re.compile(
    rf"\b(?:(?:{CAPITAL}[\w.’'-]{{0,40}}\s+(?:(?:van|de|der|den|ten|ter|’t|'t)\s+){{0,2}}){{0,3}})?"
    rf"(?P<word>[\w’'-]{{0,40}}(?i:{'|'.join(STREETS)}))\b(?:\s+(?P<number>{NUMBER})\b)?",
    re.UNICODE,
)
NAMED: Final = re.compile(
    rf"\b(?:Laan|Plein|Weg|Kade|Dijk|Singel|Gracht|Park|Hof)\s+(?:(?:van|der|den|de|het|aan|op|in)"
    rf"\s+){{0,2}}{CAPITAL}[\w’'-]+(?:\s+{NUMBER}\b)?|\bPostbus\s+\d{{1,6}}\b"
)


def addresses(text: str) -> Iterator[Span]:
    """Streets: a word with a capital that ends as one, or any such word with a number behind it."""
    for match in NAMED.finditer(text):
        yield match.span()
    for match in STREET.finditer(text):
        word = match["word"]
        plain = word.lower()
        # “Markt 1” is an address, “de markt” is none.
        is_bare = plain in STREETS and not (word[:1].isupper() and match["number"])
        if plain in NO_STREETS or is_bare:
            continue
        begins = match.start()
        # “Aan de Dorpsstraat”: at the beginning of a sentence the capital says nothing.
        lead = text[begins : match.start("word")].split() if begins_sentence(text, begins) else []
        while lead and lead[0].lower() in BEGINNINGS:
            begins = text.index(lead[0], begins) + len(lead[0])
            begins += len(text[begins:]) - len(text[begins:].lstrip())
            lead = lead[1:]
        if match["number"] or (word[:1].isupper() and plain.endswith(STREETS_ALONE)):
            yield begins, match.end()


# Municipalities

# What somebody of there is called, or what is of there.
OF_THERE: Final = r"(?:s|se|er|ers|mer|mers|naar|naars|enaar|enaren|aar|aren)?"
# “Leiden” and “Leidse”, “Kampen” and “Kamper”.
OF_THERE_BY_STEM: Final = r"(?:se|er|ers)"
# “Mevrouw Heemskerk” and “meneer Van Buren” are people.
ADDRESSED: Final = re.compile(
    r"\b(?:heer|dhr\.?|mevrouw|mevr\.?|mw\.?|meneer|mijnheer|familie|fam\.)\s+(?:(?:van|de|den|der)\s+)*$",
    re.IGNORECASE,
)
# Before a name that somebody wrote in small letters.
CALLS_A_PLACE: Final = re.compile(r"\bgemeente\s+$", re.IGNORECASE)
LEADS_TO_A_PLACE: Final = re.compile(r"\b(?:in|uit|te|naar|van|bij|rond|vanuit)\s+$", re.IGNORECASE)
# “Bergen koos”, “Best deed niets”: one that does something, where the word itself would be many.
IS_SUBJECT: Final = re.compile(
    rf"\s+(?:{'|'.join(DONE_BY_A_PLACE)})\b(?!\s+(?:ik|je|jij|u|hij|ze|zij|het|wij|we|jullie|men)\b)"
)


@lru_cache(maxsize=8)
def pattern_of(places: tuple[str, ...]) -> re.Pattern[str] | None:
    # “Nuenen, Gerwen en Nederwetten” is Nuenen to whoever lives there.
    whole = {each.partition(" (")[0].strip() for each in places}
    plain = whole | {each.partition(",")[0] for each in whole}
    longest = sorted((each for each in plain if len(each) > 2), key=len, reverse=True)
    if not longest:
        return None
    names = "|".join(re.escape(each).replace("'", "[’']") for each in longest)
    # Nothing ends so? Then nothing is found so: `(?!)` matches nowhere.
    stems = "|".join(re.escape(each[:-2]) for each in longest if each.endswith("en")) or "(?!)"
    called = "|".join(CALLED_OTHERWISE)
    return re.compile(
        rf"(?<![\w-])(?:(?P<place>{names}){OF_THERE}|(?P<stem>{stems}){OF_THERE_BY_STEM}"
        rf"|(?P<called>{called}))(?:-{CAPITAL}\w+)?(?!\w)",
        re.IGNORECASE,
    )


def places_in(text: str, places: tuple[str, ...]) -> Iterator[Span]:
    """Names of municipalities, and what is called after them."""
    pattern = pattern_of(places)
    if pattern is None:
        return
    for match in pattern.finditer(text):
        if ADDRESSED.search(text[max(0, match.start() - 30) : match.start()]):
            continue
        if match["place"] is None:
            # Made of a name, so it needs its own capital: “putter” is a bird.
            is_place = match[0][0].isupper() and not begins_sentence(text, match.start())
            is_place = is_place or match["called"] is not None
        else:
            is_place = is_municipality(text, match)
        if is_place:
            yield match.span()


def is_municipality(text: str, match: re.Match[str]) -> bool:
    """Whether a name stands for the place: many are ordinary words as well."""
    word, name = match[0], match["place"].lower()
    before = text[max(0, match.start() - 20) : match.start()]
    if CALLS_A_PLACE.search(before):
        return True
    is_word = name in PLACES_LIKE_WORDS
    if word[0].islower() and not word.startswith(("’s", "'s", "’t", "'t")):
        return not is_word and (len(name) > 5 or bool(LEADS_TO_A_PLACE.search(before)))
    if not is_word or not begins_sentence(text, match.start()):
        return True
    # “Burense raadsleden” and “Bergen koos”, and not “Best veel” or “Beken”.
    is_of_there = len(word) > len(name) + 1
    return is_of_there or IS_SUBJECT.match(text, match.end()) is not None
