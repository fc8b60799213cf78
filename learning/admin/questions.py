"""The question bank in Wagtail's admin: finding, copying, archiving."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from wagtail import hooks
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import (
    CopyView,
    CreateView,
    EditView,
    IndexView,
    SnippetViewSet,
    SnippetViewSetGroup,
)

from accounts.models import User
from learning.admin.question_comparison import QuestionCompareView
from learning.admin.question_filters import QuestionFilterSet
from learning.archiving import ARCHIVED, TAKEN_BACK, archive, take_back, use_of
from learning.bank import BankFacts, facts_of
from learning.models import Question, Topic

# Out of the bank is as much as out of what is published: for who may publish.
MAY_ARCHIVE = "learning.publish_question"
LIST = "wagtailsnippets_learning_question:list"
EDIT = "wagtailsnippets_learning_question:edit"


def archive_button(question: Question) -> Button:
    """Archive, or put back what is archived."""
    if question.archived_at is None:
        return Button(
            _("Archive"),
            url=reverse("question_archive", args=[question.pk]),
            icon_name="folder",
            priority=25,
        )
    return Button(
        _("Put back"),
        url=reverse("question_take_back", args=[question.pk]),
        icon_name="rotate",
        priority=25,
    )


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


class RefusesBrokenForms:
    """Half a form is a bad request: Wagtail's blocks ask for parts that are not there."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc] # a view's
        except MultiValueDictKeyError:
            raise BadRequest("A part of the form was not sent.") from None


class QuestionCreateView(RefusesBrokenForms, CreateView):
    pass


class QuestionEditView(RefusesBrokenForms, EditView):
    @property
    def header_more_buttons(self) -> list[Any]:
        buttons = [*super().header_more_buttons]
        buttons.append(
            Button(
                _("Figures"),
                url=reverse("figures_of_question", args=[self.object.translation_key]),
                icon_name="table",
                priority=22,
            )
        )
        if self.request.user.has_perm(MAY_ARCHIVE):
            buttons.append(archive_button(self.object))
        if use_of([self.object.translation_key])[self.object.translation_key].is_used:
            remove = self.get_delete_url()
            buttons = [button for button in buttons if button.url != remove]
        return buttons


class QuestionCopyView(RefusesBrokenForms, CopyView):
    """A new question that begins as another stands: with the changes that are not published."""

    def get_object(self, queryset: Any = None) -> Question:
        found: Question = super().get_object(queryset).get_latest_revision_as_object()
        return found


class ChoosesCurrent:
    """What is archived is not taken into a quiz any more."""

    def get_object_list(self) -> QuerySet[Question]:
        return Question.objects.current()


class QuestionChooseView(ChoosesCurrent, ChooseView):
    pass


class QuestionChooseResultsView(ChoosesCurrent, ChooseResultsView):
    pass


class QuestionChooserViewSet(SnippetChooserViewSet):
    choose_view_class = QuestionChooseView
    choose_results_view_class = QuestionChooseResultsView


class QuestionViewSet(SnippetViewSet):
    model = Question
    icon = "help"
    menu_label = gettext_lazy("Questions")
    index_view_class = QuestionIndexView
    add_view_class = QuestionCreateView
    edit_view_class = QuestionEditView
    copy_view_class = QuestionCopyView
    revisions_compare_view_class = QuestionCompareView
    chooser_viewset_class = QuestionChooserViewSet
    filterset_class = QuestionFilterSet
    list_display = [
        "__str__",
        Column(
            "kind",
            label=gettext_lazy("Kind"),
            sort_key="kind",
            accessor=lambda question: (
                f"{question.kind_label()}, {question.get_difficulty_display()}"
            ),
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
    list_per_page = 50


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    menu_label = gettext_lazy("Topics")


class QuestionBankGroup(SnippetViewSetGroup):
    """The question bank: questions and the topics by which they are found."""

    items = (QuestionViewSet, TopicViewSet)
    menu_label = gettext_lazy("Question bank")
    menu_icon = "help"
    menu_order = 150


register_snippet(QuestionBankGroup)

may_archive = permission_required(MAY_ARCHIVE, raise_exception=True)


@never_cache
@may_archive
def archive_question(request: HttpRequest, pk: int) -> HttpResponse:
    """Say where the question stands and what archiving means, then do it."""
    question = get_object_or_404(Question, pk=pk)
    if request.method == "POST":
        assert isinstance(request.user, User)  # noqa: S101  permission_required saw to it
        archive(question.translation_key, by=request.user)
        messages.success(request, _("“%(question)s” is archived.") % {"question": question})
        return redirect(LIST)
    return TemplateResponse(
        request, "learning/admin/question_archive.html", what_it_means(question)
    )


@never_cache
@may_archive
def take_back_question(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then put the question back into the bank."""
    question = get_object_or_404(Question, pk=pk)
    if request.method == "POST":
        assert isinstance(request.user, User)  # noqa: S101  permission_required saw to it
        take_back(question.translation_key, by=request.user)
        said = _("“%(question)s” is in the question bank again.")
        messages.success(request, said % {"question": question})
        return redirect(EDIT, pk)
    return TemplateResponse(
        request, "learning/admin/question_take_back.html", what_it_means(question)
    )


def crumbs(question: Question | None, label: str) -> list[dict[str, str]]:
    """The way here from the bank."""
    way = [{"url": reverse(LIST), "label": _("Questions")}]
    if question is not None:
        way.append({"url": reverse(EDIT, args=[question.pk]), "label": str(question)})
    return [*way, {"url": "", "label": label}]


def what_it_means(question: Question) -> dict[str, Any]:
    use = use_of([question.translation_key])[question.translation_key]
    label = _("Archive") if question.archived_at is None else _("Put back")
    return {
        "question": question,
        "use": use,
        "languages": Question.objects.filter(translation_key=question.translation_key).count(),
        "breadcrumbs_items": crumbs(question, label),
        "header_title": label,
        "header_icon": "help",
    }


@hooks.register("register_admin_urls")
def urls() -> list[Any]:
    return [
        path("vragen/<int:pk>/archiveren/", archive_question, name="question_archive"),
        path("vragen/<int:pk>/terugzetten/", take_back_question, name="question_take_back"),
    ]


@hooks.register("before_delete_snippet")
def keep_what_was_used(request: HttpRequest, instances: list[Any]) -> HttpResponse | None:
    """What is in a quiz or was ever asked is archived, not deleted."""
    questions = [each for each in instances if isinstance(each, Question)]
    uses = use_of({question.translation_key for question in questions})
    used = [question for question in questions if uses[question.translation_key].is_used]
    if not used:
        return None
    context = {
        "rows": [(question, uses[question.translation_key]) for question in used],
        "others": len(questions) - len(used),
        "may_archive": request.user.has_perm(MAY_ARCHIVE),
        "breadcrumbs_items": crumbs(None, _("Delete")),
        "header_title": _("Used questions are kept"),
        "header_icon": "help",
    }
    return TemplateResponse(request, "learning/admin/questions_kept.html", context)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    @actions.register_action(ARCHIVED)
    class Archived(LogFormatter):
        label = gettext_lazy("Archive")
        message = gettext_lazy("Archived")

    @actions.register_action(TAKEN_BACK)
    class TakenBack(LogFormatter):
        label = gettext_lazy("Put back")
        message = gettext_lazy("Put back into the question bank")
