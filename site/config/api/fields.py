"""How values of pages are written in the answers."""

from typing import Any

from rest_framework.fields import Field
from wagtail.api import APIField
from wagtail.rich_text import expand_db_html


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


class RichTextField(Field):
    """A text with its links leading somewhere; empty where there is none."""

    def to_representation(self, value: Any) -> str:
        return str(expand_db_html(value)) if value else ""


class LessonsField(Field):
    """Lessons from practice by the word that addresses name them by."""

    def to_representation(self, value: Any) -> list[dict[str, str]]:
        return [{"slug": lesson.slug, "name": lesson.name} for lesson in value.all()]


class TitlesField(Field):
    """Titles alone."""

    def to_representation(self, value: Any) -> list[str]:
        return [each.title for each in value.all()]


class WordsField(Field):
    """The texts of a stream of plain texts."""

    def to_representation(self, value: Any) -> list[str]:
        return [str(block.value) for block in value]


class NameField(Field):
    """What something is called."""

    def to_representation(self, value: Any) -> str:
        return str(value)


SUBJECT = [APIField("themes", ThemesField()), APIField("goals", GoalsField())]
