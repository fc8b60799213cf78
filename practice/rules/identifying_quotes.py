"""What was found, as the sentences that hold it: each once, however much was found in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from practice.rules.identifying import Kind, Passage, around


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a sentence; `kind` says what it may be, None that it is nothing."""

    text: str
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence with one thing or more in it."""

    parts: tuple[Part, ...]

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """Each kind once, in the order in which they stand."""
        return tuple(dict.fromkeys(part.kind for part in self.parts if part.kind is not None))


def quotes(text: str, passages: Sequence[Passage]) -> list[Quote]:
    """The sentences around passages of a text, which come in order."""
    return [quote_of(text, row) for row in rows_of(text, passages)]


def rows_of(text: str, passages: Sequence[Passage]) -> Iterator[list[Passage]]:
    """Passages that stand in one sentence together."""
    row: list[Passage] = []
    until = -1
    for each in passages:
        bounds = around(text, each.start, each.end)
        if row and bounds.first >= until:
            yield row
            row = []
        row.append(each)
        until = bounds.last
    if row:
        yield row


def quote_of(text: str, row: Sequence[Passage]) -> Quote:
    parts = [Part(row[0].before), Part(row[0].text, row[0].kind)]
    for one, other in pairwise(row):
        parts += [Part(text[one.end : other.start]), Part(other.text, other.kind)]
    parts.append(Part(row[-1].after))
    return Quote(tuple(part for part in parts if part.text))
