"""The report to the council: what a municipality's figures say, in words, pictures and tables.

It goes to people who may not see names. So a group of fewer than five is left out, with what it
could be worked out from (rules/disclosure.py), although the monitor who asks for it sees it.
"""

from typing import Final

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from learning import monitoring
from learning.exports.council_source import Source, visible_roles
from learning.exports.report import Bar, Council, Part, Report, Section, TextTable, Trend
from learning.labels import SIZE_LABELS
from learning.models import Requirement
from learning.monitoring import Tally
from learning.overview import Compared
from learning.roles import Role
from learning.rules.disclosure import SMALLEST_GROUP
from learning.rules.due import Standing
from learning.rules.sizes import size_class

MONTHS_IN_TABLE: Final = 6


def count(number: int) -> str:
    return number_format(number, use_l10n=True, force_grouping=True)


def of(tally: Tally) -> str:
    return _("%(done)s of %(all)s") % {
        "done": count(tally.fulfilled),
        "all": count(tally.members),
    }


def council_report(source: Source) -> Report:
    """The whole report, in the language that is active."""
    place = source.municipality
    sections = [
        council_section(source),
        requirements_section(source),
        roles_section(source),
        comparison_section(source),
        trend_section(source),
        method_section(source),
    ]
    return Report(
        title=_("How far %(place)s is") % {"place": place.display_name},
        kicker=_("Report to the council"),
        author=_("Municipality of %(place)s") % {"place": place.display_name},
        day=source.day,
        lead=lead(source),
        sections=[section for section in sections if section is not None],
    )


def lead(source: Source) -> list[str]:
    """What one would say in a sentence: to paste into a letter."""
    total = sum((each.total for each in source.large), Tally())
    if not total.members:
        return [_("Nothing is required of five people or more, so there are no figures to show.")]
    words = {
        "day": date_format(source.day, "j F Y"),
        "place": source.municipality.display_name,
        "share": total.percentage,
        "done": count(total.fulfilled),
        "all": count(total.members),
    }
    said = [
        _(
            "On %(day)s, %(share)s%% of what is required in %(place)s was finished: "
            "%(done)s of %(all)s times."
        )
        % words
    ]
    if total.behind:
        late = ngettext(
            "%(count)s time somebody is too late or a completion has lapsed.",
            "%(count)s times somebody is too late or a completion has lapsed.",
            total.behind,
        )
        said.append(late % {"count": count(total.behind)})
    if total.lapsing:
        soon = ngettext(
            "%(count)s completion lapses within 60 days.",
            "%(count)s completions lapse within 60 days.",
            total.lapsing,
        )
        said.append(soon % {"count": count(total.lapsing)})
    return said


def parts_of(tally: Tally) -> list[Part]:
    """The pieces of a bar, as on screen."""
    return [
        Part(Standing.COMPLETED.value, _("finished"), tally.fulfilled),
        Part(Standing.UNDER_WAY.value, _("under way"), tally.under_way),
        Part(Standing.TO_DO.value, _("to do"), tally.to_do),
        Part(Standing.OVERDUE.value, _("overdue or lapsed"), tally.behind),
    ]


def council_section(source: Source) -> Section | None:
    """The half circle, for the first requirement that asks the council."""
    seats = source.municipality.council_seats
    for figures in source.large:
        tally = figures.of_role(Role.COUNCIL_MEMBER)
        if tally.members and Role.COUNCIL_MEMBER in visible_roles(figures):
            break
    else:
        return None
    parts = parts_of(tally)
    words = {
        "done": tally.fulfilled,
        "all": tally.members,
        "seats": seats,
        "title": figures.requirement.subject_title,
    }
    alt = _("A half circle of %(seats)s seats.") % words
    said = ", ".join(f"{part.label}: {part.count}" for part in parts if part.count)
    return Section(
        heading=_("The council"),
        intro=[
            _(
                "The council and “%(title)s”. Every circle is a seat. The seats stand in order of "
                "status: nobody’s own place can be read from it."
            )
            % words
        ],
        legend=[*parts, Part(monitoring.NOBODY, _("takes no part"))],
        council=Council(
            monitoring.council(tally, seats),
            of(tally),
            _("council members finished"),
            f"{alt} {said}.",
        ),
    )


def requirements_section(source: Source) -> Section | None:
    """A bar per requirement, and the figures behind them."""
    if not source.large:
        return None
    headings = (
        *(_("Requirement"), _("People"), _("Finished"), _("Under way")),
        *(_("To do"), _("Overdue"), _("Lapsed"), _("Share")),
    )
    rows = [
        [
            each.requirement.subject_title,
            *(
                count(number)
                for number in (
                    *(each.total.members, each.total.fulfilled, each.total.under_way),
                    *(each.total.to_do, each.total.overdue, each.total.lapsed),
                )
            ),
            f"{each.total.percentage}%",
        ]
        for each in source.large
    ]
    return Section(
        heading=_("Per requirement"),
        legend=parts_of(Tally()),
        bars=[
            Bar(
                each.requirement.subject_title,
                asked_of(each.requirement),
                _("%(counted)s people have finished (%(share)s%%).")
                % {"counted": of(each.total), "share": each.total.percentage},
                parts_of(each.total),
            )
            for each in source.large
        ],
        tables=[TextTable(_("People per requirement"), headings, rows)],
    )


