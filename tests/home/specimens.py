"""One of everything that can be translated, filled to the brim, whatever fields and blocks it has.

A model or block that somebody adds later is met here without being named.
"""

import itertools
import uuid
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.core.validators import URLValidator
from django.db import models
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail import blocks
from wagtail.coreutils import resolve_model_string
from wagtail.documents.models import Document
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, TranslatableMixin

from home.addresses import LinkAddressField
from home.models import HomePage
from tests import factories

_numbers = itertools.count(1)
# What is being made now: where things point at each other, one of them comes without.
_under_way: list[Any] = []
# Set by Wagtail, or of no meaning to a translation.
LEFT_ALONE = {
    *("id", "locale", "translation_key", "content_type", "path", "depth", "numchild", "url_path"),
    *("page_ptr", "live", "has_unpublished_changes", "draft_title", "owner", "alias_of"),
    *("go_live_at", "expire_at", "expired", "locked", "locked_at", "locked_by", "sort_order"),
    *("first_published_at", "last_published_at", "latest_revision", "live_revision"),
    "latest_revision_created_at",
}


def words() -> str:
    return f"Tekst {next(_numbers)}"


def gaps() -> str:
    return f"{words()} is [{words()}|{words()}]."


def html() -> str:
    address = f"https://voorbeeld.example/{next(_numbers)}"
    return f'<p>{words()} met een <a href="{address}">{words()}</a>.</p><p><b>{words()}</b></p>'


def image() -> Any:
    return get_image_model().objects.create(title=words(), file=get_test_image_file())


def document() -> Document:
    return Document.objects.create(title=words(), file=ContentFile(b"%PDF-1.4", name="x.pdf"))


def an_id() -> str:
    return str(uuid.uuid4())


def block_value(block: Any, locale: Any) -> Any:
    """What StreamField stores for a block of this kind."""
    if isinstance(block, blocks.StreamBlock):
        return [
            {"type": each, "value": block_value(child, locale), "id": an_id()}
            for each, child in block.child_blocks.items()
        ]
    if isinstance(block, blocks.StructBlock):
        values = {each: block_value(child, locale) for each, child in block.child_blocks.items()}
        # A text in which one chooses.
        return values if not hasattr(block, "check_translation") else values | {"text": gaps()}
    if isinstance(block, blocks.ListBlock):
        return [
            {"type": "item", "value": block_value(block.child_block, locale), "id": an_id()}
            for _ in range(2)
        ]
    return leaf_value(block, locale)


def leaf_value(block: Any, locale: Any) -> Any:
    kinds: dict[Any, Any] = {
        blocks.RichTextBlock: html,
        blocks.URLBlock: lambda: "https://voorbeeld.example/adres",
        blocks.EmailBlock: lambda: "iemand@voorbeeld.example",
        blocks.BooleanBlock: lambda: False,
        blocks.IntegerBlock: lambda: 3,
        blocks.DecimalBlock: lambda: str(Decimal(3)),
        blocks.DateBlock: lambda: "2026-01-01",
        blocks.PageChooserBlock: lambda: factories.make_home().pk,
    }
    for kind, make in kinds.items():
        if isinstance(block, kind):
            return make()
    if hasattr(block, "get_translatable_segments"):
        # A name among editors, which is no text.
        return ""
    if isinstance(block, blocks.ChoiceBlock):
        return block.get_default() or next(iter(dict(block.field.choices) or {"": ""}), "")
    if isinstance(block, blocks.ChooserBlock):
        return chosen(resolve_model_string(block.target_model), locale).pk
    return words()


def chosen(model: Any, locale: Any) -> Any:
    """What is pointed at: one that is there in this language, or a new one."""
    if model is get_image_model():
        return image()
    if model is Document:
        return document()
    has_locale = issubclass(model, TranslatableMixin)
    existing = model.objects.filter(locale=locale).first() if has_locale else None
    return existing or (None if model in _under_way else specimen(model, locale))


def text_for(field: Any) -> str:
    number = next(_numbers)
    if field.choices:
        return str(next(iter(dict(field.flatchoices))))
    is_address = isinstance(field, LinkAddressField) or any(
        isinstance(each, URLValidator) for each in field.validators
    )
    if isinstance(field, models.SlugField):
        return f"w-{number}"
    if isinstance(field, models.EmailField):
        return "iemand@voorbeeld.example"
    if is_address:
        return "https://voorbeeld.example/adres"
    if field.name == "phone":
        return "038 123 45 67"
    return f"Tekst {number}"


