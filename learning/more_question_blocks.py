"""The kinds of question in which something is put in its place, or written."""

from copy import copy
from decimal import Decimal
from typing import Any, ClassVar, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from learning.question_errors import refuse_twins
from learning.question_example import QuestionExample
from learning.rules.gaps import Gap, GapError, parse_gaps

FEEDBACK_LENGTH: Final = 400


class PairBlock(blocks.StructBlock):
    left = blocks.CharBlock(label=_("What is given"), max_length=200)
    right = blocks.CharBlock(label=_("What belongs with it"), max_length=200)
    feedback = blocks.CharBlock(label=_("Feedback"), required=False, max_length=FEEDBACK_LENGTH)

    class Meta:
        icon = "link"
        label = _("Pair")
        description = _("What is given, and what belongs with it.")


class PairsValue(blocks.StructValue):
    def targets(self) -> dict[str, str]:
        """What can be chosen, by its key: each text once, however many rows it belongs to."""
        found: dict[str, str] = {}
        for child in self["pairs"].bound_blocks:
            if child.value["right"] not in found.values():
                found[f"t-{child.id}"] = child.value["right"]
        for child in self["decoys"].bound_blocks:
            found[f"t-{child.id}"] = child.value
        return found

    def key_data(self) -> dict[str, Any]:
        targets = self.targets()
        by_text = {text: key for key, text in reversed(targets.items())}
        return {
            "pairs": [
                {"key": child.id, "target": by_text[child.value["right"]]}
                for child in self["pairs"].bound_blocks
            ],
            "targets": list(targets),
        }

    def words(self) -> dict[str, Any]:
        return {
            "options": {
                child.id: {"text": child.value["left"], "feedback": child.value["feedback"]}
                for child in self["pairs"].bound_blocks
            },
            # By row as well: a translation may say differently what its source says twice.
            "targets": {
                **{f"t-{child.id}": child.value["right"] for child in self["pairs"].bound_blocks},
                **{f"t-{child.id}": child.value for child in self["decoys"].bound_blocks},
            },
        }


class MatchingBlock(QuestionExample, blocks.StructBlock):
    stem = "Wat hoort bij wie?"

    pairs = blocks.ListBlock(PairBlock(), label=_("Pairs"), min_num=2, max_num=8)
    decoys = blocks.ListBlock(
        blocks.CharBlock(max_length=200),
        label=_("Choices that belong nowhere"),
        default=[],
        min_num=0,
        max_num=4,
        required=False,
    )

    def get_default(self) -> Any:
        value = super().get_default()
        pairs = self.child_blocks["pairs"]
        empty = pairs.child_block.get_default()
        value["pairs"] = pairs.normalize([empty, copy(empty)])
        return value

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        pairs = cleaned["pairs"]
        refuse_twins(
            [pair["left"] for pair in pairs],
            gettext("Two rows are the same. Change or remove one."),
            at="pairs",
        )
        rights = {pair["right"] for pair in pairs}
        refuse_twins(
            [*rights, *cleaned["decoys"]],
            gettext("A choice that belongs nowhere is the same as one that does. Change it."),
            at="decoys",
        )
        return cleaned

    class Meta:
        icon = "link"
        label = _("Matching")
        description = _("Each row gets what belongs with it.")
        preview_value: ClassVar = {
            "pairs": [
                {"left": "De griffier", "right": "helpt de raad", "feedback": ""},
                {"left": "De burgemeester", "right": "bewaakt de integriteit", "feedback": ""},
            ],
            "decoys": ["stelt de begroting vast"],
        }
        value_class = PairsValue


class ItemBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Item"), max_length=250)

    class Meta:
        icon = "list-ol"
        label = _("Item")
        description = _("One of the things that are put in order.")


class ItemsValue(blocks.StructValue):
    def key_data(self) -> dict[str, Any]:
        return {"items": [child.id for child in self["items"].bound_blocks]}

    def words(self) -> dict[str, Any]:
        return {
            "options": {
                child.id: {"text": child.value["text"], "feedback": ""}
                for child in self["items"].bound_blocks
            }
        }


class OrderingBlock(QuestionExample, blocks.StructBlock):
    stem = "Wat doet u eerst?"

    items = blocks.ListBlock(
        ItemBlock(), label=_("Items, in the right order"), min_num=3, max_num=8
    )

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        refuse_twins(
            [item["text"] for item in cleaned["items"]],
            gettext("Two items are the same. Change or remove one."),
            at="items",
        )
        return cleaned

    class Meta:
        icon = "list-ol"
        label = _("Ordering")
        description = _("Items that are put in the right order.")
        preview_value: ClassVar = {
            "items": [{"text": "Opschrijven"}, {"text": "Overleggen"}, {"text": "Melden"}]
        }
        value_class = ItemsValue


class FillInValue(blocks.StructValue):
    def key_data(self) -> dict[str, Any]:
        return {"typo_allowed": bool(self["typo_allowed"])}

    def words(self) -> dict[str, Any]:
        return {"accepted": list(self["accepted"])}


