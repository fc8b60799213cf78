"""What is found of a page: itself, and what on it is found by itself."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from wagtail.documents.models import Document
from wagtail.models import Locale, Page, ReferenceIndex

from home.models import Partner, PartnersPage, Sector, Theme, VisionPage
from learning.models import LessonPage, QuizPage
from learning.models.pages import StepPage
from search.kinds import DOCUMENT, GOAL, PARTNER, kind_of
from search.models import Entry
from search.sections import Section, closed_fields, plain, sections_of

# What is asked in a quiz is not to be found.
LEFT_OUT: Final = (QuizPage,)


@dataclass(frozen=True, slots=True)
class Part:
    """Something on a page that is found by itself."""

    key: str
    kind: str
    name: str
    other_name: str = ""
    anchor: str = ""
    sections: list[Section] = field(default_factory=list)
    document_id: int | None = None
    themes: str = ""


def goals_of(page: VisionPage) -> Iterator[Part]:
    for goal in page.goals.all():
        text = plain([goal.text, goal.on_this_site, goal.progress_text])
        yield Part(
            f"goal:{goal.pk}", GOAL.key, str(goal), anchor=goal.anchor, sections=[["", "", text]]
        )


def partners_of(page: PartnersPage) -> Iterator[Part]:
    """Partners, and the sectors that are needed besides."""
    partners = Partner.objects.filter(locale_id=page.locale_id).prefetch_related("themes")
    for partner in partners:
        yield Part(
            f"partner:{partner.pk}",
            PARTNER.key,
            partner.name,
            other_name=partner.abbreviation,
            anchor=partner.anchor,
            sections=[["", "", plain([partner.description])], *named(partner.themes.all())],
            themes=slugs_of(partner.themes.all()),
        )
    for sector in Sector.objects.filter(locale_id=page.locale_id):
        yield Part(
            f"sector:{sector.pk}",
            PARTNER.key,
            sector.name,
            anchor=f"branche-{sector.slug}",
            sections=[["", "", plain([sector.description])]],
        )


def named(themes: Iterable[Theme]) -> list[Section]:
    """What it is about is said last, as on the page itself: the text need not use those words."""
    names = ", ".join(theme.name for theme in themes)
    return [["", "", names]] if names else []


def slugs_of(themes: Iterable[Theme]) -> str:
    """Themes as an entry has them: with a space around each, so that one is found in it."""
    slugs = sorted(theme.slug for theme in themes)
    return f" {' '.join(slugs)} " if slugs else ""


# What else is found of a type of page.
PARTS: Final[dict[str, Callable[[Any], Iterator[Part]]]] = {
    "home.VisionPage": goals_of,
    "home.PartnersPage": partners_of,
}


def offered_by(pages: Sequence[Page]) -> dict[str, set[str]]:
    """The documents that pages offer to everybody, by Wagtail's own list of what refers to what."""
    found: dict[str, set[str]] = {}
    closed = {str(page.pk): closed_fields(page) for page in pages}
    references = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=[str(page.pk) for page in pages],
        to_content_type=ContentType.objects.get_for_model(Document),
    )
    for page, document, place in references.values_list("object_id", "to_object_id", "model_path"):
        if place.partition(".")[0] not in closed[page]:
            found.setdefault(page, set()).add(document)
    return found


def documents_of(page: Page, keys: set[str]) -> Iterator[Part]:
    for document in Document.objects.filter(pk__in=keys) if keys else ():
        tags = " ".join(document.tags.names())
        yield Part(
            f"document:{document.pk}:{page.pk}",
            DOCUMENT.key,
            document.title,
            other_name=document.filename,
            sections=[["", "", tags]],
            document_id=document.pk,
        )


def entries_of_all(pages: Sequence[Page]) -> list[Entry]:
    """All that is found of some pages, not stored yet."""
    documents = offered_by(pages)
    locales = Locale.objects.in_bulk()
    for page in pages:
        page.locale = locales[page.locale_id]
    return [
        entry for page in pages for entry in entries_of(page, documents.get(str(page.pk), set()))
    ]


def entries_of(page: Page, documents: set[str]) -> list[Entry]:
    """All that is found of a page that is published."""
    if not page.live or page.depth < 2 or isinstance(page, LEFT_OUT):
        return []
    themes = list(page.themes.all()) if hasattr(page, "themes") else []
    shared: dict[str, Any] = {
        "locale": page.locale,
        "page_id": page.pk,
        "within_id": page.module.pk if isinstance(page, StepPage) else None,
    }
    own = Entry(
        key=f"page:{page.pk}",
        kind=kind_of(type(page)).key,
        name=page.title,
        introduction=page.introduction if isinstance(page, LessonPage) else "",
        sections=[*sections_of(page), *named(themes)],
        themes=slugs_of(themes),
        **shared,
    )
    parts = [*PARTS.get(page._meta.label, no_parts)(page), *documents_of(page, documents)]
    return [own, *(as_entry(part, shared) for part in parts)]


def no_parts(_page: Any) -> Iterator[Part]:
    return iter(())


def as_entry(part: Part, shared: dict[str, Any]) -> Entry:
    return Entry(
        key=part.key,
        kind=part.kind,
        name=part.name[:255],
        other_name=part.other_name[:255],
        anchor=part.anchor,
        sections=part.sections,
        document_id=part.document_id,
        themes=part.themes,
        **shared,
    )
