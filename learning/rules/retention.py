"""What is kept of people, for how long and why: one table, applied by learning/retention.py.

It is shown at `/privacy/` and stands in no other place. What a line is called in words is in
learning/retention_words.py; no other module says how long something is kept.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final


class Law(StrEnum):
    """On what keeping it rests. Articles of the GDPR, as Dutch municipalities name them."""

    # The task of a municipality and of the VNG: training who serves, and showing that it was done.
    PUBLIC_TASK = "6.1.e"
    CONSENT = "6.1.a"
    # Seeing who looked at what, and that a system does what it must (art. 5.2 and 32).
    SECURITY = "32"
    # No longer than needed.
    STORAGE_LIMIT = "5.1.e"


class How(StrEnum):
    """How it is applied."""

    DELETED = "deleted"
    # The mark stays, and sums of which nobody can be known.
    ANSWERS_REMOVED = "answers removed"
    ANONYMISED = "anonymised"
    # As long as the account is there.
    WITH_ACCOUNT = "with the account"
    # As long as somebody wants what it is for.
    UNTIL_LEFT = "until left"
    # As long as the page or question is there; without the person once they are erased.
    WITH_CONTENT = "with the content"


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of data. `period` is None where it stays as long as what it belongs to."""

    key: str
    period: timedelta | None
    law: Law
    how: How


DAY: Final = timedelta(days=1)
YEAR: Final = 365 * DAY

LINES: Final[tuple[Line, ...]] = (
    Line("account", None, Law.PUBLIC_TASK, How.WITH_ACCOUNT),
    Line("membership", None, Law.PUBLIC_TASK, How.WITH_ACCOUNT),
    Line("completion", None, Law.PUBLIC_TASK, How.WITH_ACCOUNT),
    Line("learning", None, Law.PUBLIC_TASK, How.WITH_ACCOUNT),
    Line("answers", YEAR, Law.STORAGE_LIMIT, How.ANSWERS_REMOVED),
    # Longer than any interval of its questions, so that what was asked before is known.
    Line("refreshers", 400 * DAY, Law.CONSENT, How.DELETED),
    Line("quiet_accounts", 2 * YEAR, Law.STORAGE_LIMIT, How.ANONYMISED),
    Line("erasures", 14 * DAY, Law.STORAGE_LIMIT, How.ANONYMISED),
    Line("erasures_undone", 30 * DAY, Law.STORAGE_LIMIT, How.DELETED),
    Line("departures", 14 * DAY, Law.STORAGE_LIMIT, How.DELETED),
    Line("log", YEAR, Law.SECURITY, How.DELETED),
    Line("sessions", timedelta(0), Law.SECURITY, How.DELETED),
    Line("confirmations", 3 * DAY, Law.SECURITY, How.DELETED),
    Line("entry_unanswered", DAY, Law.STORAGE_LIMIT, How.DELETED),
    Line("entry_unconfirmed", timedelta(0), Law.STORAGE_LIMIT, How.DELETED),
    Line("entry", 90 * DAY, Law.PUBLIC_TASK, How.DELETED),
    Line("import_undecided", 2 * DAY, Law.STORAGE_LIMIT, How.DELETED),
    Line("import", 14 * DAY, Law.STORAGE_LIMIT, How.DELETED),
    # Longer than a moment of reminding lasts, or somebody would be reminded again.
    Line("mail", 400 * DAY, Law.PUBLIC_TASK, How.DELETED),
    Line("mail_drafts", 7 * DAY, Law.STORAGE_LIMIT, How.DELETED),
    # Long enough for who organised it to put right who was there.
    Line("meeting_sign_ups", 180 * DAY, Law.PUBLIC_TASK, How.DELETED),
    Line("newsletter", None, Law.CONSENT, How.UNTIL_LEFT),
    Line("newsletter_unconfirmed", 7 * DAY, Law.STORAGE_LIMIT, How.DELETED),
    Line("network", None, Law.CONSENT, How.UNTIL_LEFT),
    # Long enough to answer, and to report what is wrong.
    Line("network_messages", 30 * DAY, Law.CONSENT, How.DELETED),
    Line("network_reports", 180 * DAY, Law.SECURITY, How.DELETED),
    Line("files", DAY, Law.STORAGE_LIMIT, How.DELETED),
    # Of nobody: only that a word was searched in vain.
    Line("missed_words", 90 * DAY, Law.STORAGE_LIMIT, How.DELETED),
    Line("jobs", 30 * DAY, Law.STORAGE_LIMIT, How.DELETED),
    # Each form says itself after how many days; none may say longer.
    Line("form_entries", YEAR, Law.CONSENT, How.DELETED),
    Line("practice", None, Law.CONSENT, How.WITH_ACCOUNT),
    Line("practice_drafts", 90 * DAY, Law.STORAGE_LIMIT, How.DELETED),
    Line("practice_declined", 90 * DAY, Law.STORAGE_LIMIT, How.DELETED),
    Line("practice_questions", 90 * DAY, Law.STORAGE_LIMIT, How.DELETED),
    Line("content", None, Law.PUBLIC_TASK, How.WITH_CONTENT),
)
BY_KEY: Final = {line.key: line for line in LINES}


def period(key: str) -> timedelta:
    """How long a kind of data is kept. Raises LookupError for what is kept for no period."""
    found = BY_KEY[key].period
    if found is None:
        message = f"{key} is kept as long as what it belongs to."
        raise LookupError(message)
    return found


# Before an account that nobody uses is erased.
FIRST_NOTICE: Final = 60 * DAY
LAST_NOTICE: Final = 14 * DAY


class Act(StrEnum):
    """What is to be done about an account that nobody uses."""

    NOTHING = "nothing"
    FIRST = "first"
    LAST = "last"
    ERASE = "erase"


def last_day(since: date, day: date, *, first: date | None, last: date | None) -> date:
    """When it will be erased: not before both notices have had their time."""
    plain = since + period("quiet_accounts")
    if last is not None:
        return max(plain, last + LAST_NOTICE)
    if first is not None:
        return max(plain, first + FIRST_NOTICE, day + LAST_NOTICE)
    return max(plain, day + FIRST_NOTICE)


def what_next(since: date, day: date, *, first: date | None, last: date | None) -> Act:
    """What is due today for somebody of whom nothing was seen since a day.

    Whoever is found late, because no worker ran or the rule is new, gets the same time after
    each notice as anybody else.
    """
    erased_on = last_day(since, day, first=first, last=last)
    if first is None:
        return Act.FIRST if day >= erased_on - FIRST_NOTICE else Act.NOTHING
    if last is None:
        return Act.LAST if day >= erased_on - LAST_NOTICE else Act.NOTHING
    return Act.ERASE if day >= erased_on else Act.NOTHING
