"""What the report to the council says, and what it leaves unsaid."""

import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from learning.exports.council_report import council_report
from learning.exports.council_source import Source, past_of, source_of, visible_roles
from learning.exports.report import as_pdf
from learning.models import Municipality, Requirement, Snapshot
from learning.monitoring import RequirementFigures, Tally, requirement_figures
from learning.overview import Compared
from learning.roles import Role
from tests import factories

DAY = date(2026, 6, 1)
PLACE = Municipality(display_name="Utrecht", slug="utrecht", council_seats=45, inhabitants=150_000)


def tally(completed=0, to_do=0, **numbers):
    members = completed + to_do + sum(numbers.values())
    return Tally(members=members, completed=completed, to_do=to_do, **numbers)


def figures(by_role, *, total=None, number=1, **fields):
    requirement = Requirement(
        pk=number, subject_title=f"Module {number}", roles=[role.value for role in by_role]
    )
    for name, value in fields.items():
        setattr(requirement, name, value)
    whole = sum(by_role.values(), Tally()) if total is None else total
    return RequirementFigures(requirement, whole, by_role)


def made(*each, past=None, compared=None):
    return council_report(Source(PLACE, DAY, each, past or {}, compared or {}))


def section(report, heading):
    return next((each for each in report.sections if each.heading == heading), None)


def test_in_a_sentence():
    council = tally(20, 10, under_way=5, overdue=7, lapsed=3)
    report = made(figures({Role.COUNCIL_MEMBER: council}))
    assert report.lead[0] == (
        "Op 1 juni 2026 is in Utrecht 44% afgerond van wat verplicht is: 20 van de 45 keer."
    )
    assert report.lead[1] == "10 keer is iemand te laat of is een afronding verlopen."
    assert len(report.lead) == 2


def test_the_council_is_drawn_by_status():
    report = made(figures({Role.COUNCIL_MEMBER: tally(20, 10, overdue=7)}))
    council = section(report, "De raad").council
    statuses = [seat.status for seat in council.chamber.seats]
    assert len(statuses) == 45
    assert [statuses.count(s) for s in ("completed", "to_do", "overdue", "nobody")] == [
        *(20, 10, 7),
        8,
    ]
    assert council.headline == "20 van 37"
    assert "45 zetels" in council.alt
    assert "klaar: 20" in council.alt


def test_what_is_asked_of_whom_and_when():
    report = made(
        figures(
            {Role.COUNCIL_MEMBER: tally(20, 25)},
            due_on=date(2026, 7, 1),
            valid_months=24,
        ),
        figures({Role.STAFF: tally(1200, 1800)}, number=2, due_days=90),
    )
    bars = section(report, "Per verplichting").bars
    assert bars[0].note == "Voor: raadslid. Uiterlijk op 1 juli 2026. 24 maanden geldig."
    assert "Binnen 90 dagen" in bars[1].note
    assert bars[1].summary == "1.200 van 3.000 mensen zijn klaar (40%)."


def test_small_groups_and_what_they_follow_from_are_left_out():
    by_role = {
        Role.COUNCIL_MEMBER: tally(20, 25),
        Role.ALDERMAN: tally(1, 2),
        Role.STAFF: tally(30, 40),
        Role.MAYOR: Tally(),
    }
    report = made(figures(by_role))
    row = section(report, "Per rol").tables[0].rows[0]
    columns = section(report, "Per rol").tables[0].columns
    shown = dict(zip(columns, row, strict=True))
    assert shown["wethouder"] == "te klein"
    assert shown["medewerker"] == "30 van 70"
    # Three aldermen alone would follow from the total.
    assert shown["raadslid"] == "te klein"
    assert section(report, "De raad") is None
    assert shown["burgemeester"] == "–"


