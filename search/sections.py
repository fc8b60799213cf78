"""A page's text in pieces, each below the heading to which one can link."""

import html
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from wagtail.blocks import StreamValue
from wagtail.models import Page
from wagtail.search.index import RelatedFields, SearchField

# [anchor, heading, text]; the first piece has neither anchor nor heading.
Section = list[str]
TAG: Final = re.compile(r"<[^>]*>")
SPACE: Final = re.compile(r"\s+")


def plain(texts: Iterable[str]) -> str:
    """Rich text as plain text, in one line."""
    joined = " ".join(TAG.sub(" ", text) for text in texts)
    return SPACE.sub(" ", html.unescape(joined)).strip()


def closed_fields(page: Page) -> tuple[str, ...]:
    """Fields of a page that are not for everybody who may read it."""
    closed: tuple[str, ...] = getattr(page, "closed_fields", ())
    return closed


def sections_of(page: Page) -> list[Section]:
    """All that is searched in a page but its title, in order."""
    lead: list[str] = []
    below: list[Section] = []
    closed = closed_fields(page)
    for field in type(page).get_search_fields():
        if field.field_name in closed:
            continue
        if isinstance(field, RelatedFields):
            below += related_sections(page, field)
        elif isinstance(field, SearchField) and field.field_name != "title":
            value = getattr(page, field.field_name, None)
            if isinstance(value, StreamValue):
                first, *others = stream_sections(value)
                lead.append(first[2])
                below += others
            else:
                lead += texts_of(field.get_value(page))
    sections = [["", "", plain(lead)], *below]
    return [section for section in sections if section[1] or section[2]]


def texts_of(value: Any) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [str(value or "")]


def related_sections(page: Page, field: RelatedFields) -> Iterator[Section]:
    """A piece for each of the things that belong to a page."""
    value = field.get_value(page)
    # What belongs to this page alone has its place on it; what it only names has it elsewhere.
    is_own = hasattr(value, "all")
    things = value.all() if is_own else [value] if value is not None else []
    for thing in things:
        texts = {
            each.field_name: plain(texts_of(each.get_value(thing)))
            for each in field.fields
            if isinstance(each, SearchField)
        }
        heading = texts.pop("title", "")
        anchor = str(getattr(thing, "anchor", "") or "") if is_own else ""
        yield [anchor, heading, " ".join(texts.values()).strip()]


def stream_sections(value: StreamValue) -> list[Section]:
    """The text before the first heading, then a piece for each heading."""
    value.stream_block.get_context(value)  # numbers headings with the same words
    pieces: list[tuple[str, str, list[str]]] = [("", "", [])]
    for child in value:
        if child.block_type == "heading":
            pieces.append((child.value.anchor, child.value["text"], []))
        else:
            pieces[-1][2].extend(child.block.get_searchable_content(child.value))
    return [[anchor, heading, plain(texts)] for anchor, heading, texts in pieces]
