"""When somebody is reminded, and when not again."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from learning.rules.due import Position, Standing
from learning.rules.placeholders import fill, named, unknown
from learning.rules.reminders import (
    GAP,
    LAST,
    Answer,
    Moment,
    Reminded,
    answer_for,
    first_and_last_due,
    may_remind,
    moment_for,
    moment_on,
)

DUE = date(2026, 12, 15)
days = st.dates(date(2026, 1, 1), date(2028, 12, 31))


def moments(due_on, *, weekly=False):
    """The days on which somebody who never acts gets a mail, and for which moment."""
    told, found = set(), []
    for offset in range(-40, LAST + 20):
        day = due_on + timedelta(days=offset)
        moment = moment_for(day, due_on, weekly=weekly)
        if moment is not None and moment not in told:
            told.add(moment)
            found.append((offset, moment))
    return found


def test_reminders_come_on_their_days_and_then_there_is_silence():
    assert moments(DUE) == [
        (-14, Moment.TWO_WEEKS_BEFORE),
        (-3, Moment.THREE_DAYS_BEFORE),
        (1, Moment.DAY_AFTER),
        (15, Moment.TWO_WEEKS_AFTER),
        (29, Moment.FOUR_WEEKS_AFTER),
        (43, Moment.SIX_WEEKS_AFTER),
    ]


@given(days)
def test_who_gets_one_mail_a_week_misses_nothing_and_is_told_at_once_of_being_late(due_on):
    found = moments(due_on, weekly=True)
    by_moment = {moment: offset for offset, moment in found}
    assert list(by_moment) == [m for m in Moment if m is not Moment.BY_HAND] or (
        # A week's mail names a thing once: what comes within the same week is one reminder.
        set(by_moment) == set(Moment) - {Moment.BY_HAND, Moment.TWO_WEEKS_BEFORE}
    )
    assert by_moment[Moment.DAY_AFTER] == 1
    for offset, moment in found:
        assert moment is Moment.DAY_AFTER or (due_on + timedelta(days=offset)).weekday() == 0
    assert -9 <= by_moment[Moment.THREE_DAYS_BEFORE] <= 0


@given(days, days)
def test_a_moment_lasts_until_the_next(day, due_on):
    moment = moment_on(day, due_on)
    passed = (day - due_on).days
    assert (moment is None) == (passed < -14 or passed > LAST)
    earlier = moment_on(day - timedelta(days=1), due_on)
    if moment is not None and earlier is not None:
        assert list(Moment).index(earlier) <= list(Moment).index(moment)


@given(days, days, st.booleans())
def test_what_the_database_is_asked_for_holds_every_moment(day, due_on, weekly):
    earliest, latest = first_and_last_due(day)
    if moment_for(day, due_on, weekly=weekly) is not None:
        assert earliest <= due_on <= latest


@given(days, st.none() | days)
def test_by_hand_there_are_seven_days_in_between(day, last):
    assert may_remind(day, last) == (last is None or last + GAP <= day)


@given(st.none() | st.sampled_from(Standing), st.none() | days, days)
def test_nobody_is_reminded_of_what_is_done_or_too_soon(standing, last, day):
    position = None if standing is None else Position(standing)
    answer = answer_for(Reminded(position, last), day)
    if standing is None:
        assert answer is Answer.GONE
    elif answer is Answer.SEND:
        assert standing not in (Standing.COMPLETED, Standing.NOT_REQUIRED)
        assert last is None or (day - last).days >= 7
    elif answer is Answer.TOO_SOON:
        assert last is not None


names = st.sampled_from(["naam", "module", "datum", "xyz", "NAAM", " naam ", ""])


@given(st.lists(st.text(alphabet="ab {}\n", max_size=8) | names.map(lambda n: f"{{{n}}}")))
def test_only_known_places_are_filled_in(parts):
    text = "".join(parts)
    values = {"naam": "Anna {module}", "module": "De eed"}
    filled = fill(text, values)
    if not named(text):
        assert filled == text
    if not unknown(text, values):
        # What is filled in is not looked at again.
        assert ("Anna {module}" in filled) == ("naam" in {n.strip().lower() for n in named(text)})


def test_nothing_but_a_name_can_be_asked_for():
    assert fill("{naam.__class__} {0} {{naam}}", {"naam": "Anna"}) == (
        "{naam.__class__} {0} {Anna}"
    )
    assert unknown("{naam} {nam} {Module} {nam}", {"naam", "module"}) == ["nam"]