def test_a_requirement_of_a_few_people_is_not_in_it_at_all():
    few = figures({Role.ALDERMAN: tally(1, 3)}, number=2)
    report = made(figures({Role.COUNCIL_MEMBER: tally(20, 25)}), few, past={2: [(DAY, tally(4))]})
    assert "Module 2" not in str(report.sections)
    assert "20 van de 45" in report.lead[0]
    assert any("1 verplichting geldt" in note for note in report.sections[-1].notes)
    assert "Er is geen verplichting" in made(few).lead[0]
    assert as_pdf(made(few)).startswith(b"%PDF")


@settings(deadline=None)  # the first report loads translations
@given(st.dictionaries(st.sampled_from(list(Role)), st.integers(0, 12), min_size=1))
def test_no_small_group_follows_from_what_is_shown(sizes):
    """The attack: the total less all that is shown. Each person has one role here."""
    each = figures({role: tally(size) for role, size in sizes.items()})
    report = made(each)
    visible = visible_roles(each)
    hidden = sum(size for role, size in sizes.items() if role not in visible)
    if each.total.members >= 5:
        assert hidden == 0 or hidden >= 5
        assert section(report, "De raad") is None or Role.COUNCIL_MEMBER in visible


def test_a_trend_needs_an_earlier_day():
    now = figures({Role.COUNCIL_MEMBER: tally(20, 25)})
    assert section(made(now), "Verloop") is None
    past = {1: [(date(2026, 4, 30), tally(5, 40)), (date(2026, 5, 31), tally(9, 36))]}
    report = section(made(now, past=past), "Verloop")
    assert report.trends[0].points[-1] == (DAY, 44)
    assert report.tables[0].columns[1:] == ["30 apr 2026", "31 mei 2026", "1 jun 2026"]
    assert report.tables[0].rows == [["Module 1", "11%", "20%", "44%"]]
    # Days on which there were too few people are not shown.
    few = {1: [(date(2026, 4, 30), tally(2, 2))]}
    assert section(made(now, past=few), "Verloop") is None


def test_beside_others_without_their_names():
    council = {Role.COUNCIL_MEMBER: tally(20, 25)}
    each = [figures(council, number=number) for number in (1, 2, 3)]
    assert section(made(*each), "Naast anderen") is None
    compared = {1: Compared(peers=40, nation=38), 2: Compared(nation=51), 3: Compared()}
    beside = section(made(*each, compared=compared), "Naast anderen")
    assert "100.000 inwoners of meer" in beside.intro[0]
    assert beside.tables[0].rows == [
        ["Module 1", "44%", "40%", "38%"],
        ["Module 2", "44%", "–", "51%"],
    ]


@pytest.mark.django_db
def test_of_each_month_the_last_day_counts():
    utrecht = factories.make_municipality("Utrecht")
    requirement = factories.make_requirement()
    for day, done in ((date(2026, 4, 3), 1), (date(2026, 4, 28), 2), (date(2026, 5, 31), 3)):
        for place in (utrecht, None):
            Snapshot.objects.create(
                municipality=place,
                requirement=requirement,
                day=day,
                members=5,
                completed=done,
                to_do=5 - done,
            )
    past = past_of(utrecht, [requirement], DAY)
    assert [(day, kept.completed) for day, kept in past[requirement.pk]] == [
        (date(2026, 4, 28), 2),
        (date(2026, 5, 31), 3),
    ]
    assert len(past_of(utrecht, [requirement], date(2026, 5, 31))[requirement.pk]) == 1


@pytest.mark.django_db
def test_the_report_is_made_from_the_figures_and_holds_no_names():
    utrecht = factories.make_municipality("Utrecht", council_seats=9)
    module = factories.make_module("eed", title="De eed")
    requirement = factories.make_requirement(module)
    people = [factories.make_member(utrecht, name=f"Anna {n}").person for n in range(6)]
    factories.finish(people[0], module)
    report = council_report(source_of(utrecht, requirement_figures(utrecht, [requirement])))
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(as_pdf(report))).pages)
    assert "1 van 6" in text
    assert "Gemeente Utrecht" in text
    assert "Anna" not in text