def asked_of(requirement: Requirement) -> str:
    """For whom it is, by when, and for how long."""
    said = [_("For: %(roles)s.") % {"roles": ", ".join(requirement.role_labels)}]
    if requirement.due_on is not None:
        said.append(_("By %(day)s.") % {"day": date_format(requirement.due_on, "j F Y")})
    elif requirement.due_days is not None:
        said.append(
            ngettext(
                "Within %(days)s day after somebody began.",
                "Within %(days)s days after somebody began.",
                requirement.due_days,
            )
            % {"days": requirement.due_days}
        )
    if requirement.valid_months:
        said.append(
            ngettext(
                "Valid for %(months)s month.",
                "Valid for %(months)s months.",
                requirement.valid_months,
            )
            % {"months": requirement.valid_months}
        )
    return " ".join(said)


def roles_section(source: Source) -> Section | None:
    """Who has finished per role, without groups that are too small."""
    roles = [role for role in Role if any(role in each.by_role for each in source.large)]
    if not roles:
        return None
    rows = []
    for each in source.large:
        visible = visible_roles(each)
        rows.append(
            [
                each.requirement.subject_title,
                *(role_cell(each.by_role.get(role), visible=role in visible) for role in roles),
            ]
        )
    headings = [_("Requirement"), *(str(role.label) for role in roles)]
    return Section(
        heading=_("Per role"),
        tables=[TextTable(_("How many people have finished, of how many"), headings, rows)],
    )


def role_cell(tally: Tally | None, *, visible: bool) -> str:
    if tally is None or not tally.members:
        return "–"
    return of(tally) if visible else pgettext("group of people", "too small")


def comparison_section(source: Source) -> Section | None:
    """Where others stand, without their names."""
    rows = []
    for each in source.large:
        others = source.compared.get(each.requirement.pk, Compared())
        if others != Compared():
            shares = (each.total.percentage, others.peers, others.nation)
            rows.append([each.requirement.subject_title, *map(percents, shares)])
    if not rows:
        return None
    size = SIZE_LABELS[size_class(source.municipality.inhabitants)]
    headings = [
        _("Requirement"),
        source.municipality.display_name,
        _("This size"),
        _("The whole country"),
    ]
    return Section(
        heading=_("Beside others"),
        intro=[
            _(
                "“This size” is the middle one of all municipalities of this size (%(size)s), "
                "sorted by the share that has finished."
            )
            % {"size": str(size).lower()}
        ],
        tables=[TextTable(_("Share finished"), headings, rows)],
    )


def percents(share: int | None) -> str:
    return "–" if share is None else f"{share}%"


def trend_section(source: Source) -> Section | None:
    """How the share grew, where there are earlier days to compare with."""
    trends = []
    for each in source.large:
        past = source.past.get(each.requirement.pk, ())
        points = [(day, tally.percentage) for day, tally in past if tally.members >= SMALLEST_GROUP]
        if points:
            points.append((source.day, each.total.percentage))
            trends.append(Trend(each.requirement.subject_title, points))
    if not trends:
        return None
    days = sorted({day for trend in trends for day, _share in trend.points})[-MONTHS_IN_TABLE:]
    rows = [
        [trend.title, *(percents(found.get(day)) for day in days)]
        for trend in trends
        for found in [dict(trend.points)]
    ]
    headings = [_("Requirement"), *(date_format(day, "j b Y") for day in days)]
    return Section(
        heading=_("Over time"),
        intro=[_("The share of people who have finished, at the end of each month.")],
        trends=trends,
        tables=[TextTable(_("Share finished"), headings, rows)],
    )


def method_section(source: Source) -> Section:
    """How it was counted, for who wants to know."""
    hidden = sum(0 < each.total.members < SMALLEST_GROUP for each in source.figures)
    notes = [
        _("Counted are the people who served on %(day)s and of whom something is required.")
        % {"day": date_format(source.day, "j F Y")},
        _("Who has two roles counts once in a total, and once in each of both roles."),
        _("Finished means: with a completion that is still valid. Shares are rounded down."),
        _("Who was let off, with a reason, is not counted."),
        _(
            "A group of fewer than five people is not shown, nor what it could be worked out from: "
            "it would say something about a person."
        ),
        _("There are no names, scores or answers in this report."),
    ]
    if hidden:
        notes.append(
            ngettext(
                "%(count)s requirement concerns fewer than five people and is left out.",
                "%(count)s requirements concern fewer than five people and are left out.",
                hidden,
            )
            % {"count": hidden}
        )
    return Section(heading=_("How this was counted"), notes=notes)
