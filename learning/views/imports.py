"""`/gemeente/<slug>/importeren/`: hand in a list of people, look, decide, and undo."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learning import access_log
from learning.exports import csv_file, xlsx
from learning.import_forms import GOOD, AbsentForm, DecisionForm, FileForm
from learning.imports import applying, plans, undoing
from learning.imports.template_files import template_csv as csv_template
from learning.imports.template_files import write_template
from learning.imports.texts import OUTCOMES, advice, role_name, what_happens, why_unreadable
from learning.models import ImportRun, Membership, Municipality
from learning.models.people import today
from learning.rules.people_file import PeopleFile
from learning.rules.people_plan import Outcome, Plan, Step
from learning.rules.sheets import UnreadableError
from learning.views.monitoring import viewer_of
from learning.views.places import watched

PER_PAGE: Final = 25
MOST_WRONG: Final = 10
RUNS_PER_PAGE: Final = 20


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the file in words."""

    number: int
    name: str
    email: str
    role: str
    outcome: str
    label: str
    lines: list[str]


def shown(steps: Iterable[Step]) -> list[ShownRow]:
    return [
        ShownRow(
            step.number,
            step.name,
            step.email,
            role_name(step.role),
            step.outcome,
            str(OUTCOMES[step.outcome]),
            [advice(fault) for fault in step.faults] or what_happens(step),
        )
        for step in steps
    ]


def counts_of(counts: dict[str, int]) -> list[dict[str, Any]]:
    """How many rows become what, in the order of the screen; nothing wrong is not said."""
    return [
        {"outcome": outcome.value, "label": label, "count": counts.get(outcome.value, 0)}
        for outcome, label in OUTCOMES.items()
        if counts.get(outcome.value) or outcome != Outcome.WRONG
    ]


