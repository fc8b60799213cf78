"""A translated text is held to what holds for the field that it goes into.

wagtail-localize puts any text into a block. One that does not fit is marked, so that the
translator reads beside it what is wrong and the page keeps the source's words until then.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.signals import pre_save
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail_localize.models import StringTranslation, TranslationSource
from wagtail_localize.strings import StringValue


def mark_what_does_not_fit(
    instance: StringTranslation, update_fields: Any = None, **_kwargs: Any
) -> None:
    """Before a translated text is stored."""
    if (update_fields is not None and "data" not in update_fields) or instance.context is None:
        return
    fault = fault_in(instance)
    if fault:
        instance.has_error, instance.field_error = True, fault


def fault_in(translated: StringTranslation) -> str:
    """What is wrong with a translated text, in words for the translator; empty when it is fine."""
    try:
        text = str(StringValue.from_translated_html(translated.data).render_text())
    except ValueError:
        # Broken HTML: wagtail-localize says so itself.
        return ""
    source = (
        TranslationSource.objects.filter(object_id=translated.context.object_id)
        .exclude(locale_id=translated.locale_id)
        .first()
    )
    if source is None:
        return ""
    try:
        check(source.as_instance(), translated.context.path.split("."), text)
    except ValidationError as error:
        return " ".join(str(message) for message in error.messages)
    except LookupError:
        # The text is from before the source changed: it goes nowhere now.
        return ""
    return ""


def check(source: Any, path: list[str], text: str) -> None:
    """Raise ValidationError when a text cannot stand at a place of the source."""
    name, *rest = path
    field = source._meta.get_field(name)
    if isinstance(field, StreamField):
        check_block(field.value_from_object(source), rest, text)
    elif isinstance(field, models.CharField) and not isinstance(field, models.SlugField):
        # A slug is made of it afterwards, whatever it is.
        field.run_validators(text)
    elif isinstance(field, models.TextField) and field.max_length and len(text) > field.max_length:
        models.CharField(max_length=field.max_length).run_validators(text)


def check_block(value: Any, path: list[str], text: str) -> None:
    """The same within blocks, down to the one that holds the text."""
    name, *rest = path
    if isinstance(value, blocks.StructValue):
        block, inner = value.block.child_blocks[name], value[name]
        if not rest and hasattr(value.block, "check_translation"):
            value.block.check_translation(name, inner, text)
    else:
        bound = value.bound_blocks if isinstance(value, blocks.list_block.ListValue) else value
        child = next((each for each in bound if each.id == name), None)
        if child is None:
            raise LookupError(name)
        block, inner = child.block, child.value
    if rest:
        check_block(inner, rest, text)
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock):
        block.clean(text)


def connect() -> None:
    pre_save.connect(
        mark_what_does_not_fit, sender=StringTranslation, dispatch_uid="translations-that-fit"
    )
