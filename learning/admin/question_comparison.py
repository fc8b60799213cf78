"""Two versions of a question side by side, so that an editor can read what changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape, format_html, format_html_join
from django.utils.translation import gettext
from wagtail import blocks
from wagtail.admin.compare import diff_text
from wagtail.snippets.views.snippets import RevisionsCompareView
from wagtail.utils.text import text_from_html


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the answers, and where it stands: the same place in every version."""

    place: str
    text: str


def words_of(block: Any, value: Any) -> str:
    """What an editor filled in, in words."""
    if isinstance(block, blocks.BooleanBlock):
        return gettext("yes") if value else gettext("no")
    if isinstance(block, blocks.ChoiceBlock):
        return str(dict(block.field.choices).get(value, value))
    if isinstance(block, blocks.RichTextBlock):
        return str(text_from_html(str(value)))
    return "" if value is None else str(value)


def fields_of(block: blocks.StructBlock, value: Any) -> str:
    """The fields of one item in one line; what is empty is left out."""
    shown = []
    for name, child in block.child_blocks.items():
        words = words_of(child, value[name])
        if words:
            shown.append(f"{child.label}: {words}")
    return " · ".join(shown)


def lines_of(answers: Any) -> Iterator[Line]:
    """The answers of a question, line by line."""
    for child in answers:
        yield Line(f"{child.block_type}", str(child.block.label))
        yield from struct_lines(child.block, child.value, place=child.block_type)


def struct_lines(block: blocks.StructBlock, value: Any, *, place: str) -> Iterator[Line]:
    for name, child in block.child_blocks.items():
        here = f"{place}.{name}"
        if not isinstance(child, blocks.ListBlock):
            yield Line(here, f"{child.label}: {words_of(child, value[name])}")
            continue
        item = child.child_block
        for number, bound in enumerate(value[name].bound_blocks, start=1):
            is_struct = isinstance(item, blocks.StructBlock)
            words = (fields_of if is_struct else words_of)(item, bound.value)
            # An item keeps its id through every edit: what moved is the same item elsewhere.
            yield Line(f"{here}.{bound.id}", f"{number}. {words}")


class AnswersComparison:
    """In place of Wagtail's: that one shows True, False and what a choice is called in code."""

    is_field = True
    is_child_relation = False

    def __init__(self, label: str, before: Any, after: Any) -> None:
        self.label = label
        self.before = list(lines_of(before))
        self.after = list(lines_of(after))

    def field_label(self) -> str:
        return self.label

    def has_changed(self) -> bool:
        return self.before != self.after

    def htmldiff(self) -> str:
        rows = format_html_join(
            "\n", '<div class="comparison__child-object {}">{}</div>', self.rows()
        )
        return format_html("{}", rows)

    def rows(self) -> Iterator[tuple[str, str]]:
        """What is there now in its order, and what went where it stood."""
        before = {line.place: line.text for line in self.before}
        now = {line.place for line in self.after}
        gone_after: dict[str, list[str]] = {}
        last = ""
        for line in self.before:
            if line.place in now:
                last = line.place
            else:
                gone_after.setdefault(last, []).append(line.text)
        for place, text in [("", ""), *((line.place, line.text) for line in self.after)]:
            if place and place not in before:
                yield "addition", escape(text)
            elif place:
                yield "", diff_text(before[place], text).to_html()
            for gone in gone_after.get(place, []):
                yield "deletion", escape(gone)


class QuestionCompareView(RevisionsCompareView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["comparison"] = [
            AnswersComparison(each.field_label(), each.val_a, each.val_b)
            if each.is_field and each.field.name == "answers"
            else each
            for each in context["comparison"]
        ]
        return context