@watched
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest, place: Municipality) -> HttpResponse:
    """Choose a file; and the imports that there were."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = FileForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                run = plans.hand_in(
                    file.read(), by=viewer_of(request), place=place, filename=file.name
                )
            except UnreadableError as error:
                form.add_error("file", why_unreadable(error))
            else:
                return redirect(run)
    runs = ImportRun.objects.of(place).select_related(
        "municipality", "created_by", "applied_by", "job"
    )
    page = Paginator(runs, RUNS_PER_PAGE).get_page(request.GET.get("p"))
    return render(
        request,
        "learning/imports.html",
        {
            "municipality": place,
            "form": form,
            "page_obj": page,
            "runs": [(each, counts_of(each.counts)) for each in page],
            "query": "",
        },
        status=422 if form.errors else 200,
    )


def run_of(place: Municipality, run_id: int) -> ImportRun:
    runs = ImportRun.objects.of(place).select_related(
        "municipality", "created_by", "applied_by", "job__municipality"
    )
    return get_object_or_404(runs, pk=run_id)


@watched
@require_safe
def run(request: HttpRequest, place: Municipality, run_id: int) -> HttpResponse:
    """What a file would change, or what it has changed."""
    found = run_of(place, run_id)
    if found.is_at_work and found.job is not None:
        return redirect(found.job)
    access_log.record(viewer_of(request), place, access_log.What.IMPORT)
    if found.is_decided:
        return result(request, place, found)
    return check(request, place, found)


def check(
    request: HttpRequest, place: Municipality, found: ImportRun, form: DecisionForm | None = None
) -> HttpResponse:
    """The dry run: counts, what is wrong, and then the rest, a page at a time."""
    try:
        people = plans.people_in(found)
    except FileNotFoundError:
        return file_gone(request, place, found)
    plan = plans.plan_for(found, viewer_of(request), people=people)
    context = {
        **check_context(request, found, people, plan),
        "municipality": place,
        "decision": form or DecisionForm(),
        "seen": plans.digest(plan),
    }
    return render(
        request, "learning/import_check.html", context, status=422 if form is not None else 200
    )


def check_context(
    request: HttpRequest, found: ImportRun, people: PeopleFile, plan: Plan
) -> dict[str, Any]:
    counts = {outcome.value: count for outcome, count in plan.counts().items()}
    kind = request.GET.get("kind", "")
    kind = kind if counts.get(kind) else ""
    wanted = {kind} if kind else set(Outcome) - {Outcome.WRONG}
    page = Paginator([step for step in plan.steps if step.outcome in wanted], PER_PAGE).get_page(
        request.GET.get("p")
    )
    wrong = plan.of(Outcome.WRONG)
    return {
        "run": found,
        "counts": counts_of(counts),
        "wrong_count": len(wrong),
        "wrong": [] if kind == Outcome.WRONG else shown(wrong[:MOST_WRONG]),
        "more_wrong": max(len(wrong) - MOST_WRONG, 0),
        "kind": kind,
        "kind_label": OUTCOMES[Outcome(kind)] if kind else "",
        "query": f"kind={kind}&" if kind else "",
        "page_obj": page,
        "rows": shown(page),
        "absent": AbsentForm(initial={"end_absent": found.end_absent}),
        "absent_unsure": plan.absent_unsure,
        "ignored": people.ignored_columns,
        "changes_something": any(step.changes or step.new_name for step in plan.steps),
    }


def file_gone(request: HttpRequest, place: Municipality, found: ImportRun) -> HttpResponse:
    plans.drop(found)
    messages.error(request, _("The file is gone. Nothing was imported. Choose the file again."))
    return redirect("imports", place.slug)


@watched
@require_POST
def absent(request: HttpRequest, place: Municipality, run_id: int) -> HttpResponse:
    """Choose whether who is not in the file ends; what that does is seen at once."""
    found = run_of(place, run_id)
    form = AbsentForm(request.POST)
    if form.is_valid() and not (found.is_decided or found.is_at_work):
        ImportRun.objects.filter(pk=found.pk, status=ImportRun.Status.CHECKED).update(
            end_absent=form.cleaned_data["end_absent"]
        )
    return redirect(found)


@watched
@require_POST
def decide(request: HttpRequest, place: Municipality, run_id: int) -> HttpResponse:
    """Carry it out, if it still does what was on screen."""
    found = run_of(place, run_id)
    if found.is_decided or found.is_at_work:
        return redirect(found)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return check(request, place, found, form)
    try:
        job = applying.decide(
            found,
            by=viewer_of(request),
            seen=request.POST.get("seen", ""),
            only_good=form.cleaned_data["rows"] == GOOD,
        )
    except applying.WrongRowsError:
        form.add_error(
            "rows",
            _(
                "There are wrong rows in the file. Correct them and choose the file again, or "
                "import only the good rows."
            ),
        )
        return check(request, place, found, form)
    except applying.PlanChangedError:
        messages.warning(
            request,
            _(
                "People have changed since you looked, so that this file would now do something "
                "else. Nothing was imported. Look again at what it would do."
            ),
        )
        return redirect(found)
    except FileNotFoundError:
        return file_gone(request, place, found)
    return redirect(job or found)


@watched
@require_POST
def drop(request: HttpRequest, place: Municipality, run_id: int) -> HttpResponse:
    """Do not import this file after all."""
    found = run_of(place, run_id)
    if found.is_decided or found.is_at_work:
        return redirect(found)
    plans.drop(found)
    messages.success(request, _("Nothing was imported, and your file has been deleted."))
    return redirect("imports", place.slug)


def result(request: HttpRequest, place: Municipality, found: ImportRun) -> HttpResponse:
    """What was done, and what was left alone when it was undone."""
    here = Membership.objects.visible_to(viewer_of(request)).filter(
        municipality__in=place.counted_ids(today())
    )
    left = found.changes.filter(left_alone=True).select_related("person")
    return render(
        request,
        "learning/import_result.html",
        {
            "municipality": place,
            "run": found,
            "counts": counts_of(found.counts),
            "left": left.filter(person__in=here.values("person")),
            "left_count": found.counts.get("left_alone", 0),
            "can_be_undone": found.can_be_undone(),
        },
    )


@watched
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, place: Municipality, run_id: int) -> HttpResponse:
    """Ask first, then undo."""
    found = run_of(place, run_id)
    if found.is_at_work and found.job is not None:
        return redirect(found.job)
    if not found.can_be_undone():
        if found.status != ImportRun.Status.UNDONE:
            messages.warning(
                request,
                _("This import can no longer be undone. Only the last one can, for 14 days."),
            )
        return redirect(found)
    if request.method == "POST":
        return redirect(undoing.ask_undo(found, by=viewer_of(request)) or found)
    return render(
        request,
        "learning/import_undo.html",
        {"municipality": place, "run": found, "counts": counts_of(found.counts)},
    )


@watched
@require_safe
def template_xlsx(request: HttpRequest, place: Municipality) -> HttpResponseBase:
    file = BytesIO()
    write_template(file)
    file.seek(0)
    name = _("people-template")
    return FileResponse(
        file, as_attachment=True, filename=f"{name}.xlsx", content_type=xlsx.CONTENT_TYPE
    )


@watched
@require_safe
def template_csv(request: HttpRequest, place: Municipality) -> HttpResponseBase:
    name = _("people-template")
    return FileResponse(
        BytesIO(csv_template()),
        as_attachment=True,
        filename=f"{name}.csv",
        content_type=csv_file.CONTENT_TYPE,
    )
