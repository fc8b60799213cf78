"""Submitting for translation, where what a page refers to is left as it was translated.

wagtail-localize submits what a page refers to along with it, and would write the source's words
over what somebody translated by hand. For this it has no setting.
"""

from typing import Any

from wagtail.models import Locale
from wagtail_localize import operations


class Creator(operations.TranslationCreator):
    """What a page refers to is submitted only into languages in which it is not there."""

    target_locales: list[Locale]

    def create_translations(self, instance: Any, include_related_objects: bool = True) -> None:  # noqa: FBT001, FBT002  wagtail-localize's own way of calling
        if include_related_objects:
            super().create_translations(instance)
            return
        every = self.target_locales
        self.target_locales = [each for each in every if lacks(instance, each)]
        try:
            super().create_translations(instance, include_related_objects=False)
        finally:
            self.target_locales = every


def lacks(thing: Any, locale: Locale) -> bool:
    """Whether something has no words of its own in a language."""
    found = thing.get_translation_or_none(locale)
    return found is None or getattr(found, "alias_of_id", None) is not None


def connect() -> None:
    operations.TranslationCreator = Creator
