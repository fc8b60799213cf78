"""How an editor writes a dilemma: scenes with choices, and the voices of others in the room.

Scenes and choices keep their `id` through every edit and in every translation: that is what is
counted. By their names, which only editors see, choices lead to scenes and voices speak to choices.
"""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from home.blocks import WordsBlock
from home.rich_text import SHORT_FEATURES, TEXT_FEATURES
from learning.rules.branches import Fault, Problem, problems


class NameBlock(blocks.CharBlock):
    """A name by which parts of a dilemma refer to each other: the same in every language."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 60)
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        return str(super().clean(value)).strip()

    def get_searchable_content(self, value: Any) -> list[str]:
        return []

    def get_translatable_segments(self, value: str) -> list[Any]:
        """Nothing, says wagtail-localize's way of asking."""
        return []

    def restore_translated_segments(self, value: str, segments: list[Any]) -> str:
        return value


class DilemmaChoiceBlock(WordsBlock):
    text = blocks.CharBlock(label=_("What one does"), max_length=300)
    name = NameBlock(
        label=_("Name"),
        help_text=_("Only for editors: for the map, and for voices that speak to this choice."),
    )
    pro = blocks.RichTextBlock(label=_("What pleads for it"), features=TEXT_FEATURES)
    con = blocks.RichTextBlock(label=_("What pleads against it"), features=TEXT_FEATURES)
    binding = blocks.RichTextBlock(
        label=_("Where law or code binds"), features=TEXT_FEATURES, required=False
    )
    next = NameBlock(
        label=_("Leads to the scene"),
        help_text=_("The name of a scene below. Leave it empty where the dilemma ends."),
    )

    class Meta:
        icon = "arrow-right"
        label = _("Choice")
        description = _("What one can do, with what pleads for it and against it.")


class SceneBlock(WordsBlock):
    name = NameBlock(
        label=_("Name"),
        help_text=_("Only for editors: choices lead to a scene by its name. The first needs none."),
    )
    text = blocks.RichTextBlock(label=_("What happens"), features=TEXT_FEATURES)
    question = blocks.CharBlock(label=_("Question"), max_length=200, default="Wat doet u?")
    choices = blocks.ListBlock(DilemmaChoiceBlock(), label=_("Choices"), min_num=2, max_num=6)

    class Meta:
        icon = "openquote"
        label = _("Scene")
        description = _("What happens, and what one can do.")
        preview_template = "learning/blocks/scene_preview.html"
        preview_value: ClassVar = {
            "name": "",
            "text": "<p>Een ondernemer biedt u na afloop een etentje aan.</p>",
            "question": "Wat doet u?",
            "choices": [
                {"text": "U gaat mee", "pro": "<p>Contact is goed.</p>", "con": "<p>Schijn.</p>"},
                {"text": "U bedankt", "pro": "<p>Vrij blijven.</p>", "con": "<p>Stug.</p>"},
            ],
        }


def words_for(problem: Problem, name: str, names: list[str]) -> str:
    """What an editor reads beside the field."""
    known = ", ".join(f"‘{each}’" for each in names if each) or gettext("none yet")
    return {
        Fault.NAMELESS: gettext("Give this scene a name, so that a choice can lead to it."),
        Fault.SAME_NAME: gettext("Another scene has this name. Choose another."),
        Fault.NOT_THERE: gettext("There is no scene “%(name)s”. Scenes with a name: %(known)s."),
        Fault.IN_A_CIRCLE: gettext(
            "This leads back to where the learner was, without an end. Choose a scene that "
            "comes later, or leave it empty."
        ),
        Fault.NOT_REACHED: gettext(
            "No choice leads to this scene. Let a choice lead to “%(name)s”, or remove the scene."
        ),
    }[problem.fault] % {"name": name, "known": known}


class ScenesBlock(blocks.StreamBlock):
    """The first scene is the beginning; from there choices lead on, and every way ends."""

    scene = SceneBlock()

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        scenes = [
            (child.value["name"], [choice["next"] for choice in child.value["choices"]])
            for child in cleaned
        ]
        names = [name for name, _leads in scenes]
        errors: dict[int, Any] = {}
        for problem in problems(scenes):
            name = names[problem.scene]
            if problem.choice is not None:
                name = scenes[problem.scene][1][problem.choice]
            error = ValidationError(words_for(problem, name, names))
            errors.setdefault(problem.scene, []).append((problem.choice, error))
        if errors:
            raise blocks.StreamBlockValidationError(
                block_errors={number: scene_error(found) for number, found in errors.items()}
            )
        return cleaned

    class Meta:
        required = True
        min_num = 1
        max_num = 10


def scene_error(
    found: list[tuple[int | None, ValidationError]],
) -> blocks.StructBlockValidationError:
    """The errors of one scene, each beside the field that it is about."""
    fields: dict[str, Any] = {}
    of_choices = {number: error for number, error in found if number is not None}
    for number, error in found:
        if number is None:
            fields["name"] = error
    if of_choices:
        fields["choices"] = blocks.ListBlockValidationError(
            block_errors={
                number: blocks.StructBlockValidationError(block_errors={"next": error})
                for number, error in of_choices.items()
            }
        )
    return blocks.StructBlockValidationError(block_errors=fields)


class VoiceValue(blocks.StructValue):
    @property
    def who_label(self) -> str:
        """Who says it, in words."""
        return str(dict(VoiceBlock.WHO).get(self["who"], ""))


class VoiceBlock(WordsBlock):
    WHO: ClassVar = [
        ("raadslid", _("A council member")),
        ("wethouder", _("An alderman")),
        ("burgemeester", _("A mayor")),
        ("griffier", _("A council clerk")),
        ("medewerker", _("A member of staff")),
        ("inwoner", _("A resident")),
        ("journalist", _("A journalist")),
    ]

    who = blocks.ChoiceBlock(label=_("Who says it"), choices=WHO)
    text = blocks.TextBlock(label=_("What they say"), rows=3, max_length=600)
    choice = NameBlock(
        label=_("About the choice"),
        help_text=_("The name of a choice, where they speak to that one."),
    )

    class Meta:
        icon = "user"
        label = _("Voice")
        description = _("How somebody else in the room looks at it.")
        preview_template = "learning/blocks/voice_preview.html"
        preview_value: ClassVar = {
            "who": "griffier",
            "text": "Vraag u af hoe het eruitziet als het in de krant staat.",
            "choice": "",
        }
        value_class = VoiceValue


class VoicesBlock(blocks.StreamBlock):
    voice = VoiceBlock()

    class Meta:
        required = False
        max_num = 12


CLOSING_FEATURES = [*SHORT_FEATURES, "ol", "ul"]