class FillInBlock(QuestionExample, blocks.StructBlock):
    stem = "Wie ondersteunt de raad?"

    accepted = blocks.ListBlock(
        blocks.CharBlock(max_length=120),
        label=_("What counts as right"),
        min_num=1,
        max_num=20,
        help_text=_("The first is shown as the answer. Case, accents and spaces never count."),
    )
    typo_allowed = blocks.BooleanBlock(
        label=_("One typo is forgiven"),
        required=False,
        default=True,
        help_text=_("In words of five letters and more, and never in a figure."),
    )

    class Meta:
        icon = "edit"
        label = _("Fill in")
        description = _("A word or a few, written by the learner.")
        preview_value: ClassVar = {"accepted": ["de griffier", "griffier"], "typo_allowed": True}
        value_class = FillInValue


class NumberValue(blocks.StructValue):
    def key_data(self) -> dict[str, Any]:
        return {
            "value": f"{Decimal(self['value']).normalize():f}",
            "tolerance": f"{Decimal(self['tolerance'] or 0).normalize():f}",
        }

    def words(self) -> dict[str, Any]:
        return {"unit": self["unit"]}


class NumberBlock(QuestionExample, blocks.StructBlock):
    stem = "Tot welk bedrag mag een geschenk?"

    value = blocks.DecimalBlock(label=_("Right number"), max_digits=16, decimal_places=4)
    tolerance = blocks.DecimalBlock(
        label=_("May be off by"), default=Decimal(0), min_value=0, max_digits=16, decimal_places=4
    )
    unit = blocks.CharBlock(label=_("Unit"), required=False, max_length=30)

    class Meta:
        icon = "plus"
        label = _("Number")
        description = _("A number, with room for being nearly right.")
        preview_value: ClassVar = {"value": Decimal(50), "tolerance": Decimal(0), "unit": "euro"}
        value_class = NumberValue


class ChooseInTextValue(blocks.StructValue):
    def key_data(self) -> dict[str, Any]:
        return {
            "gaps": [
                {"key": part.key, "choices": list(part.choices)}
                for part in parse_gaps(self["text"])
                if isinstance(part, Gap)
            ]
        }

    def words(self) -> dict[str, Any]:
        parts = parse_gaps(self["text"])
        return {
            "parts": [
                {"gap": part.key} if isinstance(part, Gap) else {"text": part} for part in parts
            ],
            "choices": {
                key: text
                for part in parts
                if isinstance(part, Gap)
                for key, text in part.choices.items()
            },
        }


def shape_of(text: str) -> list[int]:
    """How many choices there are at each place. Raises GapError."""
    return [len(part.choices) for part in parse_gaps(text) if isinstance(part, Gap)]


class ChooseInTextBlock(QuestionExample, blocks.StructBlock):
    stem = "Maak de zin af."

    text = blocks.TextBlock(
        label=_("Text"),
        help_text=_(
            "Put choices between square brackets with lines between them, the right one first: "
            "The council sets the [code|budget of the police|agenda]."
        ),
    )

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        try:
            parse_gaps(cleaned["text"])
        except GapError as error:
            raise blocks.StructBlockValidationError(
                block_errors={"text": ValidationError(GAP_ERRORS[error.reason])}
            ) from None
        return cleaned

    def check_translation(self, name: str, source: str, text: str) -> None:
        """The same places with as many choices each: the key counts them."""
        try:
            shape, wanted = shape_of(text), shape_of(source)
        except GapError as error:
            raise ValidationError(GAP_ERRORS[error.reason]) from None
        if shape != wanted:
            raise ValidationError(
                gettext(
                    "Keep the places to choose at as they are in the source: in the same order, "
                    "with as many choices, and the right one first."
                )
            )

    class Meta:
        icon = "form"
        label = _("Choose in a text")
        description = _("A text with places where the learner chooses what belongs there.")
        preview_value: ClassVar = {"text": "U legt de eed af [voordat|nadat] u aan het werk gaat."}
        value_class = ChooseInTextValue


GAP_ERRORS: Final = {
    "no gap": _("There is nothing to choose yet. Write: the [right|wrong|wrong] word."),
    "too many gaps": _("There are more than eight places to choose at. Make it two questions."),
    "number of choices": _("Give two to six choices at each place, with a | between them."),
    "empty choice": _("A choice is empty. Write something there, or remove the |."),
    "same choice": _("Two choices at one place are the same. Change or remove one."),
    "bracket": _("A bracket has no partner. Each [ needs a ]."),
}


class ReflectionValue(blocks.StructValue):
    def key_data(self) -> dict[str, Any]:
        return {}

    def words(self) -> dict[str, Any]:
        return {"example": self["example"]}


class ReflectionBlock(QuestionExample, blocks.StructBlock):
    stem = "Bij wie kunt u terecht?"

    example = blocks.TextBlock(
        label=_("What somebody could answer"),
        required=False,
        max_length=1000,
        help_text=_("Shown afterwards. It is an example and not the right answer."),
    )

    class Meta:
        icon = "comment"
        label = _("Reflection")
        description = _("An open question that is not marked. Only the learner sees the answer.")
        preview_value: ClassVar = {"example": "Bij de griffier, en thuis."}
        value_class = ReflectionValue
