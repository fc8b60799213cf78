"""The hints of a page in words, by kind: what the panel beside the editor lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from home.editing.parts import about, parts_of
from home.rules.quality import Hint, Kind, hints

# What is said of all hints of a kind, and what one can do.
WORDS: Final = {
    Kind.NO_ALT: (
        gettext_lazy("A picture without words"),
        gettext_lazy("Say what it shows, for who cannot see it. Or tick that it is decoration."),
    ),
    Kind.POOR_ALT: (
        gettext_lazy("Words of a picture that say little"),
        gettext_lazy("Say what there is to see: no name of a file, and no “picture of”."),
    ),
    Kind.HEADING_SKIPPED: (
        gettext_lazy("A heading that skips a level"),
        gettext_lazy("A subheading needs a heading above it."),
    ),
    Kind.HEADING_EMPTY: (
        gettext_lazy("An empty heading"),
        gettext_lazy("Write something there, or remove it."),
    ),
    Kind.VAGUE_LINK: (
        gettext_lazy("A link that does not say where it leads"),
        gettext_lazy("Let the words of the link name what is behind it: “the code of conduct”."),
    ),
    Kind.BARE_LINK: (
        gettext_lazy("A bare address"),
        gettext_lazy("Write words and put the link behind them: nobody wants to hear an address."),
    ),
    Kind.VERY_LONG_SENTENCE: (
        gettext_lazy("A very long sentence"),
        gettext_lazy("Make two or three of it. Fifteen words read well."),
    ),
    Kind.LONG_SENTENCE: (
        gettext_lazy("A long sentence"),
        gettext_lazy("Can it be two?"),
    ),
    Kind.DIFFICULT_WORD: (
        gettext_lazy("A difficult word"),
        gettext_lazy("Is there a simpler one?"),
    ),
    Kind.LONG_PARAGRAPH: (
        gettext_lazy("A long paragraph"),
        gettext_lazy("Break it up, or make a list of it."),
    ),
    Kind.NO_SUMMARY: (
        gettext_lazy("No introduction"),
        gettext_lazy("One or two sentences that say what this is about. They stand in lists too."),
    ),
    Kind.NO_DESCRIPTION: (
        gettext_lazy("No description for search engines"),
        gettext_lazy("Fill it in under “Promote”: people read it in Google before they come."),
    ),
    Kind.LONG_DESCRIPTION: (
        gettext_lazy("A long description for search engines"),
        gettext_lazy("They cut it off after some 160 characters."),
    ),
    Kind.NO_SOURCE: (
        gettext_lazy("No source"),
        gettext_lazy("Say what this rests on."),
    ),
    Kind.NO_REVIEW_DATE: (
        gettext_lazy("No day to look at it again"),
        gettext_lazy("Fill it in under “Settings”. It is then on the list in time."),
    ),
}


@dataclass(frozen=True, slots=True)
class Group:
    """All hints of a kind."""

    kind: Kind
    hints: list[Hint]

    @property
    def title(self) -> str:
        return str(WORDS[self.kind][0])

    @property
    def advice(self) -> str:
        return str(WORDS[self.kind][1])


def detail(hint: Hint) -> str:
    """What is special about this one."""
    if hint.kind is Kind.DIFFICULT_WORD:
        return _("“%(word)s”: rather “%(simple)s”") % {"word": hint.quote, "simple": hint.instead}
    if hint.kind in (Kind.LONG_SENTENCE, Kind.VERY_LONG_SENTENCE, Kind.LONG_PARAGRAPH):
        words = _("%(count)s words") % {"count": hint.count}
        return f"“{hint.quote}” ({words})"
    if hint.kind is Kind.LONG_DESCRIPTION:
        return _("%(count)s characters") % {"count": hint.count}
    return f"“{hint.quote}”" if hint.quote else ""


def grouped(found: Iterable[Hint]) -> list[Group]:
    return [Group(kind, list(group)) for kind, group in groupby(found, key=lambda hint: hint.kind)]


def hints_of(page: Page) -> list[Hint]:
    """Everything there is to say of a page as it is in memory, stored or not."""
    return hints(parts_of(page), about(page))
