"""`/landelijk/`, for the nation's monitor: counts only, and none of small groups."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from home.charts import trend
from home.publication import Kept
from home.tilemap import STEPS, Tile, TileMap, step_of, tile_map
from learning import monitoring, nation
from learning.figures import active_requirements, bring_up_to_date
from learning.first_tries import hardest_first
from learning.forms import NationForm
from learning.labels import SIZE_LABELS
from learning.models import Municipality
from learning.models.people import today
from learning.nation import NationFigures, NationRow, Total
from learning.rules.disclosure import SMALLEST_GROUP, Place
from learning.views.monitoring import filter_html, viewer_of

# What is drawn from figures, per place on the page: some 300 kB together, so not too many.
PARTS = ("figures", "trend", "table")
DRAWN = Kept[dict[str, str]](most=60)
SORT_LABELS = {
    "name": gettext_lazy("Municipality"),
    "province": gettext_lazy("Province"),
    "members": gettext_lazy("People"),
    "percentage": gettext_lazy("Share finished"),
}


@never_cache
@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The nation's figures for one requirement."""
    monitoring.deny_unless_national(viewer_of(request))
    requirements = active_requirements()
    if not requirements:
        return render(request, "learning/nation.html", {"set_up": nation.set_up()})
    form = NationForm(requirements, request.GET)
    bring_up_to_date(nation.places_today(), [form.requirement])
    context = {
        "filter": filter_html(form, anchor="totaal"),
        "requirement": form.requirement,
        "drawn": drawn(form),
        "first_tries": hardest_first(),
        "set_up": nation.set_up(),
        "smallest": SMALLEST_GROUP,
    }
    return render(request, "learning/nation.html", context)


def drawn(form: NationForm) -> dict[str, str]:
    """Totals, map, trend and tables: drawn anew only when what they are drawn from has changed."""
    snapshots = nation.snapshots_of(form.requirement, form.value("role"))
    drawn_from = (
        today(),
        form.requirement.subject_title,
        nation.figures_kept(form.requirement),
        nation.fingerprint(snapshots),
    )

    def draw() -> dict[str, str]:
        context = figures_context(form)
        return {part: render_to_string(f"learning/nation_{part}.html", context) for part in PARTS}

    return DRAWN.get((get_language(), form.query(), drawn_from), draw)


def figures_context(form: NationForm) -> dict[str, Any]:
    """Everything that follows from a requirement's figures and the choices in the form."""
    figures = nation.nation_figures(form.requirement)
    role, scope = form.value("role"), form.scope
    total = figures.total(role, scope)
    rows = [
        NationRow(municipality, figures.of(municipality, role))
        for municipality in figures.municipalities
    ]
    here = [row for row in rows if nation.place_of(row.municipality).lies_in(scope)]
    here_with_people = [row for row in here if row.tally is None or row.tally.members]
    by, descending = form.sort.strip("-"), form.sort.startswith("-")
    in_order, behind = nation.shares(form.requirement, role, figures.total(role).tally)
    return {
        "form": form,
        "requirement": form.requirement,
        "scope": scope_label(form),
        "total": total,
        "breakdowns": breakdowns(figures, form),
        "map": map_of(rows, scope),
        "legend": legend(),
        "only_small": total.tally.members > 0 and not any(row.tally for row in here_with_people),
        "trend": trend([(_("Finished"), in_order), (_("Overdue or lapsed"), behind)]),
        "elections": nation.ELECTIONS,
        "rows": nation.sort_rows(here, by, descending=descending),
        "columns": columns(form),
    }


def scope_label(form: NationForm) -> str:
    """What was chosen, in words: whose figures these are."""
    chosen = [
        str(dict(form.fields[name].choices)[form.value(name)])  # type: ignore[attr-defined]
        for name in ("role", "province", "size")
        if form.value(name)
    ]
    return ", ".join(chosen).capitalize() or _("The whole country")


def breakdowns(figures: NationFigures, form: NationForm) -> list[dict[str, Any]]:
    """The total once more by role, by province and by size, within what was chosen."""
    role, scope = form.value("role"), form.scope
    by_role: list[tuple[str, str, Total]] = [
        (str(each.label).capitalize(), form.query(role=each.value), figures.total(each, scope))
        for each in figures.roles
        if role in ("", each.value)
    ]
    by_province: list[tuple[str, str, Total]] = [
        (
            each.value,
            form.query(province=each.value),
            figures.total(role, Place(each.value, scope.size)),
        )
        for each in Municipality.Province
        if scope.province in ("", each.value)
    ]
    by_size: list[tuple[str, str, Total]] = [
        (
            str(label),
            form.query(size=size.value),
            figures.total(role, Place(scope.province, size.value)),
        )
        for size, label in SIZE_LABELS.items()
        if scope.size in ("", size.value)
    ]
    named = (
        ("omvang", _("Per size"), _("Size"), by_size),
        ("rollen", _("Per role"), _("Role"), by_role),
        ("provincies", _("Per province"), _("Province"), by_province),
    )
    return [dict(zip(("name", "title", "first", "rows"), each, strict=True)) for each in named]


def map_of(rows: list[NationRow], scope: Place) -> TileMap:
    """A tile per municipality, coloured by the share that is in order."""
    return tile_map(
        tile(row, in_scope=nation.place_of(row.municipality).lies_in(scope)) for row in rows
    )


def tile(row: NationRow, *, in_scope: bool) -> Tile:
    place = row.municipality
    if not in_scope:
        look, label = "outside", ""
    elif row.tally is None:
        look, label = "small", _("%(name)s: too small to show") % {"name": place.display_name}
    elif not row.tally.members:
        look, label = "nobody", _("%(name)s: nobody yet") % {"name": place.display_name}
    else:
        look = str(step_of(row.tally.percentage))
        label = _("%(name)s: %(share)d%%, %(done)d of %(all)d") % {
            "name": place.display_name,
            "share": row.tally.percentage,
            "done": row.tally.fulfilled,
            "all": row.tally.members,
        }
    anchor = place.code if in_scope else ""
    return Tile(place.tile_col, place.tile_row, place.province, look, label, anchor)


def legend() -> list[tuple[str, str]]:
    """What the looks of tiles mean."""
    width = 100 // STEPS
    steps = [
        (str(step), f"{(step - 1) * width}–{step * width - (step < STEPS)}%")
        for step in range(1, STEPS + 1)
    ]
    return [*steps, ("small", _("Too small to show")), ("nobody", _("Nobody yet"))]


def columns(form: NationForm) -> list[dict[str, Any]]:
    """The headings of the nation's table that one can sort by."""
    return [
        {
            "label": label,
            "number": by in ("members", "percentage"),
            "query": form.query(sort=f"-{by}" if form.sort == by else by),
            "direction": {by: "ascending", f"-{by}": "descending"}.get(form.sort, ""),
        }
        for by, label in SORT_LABELS.items()
    ]
