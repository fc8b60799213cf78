"""`/gemeente/<slug>/`, for a municipality's monitor."""

from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from home.publication import Kept
from learning import access_log, monitoring, overview
from learning.figures import active_requirements
from learning.forms import NameForm, PeopleForm, RequirementFilterForm
from learning.models import Municipality
from learning.models.people import today
from learning.models.places import municipality_at
from learning.people_list import SORTS, PeopleList, Person, Selection
from learning.people_rows import rows_html
from learning.roles import Role
from learning.rules.due import Standing

PER_PAGE = 25
MOST_HITS = 100
# Pieces of pages that hold no more than counts and choices.
DRAWN = Kept[str](most=2000)


def viewer_of(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  login_required saw to it
    return request.user


def successor_of(request: HttpRequest, place: Municipality) -> Municipality | None:
    """Who counts the people of a municipality that has merged, for whoever watches that one."""
    while place.successor is not None and place.has_merged(today()):
        place = place.successor
        monitoring.members_for(viewer_of(request), place)
        if not place.has_merged(today()):
            return place
    return None


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def municipality(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Modules and people of a municipality.

    POST looks for a name, which so stays out of the address.
    """
    place = municipality_at(slug)
    successor = successor_of(request, place)
    if successor is not None:
        return redirect(successor)
    members = monitoring.members_for(viewer_of(request), place)
    requirements = active_requirements(place)
    if not requirements:
        return render(request, "learning/municipality.html", {"municipality": place})
    form = PeopleForm(requirements, request.GET)
    figures = monitoring.requirement_figures(place, requirements)
    chosen = next(each for each in figures if each.requirement == form.requirement)
    name_form = NameForm(request.POST or None)
    name = name_form.cleaned_data["name"] if name_form.is_bound and name_form.is_valid() else ""
    what = access_log.What.SEARCH if name else access_log.What.PEOPLE
    access_log.record(viewer_of(request), place, what)
    selection = form.selection(name=name)
    people = PeopleList(
        members,
        form.requirement,
        selection,
        count=known_count(chosen, selection),
        kept_as=place.pk,
        parts=place.counted_ids(today()),
        anybody_waived=chosen.total.waived > 0,
    )
    paginator: Paginator[Person] = Paginator(cast("Any", people), MOST_HITS if name else PER_PAGE)
    page = paginator.get_page(None if name else request.GET.get("p"))
    context = {
        "municipality": place,
        "figures": figures_html(figures),
        "filter": filter_html(form, anchor="mensen"),
        "chosen": chosen,
        "council": council_html(chosen, place.council_seats),
        **overview_html(place, figures, chosen),
        "name_field": name_field_html(name_form),
        "name": name,
        "page_obj": page,
        "rows": rows_html(page, place.get_absolute_url()),
        "columns": columns(form, selection.sort),
        "query": form.query(),
        "most_hits": MOST_HITS,
    }
    return render(request, "learning/municipality.html", context)


def overview_html(
    place: Municipality,
    figures: list[monitoring.RequirementFigures],
    chosen: monitoring.RequirementFigures,
) -> dict[str, str]:
    """At a glance, over time, and in a sentence: drawn again when a number in them changes."""
    glances = overview.at_a_glance(place, figures)
    this = next(each for each in glances if each.figures is chosen)
    numbers = tuple(
        (
            *(
                each.requirement.pk,
                each.requirement.subject_title,
                each.requirement.municipality_id,
            ),
            *(each.figures.total, each.change, each.compared),
        )
        for each in glances
    )
    line = overview.trend_of(place, chosen.requirement)
    return {
        "glance": DRAWN.get(
            (get_language(), "glance", numbers),
            lambda: render_to_string("learning/glance.html", {"glances": glances}),
        ),
        "trend": DRAWN.get(
            (get_language(), "trend", chosen.requirement.pk, place.pk, line),
            lambda: render_to_string(
                "learning/trend.html", {"trend": line, "requirement": chosen.requirement}
            ),
        ),
        "sentence": overview.in_a_sentence(this, place),
    }


def figures_html(figures: list[monitoring.RequirementFigures]) -> str:
    """The bars and tables of all requirements, which change only when a number in them does."""
    numbers = tuple(
        (each.requirement.pk, each.requirement.subject_title, each.total, *each.by_role.items())
        for each in figures
    )
    return DRAWN.get(
        (get_language(), numbers),
        lambda: render_to_string("learning/requirement_figures.html", {"figures": figures}),
    )


def council_html(figures: monitoring.RequirementFigures, seats: int) -> str:
    """The council as a half circle with a word beside it."""
    tally = figures.of_role(Role.COUNCIL_MEMBER)
    return DRAWN.get(
        (get_language(), "council", figures.requirement.pk, tally, seats),
        lambda: render_to_string(
            "learning/council.html",
            {
                "chamber": monitoring.council(tally, seats),
                "requirement": figures.requirement,
                "tally": tally,
                "seats": seats,
            },
        ),
    )


def name_field_html(form: NameForm) -> str:
    """The field to look for a name; only an empty one is the same for everybody."""

    def draw() -> str:
        return render_to_string("components/form.html", {"form": form})

    return draw() if form.is_bound else DRAWN.get((get_language(), "name"), draw)


def filter_html(form: RequirementFilterForm, *, anchor: str) -> str:
    """The form above a table, which follows from what was chosen in it."""
    return DRAWN.get(
        (get_language(), anchor, form.query()),
        lambda: render_to_string("learning/filter.html", {"form": form, "anchor": anchor}),
    )


def known_count(figures: monitoring.RequirementFigures, selection: Selection) -> int | None:
    """How many people are selected, where the figures say so already."""
    if selection.name:
        return None
    tally = figures.of_role(selection.role)
    if selection.status:
        # In one role somebody may be too late, and in another not yet.
        return None if selection.role else tally.of(Standing(selection.status))
    return tally.members + tally.waived


def columns(form: PeopleForm, sort: str) -> list[dict[str, Any]]:
    """The headings of the table of people: what sorts by them, and which does now."""
    labels = {
        "name": _("Name"),
        "role": _("Role"),
        "status": _("Status"),
        "due": _("Due by"),
        "begun": _("Begun on"),
        "finished": _("Finished on"),
    }
    return [
        {
            "label": labels[by],
            "query": form.query(sort=f"-{by}" if sort == by else by),
            "direction": {by: "ascending", f"-{by}": "descending"}.get(sort, ""),
        }
        for by in SORTS
    ]
