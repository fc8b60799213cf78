"""The list of the question bank: what an editor wants to know of each question, in few queries."""

from collections.abc import Iterator
from typing import Any, Final

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import IndexView

from learning.admin.question_archiving import MAY_ARCHIVE, archive_button
from learning.bank import BankFacts, facts_of
from learning.models import Question


def says_use(facts: BankFacts) -> str:
    """Where the question stands, in words for the list."""
    if facts.use.quizzes:
        return ", ".join(quiz.title for quiz in facts.use.quizzes)
    return _("no longer, asked before") if facts.use.was_asked else _("in no quiz")


def says_checked(facts: BankFacts) -> str:
    if facts.to_review:
        return _("law has changed")
    return date_format(facts.checked_on, "j M Y") if facts.checked_on else "–"


def says_figures(question: Question) -> Any:
    """How many points are earned, and whether the question deserves a look."""
    figures = question.bank_facts.figures
    if figures is None:
        return "–"
    said = _("deserves a look") if figures.is_suspicious else ""
    return format_html(
        '<a href="{}">{}%</a> {}',
        reverse("figures_of_question", args=[question.translation_key]),
        figures.facility_percent,
        said,
    )


def says_state(question: Question) -> str:
    facts: BankFacts = question.bank_facts
    if question.archived_at:
        return _("archived")
    if facts.is_handed_in:
        return _("waits for the chief editor")
    if facts.is_scheduled:
        return _("published later")
    if not question.live:
        return _("draft")
    return _("published, changed since") if question.has_unpublished_changes else _("published")


def translate_buttons(question: Question, user: Any) -> Iterator[Button]:
    """What wagtail-localize's own hook adds to a row, without asking the database for each."""
    facts: BankFacts = question.bank_facts
    if not user.has_perm("wagtail_localize.submit_translation"):
        return
    if len(facts.languages) < len(settings.LANGUAGES):
        yield Button(
            _("Translate"),
            url=reverse(
                "wagtail_localize:submit_snippet_translation",
                args=["learning", "question", question.pk],
            ),
            icon_name="wagtail-localize-language",
            priority=100,
        )
    if facts.translation_source is not None:
        yield Button(
            _("Update the translations"),
            url=reverse("wagtail_localize:update_translations", args=[facts.translation_source]),
            icon_name="resubmit",
            priority=106,
        )


class StateColumn(StatusTagColumn):
    """Published, draft, with the chief editor or out of the bank."""

    def get_value(self, instance: Question) -> Any:
        return says_state(instance)


class QuestionIndexView(IndexView):
    """The bank, with what an editor wants to know of each question."""

    def get_base_queryset(self) -> QuerySet[Question]:
        found: QuerySet[Question] = (
            super().get_base_queryset().select_related("locale", "latest_revision")
        )
        return found

    def search_queryset(self, queryset: QuerySet[Question]) -> QuerySet[Question]:
        """Search the whole bank first: the search index knows few of the filters."""
        if not self.is_searching:
            return queryset
        found = super().search_queryset(Question.objects.order_by())
        return queryset.filter(pk__in=[question.pk for question in found])

    def get_table(self, object_list: Any) -> Any:
        questions = list(object_list)
        facts = facts_of(questions)
        for question in questions:
            question.bank_facts = facts[question.pk]
        return super().get_table(questions)

    def _get_title_column(self, *args: Any, **kwargs: Any) -> Any:
        """Wide enough to read a question in."""
        return super()._get_title_column(*args, width="32%", **kwargs)

    def get_list_buttons(self, instance: Question) -> list[Any]:
        """Without the hooks that ask the database something for every row."""
        return generic.IndexView.get_list_buttons(self, instance)

    def get_list_more_buttons(self, instance: Question) -> list[Any]:
        buttons = super().get_list_more_buttons(instance)
        buttons += translate_buttons(instance, self.request.user)
        if self.request.user.has_perm(MAY_ARCHIVE):
            buttons.append(archive_button(instance))
        if instance.bank_facts.use.is_used:
            remove = self.get_delete_url(instance)
            buttons = [button for button in buttons if button.url != remove]
        return buttons


COLUMNS: Final = [
    "__str__",
    Column(
        "kind",
        label=gettext_lazy("Kind"),
        sort_key="kind",
        accessor=lambda question: f"{question.kind_label()}, {question.get_difficulty_display()}",
    ),
    Column(
        "topics",
        label=gettext_lazy("Topics"),
        accessor=lambda question: ", ".join(question.bank_facts.topics),
    ),
    Column(
        "used",
        label=gettext_lazy("Used in"),
        accessor=lambda question: says_use(question.bank_facts),
    ),
    Column(
        "languages",
        label=gettext_lazy("Languages"),
        accessor=lambda question: ", ".join(question.bank_facts.languages),
    ),
    Column(
        "checked",
        label=gettext_lazy("Law last checked"),
        accessor=lambda question: says_checked(question.bank_facts),
    ),
    Column("figures", label=gettext_lazy("Points earned"), accessor=says_figures),
    StateColumn(
        "state",
        label=gettext_lazy("Status"),
        sort_key="live",
        primary=lambda question: question.live and question.archived_at is None,
    ),
]
