"""What was done at a municipality, and who looked at its people (`…/logboek/`)."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from learning import access_log
from learning.audit_words import told
from learning.exports.csv_file import as_csv
from learning.exports.names import file_name, handed_over
from learning.log_form import LogForm
from learning.models import Municipality
from learning.models.people import today
from learning.views.monitoring import viewer_of
from learning.views.places import watched

PER_PAGE = 50
# A year of a busy municipality fits; a file that has more can be made per period.
MOST_IN_FILE = 50_000


def form_for(request: HttpRequest, place: Municipality) -> LogForm:
    actors = access_log.of(place).order_by().values("actor_key").distinct()
    people = User.objects.filter(audit_key__in=actors).order_by("name", "pk")
    return LogForm(request.GET, kinds=access_log.OF_A_MUNICIPALITY, people=people)


@watched
@require_safe
def log(request: HttpRequest, place: Municipality) -> HttpResponse:
    """A year of who looked at people's data, took it away, or changed what is set."""
    form = form_for(request, place)
    chosen = form.narrow(access_log.of(place)).newest_first()
    page = Paginator(chosen, PER_PAGE).get_page(request.GET.get("p"))
    lines = access_log.named(page, viewer_of(request), may_name=access_log.people_of(place))
    context = {
        "municipality": place,
        "form": form,
        "page_obj": page,
        "lines": list(zip(lines, told(line.event for line in lines), strict=True)),
        "chosen": form.query,
        "query": f"{form.query}&" if form.query else "",
    }
    return render(request, "learning/access_log.html", context)


@watched
@require_safe
def log_file(request: HttpRequest, place: Municipality) -> HttpResponse:
    """The same lines as a file, which is a line in the log itself."""
    form = form_for(request, place)
    viewer = viewer_of(request)
    chosen = form.narrow(access_log.of(place)).newest_first()[:MOST_IN_FILE]
    lines = access_log.named(chosen, viewer, may_name=access_log.people_of(place))
    rows = [
        (f"{timezone.localtime(line.at):%d-%m-%Y %H:%M}", line.who, what, line.whom)
        for line, what in zip(lines, told(line.event for line in lines), strict=True)
    ]
    content = as_csv([_("When"), _("Who"), _("What"), _("About whom")], rows)
    access_log.record(viewer, place, access_log.What.LOG_FILE)
    return handed_over(content, file_name(place.slug, _("access log"), today(), "csv"))
