"""How often a mail is tried."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from learning.rules.mailing import LEASE, WAITS, is_temporary, wait_before_next


@given(st.integers(min_value=-5, max_value=50))
def test_waits_grow_and_end(attempts):
    wait = wait_before_next(attempts)
    assert (wait is None) == (attempts < 1 or attempts > len(WAITS))
    following = wait_before_next(attempts + 1)
    if wait is not None and following is not None:
        assert timedelta() < wait < following


@given(st.integers(min_value=0, max_value=999))
def test_only_codes_in_the_four_hundreds_are_temporary(code):
    assert is_temporary(code) == (code // 100 == 4)


def test_a_worker_has_longer_than_a_mail_server(settings):
    assert timedelta(seconds=settings.EMAIL_TIMEOUT) * 4 < LEASE
