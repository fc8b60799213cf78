"""Which questions work, for editors: per quiz and per question, and of nobody in particular."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import permission_required
from django.db.models import Avg, Count, Max, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from home.admin_heads import head
from learning.models import Question, QuestionStatistic, QuizPage
from learning.statistics_shown import one_per_key, with_words

MAY_SEE = "learning.change_question"
may_see = permission_required(MAY_SEE, raise_exception=True)
NEGATIVE = Q(discrimination__lt=0)


def page(
    request: HttpRequest, template: str, way: list[tuple[str, str]], **more: Any
) -> HttpResponse:
    """A page of figures, with the way to it."""
    start = (reverse("question_figures"), _("Which questions work"))
    items = [start, *way] if way else [start]
    return TemplateResponse(
        request,
        template,
        head(items[-1][1], "table", way=tuple(items[:-1])) | more,
    )


@never_cache
@may_see
def overview(request: HttpRequest) -> HttpResponse:
    """Each quiz with how it does."""
    found = (
        QuestionStatistic.objects.filter(quiz_key__isnull=False)
        .values("quiz_key")
        .annotate(
            asked=Max("asked"),
            questions=Count("pk"),
            mean=Avg("facility"),
            suspicious=Count("pk", filter=NEGATIVE | Q(never_chosen=True)),
            counted_on=Max("counted_on"),
        )
        .order_by()
    )
    rows: list[Any] = list(found)
    quizzes = one_per_key(
        QuizPage.objects.filter(translation_key__in=[row["quiz_key"] for row in rows])
    )
    for row in rows:
        quiz = quizzes.get(row["quiz_key"])
        row["title"] = quiz.title if quiz else _("a quiz that is no longer there")
        row["mean_percent"] = round(100 * row["mean"])
    rows.sort(key=lambda row: str(row["title"]))
    return page(request, "learning/admin/figures.html", [], rows=rows)


@never_cache
@may_see
def of_quiz(request: HttpRequest, key: UUID) -> HttpResponse:
    """The questions of one quiz, those that need a look first."""
    shown = with_words(QuestionStatistic.objects.filter(quiz_key=key).order_by("pk"))
    if not shown:
        raise Http404
    shown.sort(key=lambda each: (not each.figures.is_suspicious, each.figures.facility))
    title = shown[0].quiz_title
    return page(request, "learning/admin/figures_of_quiz.html", [("", title)], shown=shown)


@never_cache
@may_see
def of_question(request: HttpRequest, key: UUID) -> HttpResponse:
    """One question: over all quizzes, and in each."""
    shown = with_words(QuestionStatistic.objects.filter(question_key=key).order_by("-asked", "pk"))
    question = one_per_key(Question.objects.filter(translation_key=key)).get(key)
    if not shown and question is None:
        raise Http404
    return page(
        request,
        "learning/admin/figures_of_question.html",
        [("", str(question or shown[0].stem))],
        question=question,
        together=next((each for each in shown if each.figures.quiz_key is None), None),
        by_quiz=[each for each in shown if each.figures.quiz_key is not None],
    )


class FiguresMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(MAY_SEE))


@hooks.register("register_reports_menu_item")
def menu_item() -> MenuItem:
    return FiguresMenuItem(
        gettext_lazy("Which questions work"),
        reverse("question_figures"),
        icon_name="table",
        order=60,
    )


@hooks.register("register_admin_urls")
def urls() -> list[Any]:
    return [
        path("vragen/cijfers/", overview, name="question_figures"),
        path("vragen/cijfers/toets/<uuid:key>/", of_quiz, name="figures_of_quiz"),
        path("vragen/cijfers/vraag/<uuid:key>/", of_question, name="figures_of_question"),
    ]
