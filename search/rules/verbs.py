"""Forms of Dutch verbs that a stemmer leaves apart: "bedreigd" beside "bedreigen" and "bedreiging".

Snowball cuts "bedreigen" and "bedreiging" down to "bedreig", but leaves the t and d of "bedreigt"
and "bedreigd". Of somebody's word the other forms are worked out that a regular verb would have;
only those that a site really uses count. Strong verbs ("loog", "gelogen") are not known.
"""

import re
from collections.abc import Iterator
from typing import Final

from search.rules.stems import is_stop_word, stem

SHORTEST_ROOT: Final = 3
APART: Final = "(aan|af|bij|door|in|mee|na|om|op|over|terug|toe|uit|voor|weg)"
# Gelekt, gemeld, afgelegd.
PARTICIPLE: Final = re.compile(rf"{APART}?ge(\w{{3,}}[td])")
# Bedreigd, verkend: these have no "ge". Not a short noun such as "beeld".
BARE_PARTICIPLE: Final = re.compile(r"(?:be|ver|ont|her)\w{4,}d")
# Lekte, bedreigden: t after a letter of "'t kofschip", d after another consonant.
PAST: Final = re.compile(r"(\w+(?:[kfsp]|ch)(?=te)|\w+[bdglmnrvwz](?=de))[td]en?")
# Bedreigt; a shorter one may as well be a noun, as "plant".
PRESENT: Final = re.compile(r"\w{5,}t")
WHOLE: Final = re.compile(r"(\w{2,}[^\Waeiou_])(?:en|ing)")
SEPARABLE: Final = re.compile(rf"{APART}(\w{{{SHORTEST_ROOT},}})")
OPEN_SYLLABLE: Final = re.compile(r"(\w*[^aeiou])([aeou])([^aeiouw])")
AT_THE_END: Final = str.maketrans("vz", "fs")


def roots_of(word: str) -> Iterator[str]:
    """What a word may be a form of, as it is written before an ending."""
    if found := PARTICIPLE.fullmatch(word):
        apart, rest = found[1] or "", found[2]
        yield from (apart + rest, apart + rest[:-1])
    if BARE_PARTICIPLE.fullmatch(word) or PRESENT.fullmatch(word):
        yield word[:-1]
    if found := PAST.fullmatch(word):
        yield found[1]
    if found := WHOLE.fullmatch(word):
        yield from without_ending(found[1])


def without_ending(rest: str) -> Iterator[str]:
    """The root as it is written when "en" is off: lekk- is lek, mak- is maak, lev- is leef."""
    if rest[-1] == rest[-2]:
        yield rest[:-1]
        return
    last = rest[-1].translate(AT_THE_END)
    if found := OPEN_SYLLABLE.fullmatch(rest):
        yield found[1] + found[2] * 2 + last
        # Without stress it stays one: herinner-.
        if found[2] == "e":
            yield rest[:-1] + last
    else:
        yield rest[:-1] + last


def written_forms(root: str) -> Iterator[str]:
    """The forms of a regular verb by its root: of "lek" lekt and gelekt."""
    yield root
    beginnings = [root, f"ge{root}"]
    if apart := SEPARABLE.fullmatch(root):
        beginnings.append(f"{apart[1]}ge{apart[2]}")
    for beginning in beginnings:
        yield from (f"{beginning}t", f"{beginning}d")
    if root.endswith(("t", "d")):
        yield from beginnings[1:]


def other_forms(word: str, used: set[str]) -> list[str]:
    """Stems of other forms of one Dutch verb, among those that are used; none for other words."""
    own = stem(word, "nl")
    found: dict[str, None] = {}
    for root in roots_of(word):
        if len(root) < SHORTEST_ROOT:
            continue
        for form in written_forms(root):
            term = stem(form, "nl")
            if term in used and term != own and not is_stop_word(form, "nl"):
                found[term] = None
    return list(found)
