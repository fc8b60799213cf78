"""Kept figures against the slow and obvious count, on random histories (DESIGN §4.4)."""

from datetime import UTC, date, datetime, time, timedelta
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from learning.completions import end_completion, subject_of, write_completion
from learning.enrolments import begin_again
from learning.figures import bring_up_to_date, figures_of
from learning.holdings import progress_changed
from learning.memberships import leave
from learning.models import (
    Completion,
    Enrolment,
    Figure,
    FigureChange,
    Membership,
    ModulePage,
    Municipality,
    Requirement,
    Waiver,
)
from learning.people_list import PeopleList, Selection
from learning.roles import Role
from learning.rules.due import FULFILLED, Position, Service, Standing, lapses_within, position_on
from learning.rules.validity import Period, Proof, ValidityKind, holding_on, periods
from learning.snapshots import counts_on
from tests import factories

pytestmark = pytest.mark.django_db
FIRST = date(2026, 4, 1)
ROLES = [Role.COUNCIL_MEMBER, Role.ALDERMAN]
EVENT = st.tuples(
    st.sampled_from(
        ["join", "leave", "begin", "finish", "finish", "withdraw", "waive", "merge", "look"]
    ),
    st.integers(0, 3),  # who
    st.integers(0, 2),  # where
    st.sampled_from([*ROLES, Role.STAFF]),
    st.integers(0, 20),  # days that pass before it
)
TERMS = st.fixed_dictionaries(
    {
        "validity": st.sampled_from(list(ValidityKind)),
        "due": st.sampled_from([None, 10, FIRST + timedelta(days=30)]),
        "renewal_days": st.integers(0, 20),
        "accepts_earlier": st.booleans(),
        "own": st.booleans(),
        "starts_on": st.sampled_from([FIRST, FIRST + timedelta(days=25)]),
        "ends_on": st.sampled_from([None, None, FIRST + timedelta(days=90)]),
    }
)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class Town:
    """A few people in a few places, to whom things happen day by day."""

    def __init__(self, terms: dict) -> None:
        self.day = FIRST
        self.module = factories.make_module(roles=[role.value for role in ROLES])
        self.people = [factories.make_user() for _ in range(4)]
        self.places = [factories.make_municipality() for _ in range(3)]
        due = terms["due"]
        lasts = terms["validity"] != ValidityKind.FOR_GOOD
        self.requirement = factories.make_requirement(
            self.module,
            self.places[0] if terms["own"] else None,
            validity=terms["validity"],
            valid_months=1 if lasts else None,
            calendar_start=FIRST if terms["validity"] == ValidityKind.CALENDAR else None,
            due_days=due if isinstance(due, int) else None,
            due_on=due if isinstance(due, date) else None,
            renewal_days=terms["renewal_days"],
            accepts_earlier=terms["accepts_earlier"],
            starts_on=terms["starts_on"],
            ends_on=terms["ends_on"],
        )
        Requirement.objects.exclude(pk=self.requirement.pk).delete()

    def happen(self, what: str, who: int, where: int, role: Role) -> None:
        person, place = self.people[who], self.places[where]
        if what in {"begin", "finish", "withdraw"}:
            self.learn(what, person)
        elif what == "join":
            if not Membership.objects.filter(
                person=person, municipality=place, role=role, ends_on=None
            ).exists():
                Membership.objects.create(
                    person=person, municipality=place, role=role, starts_on=self.day
                )
        elif what == "leave":
            for membership in Membership.objects.filter(person=person, ends_on=None):
                leave(membership, ends_on=self.day)
        elif what == "waive":
            Waiver.objects.get_or_create(
                person=person,
                requirement=self.requirement,
                municipality=place,
                ends_on=None,
                defaults={"reason": "Elders gedaan", "starts_on": self.day},
            )
            FigureChange.note([place.pk], [self.requirement.pk])
        elif what == "merge" and where and place.successor is None:
            place.successor, place.merged_on = self.places[0], self.day + timedelta(days=2)
            place.save()
        elif what == "look":
            self.compare()

    def learn(self, what: str, person: User) -> None:
        key = self.module.translation_key
        if what == "begin":
            begin_again(person, key)
            Enrolment.objects.filter(person=person, closed_at=None).update(started_at=self.noon())
            progress_changed(person, key, finished=False)
        elif what == "finish":
            write_completion(person, subject_of(self.module), completed_on=self.day)
        else:
            for completion in Completion.objects.filter(person=person).current():
                end_completion(completion, because="Vergissing", by=None, ended_on=self.day)

    def noon(self) -> datetime:
        return datetime.combine(self.day, time(12), AMSTERDAM)

    def counted_by(self, place: Municipality, day: date) -> Municipality:
        """Who counts a place's people: itself, or who it has merged into by then."""
        if place.successor is not None and place.merged_on <= day:
            return self.places[0]
        return place

    def positions(
        self, place: Municipality, role: str, day: date
    ) -> list[tuple[Position, Period | None]]:
        """Person by person how they stand there on a day, and what holds; not who is not asked."""
        found = []
        own = self.requirement.municipality
        if own is not None and place != self.counted_by(own, day):
            return []
        for person in self.people:
            services = [
                Service(m.role, Period(m.starts_on, m.ends_on))
                for m in Membership.objects.filter(person=person).select_related("municipality")
                if role in ("", m.role) and self.counted_by(self.home(m), day) == place
            ]
            proofs = [
                Proof(c.completed_on, c.ended_on) for c in Completion.objects.filter(person=person)
            ]
            held = periods(self.requirement.terms, proofs)
            begun = Enrolment.objects.filter(person=person).order_by("started_at").first()
            waived = [
                Period(w.starts_on, w.ends_on)
                for w in Waiver.objects.filter(person=person)
                if self.counted_by(self.places[self.places.index(w.municipality)], day) == place
            ]
            asked = position_on(day, self.requirement.rule, services=services, held=held)
            if asked.standing is Standing.NOT_REQUIRED:
                continue
            position = position_on(
                day,
                self.requirement.rule,
                services=services,
                held=held,
                started_on=begun.started_at.astimezone(AMSTERDAM).date() if begun else None,
                waived=waived,
            )
            found.append((position, holding_on(day, held)))
        return found

    def home(self, membership: Membership) -> Municipality:
        return self.places[self.places.index(membership.municipality)]

    def slow(self, place: Municipality, role: str, day: date) -> dict[str, int]:
        """The numbers of a figure, counted person by person."""
        positions = self.positions(place, role, day)
        standings = [position.standing for position, _held in positions]
        counted = {s.value: standings.count(s) for s in Standing if s != Standing.NOT_REQUIRED}
        lapsing = [
            held
            for position, held in positions
            if position.standing in FULFILLED and lapses_within(held, day, 60)
        ]
        waived = standings.count(Standing.NOT_REQUIRED)
        return {
            **counted,
            "waived": waived,
            "members": len(standings) - waived,
            "lapsing": len(lapsing),
        }

    def compare(self) -> None:
        for place in self.places:
            if self.counted_by(place, self.day) != place:
                continue
            figures = figures_of(place, [self.requirement])
            for role in ("", *(role.value for role in ROLES)):
                figure = figures.get((self.requirement.pk, role))
                slow = self.slow(place, role, self.day)
                fast = {name: getattr(figure, name) if figure else 0 for name in slow}
                assert fast == slow, (place, role, self.day)
            if self.requirement.rule.days.holds_on(self.day) and self.slow(place, "", self.day):
                self.compare_list(place)

    def compare_list(self, place: Municipality) -> None:
        """The list of people says of each what the figures count."""
        own = self.requirement.municipality
        if own is not None and place != self.counted_by(own, self.day):
            return
        members, parts = Membership.objects.of(place), place.counted_ids(self.day)
        slow = self.slow(place, "", self.day)
        everybody = PeopleList(members, self.requirement, Selection(sort="-status"), parts=parts)
        listed = [person.standing for person in everybody.all()]
        assert len(listed) == everybody.count() == slow["members"] + slow["waived"]
        assert listed == sorted(listed, key=list(Standing).index, reverse=True)
        for standing in Standing:
            number = slow["waived"] if standing is Standing.NOT_REQUIRED else slow[standing.value]
            some = PeopleList(
                members, self.requirement, Selection(status=standing.value), parts=parts
            )
            assert listed.count(standing) == some.count() == len(some.all()) == number


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(terms=TERMS, events=st.lists(EVENT, max_size=20))
def test_kept_figures_are_the_figures(terms, events):
    for model in (Figure, Membership, Enrolment, Completion, Waiver, Requirement):
        model.objects.all().delete()
    ModulePage.objects.all().delete()
    Municipality.objects.update(successor=None, merged_on=None)
    town = Town(terms)

    def that_day() -> date:
        return town.day

    with (
        mock.patch("learning.figures.today", side_effect=that_day),
        mock.patch("learning.models.people.today", side_effect=that_day),
        mock.patch("learning.people_list.today", side_effect=that_day),
        mock.patch("learning.completions.today", side_effect=that_day),
        mock.patch("django.utils.timezone.now", side_effect=lambda: town.noon().astimezone(UTC)),
    ):
        for what, who, where, role, days in events:
            town.day += timedelta(days=days)
            town.happen(what, who, where, role)
        town.compare()
        town.day += timedelta(days=15)
        town.compare()
        # History stays what it was: any earlier day can be counted again.
        for earlier in (FIRST, FIRST + timedelta(days=12), FIRST + timedelta(days=40)):
            counted = counts_on(earlier, [town.requirement])
            for place in town.places:
                if town.counted_by(place, earlier) == place:
                    slow = town.slow(place, "", earlier)
                    fast = counted[town.requirement.pk].get(place.pk, {})
                    assert {name: fast.get(name, 0) for name in slow} == slow, (place, earlier)


def test_a_second_look_counts_nothing(django_assert_num_queries):
    member = factories.make_member()
    requirement = factories.make_requirement()
    figures_of(member.municipality, [requirement])
    with django_assert_num_queries(1):
        figures_of(member.municipality, [requirement])


def test_the_nation_is_brought_up_to_date_at_once():
    members = [factories.make_member() for _ in range(3)]
    requirement = factories.make_requirement()
    bring_up_to_date([m.municipality for m in members], [requirement])
    assert Figure.objects.filter(requirement=requirement, role="", members=1).count() == 3


def test_looking_at_one_requirement_leaves_no_other_behind():
    member = factories.make_member()
    first, second = factories.make_requirement(), factories.make_requirement()
    figures_of(member.municipality, [first, second])
    factories.make_member(member.municipality)
    bring_up_to_date([member.municipality], [first])
    assert figures_of(member.municipality, [second])[second.pk, ""].members == 2
