"""Blocks that only lessons have."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from home.blocks import BodyBlock, WordsBlock
from home.rich_text import TEXT_FEATURES


class InYourMunicipalityBlock(WordsBlock):
    """What may differ per municipality; the text here is what everybody else reads."""

    topic = blocks.ChoiceBlock(
        label=_("About"),
        choices=[
            ("general", _("in general")),
            ("griffier", _("the council clerk")),
            ("confidential_adviser", _("the confidential adviser")),
            ("gift_limit", _("the limit for gifts")),
            ("code_of_conduct", _("the code of conduct")),
        ],
        default="general",
    )
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.RichTextBlock(label=_("Text for everybody"), features=TEXT_FEATURES)

    class Meta:
        icon = "home"
        label = _("In your municipality")
        template = "learning/blocks/in_your_municipality.html"
        description = _("What a learner can find out in their own municipality.")
        preview_value = {
            "topic": "griffier",
            "title": "Wie is uw griffier?",
            "text": "<p>De griffier kent de gedragscode van uw gemeente.</p>",
        }


class LessonBodyBlock(BodyBlock):
    """A lesson's body: all blocks of the public site and the municipality's box."""

    def __init__(self, local_blocks: object = None, **kwargs: object) -> None:
        super().__init__([("in_your_municipality", InYourMunicipalityBlock())], **kwargs)
