"""How an editor writes the answers of a question: one block per kind of question.

A block's options keep their `id` through every edit and in every translation: that id is
what an answer refers to. Which options are right is not translated, so a translation can
never have another key than its source.
"""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks


@dataclass(frozen=True, slots=True)
class WrittenOption:
    """An option as an editor wrote it; `key` is its identity for good."""

    key: str
    correct: bool
    text: str
    feedback: str


class OptionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Answer"), max_length=300)
    correct = blocks.BooleanBlock(label=_("This is right"), required=False)
    feedback = blocks.CharBlock(
        label=_("Feedback"),
        required=False,
        max_length=400,
        help_text=_("Shown after the quiz to who chose this."),
    )

    class Meta:
        icon = "list-ul"
        label = _("Answer")


class OptionsValue(blocks.StructValue):
    def options(self) -> Iterator[WrittenOption]:
        """The options in the order in which they were written."""
        for child in self["options"].bound_blocks:
            value = child.value
            yield WrittenOption(child.id, value["correct"], value["text"], value["feedback"])


def refuse_options(message: str) -> blocks.StructBlockValidationError:
    return blocks.StructBlockValidationError(
        block_errors={
            "options": blocks.ListBlockValidationError(non_block_errors=[ValidationError(message)])
        }
    )


class ChoiceBlock(blocks.StructBlock):
    """What single choice and multiple response share."""

    options = blocks.ListBlock(OptionBlock(), label=_("Answers"), min_num=2, max_num=10)

    def get_default(self) -> Any:
        """A new question begins with room for the two answers that it must have."""
        value = super().get_default()
        options = self.child_blocks["options"]
        empty = options.child_block.get_default()
        value["options"] = options.normalize([empty, copy(empty)])
        return value

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        texts = [option["text"].strip().casefold() for option in cleaned["options"]]
        if len(set(texts)) < len(texts):
            raise refuse_options(gettext("Two answers are the same. Change or remove one."))
        self.check_key(
            right=sum(option["correct"] for option in cleaned["options"]), total=len(texts)
        )
        return cleaned

    def check_key(self, *, right: int, total: int) -> None:
        """Raise StructBlockValidationError when this number of right answers cannot be."""

    class Meta:
        value_class = OptionsValue


class SingleChoiceBlock(ChoiceBlock):
    def check_key(self, *, right: int, total: int) -> None:
        if right != 1:
            raise refuse_options(gettext("Mark exactly one answer as right."))

    class Meta:
        icon = "radio-full"
        label = _("Single choice")
        description = _("One answer is right.")


class MultipleResponseBlock(ChoiceBlock):
    def check_key(self, *, right: int, total: int) -> None:
        if right == 0 or right == total:
            raise refuse_options(gettext("Mark at least one answer as right and leave one wrong."))

    class Meta:
        icon = "tick"
        label = _("Multiple response")
        description = _("Several answers can be right.")


class TrueFalseValue(blocks.StructValue):
    def options(self) -> Iterator[WrittenOption]:
        is_true = self["answer"] == "true"
        yield WrittenOption("true", is_true, gettext("True"), self["feedback_true"])
        yield WrittenOption("false", not is_true, gettext("False"), self["feedback_false"])


class TrueFalseBlock(blocks.StructBlock):
    answer = blocks.ChoiceBlock(
        label=_("The statement is"), choices=[("true", _("True")), ("false", _("False"))]
    )
    feedback_true = blocks.CharBlock(
        label=_("Feedback to who says true"), required=False, max_length=400
    )
    feedback_false = blocks.CharBlock(
        label=_("Feedback to who says false"), required=False, max_length=400
    )

    class Meta:
        icon = "check"
        label = _("True or false")
        description = _("A statement that is right or wrong.")
        value_class = TrueFalseValue


class AnswersBlock(blocks.StreamBlock):
    single_choice = SingleChoiceBlock()
    multiple_response = MultipleResponseBlock()
    true_false = TrueFalseBlock()
