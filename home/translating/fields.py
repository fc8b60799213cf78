"""What of a page or snippet is no text: it follows the source, and is never translated.

wagtail-localize leaves out relations to many. Here they follow the source as well, each to the
same thing in the translation's own language where that is there.
"""

from typing import Any, Final

from django.db.models import Model
from django.db.models.signals import pre_save
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import BaseTranslatableField, SynchronizedField


class FollowsSource:
    """For `override_translatable_fields` of a model: relations, and the fields that are named.

    What is named in `own` is written anew in each language, and follows nothing.
    """

    def __init__(self, *names: str, own: tuple[str, ...] = ()) -> None:
        self.names: Final = names
        self.own: Final = own

    def __get__(self, instance: object, owner: type[Model]) -> list[BaseTranslatableField]:
        names = dict.fromkeys([*self.names, *relations_of(owner)])
        return [
            *(SynchronizedField(name, overridable=False) for name in names),
            *(BaseTranslatableField(name) for name in self.own),
        ]


def relations_of(model: type[Model]) -> list[str]:
    """The relations to many things of which each exists per language."""
    return [
        field.name
        for field in model._meta.many_to_many
        if isinstance(field, ParentalManyToManyField)
        and issubclass(field.related_model, TranslatableMixin)
    ]


def keep_relations_in_own_language(
    sender: type[Model],
    instance: Any,
    raw: bool = False,  # noqa: FBT001, FBT002  Django's own way of calling
    **_kwargs: Any,
) -> None:
    """Before something is stored: an English page is about English goals.

    What has no translation stays as it was chosen.
    """
    if raw or not (issubclass(sender, TranslatableMixin) and issubclass(sender, ClusterableModel)):
        return
    thing = instance
    for name in relations_of(type(thing)):
        chosen = list(getattr(thing, name).all())
        strangers = [each.translation_key for each in chosen if each.locale_id != thing.locale_id]
        if not strangers:
            continue
        model = type(chosen[0])
        found = {
            each.translation_key: each
            for each in model.objects.filter(
                translation_key__in=strangers, locale_id=thing.locale_id
            )
        }
        own = [found.get(each.translation_key, each) for each in chosen]
        setattr(thing, name, list({each.pk: each for each in own}.values()))


def connect() -> None:
    pre_save.connect(keep_relations_in_own_language, dispatch_uid="relations-in-own-language")
