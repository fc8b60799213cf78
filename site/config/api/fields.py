"""How values of pages are written in the answers."""

from typing import Any

from rest_framework.fields import Field
from wagtail.api import APIField


class ThemesField(Field):
    """Themes by the word that addresses name them by."""

    def to_representation(self, value: Any) -> list[dict[str, str]]:
        return [{"slug": theme.slug, "name": theme.name} for theme in value.all()]


class GoalsField(Field):
    """Goals of the visiedocument by their code."""

    def to_representation(self, value: Any) -> list[dict[str, str]]:
        return [{"code": goal.code, "title": goal.title} for goal in value.all()]


class HtmlField(Field):
    """A body as its page shows it; addresses in it are relative to that page's."""

    def to_representation(self, value: Any) -> str:
        return str(value)


class NameField(Field):
    """What something is called."""

    def to_representation(self, value: Any) -> str:
        return str(value)


SUBJECT = [APIField("themes", ThemesField()), APIField("goals", GoalsField())]
