"""The chamber is right whatever the numbers."""

from hypothesis import given
from hypothesis import strategies as st

from home.chamber import chamber

statuses = st.lists(st.sampled_from(["completed", "under_way", "not_started"]), max_size=90)


@given(statuses)
def test_every_status_has_a_seat_within_the_picture(given_statuses: list[str]) -> None:
    drawn = chamber(given_statuses)
    assert [seat.status for seat in drawn.seats] == given_statuses
    for seat in drawn.seats:
        assert seat.x - seat.r >= 0
        assert seat.x + seat.r <= drawn.width
        assert seat.y - seat.r >= 0
        assert seat.y + seat.r <= drawn.height


@given(statuses)
def test_no_seat_stands_on_another(given_statuses: list[str]) -> None:
    seats = chamber(given_statuses).seats
    for number, seat in enumerate(seats):
        for other in seats[number + 1 :]:
            distance = ((seat.x - other.x) ** 2 + (seat.y - other.y) ** 2) ** 0.5
            assert distance >= seat.r + other.r - 0.3


@given(statuses)
def test_seats_go_round_from_left_to_right(given_statuses: list[str]) -> None:
    seats = chamber(given_statuses).seats
    if len(seats) > 1:
        assert seats[0].x <= seats[-1].x