def field_value(field: Any, locale: Any) -> Any:
    """A value for a field, or None where its own default will do."""
    if isinstance(field, StreamField):
        return field.stream_block.to_python(block_value(field.stream_block, locale))
    if isinstance(field, models.ForeignKey):
        is_image = field.related_model is get_image_model()
        needed = is_image or not field.null
        return chosen(field.related_model, locale) if needed else None
    if field.null and isinstance(field, models.DateTimeField):
        return None
    kinds: dict[Any, Any] = {
        RichTextField: html,
        models.CharField | models.TextField: lambda: text_for(field),
        models.DateTimeField: lambda: (
            datetime(2025, 1, 1, tzinfo=UTC) + timedelta(days=next(_numbers))
        ),
        models.DateField: lambda: date(2025, 1, 1),
        models.JSONField: lambda: ["raadslid"] if field.name == "roles" else None,
        models.IntegerField: lambda: None if field.has_default() or field.null else 5,
    }
    return next((make() for kind, make in kinds.items() if isinstance(field, kind)), None)


def fill(thing: Any, locale: Any, *, skip: frozenset[str] = frozenset()) -> Any:
    """Every field, child and relation of a thing that is not stored yet."""
    for field in thing._meta.concrete_fields:
        is_ours = field.editable and not field.primary_key and not isinstance(field, ParentalKey)
        if not is_ours or field.name in LEFT_ALONE | skip:
            continue
        value = field_value(field, locale)
        if value is not None:
            setattr(thing, field.name, value)
    if isinstance(thing, TranslatableMixin):
        thing.locale = locale
    if isinstance(thing, ClusterableModel):
        for relation in get_all_child_relations(type(thing)):
            name = relation.get_accessor_name()
            if name != "_comments" and "comment" not in name:
                child = fill(relation.related_model(), locale)
                getattr(thing, name).set([child] if has_all_it_needs(child) else [])
        for field in thing._meta.many_to_many:
            if isinstance(field, ParentalManyToManyField):
                other = chosen(field.related_model, locale)
                setattr(thing, field.name, [other] if other else [])
    return thing


def has_all_it_needs(child: Any) -> bool:
    """Whether a child points at something wherever it must."""
    return all(
        getattr(child, field.attname) is not None
        for field in child._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and not field.null and field.editable
        if not isinstance(field, ParentalKey)
    )


def home_in(locale: Any) -> HomePage:
    return factories.make_home(locale.language_code)


def parent_for(model: Any, locale: Any) -> Page:
    """A page below which such a page may stand."""
    if model is HomePage:
        return Page.objects.get(depth=1)
    parent = next(each for each in model.allowed_parent_page_models() if each is not model)
    if parent is HomePage or issubclass(HomePage, parent):
        return home_in(locale)
    existing = parent.objects.filter(locale=locale).first()
    return existing or specimen(parent, locale)


def child_of_a_specimen(model: Any, locale: Any) -> Any:
    """Of what stands below something else: that of one of those."""
    key = next(each for each in model._meta.concrete_fields if isinstance(each, ParentalKey))
    parent = specimen(key.related_model, locale)
    return model.objects.filter(**{key.name: parent}).get()


def is_child(model: Any) -> bool:
    return model is not Page and any(
        isinstance(field, ParentalKey) for field in model._meta.concrete_fields
    )


def specimen(model: Any, locale: Any, **values: Any) -> Any:
    """One of a model, stored and published, in a language."""
    if model is HomePage:
        return home_in(locale)
    if is_child(model):
        return child_of_a_specimen(model, locale)
    if not issubclass(model, TranslatableMixin) and not issubclass(model, Page):
        return fill(model(), locale)
    _under_way.append(model)
    try:
        thing = fill(model(), locale, skip=frozenset(values))
    finally:
        _under_way.pop()
    for name, value in values.items():
        setattr(thing, name, value)
    if isinstance(thing, Page):
        parent_for(model, locale).add_child(instance=thing)
        thing.save_revision().publish()
        return model.objects.get(pk=thing.pk)
    thing.save()
    if hasattr(thing, "live"):
        thing.save_revision().publish()
    return model.objects.get(pk=thing.pk)
