"""By what questions are found in the bank."""

from datetime import timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.models import Locale

from home.models import LawArticle
from learning.bank import handed_in
from learning.law_reviews import questions_to_review
from learning.models import Question, QuestionStatistic, QuizPage, QuizQuestion, Topic
from learning.models.people import today
from learning.models.questions import KIND_LABELS
from learning.rules.item_statistics import HARD

Questions = QuerySet[Question]
YEAR, HALF_YEAR = timedelta(days=365), timedelta(days=183)


def topics(_request: object) -> QuerySet[Topic]:
    """Each topic once, in the site's first language."""
    return Topic.objects.filter(locale=Locale.get_default())


def places() -> list[tuple[Any, Any]]:
    """Anywhere, nowhere, or one quiz."""
    quizzes = QuizPage.objects.select_related("locale").order_by("title", "pk")
    return [
        ("any", _("in a quiz")),
        ("none", _("in no quiz")),
        *((str(quiz.pk), quiz.title) for quiz in quizzes),
    ]


class QuestionFilterSet(WagtailFilterSet):
    """The archive is out of sight unless it is asked for."""

    topics = django_filters.ModelMultipleChoiceFilter(
        label=_("Topic"),
        queryset=topics,
        method="with_topics",
        widget=forms.CheckboxSelectMultiple,
    )
    kind = django_filters.MultipleChoiceFilter(
        label=_("Kind"),
        choices=list(KIND_LABELS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    used = django_filters.ChoiceFilter(
        label=_("Used in"),
        choices=places,
        method="used_in",
        empty_label=_("All"),
        widget=forms.RadioSelect,
    )
    difficulty = django_filters.MultipleChoiceFilter(
        label=_("Difficulty"),
        choices=Question.Difficulty.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    checked = django_filters.ChoiceFilter(
        label=_("Law last checked"),
        choices=[
            ("year", _("more than a year ago")),
            ("half", _("more than half a year ago")),
            ("changed", _("the law has changed: to be reviewed")),
            ("none", _("rests on no article")),
        ],
        method="last_checked",
        empty_label=_("All"),
        widget=forms.RadioSelect,
    )
    figures = django_filters.ChoiceFilter(
        label=_("Figures"),
        choices=[
            ("suspicious", _("deserves a look")),
            ("hard", _("hard: less than half of the points")),
            ("none", _("too few answers yet")),
        ],
        method="with_figures",
        empty_label=_("All"),
        widget=forms.RadioSelect,
    )
    state = django_filters.ChoiceFilter(
        label=_("Status"),
        choices=[
            ("live", _("published")),
            ("draft", _("draft, or changed since it was published")),
            ("review", _("waits for the chief editor")),
        ],
        method="in_state",
        empty_label=_("All"),
        widget=forms.RadioSelect,
    )
    archived = django_filters.ChoiceFilter(
        label=_("Archive"),
        choices=[("yes", _("only what is archived")), ("all", _("archived as well"))],
        method="whether_archived",
        empty_label=_("Not archived"),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Question
        fields: list[str] = []

    def filter_queryset(self, queryset: Questions) -> Questions:
        found: Questions = super().filter_queryset(queryset)
        if not self.form.cleaned_data.get("archived"):
            found = found.filter(archived_at__isnull=True)
        return found

    def with_topics(self, queryset: Questions, _name: str, chosen: list[Topic]) -> Questions:
        if not chosen:
            return queryset
        keys = [topic.translation_key for topic in chosen]
        having = Question.objects.filter(topics__translation_key__in=keys)
        return queryset.filter(pk__in=having.order_by().values("pk"))

    def used_in(self, queryset: Questions, _name: str, place: str) -> Questions:
        uses = QuizQuestion.objects.all()
        if place not in ("any", "none"):
            uses = uses.filter(page=int(place))
        keys = uses.order_by().values("question__translation_key")
        if place == "none":
            return queryset.exclude(translation_key__in=keys)
        return queryset.filter(translation_key__in=keys)

    def last_checked(self, queryset: Questions, _name: str, when: str) -> Questions:
        if when == "none":
            return queryset.filter(law_articles__isnull=True)
        if when == "changed":
            return queryset.filter(pk__in=questions_to_review())
        since = today() - (YEAR if when == "year" else HALF_YEAR)
        old = LawArticle.objects.filter(checked_on__lt=since).order_by()
        resting = Question.objects.filter(law_articles__in=old).order_by()
        return queryset.filter(pk__in=resting.values("pk"))

    def with_figures(self, queryset: Questions, _name: str, which: str) -> Questions:
        found = QuestionStatistic.objects.filter(quiz_key=None).order_by()
        keys = found.values("question_key")
        if which == "none":
            return queryset.exclude(translation_key__in=keys)
        if which == "hard":
            keys = keys.filter(facility__lt=HARD)
        else:
            keys = keys.filter(Q(discrimination__lt=0) | Q(never_chosen=True))
        return queryset.filter(translation_key__in=keys)

    def in_state(self, queryset: Questions, _name: str, state: str) -> Questions:
        if state == "live":
            return queryset.filter(live=True)
        if state == "draft":
            return queryset.filter(has_unpublished_changes=True)
        return queryset.filter(pk__in=handed_in())

    def whether_archived(self, queryset: Questions, _name: str, which: str) -> Questions:
        return queryset.filter(archived_at__isnull=False) if which == "yes" else queryset
