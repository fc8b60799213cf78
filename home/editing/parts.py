"""A page, or anything else that editors write, taken apart: what checks and links look at.

It walks over whatever fields a model has, so that a new kind of page is looked at as well.
"""

from collections.abc import Iterator
from typing import Any, Final

from django.db import models
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

from home.addresses import LinkAddressField
from home.blocks import HeadingBlock, ImageBlock, QuoteBlock
from home.editing.markup import parts_of_markup
from home.rules.quality import About, Heading, Link, Part, Picture, Place, Prose

# Where each kind of page keeps the sentence or two that stand in lists.
SUMMARIES: Final = ("summary", "introduction", "hero_text")
# Pages that say what was so on a day: nobody looks at them again.
OF_THEIR_DAY: Final = ("home.newspage", "meetings.meetingpage")
ADDRESSES: Final = (models.URLField, LinkAddressField)
NO_WORDS: Final = (models.SlugField, models.EmailField)


def parts_of(thing: models.Model, *, within: str = "") -> Iterator[Part]:
    """Everything that somebody wrote or chose in a page, a snippet, or a row of one."""
    inherited = {field.name for field in Page._meta.get_fields()} if is_page(thing) else set()
    for field in thing._meta.concrete_fields:
        if field.name not in inherited:
            yield from parts_of_field(thing, field, within)
    for relation in get_all_child_relations(thing):
        model = relation.related_model
        if model._meta.app_label.startswith("wagtail"):
            continue
        name = capfirst(str(model._meta.verbose_name))
        rows = getattr(thing, relation.get_accessor_name()).all()
        for number, row in enumerate(rows, start=1):
            yield from parts_of(row, within=joined(within, f"{name} {number}"))


def is_page(thing: models.Model) -> bool:
    return isinstance(thing, Page)


def joined(*names: str) -> str:
    return ", ".join(name for name in names if name)


def parts_of_field(thing: models.Model, field: Any, within: str) -> Iterator[Part]:
    """What stands in one field of a model."""
    place = Place(joined(within, capfirst(str(field.verbose_name))))
    if isinstance(field, StreamField):
        value = getattr(thing, field.name)
        for number, child in enumerate(value or (), start=1):
            label = _("%(field)s, block %(number)s (%(kind)s)") % {
                "field": place.words,
                "number": number,
                "kind": child.block.label,
            }
            anchor = f"block-{child.id}-section" if child.id else ""
            yield from parts_of_block(child.block, child.value, Place(label, anchor))
    elif isinstance(field, RichTextField):
        yield from parts_of_markup(getattr(thing, field.name) or "", place)
    elif isinstance(field, models.ForeignKey):
        yield from parts_of_choice(thing, field, place)
    elif isinstance(field, ADDRESSES):
        if address := getattr(thing, field.name):
            yield Link(place, "", href=address)
    elif holds_words(field):
        yield from prose(getattr(thing, field.name), place)


def holds_words(field: Any) -> bool:
    """Whether people read what is in it."""
    return (
        isinstance(field, models.TextField | models.CharField)
        and not isinstance(field, NO_WORDS)
        and not field.choices
        and field.editable
    )


def prose(text: Any, place: Place) -> Iterator[Part]:
    paragraphs = tuple(
        kept for line in str(text or "").splitlines() if (kept := " ".join(line.split()))
    )
    if paragraphs:
        yield Prose(place, paragraphs)


def parts_of_choice(thing: models.Model, field: Any, place: Place) -> Iterator[Part]:
    """A page, a document or a picture that a field leads to."""
    chosen = getattr(thing, field.attname)
    kind = kind_of(field.related_model)
    if chosen is not None and kind and not field.remote_field.parent_link:
        yield Link(place, "", target=kind, pk=str(chosen))


def kind_of(model: Any) -> str:
    """What Wagtail's links call it; empty for what no link leads to."""
    kinds = {Page: "page", get_document_model(): "document", get_image_model(): "image"}
    return next((kind for base, kind in kinds.items() if issubclass(model, base)), "")


def parts_of_block(block: Any, value: Any, place: Place) -> Iterator[Part]:
    """What stands in a block of any kind, however deep."""
    if isinstance(block, HeadingBlock):
        yield Heading(place, int(value["level"][1:]), value["text"], heading_anchor(value))
    elif isinstance(block, QuoteBlock):
        return  # somebody's own words are not to be written better
    elif isinstance(block, ImageBlock):
        yield from parts_of_block(block.child_blocks["image"], value["image"], place)
        yield Picture(place, value["alt_text"] or "", bool(value["decorative"]))
        yield from prose(value["caption"], place)
    elif isinstance(block, blocks.BaseStructBlock):
        for name, child in block.child_blocks.items():
            yield from parts_of_block(child, value.get(name), place)
    elif isinstance(block, blocks.ListBlock):
        for item in value or ():
            yield from parts_of_block(block.child_block, item, place)
    elif isinstance(block, blocks.BaseStreamBlock):
        for item in value or ():
            yield from parts_of_block(item.block, item.value, place)
    else:
        yield from parts_of_value(block, value, place)


def heading_anchor(value: Any) -> str:
    """Its address before twins are numbered (home/blocks.py: BodyBlock)."""
    return slugify(value["text"]) or "kop"


def parts_of_value(block: Any, value: Any, place: Place) -> Iterator[Part]:
    """What stands in a block without blocks in it."""
    if isinstance(block, blocks.RichTextBlock):
        yield from parts_of_markup(value.source if value else "", place)
    elif isinstance(block, blocks.ChooserBlock):
        yield from parts_of_chooser(block, value, place)
    elif isinstance(block, blocks.URLBlock):
        if value:
            yield Link(place, "", href=str(value))
    elif is_read(block, value):
        yield from prose(value, place)


def is_read(block: Any, value: Any) -> bool:
    """Whether people read it: a name that only editors see is not searched either."""
    holds_words = isinstance(block, blocks.CharBlock | blocks.TextBlock)
    return bool(holds_words and value and block.get_searchable_content(value))


def parts_of_chooser(block: Any, value: Any, place: Place) -> Iterator[Part]:
    """What was chosen. Where something had to be and nothing is, what it was is gone."""
    kinds = {DocumentChooserBlock: "document", ImageChooserBlock: "image"}
    kind = next((kind for base, kind in kinds.items() if isinstance(block, base)), "")
    if isinstance(block, blocks.PageChooserBlock):
        kind = "page"
    if value is not None:
        if kind:
            yield Link(place, "", target=kind, pk=str(value.pk))
    elif block.field.required:
        yield Link(place, "", target=kind or "snippet")


def about(page: Page) -> About:
    """What is known of a page as a whole."""
    fields = {field.name for field in page._meta.concrete_fields}
    summary = next((name for name in SUMMARIES if name in fields), None)
    has_date = None
    if "review_on" in fields and page._meta.label_lower not in OF_THEIR_DAY:
        has_date = page.review_on is not None
    return About(
        language=page.locale.language_code if page.locale_id else "nl",
        summary=text_of(getattr(page, summary)) if summary else None,
        description=page.search_description or "",
        source=getattr(page, "source") if "source" in fields else None,  # noqa: B009  not every page has one
        has_review_date=has_date,
    )


def text_of(value: str | None) -> str:
    """The words of a field that may hold markup."""
    found = parts_of_markup(value or "", Place(""))
    return " ".join(text for part in found if isinstance(part, Prose) for text in part.paragraphs)
