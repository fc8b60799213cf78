"""Kept figures against the slow and obvious count, on random histories (DESIGN §4.4)."""

from datetime import date, datetime, time, timedelta
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from learning.figures import bring_up_to_date, figures_of, note_change
from learning.memberships import leave
from learning.models import Completion, Enrolment, Figure, Membership, ModulePage, Municipality
from learning.people_list import PeopleList, Selection
from learning.roles import Role
from learning.rules.progress import Status, Validity, status_on
from tests import factories

pytestmark = pytest.mark.django_db
FIRST = date(2026, 4, 1)
DAYS = 40
ROLES = [Role.COUNCIL_MEMBER, Role.ALDERMAN]
EVENT = st.tuples(
    st.sampled_from(["join", "leave", "begin", "finish", "lapse", "merge", "look"]),
    st.integers(0, 3),  # who
    st.integers(0, 2),  # where
    st.sampled_from([*ROLES, Role.STAFF]),
    st.integers(0, 4),  # days that pass before it
)


class Town:
    """A few people in a few places, to whom things happen day by day."""

    def __init__(self) -> None:
        self.day = FIRST
        self.module = factories.make_module(roles=[role.value for role in ROLES])
        self.people = [factories.make_user() for _ in range(4)]
        self.places = [factories.make_municipality() for _ in range(3)]

    def happen(self, what: str, who: int, where: int, role: Role) -> None:
        person, place = self.people[who], self.places[where]
        if what == "join":
            Membership.objects.get_or_create(
                person=person,
                municipality=place,
                role=role,
                ends_on=None,
                defaults={"starts_on": self.day},
            )
        elif what == "leave":
            for membership in Membership.objects.filter(person=person, ends_on=None):
                leave(membership, ends_on=self.day)
        elif what == "begin":
            Enrolment.objects.get_or_create(
                person=person,
                module_key=self.module.translation_key,
                defaults={"started_at": self.noon()},
            )
            note_change(person, self.module.translation_key)
        elif what in {"finish", "lapse"}:
            Completion.objects.get_or_create(
                person=person,
                module_key=self.module.translation_key,
                archived_at=None,
                defaults={
                    "completed_on": self.day,
                    "valid_until": self.day + timedelta(days=3) if what == "lapse" else None,
                },
            )
            note_change(person, self.module.translation_key)
        elif what == "merge" and where and place.successor is None:
            place.successor, place.merged_on = self.places[0], self.day + timedelta(days=2)
            place.save()
        elif what == "look":
            self.compare()

    def noon(self) -> datetime:
        return datetime.combine(self.day, time(12), ZoneInfo("Europe/Amsterdam"))

    def counted_by(self, place: Municipality) -> Municipality | None:
        """Who counts a place's people: itself, or who it has merged into by now."""
        if place.successor is not None and place.merged_on <= self.day:
            return self.places[0]
        return place

    def slow(self, place: Municipality, role: str) -> tuple[int, int, int]:
        """Person by person: members, under way, completed."""
        statuses = []
        for person in self.people:
            held = [
                m
                for m in Membership.objects.filter(person=person)
                if m.starts_on <= self.day
                and (m.ends_on is None or m.ends_on >= self.day)
                and m.role in self.module.roles
                and role in ("", m.role)
                and self.counted_by(self.places[self.places.index(m.municipality)]) == place
            ]
            if not held:
                continue
            enrolment = Enrolment.objects.filter(person=person).first()
            completions = [
                Validity(c.completed_on, c.valid_until)
                for c in Completion.objects.filter(person=person)
            ]
            started = enrolment.started_at.date() if enrolment else None
            statuses.append(status_on(self.day, started_on=started, completions=completions))
        return (
            len(statuses),
            statuses.count(Status.UNDER_WAY),
            statuses.count(Status.COMPLETED),
        )

    def compare(self) -> None:
        for place in self.places:
            if self.counted_by(place) != place:
                continue
            figures = figures_of(place, [self.module])
            for role in ("", *(role.value for role in ROLES)):
                figure = figures.get((self.module.translation_key, role))
                fast = (figure.members, figure.under_way, figure.completed) if figure else None
                assert (fast or (0, 0, 0)) == self.slow(place, role), (place, role, self.day)
            people = PeopleList(Membership.objects.of(place), self.module, Selection())
            total = self.slow(place, "")
            listed = [person.status for person in people.all()]
            assert len(listed) == people.count() == total[0]
            assert listed.count(Status.UNDER_WAY) == total[1]
            assert listed.count(Status.COMPLETED) == total[2]


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(events=st.lists(EVENT, max_size=25))
def test_kept_figures_are_the_figures(events):
    for model in (Figure, Membership, Enrolment, Completion):
        model.objects.all().delete()
    ModulePage.objects.all().delete()
    Municipality.objects.update(successor=None, merged_on=None)
    town = Town()
    with (
        mock.patch("learning.figures.today", side_effect=lambda: town.day),
        mock.patch("learning.models.people.today", side_effect=lambda: town.day),
        mock.patch("learning.people_list.today", side_effect=lambda: town.day),
    ):
        for what, who, where, role, days in events:
            town.day += timedelta(days=days)
            town.happen(what, who, where, role)
        town.compare()
        town.day += timedelta(days=5)
        town.compare()


def test_a_second_look_counts_nothing(django_assert_num_queries):
    member = factories.make_member()
    module = factories.make_module()
    figures_of(member.municipality, [module])
    with django_assert_num_queries(2):
        figures_of(member.municipality, [module])


def test_the_nation_is_brought_up_to_date_at_once():
    members = [factories.make_member() for _ in range(3)]
    module = factories.make_module()
    bring_up_to_date([m.municipality for m in members], [module])
    assert Figure.objects.filter(role="", members=1).count() == 3
