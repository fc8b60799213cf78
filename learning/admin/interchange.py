"""`/beheer/vragen-importeren/`: look what each question of a file becomes, then decide."""

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from learning.interchange import applying, plans
from learning.interchange.forms import COPY, GOOD, DecisionForm, FileForm
from learning.interchange.plans import Outcome
from learning.interchange.shown import shown_item
from learning.interchange.template_file import template_csv
from learning.interchange.texts import FORMATS, OUTCOMES, why_unreadable
from learning.models import Question, QuestionImport
from learning.rules.interchange.items import UnreadableError

PER_PAGE: Final = 25
may_import = permission_required("learning.add_question", raise_exception=True)


def user_of(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


@never_cache
@may_import
@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: HttpRequest) -> HttpResponse:
    """Choose a file. It is read, and nothing more."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = FileForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                run = plans.hand_in(
                    file.read(),
                    by=user_of(request),
                    filename=file.name,
                    locale=form.cleaned_data["locale"],
                )
            except UnreadableError as error:
                form.add_error("file", why_unreadable(error))
            else:
                return redirect(run)
    waiting = QuestionImport.objects.of(user_of(request)).waiting().first()
    return TemplateResponse(
        request,
        "learning/admin/question_import.html",
        {"form": form, "waiting": waiting},
        status=422 if form.errors else 200,
    )


def run_of(request: HttpRequest, run_id: int) -> QuestionImport:
    return get_object_or_404(QuestionImport.objects.of(user_of(request)), pk=run_id)


@never_cache
@may_import
@require_safe
def run(request: HttpRequest, run_id: int) -> HttpResponse:
    """What the file would make, or what it has made."""
    found = run_of(request, run_id)
    return result(request, found) if found.applied_at else look(request, found)


def look(
    request: HttpRequest, found: QuestionImport, form: DecisionForm | None = None
) -> HttpResponse:
    """The dry run, a page at a time."""
    try:
        plan = plans.plan_for(found)
    except (FileNotFoundError, UnreadableError):
        return file_gone(request, found)
    counts = plan.counts
    wanted = request.GET.get("kind", "")
    rows = [each for each in plan.planned if not wanted or each.outcome == wanted]
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    known = counts[Outcome.SAME] + counts[Outcome.CHANGED]
    context = {
        "run": found,
        "plan": plan,
        "format": FORMATS[plan.format] if not plan.format.startswith("qti") else "QTI",
        "counts": [(outcome, OUTCOMES[outcome], counts[outcome]) for outcome in Outcome],
        "wrong": counts[Outcome.WRONG],
        "known": known,
        "good": counts[Outcome.NEW] + known,
        "page_obj": page,
        "rows": [
            (each, OUTCOMES[each.outcome], shown_item(each.item) if each.item else None)
            for each in page
        ],
        "query": f"kind={wanted}&" if wanted in set(Outcome) else "",
        "form": form or DecisionForm(),
    }
    template = "learning/admin/question_import_look.html"
    return TemplateResponse(request, template, context, status=422 if form is not None else 200)


def file_gone(request: HttpRequest, found: QuestionImport) -> HttpResponse:
    plans.drop(found)
    messages.error(request, _("The file is gone. Nothing was imported. Choose the file again."))
    return redirect("question_import")


@never_cache
@may_import
@require_POST
def decide(request: HttpRequest, run_id: int) -> HttpResponse:
    """Import, if the file still does what was on screen."""
    found = run_of(request, run_id)
    if found.applied_at:
        return redirect(found)
    # What was not asked, since there was nothing to choose, counts as its first choice.
    form = DecisionForm({"known": "skip", "questions": "all"} | request.POST.dict())
    if not form.is_valid():
        return look(request, found, form)
    try:
        found = applying.carry_out(
            found,
            by=user_of(request),
            seen=request.POST.get("seen", ""),
            only_good=form.cleaned_data["questions"] == GOOD,
            copies=form.cleaned_data["known"] == COPY,
            make_topics=form.cleaned_data["make_topics"],
        )
    except applying.WrongQuestionsError:
        words = _(
            "There are wrong questions in the file. Correct them and choose the file again, or "
            "import only the good ones."
        )
        form.add_error("questions", words)
        return look(request, found, form)
    except applying.PlanChangedError:
        words = _(
            "The question bank has changed since you looked, so that this file would now do "
            "something else. Nothing was imported. Look again."
        )
        messages.warning(request, words)
        return redirect(found)
    except FileNotFoundError:
        return file_gone(request, found)
    made = len(applying.made(found))
    messages.success(
        request,
        ngettext("%(made)s question imported.", "%(made)s questions imported.", made)
        % {"made": made},
    )
    return redirect(found)


@never_cache
@may_import
@require_POST
def drop(request: HttpRequest, run_id: int) -> HttpResponse:
    """Do not import this file after all."""
    found = run_of(request, run_id)
    if not found.applied_at:
        plans.drop(found)
        messages.success(request, _("Nothing was imported, and your file has been deleted."))
    return redirect("question_import")


def result(request: HttpRequest, found: QuestionImport) -> HttpResponse:
    """What was made, with a link to each draft that is still there."""
    made = applying.made(found)
    here = set(
        Question.objects.filter(pk__in=[each["made"] for each in made]).values_list("pk", flat=True)
    )
    page = Paginator(found.result, PER_PAGE).get_page(request.GET.get("p"))
    rows = [
        {**each, "is_here": each["made"] in here, "said": OUTCOMES[Outcome(each["outcome"])]}
        for each in page
    ]
    context = {
        "run": found,
        "made": len(made),
        "left": len(found.result) - len(made),
        "rows": rows,
        "page_obj": page,
        "query": "",
    }
    return TemplateResponse(request, "learning/admin/question_import_result.html", context)


@may_import
@require_safe
def template(_request: HttpRequest) -> HttpResponse:
    response = HttpResponse(template_csv(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="sjabloon-vragen.csv"'
    return response


URLS: Final[list[Any]] = [
    path("vragen-importeren/", hand_in, name="question_import"),
    path("vragen-importeren/sjabloon.csv", template, name="question_import_template"),
    path("vragen-importeren/<int:run_id>/", run, name="question_import_run"),
    path("vragen-importeren/<int:run_id>/uitvoeren/", decide, name="question_import_decide"),
    path("vragen-importeren/<int:run_id>/weg/", drop, name="question_import_drop"),
]
