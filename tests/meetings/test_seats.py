"""Who has a place and who waits: against an obvious reference, on any history."""

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from meetings.rules.seats import seated

LIMITS = st.one_of(st.none(), st.integers(0, 6))


@dataclass
class Hall:
    """The same, one step at a time: a row of people, of whom some have been let in."""

    limit: int | None
    row: list[str] = field(default_factory=list)
    inside: set[str] = field(default_factory=set)

    def let_in(self):
        for person in self.row:
            full = self.limit is not None and len(self.inside) >= self.limit
            if person not in self.inside and not full:
                self.inside.add(person)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("comes"), st.sampled_from("abcdefghij")),
        st.tuples(st.just("goes"), st.sampled_from("abcdefghij")),
        st.tuples(st.just("limit"), LIMITS),
    ),
    max_size=40,
)


@given(limit=LIMITS, steps=STEPS)
def test_as_at_the_door_of_a_hall(limit, steps):
    hall = Hall(limit)
    seats: dict[str, int | None] = {}
    for what, value in steps:
        if what == "comes" and value not in seats:
            seats[value] = None
            hall.row.append(value)
        elif what == "goes":
            # Twice is once.
            seats.pop(value, None)
            hall.row = [each for each in hall.row if each != value]
            hall.inside.discard(value)
        elif what == "limit":
            limit = hall.limit = value
        before = {who: seat for who, seat in seats.items() if seat is not None}
        seats = dict(zip(seats, seated(list(seats.values()), limit), strict=True))
        hall.let_in()
        taken = [seat for seat in seats.values() if seat is not None]
        assert {who for who, seat in seats.items() if seat is not None} == hall.inside
        # No seat twice, none lost, and never more people than the limit lets in anew.
        assert len(taken) == len(set(taken))
        assert all(seats[who] == seat for who, seat in before.items())
        if limit is not None and len(taken) > len(before):
            assert len(taken) <= limit


@given(held=st.lists(st.none(), max_size=12), limit=st.integers(0, 12), more=st.integers(0, 5))
def test_raising_the_limit_fills_up_and_keeps_the_order(held, limit, more):
    first = seated(held, limit)
    second = seated(first, limit + more)
    expected = min(len(held), limit + more)
    assert [seat is not None for seat in second] == [n < expected for n in range(len(held))]
    assert seated(second, limit + more) == second


def test_a_seat_that_came_free_is_given_again():
    assert seated([1, None, 3, None], 3) == [1, 2, 3, None]


def test_a_lower_limit_sends_nobody_away():
    assert seated([1, 2, 3, None], 2) == [1, 2, 3, None]
    assert seated([3, None], 2) == [3, 1]
