"""The blocks of which every page's body is made.

Each has an icon, one template named after it, a description and an example that the
block picker shows. What a block shows beyond its own fields is worked out in its
`StructValue`, never in the template.
"""

from collections import Counter
from typing import Any, ClassVar, Final

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from home.in_sight import first_picture
from home.pictures import prefetch
from home.rich_text import SHORT_FEATURES, TEXT_FEATURES


def place_of(block_id: str | None) -> str:
    """A heading's address that is the same in every language; none before it was ever saved."""
    return f"plek-{block_id[:8]}" if block_id else ""


class ChosenExample:
    """The example of a block in which something is chosen: the newest there is of it.

    Where there is none yet, its preview says what will stand there.
    """

    chosen: ClassVar[str]
    example: ClassVar[dict[str, Any]] = {}
    missing: ClassVar[Any]

    def newest(self) -> Any:
        block: Any = self.child_blocks[self.chosen]  # type: ignore[attr-defined]
        return block.model_class._default_manager.order_by("-pk").first()

    def get_preview_value(self) -> Any:
        value = {self.chosen: self.newest(), **self.example}
        return self.normalize(value)  # type: ignore[attr-defined]

    def get_preview_context(self, value: Any, parent_context: Any = None) -> Any:
        context = super().get_preview_context(value, parent_context)  # type: ignore[misc]
        return context if value[self.chosen] else {**context, "placeholder": self.missing}


class HeadingValue(blocks.StructValue):
    # Set by BodyBlock: for the second heading with the same words, and for all.
    suffix = ""
    place = ""

    @property
    def anchor(self) -> str:
        """The heading's address within the page, from its words."""
        return f"{slugify(self['text']) or 'kop'}{self.suffix}"


class WordsBlock(blocks.StructBlock):
    """A block of which only what an editor wrote is searched, and not what they chose."""

    def get_searchable_content(self, value: Any) -> list[str]:
        return [
            text
            for name, block in self.child_blocks.items()
            if not isinstance(block, blocks.ChoiceBlock)
            for text in block.get_searchable_content(value[name])
        ]


class HeadingBlock(WordsBlock):
    text = blocks.CharBlock(label=_("Text"), max_length=120)
    level = blocks.ChoiceBlock(
        label=_("Level"),
        choices=[("h2", _("Heading")), ("h3", _("Subheading"))],
        default="h2",
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "home/blocks/heading.html"
        value_class = HeadingValue
        description = _("A heading, or a subheading below it. Readers can link to it.")
        preview_value = {"text": "Wat u maandag kunt doen", "level": "h2"}


class TextBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", TEXT_FEATURES)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "home/blocks/text.html"
        description = _("Ordinary text, with lists and links.")
        preview_value = "<p>U legt de eed of belofte af <b>voordat</b> u aan het werk gaat.</p>"


class ImageValue(blocks.StructValue):
    # Set by the body for a picture at its beginning, which is in sight at once.
    first = False

    @property
    def shape(self) -> str:
        """How it is cut, by its name in home/pictures.py. Empty before one could choose."""
        return self.get("cut") or "body"


class ImageBlock(ChosenExample, WordsBlock):
    chosen = "image"
    example: ClassVar = {
        "alt_text": "Een voorbeeld van een afbeelding uit de bibliotheek",
        "caption": "Hier staat het bijschrift.",
    }
    missing = _("An image with its caption. There is none in the library yet.")

    image = ImageChooserBlock(label=_("Image"))
    alt_text = blocks.CharBlock(
        label=_("What it shows"),
        required=False,
        max_length=250,
        help_text=_("Read out to people who cannot see it."),
    )
    decorative = blocks.BooleanBlock(
        label=_("Only decoration"), required=False, help_text=_("Then it is not read out.")
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)
    cut = blocks.ChoiceBlock(
        label=_("How it stands"),
        choices=[("body", _("Whole")), ("wide", _("Cut: wide and low"))],
        default="body",
        help_text=_(
            "What is cut keeps the middle that you drew in the picture under “Images”: of a tall "
            "picture that is best."
        ),
    )

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not cleaned["decorative"] and not cleaned["alt_text"].strip():
            raise blocks.StructBlockValidationError(
                block_errors={
                    "alt_text": ValidationError(
                        _("Say what the image shows, or tick that it is only decoration.")
                    )
                }
            )
        return cleaned

    class Meta:
        icon = "image"
        label = _("Image")
        template = "home/blocks/image.html"
        value_class = ImageValue
        description = _("An image with the words for who cannot see it.")


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quote"), rows=3)
    source = blocks.CharBlock(label=_("Who says it"), required=False, max_length=150)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "home/blocks/quote.html"
        description = _("Somebody's own words.")
        preview_value = {
            "text": "Ik dacht dat het vanzelf goed ging. Dat was niet zo.",
            "source": "Een raadslid (verzonnen voorbeeld)",
        }


class CalloutBlock(WordsBlock):
    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[
            ("info", _("Good to know")),
            ("warning", _("Take care")),
            ("tip", _("Tip")),
            ("example", _("Example")),
        ],
        default="info",
    )
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=TEXT_FEATURES)

    class Meta:
        icon = "warning"
        label = _("Call-out")
        template = "home/blocks/callout.html"
        description = _("Something that must not be missed.")
        preview_value = {
            "kind": "tip",
            "title": "Vraag het de griffier",
            "text": "<p>Twijfelt u? Bel voordat u ja zegt.</p>",
        }


