"""How an editor writes the answers of a question: one block per kind of question.

A block's options keep their `id` through every edit and in every translation: that id is
what an answer refers to. What is right comes from the source language alone, so a translation
can never have another key than its source.

Each value tells what it has in two parts, which `learning.versions` pins: `key_data`, the same
in every language, and `words`, in its own.
"""

from copy import copy
from typing import Any, ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from learning.more_question_blocks import (
    ChooseInTextBlock,
    FillInBlock,
    MatchingBlock,
    NumberBlock,
    OrderingBlock,
    ReflectionBlock,
)
from learning.question_errors import refuse, refuse_key, refuse_twins
from learning.question_example import QuestionExample

FEEDBACK_LENGTH = 400


class OptionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Answer"), max_length=300)
    correct = blocks.BooleanBlock(label=_("This is right"), required=False)
    feedback = blocks.CharBlock(
        label=_("Feedback"),
        required=False,
        max_length=FEEDBACK_LENGTH,
        help_text=_("Shown after the quiz to who chose this."),
    )

    class Meta:
        icon = "list-ul"
        label = _("Answer")
        description = _("An answer that can be chosen, and what is said to who chose it.")


class OptionsValue(blocks.StructValue):
    """Options in the order in which they were written."""

    list_name = "options"

    def key_data(self) -> dict[str, Any]:
        return {
            "options": [
                {"key": child.id, "correct": bool(child.value["correct"])}
                for child in self[self.list_name].bound_blocks
            ]
        }

    def words(self) -> dict[str, Any]:
        return {
            "options": {
                child.id: {"text": child.value["text"], "feedback": child.value["feedback"]}
                for child in self[self.list_name].bound_blocks
            }
        }


class SentencesValue(OptionsValue):
    list_name = "sentences"


class ChoiceBlock(QuestionExample, blocks.StructBlock):
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
        options = cleaned["options"]
        refuse_twins(
            [option["text"] for option in options],
            gettext("Two answers are the same. Change or remove one."),
            at="options",
        )
        self.check_key(right=sum(option["correct"] for option in options), total=len(options))
        return cleaned

    def check_key(self, *, right: int, total: int) -> None:
        """Raise StructBlockValidationError when this number of right answers cannot be."""

    class Meta:
        value_class = OptionsValue


class SingleChoiceBlock(ChoiceBlock):
    def check_key(self, *, right: int, total: int) -> None:
        if right != 1:
            raise refuse(gettext("Mark exactly one answer as right."), at="options")

    class Meta:
        icon = "radio-full"
        label = _("Single choice")
        description = _("One answer is right.")
        preview_value: ClassVar = {
            "options": [
                {"text": "Na de eed of belofte", "correct": True, "feedback": ""},
                {"text": "Op de dag van de verkiezing", "correct": False, "feedback": ""},
            ]
        }


class MultipleResponseBlock(ChoiceBlock):
    def check_key(self, *, right: int, total: int) -> None:
        refuse_key(right=right, total=total, at="options")

    class Meta:
        icon = "tick"
        label = _("Multiple response")
        description = _("Several answers can be right.")
        preview_value: ClassVar = {
            "options": [
                {"text": "De griffier", "correct": True, "feedback": ""},
                {"text": "De burgemeester", "correct": True, "feedback": ""},
                {"text": "De krant", "correct": False, "feedback": ""},
            ]
        }


class TrueFalseValue(blocks.StructValue):
    def key_data(self) -> dict[str, Any]:
        is_true = self["answer"] == "true"
        return {
            "options": [
                {"key": "true", "correct": is_true},
                {"key": "false", "correct": not is_true},
            ]
        }

    def words(self) -> dict[str, Any]:
        return {
            "options": {
                "true": {"text": gettext("True"), "feedback": self["feedback_true"]},
                "false": {"text": gettext("False"), "feedback": self["feedback_false"]},
            }
        }


class TrueFalseBlock(QuestionExample, blocks.StructBlock):
    stem = "Een raadslid mag een geschenk van € 60 aannemen."

    answer = blocks.ChoiceBlock(
        label=_("The statement is"), choices=[("true", _("True")), ("false", _("False"))]
    )
    feedback_true = blocks.CharBlock(
        label=_("Feedback to who says true"), required=False, max_length=FEEDBACK_LENGTH
    )
    feedback_false = blocks.CharBlock(
        label=_("Feedback to who says false"), required=False, max_length=FEEDBACK_LENGTH
    )

    class Meta:
        icon = "check"
        label = _("True or false")
        description = _("A statement that is right or wrong.")
        preview_value: ClassVar = {"answer": "false", "feedback_true": "", "feedback_false": ""}
        value_class = TrueFalseValue


class SentenceBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Sentence"), max_length=400)
    correct = blocks.BooleanBlock(label=_("This is to be marked"), required=False)
    feedback = blocks.CharBlock(
        label=_("Feedback"),
        required=False,
        max_length=FEEDBACK_LENGTH,
        help_text=_("Why it is a signal, or why it is not."),
    )

    class Meta:
        icon = "pilcrow"
        label = _("Sentence")
        description = _("A sentence of the text, and whether it is a signal.")


class MarkSentencesBlock(QuestionExample, blocks.StructBlock):
    stem = "Welke zinnen zijn een signaal?"

    sentences = blocks.ListBlock(SentenceBlock(), label=_("Sentences"), min_num=2, max_num=20)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        sentences = cleaned["sentences"]
        refuse_key(
            right=sum(sentence["correct"] for sentence in sentences),
            total=len(sentences),
            at="sentences",
        )
        return cleaned

    class Meta:
        icon = "edit"
        label = _("Mark sentences")
        description = _("A text of which the learner marks the sentences that are a signal.")
        preview_value: ClassVar = {
            "sentences": [
                {"text": "De huurder betaalt contant.", "correct": True, "feedback": ""},
                {"text": "Het pand staat aan de gracht.", "correct": False, "feedback": ""},
                {"text": "Er brandt nooit licht.", "correct": True, "feedback": ""},
            ]
        }
        value_class = SentencesValue


class AnswersBlock(blocks.StreamBlock):
    single_choice = SingleChoiceBlock()
    multiple_response = MultipleResponseBlock()
    true_false = TrueFalseBlock()
    matching = MatchingBlock()
    ordering = OrderingBlock()
    fill_in = FillInBlock()
    number = NumberBlock()
    choose_in_text = ChooseInTextBlock()
    mark_sentences = MarkSentencesBlock()
    reflection = ReflectionBlock()
