"""News by theme and by goal: what may be chosen, and what an address chose.

The slug of a theme and the code of a goal are the same in every language, so an address that was
shared keeps its meaning.
"""

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from django import forms
from django.db.models import CharField, Value
from django.db.models.functions import Cast, ExtractYear
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from home.models.themes import Theme
from home.models.vision import VisionGoal

if TYPE_CHECKING:
    from home.models.news import NewsQuerySet

EVERYTHING: Final = ("", _("Everything"))


class NewsFilter(forms.Form):
    """Which news to show. Only what leads to an item can be chosen."""

    thema = forms.ChoiceField(
        label=_("Theme"),
        required=False,
        error_messages={"invalid_choice": _("There is no news about this theme. Choose another.")},
    )
    doel = forms.ChoiceField(
        label=_("Goal of the visiedocument"),
        required=False,
        error_messages={"invalid_choice": _("There is no news about this goal. Choose another.")},
    )

    def __init__(self, request: HttpRequest, items: "NewsQuerySet") -> None:
        asked = {
            "thema": request.GET.get("thema", "").lower(),
            "doel": request.GET.get("doel", "").upper(),
        }
        super().__init__(asked)
        self.items = items
        for name in ("thema", "doel"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared so above
            field.choices = [EVERYTHING, *self.offered(name)]

    @cached_property
    def all_offered(self) -> list[tuple[str, str, str]]:
        """What leads to an item, in one question: (field or "jaar", value, words)."""
        shown = self.items.order_by().values("pk")
        through = self.items.model.themes.through.objects.filter(newspage__in=shown)
        themes = Theme.objects.filter(pk__in=through.values("theme")).order_by()
        through = self.items.model.goals.through.objects.filter(newspage__in=shown)
        goals = VisionGoal.objects.filter(pk__in=through.values("visiongoal")).order_by()
        years = self.items.order_by().values_list(
            Value("jaar", CharField()), Cast(ExtractYear("date"), CharField()), Value("")
        )
        return sorted(
            years.union(
                themes.values_list(Value("thema", CharField()), "slug", "name"),
                goals.values_list(Value("doel", CharField()), "code", "title"),
            )
        )

    def offered(self, name: str) -> list[tuple[str, str]]:
        """Values and words of what can be chosen: goals by code, themes by name."""
        found = [(value, words) for kind, value, words in self.all_offered if kind == name]
        if name == "doel":
            return [(code, f"{code}: {title}") for code, title in found]
        return sorted(found, key=lambda each: each[1])

    @property
    def years(self) -> list[int]:
        """The years in which there was news, the last one first."""
        return sorted((int(year) for year, _words in self.offered("jaar")), reverse=True)

    @property
    def chosen(self) -> dict[str, str]:
        """What was chosen, without what was left open or means nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def query(self) -> str:
        """The same for in an address; empty when nothing was chosen."""
        return urlencode(self.chosen)

    @property
    def title(self) -> str:
        """What was chosen, in words: for above a list and for a feed."""
        chosen = self.chosen
        theme = dict(self.offered("thema")).get(chosen.get("thema", ""), "")
        return ", ".join(each for each in (theme, chosen.get("doel", "")) if each)

    def narrowed(self, items: "NewsQuerySet") -> "NewsQuerySet":
        chosen = self.chosen
        if "thema" in chosen:
            items = items.about(chosen["thema"])
        if "doel" in chosen:
            items = items.serving(chosen["doel"])
        return items
