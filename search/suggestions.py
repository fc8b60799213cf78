"""What somebody who types may be looking for: names that begin so, then what is found at all."""

from dataclasses import asdict, dataclass
from typing import Final

from django.http import HttpRequest
from wagtail.models import Locale

from home.publication import PUBLICATION, Kept
from search.engines import engine
from search.excerpts import hits_of, marked
from search.finding import find, synonyms_of
from search.indexing import FOUND
from search.kinds import BY_KEY, TEXT
from search.models import Entry
from search.ranking import KINDS
from search.rules.stems import fold, words_of
from search.showing import place_of
from search.terms import language_of
from search.vocabularies import vocabulary_of

MOST: Final = 8
# So many are looked at for the best ones.
LOOKED_AT: Final = 60
# Fewer letters begin too many words, or none that tells anything.
FEWEST_LETTERS: Final = 2
LETTERS_TO_UNDERSTAND: Final = 4
MOST_WORDS: Final = 6
FEW: Final = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A place to go to."""

    title: str
    url: str
    kind: str


# Each with the number of its entry.
KEPT: Final[Kept[dict[int, Suggestion]]] = Kept(PUBLICATION, most=2000)


def suggestions(text: str, locale: Locale, request: HttpRequest) -> list[dict[str, str]]:
    """At most eight, kept until something is published. Who may see them is asked each time."""
    words = words_of(text)[:MOST_WORDS]
    if len("".join(words)) < FEWEST_LETTERS:
        return []
    key = (FOUND.current(), request.get_host(), locale.pk, " ".join(words))
    kept = KEPT.get(key, lambda: suggest(words, locale, request))
    visible = Entry.objects.visible(locale).filter(pk__in=kept).values_list("pk", flat=True)
    seen = set(visible) if kept else set()
    return [asdict(each) for pk, each in kept.items() if pk in seen]


def suggest(words: list[str], locale: Locale, request: HttpRequest) -> dict[int, Suggestion]:
    begun = [hit.pk for hit in engine().begin(words, locale, LOOKED_AT)]
    entries = ordered(Entry.objects.select_related("page", "document").in_bulk(begun), words)
    if len(entries) < MOST and can_be_understood(words, locale):
        entries += understood(words, locale, but_not=set(begun))
    shown: dict[str, tuple[int, Suggestion]] = {}
    for entry in entries:
        kind = BY_KEY.get(entry.kind, TEXT)
        url, anchor = place_of(entry, request)
        url += f"#{anchor}" if anchor else ""
        suggestion = Suggestion(entry.name, url, str(kind.one))
        # Two of one name and kind cannot be told apart in a list: the first will do.
        shown.setdefault(f"{kind.key} {fold(entry.name)}", (entry.pk, suggestion))
    return dict(list(shown.values())[:MOST])


def can_be_understood(words: list[str], locale: Locale) -> bool:
    """Whether there are letters enough, or a short word is whole, as "VOG"."""
    if len("".join(words)) >= LETTERS_TO_UNDERSTAND:
        return True
    return any(tuple(words) in group for group in synonyms_of(locale))


def understood(words: list[str], locale: Locale, *, but_not: set[int]) -> list[Entry]:
    """What is found by other forms, synonyms or with a slip: names that say so.

    Without any, the first few in whose text it is: their names do not say why.
    """
    found = find(" ".join(words), locale)
    keys = [hit.pk for hit in found.hits[: 2 * MOST] if hit.pk not in but_not]
    entries = Entry.objects.select_related("page", "document").in_bulk(keys)
    in_order = [entries[pk] for pk in keys if pk in entries]
    is_hit = hits_of(found.query.terms, vocabulary_of(language_of(locale)))
    named = [each for each in in_order if any(part.is_hit for part in marked(each.names, is_hit))]
    return named if named or but_not else in_order[:FEW]


def ordered(entries: dict[int, Entry], words: list[str]) -> list[Entry]:
    """Names that begin as was typed first, then whole subjects, then short names."""
    typed = " ".join(words)

    def place(entry: Entry) -> tuple[bool, float, int, str]:
        name = " ".join(words_of(entry.name))
        return (not name.startswith(typed), -KINDS.get(entry.kind, 0.0), len(name), name)

    return sorted(entries.values(), key=place)