class VideoBlock(blocks.StructBlock):
    """A link, never an embedded player: no page asks anything of somebody else."""

    title = blocks.CharBlock(label=_("Title"), max_length=150)
    url = blocks.URLBlock(label=_("Address"), validators=[URLValidator(schemes=["https"])])
    minutes = blocks.IntegerBlock(label=_("Minutes"), min_value=1, max_value=120, required=False)
    transcript = blocks.RichTextBlock(
        label=_("Transcript"),
        features=TEXT_FEATURES,
        help_text=_("Everything that is said, for who cannot hear or may not watch."),
    )

    class Meta:
        icon = "media"
        label = _("Video with transcript")
        template = "home/blocks/video.html"
        description = _("A link to a video, with everything that is said in it.")
        preview_value = {
            "title": "Voorbeeldvideo: de eed",
            "url": "https://voorbeeld.example/video/eed",
            "minutes": 3,
            "transcript": "<p>De burgemeester leest de eed voor.</p>",
        }


class AccordionItemBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=150)
    text = blocks.RichTextBlock(label=_("Text"), features=TEXT_FEATURES)

    class Meta:
        icon = "list-ul"
        label = _("Part")
        description = _("A part of an accordion: a title, and what opens below it.")


class AccordionValue(blocks.StructValue):
    @property
    def items_to_show(self) -> Any:
        """The parts. In a template `value.items` would be the dictionary's own method."""
        return self["items"]


class AccordionBlock(blocks.StructBlock):
    items = blocks.ListBlock(AccordionItemBlock(), label=_("Parts"), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("Accordion")
        template = "home/blocks/accordion.html"
        value_class = AccordionValue
        description = _("Parts that a reader opens one by one.")
        preview_value = {
            "items": [
                {"title": "En als ik twijfel?", "text": "<p>Dan overlegt u met de griffier.</p>"}
            ]
        }


class DocumentBlock(ChosenExample, blocks.StructBlock):
    chosen = "document"
    example: ClassVar = {"description": "Hier staat in een zin wat erin staat."}
    missing = _("The title of a document, with its kind and size. There is none yet.")

    document = DocumentChooserBlock(label=_("Document"))
    description = blocks.CharBlock(label=_("Description"), required=False, max_length=250)

    class Meta:
        icon = "doc-full"
        label = _("Document")
        template = "home/blocks/document.html"
        description = _("A file to download, with its kind and size.")


class LawArticleBlock(ChosenExample, blocks.StructBlock):
    chosen = "article"
    example: ClassVar = {"explanation": "<p>Wat dit hier betekent, in gewone woorden.</p>"}
    missing = _("An article of law with its summary in plain words. There is none yet.")

    article = SnippetChooserBlock("home.LawArticle", label=_("Article"))
    explanation = blocks.RichTextBlock(
        label=_("What it means here"), features=SHORT_FEATURES, required=False
    )

    class Meta:
        icon = "clipboard-list"
        label = _("Law article")
        template = "home/blocks/law_article.html"
        description = _("The article that this text rests on, and when it was last checked.")


BODY_BLOCKS: Final = [
    ("text", TextBlock()),
    ("heading", HeadingBlock()),
    ("image", ImageBlock()),
    ("quote", QuoteBlock()),
    ("callout", CalloutBlock()),
    ("video", VideoBlock()),
    ("accordion", AccordionBlock()),
    ("document", DocumentBlock()),
    ("law_article", LawArticleBlock()),
]


def prepare_pictures(body: Any) -> None:
    """Fetch what there is of all pictures at once, and say which is seen first."""
    places = [place for place, child in enumerate(body) if child.block_type == "image"]
    if len(places) > 1:
        # One alone is found in the cache, without a question.
        prefetch(body[place].value["image"] for place in places)
    first = first_picture(body)
    if first is not None:
        first.value.first = True


class BodyBlock(blocks.StreamBlock):
    """A page's body. Headings come in order, so that a screen reader can find its way."""

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        super().__init__([*BODY_BLOCKS, *(local_blocks or [])], **kwargs)

    def get_context(self, value: Any, parent_context: Any = None) -> Any:
        """Number headings with the same words, so that every anchor leads to one place."""
        seen: Counter[str] = Counter()
        for child in value:
            if child.block_type == "heading":
                child.value.suffix = ""
                anchor = child.value.anchor
                seen[anchor] += 1
                child.value.suffix = f"-{seen[anchor]}" if seen[anchor] > 1 else ""
                child.value.place = place_of(child.id)
        prepare_pictures(value)
        return super().get_context(value, parent_context=parent_context)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        seen_h2 = False
        errors: dict[int, ValidationError] = {}
        for index, child in enumerate(cleaned):
            if child.block_type != "heading":
                continue
            if child.value["level"] == "h2":
                seen_h2 = True
            elif not seen_h2:
                errors[index] = ValidationError(
                    _("A subheading needs a heading above it: begin with level “Heading”.")
                )
        if errors:
            raise blocks.StreamBlockValidationError(block_errors=errors)
        return cleaned

    class Meta:
        template = "home/blocks/body.html"
