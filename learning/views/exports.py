"""`/gemeente/<slug>/export/`, and the files that leave from there and from `/landelijk/`."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Final

import structlog
import typst
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import audit
from accounts.models import AuditEvent
from learning import access_log, monitoring
from learning.exports import background
from learning.exports.council_report import council_report
from learning.exports.council_source import source_of
from learning.exports.figures import figures_file
from learning.exports.forms import PeopleFileForm
from learning.exports.names import file_name, handed_over
from learning.exports.nation import NationPage, nation_file
from learning.exports.people import NotWholeError, long_csv, people_file
from learning.exports.report import as_pdf
from learning.figures import active_requirements, bring_up_to_date
from learning.forms import NationForm
from learning.models import Municipality
from learning.models.people import today
from learning.nation import places_today
from learning.overview import at_a_glance
from learning.views.monitoring import viewer_of
from learning.views.nation import figures_context
from learning.views.places import watched

# So many people are a matter of a second; more are made in the background.
MOST_AT_ONCE: Final = 500

log = structlog.stdlib.get_logger("house.exports")
View = Callable[..., HttpResponseBase]


def whole_or_error(view: View) -> View:
    """A file that could not be made whole becomes a page that says so, never half a file."""

    @wraps(view)
    def inner(request: HttpRequest, place: Municipality, **kwargs: str) -> HttpResponseBase:
        try:
            return view(request, place, **kwargs)
        except (NotWholeError, typst.TypstError, OSError) as error:
            # The words of the error may hold what people typed.
            log.warning("file not made", error=type(error).__name__)
            form = PeopleFileForm(active_requirements(place), initial=request.GET.dict())
            return show(request, place, form, status=HTTPStatus.SERVICE_UNAVAILABLE)

    return inner


def show(
    request: HttpRequest, place: Municipality, form: PeopleFileForm, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    """The page to choose from."""
    context = {"municipality": place, "form": form, "failed": status >= HTTPStatus.BAD_GATEWAY}
    return render(request, "learning/export.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@watched
@whole_or_error
def export(request: HttpRequest, place: Municipality) -> HttpResponseBase:
    """What one can take away. POST makes a file of people, at once or in the background."""
    requirements = active_requirements(place)
    if request.method != "POST":
        # What the address says wrongly is left out.
        chosen = {name: request.GET.get(name, "") for name in ("requirement", "role", "status")}
        return show(request, place, PeopleFileForm(requirements, initial=chosen))
    form = PeopleFileForm(requirements, request.POST)
    if not form.is_valid():
        return show(request, place, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    viewer = viewer_of(request)
    people = form.people(place, monitoring.members_for(viewer, place))
    kind = form.cleaned_data["file"]
    if people.count() > MOST_AT_ONCE:
        return redirect(background.start(viewer, place, form.cleaned_data))
    file = people_file(people, kind)
    access_log.record(viewer, place, access_log.What.EXPORT)
    return handed_over(file, file_name(place.slug, _("people"), people.day, kind))


@require_safe
@watched
@whole_or_error
def people_csv(request: HttpRequest, place: Municipality) -> HttpResponse:
    """Everybody with each requirement, a row each; or what the address of the list selects."""
    viewer = viewer_of(request)
    data = request.GET.dict() | {"file": "csv"}
    form = PeopleFileForm(active_requirements(place), data)
    form.is_valid()  # whatever the address says wrongly is left out
    for name in ("requirement", "role", "status"):
        form.cleaned_data.setdefault(name, "")
    people = form.people(place, monitoring.members_for(viewer, place))
    file = long_csv(people)
    access_log.record(viewer, place, access_log.What.EXPORT)
    return handed_over(file, file_name(place.slug, _("people"), people.day, "csv"))


@require_safe
@watched
@whole_or_error
def figures(request: HttpRequest, place: Municipality, kind: str) -> HttpResponse:
    """Counts per requirement and role. They hold no people, so the access log says nothing."""
    found = monitoring.requirement_figures(place, active_requirements(place))
    file = figures_file(place, at_a_glance(place, found), kind)
    return handed_over(file, file_name(place.slug, _("figures"), today(), kind))


@require_safe
@watched
@whole_or_error
def report(request: HttpRequest, place: Municipality) -> HttpResponse:
    """The report to the council."""
    found = monitoring.requirement_figures(place, active_requirements(place))
    pdf = as_pdf(council_report(source_of(place, found)))
    return handed_over(pdf, file_name(place.slug, _("report"), today(), "pdf"))


@never_cache
@login_required
@require_safe
def nation(request: HttpRequest, kind: str) -> HttpResponse:
    """What `/landelijk/` shows at the same choices, as a file."""
    monitoring.deny_unless_national(viewer_of(request))
    requirements = active_requirements()
    if not requirements:
        raise Http404
    form = NationForm(requirements, request.GET)
    bring_up_to_date(places_today(), [form.requirement])
    shown = figures_context(form)
    page = NationPage(
        requirement=form.requirement,
        chosen=shown["scope"],
        total=shown["total"],
        breakdowns=[
            (part["first"], [(name, total) for name, _query, total in part["rows"]])
            for part in shown["breakdowns"]
        ],
        rows=shown["rows"],
    )
    try:
        file = nation_file(page, kind)
    except NotWholeError as error:
        log.warning("file not made", error=type(error).__name__)
        return render(request, "learning/export_failed.html", status=HTTPStatus.SERVICE_UNAVAILABLE)
    audit.record(AuditEvent.What.FIGURES, by=viewer_of(request))
    return handed_over(file, file_name(_("nation"), _("figures"), today(), kind))
