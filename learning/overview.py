"""A municipality's page at a glance: beside last month, beside others of its size, over time.

What concerns others (the median of a size class, the nation) holds only municipalities that are
large enough to show, names none, and is of the last count of each: at the latest this night's.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.charts import Trend, trend
from home.publication import Kept
from learning.figures import ALL_ROLES
from learning.models import Figure, Municipality, Requirement, Snapshot
from learning.models.people import today
from learning.models.requirements import REQUIREMENTS
from learning.monitoring import RequirementFigures
from learning.roles import Role
from learning.rules.disclosure import SMALLEST_GROUP
from learning.rules.sizes import SizeClass, size_class

MONTH: Final = timedelta(days=30)
# A picture of about a month ago: the nearest before it within so many days.
SLACK: Final = timedelta(days=10)
# The council elections of 2026: from there the trend runs.
ELECTIONS: Final = date(2026, 3, 18)
# A line over time has a point a week: more say nothing more.
WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Compared:
    """Rates of others for a requirement, in whole percents. None where too few could be shown."""

    peers: int | None = None
    nation: int | None = None


@dataclass(frozen=True, slots=True)
class Glance:
    """A requirement in one line: where it stands, where it stood, where others stand."""

    figures: RequirementFigures
    last_month: int | None
    compared: Compared

    @property
    def requirement(self) -> Requirement:
        return self.figures.requirement

    @property
    def change(self) -> int | None:
        """Percentage points since about a month ago."""
        if self.last_month is None or not self.figures.total.members:
            return None
        return self.figures.total.percentage - self.last_month

    @property
    def drop(self) -> int:
        """How far it fell, without its sign."""
        return abs(self.change or 0)


COMPARED: Final = Kept[dict[int, dict[str, Compared]]](REQUIREMENTS, most=50)
LAST_MONTH: Final = Kept[dict[int, int]](REQUIREMENTS, most=1000)
TRENDS: Final = Kept[Trend | None](REQUIREMENTS, most=1000)


def rate(fulfilled: int, members: int) -> int:
    """Whole percents, rounded down as everywhere."""
    return 100 * fulfilled // members if members else 0


def comparisons(requirements: Sequence[Requirement]) -> dict[int, dict[str, Compared]]:
    """Per national requirement and size class what others reached; worked out once a day."""
    national = tuple(each.pk for each in requirements if each.municipality_id is None)
    return COMPARED.get((today(), national), lambda: ask_comparisons(national))


def ask_comparisons(requirement_ids: Sequence[int]) -> dict[int, dict[str, Compared]]:
    rows = Figure.objects.filter(
        requirement__in=requirement_ids, role=ALL_ROLES, members__gte=SMALLEST_GROUP
    ).values_list(
        "requirement", "municipality__inhabitants", "members", "completed", "renewal_open"
    )
    rates: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    totals: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for requirement, inhabitants, members, completed, renewal_open in rows:
        fulfilled = completed + renewal_open
        rates[requirement][size_class(inhabitants).value].append(rate(fulfilled, members))
        total = totals[requirement]
        total[0] += fulfilled
        total[1] += members
        total[2] += 1
    return {
        requirement: {
            size.value: Compared(
                peers=middle(rates[requirement][size.value]),
                nation=rate(fulfilled, members) if places >= SMALLEST_GROUP else None,
            )
            for size in SizeClass
        }
        for requirement, (fulfilled, members, places) in totals.items()
    }


def middle(rates: Sequence[int]) -> int | None:
    """The median of at least five: of fewer it would speak of one of them."""
    return int(median(rates)) if len(rates) >= SMALLEST_GROUP else None


def rates_last_month(municipality: Municipality) -> dict[int, int]:
    """Per requirement the rate of about a month ago, where it was kept."""
    day = today() - MONTH
    return LAST_MONTH.get((municipality.pk, day), lambda: ask_rates(municipality, day))


def ask_rates(municipality: Municipality, day: date) -> dict[int, int]:
    rows = Snapshot.objects.filter(
        municipality=municipality, day__lte=day, day__gte=day - SLACK, members__gt=0
    ).order_by("day")
    return {
        snapshot.requirement_id: rate(snapshot.completed + snapshot.renewal_open, snapshot.members)
        for snapshot in rows
    }


def at_a_glance(municipality: Municipality, figures: Sequence[RequirementFigures]) -> list[Glance]:
    """Every requirement in a line."""
    compared = comparisons([each.requirement for each in figures])
    earlier = rates_last_month(municipality)
    size = size_class(municipality.inhabitants).value
    return [
        Glance(
            each,
            earlier.get(each.requirement.pk),
            compared.get(each.requirement.pk, {}).get(size, Compared()),
        )
        for each in figures
    ]


def trend_of(municipality: Municipality, requirement: Requirement) -> Trend | None:
    """The municipality's rate week by week, and the nation's beside it; None before the first."""
    key = (municipality.pk, requirement.pk, today(), municipality.display_name)
    return TRENDS.get(key, lambda: ask_trend(municipality, requirement))


def ask_trend(municipality: Municipality, requirement: Requirement) -> Trend | None:
    rows = (
        Snapshot.objects.filter(requirement=requirement, role=ALL_ROLES, day__gte=ELECTIONS)
        .filter(members__gt=0)
        .order_by("day")
    )
    own: dict[date, int | None] = {}
    nation: dict[date, int | None] = {}
    for place, lines in ((municipality, own), (None, nation)):
        points = rows.filter(municipality=place).values_list(
            "day", "completed", "renewal_open", "members"
        )
        for day, completed, renewal_open, members in points:
            lines[day] = rate(completed + renewal_open, members)
    names = (municipality.display_name, str(_("The whole country")))
    return trend(zip(names, (weekly(own), weekly(nation)), strict=True))


def weekly(points: dict[date, int | None]) -> dict[date, int | None]:
    """A point for each week, and the last one."""
    if not points:
        return {}
    last = max(points)
    return {
        day: value for day, value in points.items() if (last - day).days % WEEK == 0 or day == last
    }


def in_a_sentence(glance: Glance, municipality: Municipality) -> str:
    """What one can paste into a report to the council: one requirement, complete in itself."""
    total = glance.figures.total
    sentences = [
        ngettext(
            "On %(day)s, %(done)s of the %(all)s person in %(place)s who must do “%(module)s” "
            "had finished it (%(share)s%%).",
            "On %(day)s, %(done)s of the %(all)s people in %(place)s who must do “%(module)s” "
            "had finished it (%(share)s%%).",
            total.members,
        )
        % {
            "day": date_format(today(), "j F Y"),
            "done": total.fulfilled,
            "all": total.members,
            "place": municipality.display_name,
            "module": glance.requirement.subject_title,
            "share": total.percentage,
        }
    ]
    sentences += change(glance)
    council = glance.figures.by_role.get(Role.COUNCIL_MEMBER)
    # It is meant for others than who may see names.
    if council is not None and council.members >= SMALLEST_GROUP:
        sentences.append(
            _("Of the council members that is %(share)s%%.") % {"share": council.percentage}
        )
    return " ".join([*sentences, *behind(glance), *comparison(glance)])


def change(glance: Glance) -> list[str]:
    """What has become of it since last month."""
    if not glance.change:
        return []
    text = (
        ngettext(
            "That is %(points)s percentage point more than a month ago.",
            "That is %(points)s percentage points more than a month ago.",
            glance.change,
        )
        if glance.change > 0
        else ngettext(
            "That is %(points)s percentage point less than a month ago.",
            "That is %(points)s percentage points less than a month ago.",
            -glance.change,
        )
    )
    return [text % {"points": abs(glance.change)}]


def behind(glance: Glance) -> list[str]:
    """Who should have been in order by now."""
    late = glance.figures.total.behind
    if not late:
        return []
    text = ngettext(
        "%(late)s person is too late or has a completion that lapsed.",
        "%(late)s people are too late or have a completion that lapsed.",
        late,
    )
    return [text % {"late": late}]


def comparison(glance: Glance) -> list[str]:
    """Where others stand, without their names."""
    peers, nation = glance.compared.peers, glance.compared.nation
    found = []
    if peers is not None:
        found.append(
            _("In the middle one of municipalities of this size it is %(share)s%%.")
            % {"share": peers}
        )
    if nation is not None:
        found.append(_("In the whole country it is %(share)s%%.") % {"share": nation})
    return found
