"""Where a snippet is used, before somebody deletes it.

Wagtail's index knows what was chosen in a field or a block, and not what was ticked: a theme of
forty pages would be used nowhere. Here both are looked at.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import CASCADE, Model
from django.utils.text import capfirst
from modelcluster.fields import ParentalKey
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, ReferenceIndex

from accounts.models import User

MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Use:
    """One page or snippet that uses it. `goes` is whether it is deleted as well."""

    title: str
    kind: str
    url: str
    goes: bool = False


@dataclass(frozen=True, slots=True)
class Uses:
    """All of them. What no editor may open is only counted: who chose a theme is not told."""

    shown: list[Use] = field(default_factory=list)
    counted: list[tuple[str, int]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.shown or self.counted)


def uses_of(thing: Model, user: User) -> Uses:
    """What uses a snippet, as far as this person may see it."""
    finder = AdminURLFinder(user)
    shown: dict[tuple[Any, Any], Use] = {}
    counted: Counter[str] = Counter()
    for found, goes in [*by_relation(thing), *by_index(thing)]:
        key = (Page if isinstance(found, Page) else type(found), found.pk)
        if key in shown:
            continue
        url = finder.get_edit_url(found)
        if url is None:
            counted[str(found._meta.verbose_name_plural)] += 1
        else:
            shown[key] = Use(name_of(found), kind_of(found), url, goes)
    rows = sorted(shown.values(), key=lambda use: (not use.goes, use.kind, use.title))
    return Uses(rows, sorted(counted.items()))


def by_relation(thing: Model) -> Iterator[tuple[Model, bool]]:
    """What ticked it, or points at it; and whether that is deleted with it."""
    for relation in thing._meta.get_fields(include_hidden=True):
        model: Any = relation.related_model
        is_relation = relation.auto_created and not relation.concrete
        if not is_relation or model._meta.auto_created:
            continue
        name = relation.field.name  # type: ignore[union-attr]
        if isinstance(relation.field, ParentalKey):  # type: ignore[union-attr]
            continue
        # A row of something is that something's; what is no content is nobody's to see.
        goes = relation.one_to_many and getattr(relation, "on_delete", None) is CASCADE
        if relation.one_to_many and not is_content(model):
            continue
        for found in model._default_manager.filter(**{name: thing})[:MOST]:
            yield whole_of(found), bool(goes and whole_of(found) is found)


def is_content(model: Any) -> bool:
    return bool(ReferenceIndex.is_indexed(model) or parental_key_of(model))


def by_index(thing: Model) -> Iterator[tuple[Model, bool]]:
    """What Wagtail knows of: also in a text or a block."""
    for found, _references in ReferenceIndex.get_grouped_references_to(thing):
        yield found, False


def parental_key_of(model: Any) -> ParentalKey | None:
    return next((each for each in model._meta.fields if isinstance(each, ParentalKey)), None)


def whole_of(thing: Model) -> Model:
    """The page or snippet of which something is a row."""
    key = parental_key_of(type(thing))
    return whole_of(getattr(thing, key.name)) if key is not None else thing


def name_of(thing: Any) -> str:
    return str(thing.get_admin_display_title() if isinstance(thing, Page) else thing)


def kind_of(thing: Model) -> str:
    model = thing.cached_content_type.model_class() if isinstance(thing, Page) else type(thing)
    return capfirst(str((model or type(thing))._meta.verbose_name))
