"""What is kept how long: one table, shown, applied, and looked at beforehand."""

import re
from datetime import date, timedelta
from io import StringIO

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import call_command
from django.utils import timezone, translation
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import AuditEvent, User
from accounts.models.audit import LOG_KEPT
from learning import attempts, erasing, quiet, retention
from learning.anonymising import is_erased
from learning.leaving import leave_municipality
from learning.mail.sending import deliver_waiting
from learning.memberships import leave
from learning.models import (
    Answer,
    Attempt,
    Completion,
    Departure,
    ErasureRequest,
    Invitation,
    Membership,
    OutgoingMail,
    RetentionNotice,
)
from learning.models.people import today
from learning.own_data.collecting import tables
from learning.retention import STEPS, apply_retention, look_ahead
from learning.retention_words import HOWS, LAWS, WORDS, rows
from learning.roles import Role
from learning.rules.retention import (
    BY_KEY,
    FIRST_NOTICE,
    LAST_NOTICE,
    LINES,
    Act,
    How,
    last_day,
    period,
    what_next,
)
from tests import factories
from tests.mails import link_in

DAY = timedelta(days=1)
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


# The rules


def live_through(since, begins, gaps):
    """Ask every so many days, do what is said; the days on which each was done."""
    done, day = {}, begins
    for gap in gaps:
        day += gap * DAY
        act = what_next(since, day, first=done.get(Act.FIRST), last=done.get(Act.LAST))
        if act is not Act.NOTHING:
            done[act] = day
        if act is Act.ERASE:
            break
    return done


@settings(max_examples=40)
@given(days, st.integers(0, 4000), st.lists(st.integers(1, 20), min_size=200, max_size=300))
def test_nobody_is_erased_without_both_notices_in_time(since, late, gaps):
    done = live_through(since, since + late * DAY, gaps)
    if Act.ERASE in done:
        assert done[Act.ERASE] >= since + period("quiet_accounts")
        assert done[Act.ERASE] - done[Act.FIRST] >= FIRST_NOTICE
        assert done[Act.ERASE] - done[Act.LAST] >= LAST_NOTICE
        assert list(done) == [Act.FIRST, Act.LAST, Act.ERASE]


@settings(max_examples=40)
@given(days, st.integers(0, 1500))
def test_asked_every_day_it_is_on_the_days_that_were_told(since, late):
    begins = since + late * DAY
    done = live_through(since, begins, [1] * 1200)
    told = last_day(since, done[Act.FIRST], first=done[Act.FIRST], last=None)
    assert done[Act.ERASE] == told
    assert done[Act.LAST] == told - LAST_NOTICE
    assert done[Act.ERASE] == max(since + period("quiet_accounts"), begins + DAY + FIRST_NOTICE)


@given(days, days)
def test_nothing_is_said_of_who_was_seen_lately(since, day):
    if day < since + period("quiet_accounts") - FIRST_NOTICE:
        assert what_next(since, day, first=None, last=None) is Act.NOTHING


def test_every_line_has_words_and_every_step_a_line():
    assert set(WORDS) == set(BY_KEY) == {line.key for line in LINES}
    assert set(LAWS) == {line.law for line in LINES}
    assert set(HOWS) == set(How)
    assert len(BY_KEY) == len(LINES)
    assert {step.line for step in STEPS} == {line.key for line in LINES if line.period is not None}
    assert len({step.name for step in STEPS}) == len(STEPS)


def test_other_parts_say_the_same():
    assert period("log") == LOG_KEPT
    assert {each.kept for each in tables().values()} <= set(BY_KEY)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_periods_are_said_as_people_say_them(language):
    with translation.override(language):
        told = {row.how_long for row in rows()}
    assert ("12 maanden" if language == "nl" else "12 months") in told
    assert ("1 dag" if language == "nl" else "1 day") in told


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "words"), [("/privacy/", "Wat we hoe lang bewaren")])
def test_the_table_stands_at_privacy(client, home, path, words):
    from home.models import StandardPage  # noqa: PLC0415  only here

    home.add_child(instance=StandardPage(title="Privacy", slug="privacy", locale=home.locale))
    home.add_child(instance=StandardPage(title="Over", slug="over", locale=home.locale))
    text = client.get(path).content.decode()
    assert words in text
    assert text.count('<th scope="row">') == len(LINES)
    assert words not in client.get("/over/").content.decode()


# Applying it


@pytest.fixture
def quiet_person(db):
    """Nobody saw anything of this person for two years and more."""
    person = factories.make_user(name="Stille Willem")
    long_ago = timezone.now() - timedelta(days=900)
    User.objects.filter(pk=person.pk).update(date_joined=long_ago, last_login=long_ago)
    member = factories.join(
        person, factories.make_municipality(), Role.STAFF, starts_on=date(2020, 1, 1)
    )
    leave(member, ends_on=timezone.localdate(long_ago))
    return person


def acts(now=None):
    return [(each.person, each.act) for each in quiet.due(now or timezone.now())]


def test_a_quiet_account_gets_two_mails_and_is_then_erased(quiet_person):
    now = timezone.now()
    for later, stage in ((0, "first"), (46, "last")):
        for _ in range(2):
            apply_retention(now + later * DAY)
        assert RetentionNotice.objects.filter(stage=stage).count() == 1
    apply_retention(now + 59 * DAY)
    assert not is_erased(User.objects.get(pk=quiet_person.pk))
    # Both mails, of which neither left yet: each is composed when it leaves.
    assert OutgoingMail.objects.filter(person=quiet_person).count() == 2
    apply_retention(now + 60 * DAY)
    person = User.objects.get(pk=quiet_person.pk)
    assert is_erased(person)
    assert not RetentionNotice.objects.exists()
    assert Membership.objects.filter(person=person).exists()


@pytest.mark.parametrize(("language", "words"), [("nl", "gewist"), ("en", "erase your account")])
def test_the_mail_says_when_and_leads_to_signing_in(quiet_person, language, words):
    User.objects.filter(pk=quiet_person.pk).update(language=language)
    apply_retention()
    deliver_waiting()
    (sent,) = mail.outbox
    assert words in sent.body or "wissen we uw account" in sent.body
    assert re.search(r"\d{4}", sent.body)
    assert "/account/login/" in link_in(sent)


COMING_BACK = ["signs in", "joins", "is invited to watch", "becomes an editor", "learns"]


def come_back(person, how):
    if how == "signs in":
        User.objects.filter(pk=person.pk).update(last_login=timezone.now())
    elif how == "joins":
        factories.join(person, factories.make_municipality(), Role.STAFF)
    elif how == "is invited to watch":
        person.monitor_grants.create(scope="nation")
    elif how == "becomes an editor":
        person.groups.create(name="proef")
    else:
        person.enrolments.create(module_key="00000000-0000-4000-8000-000000000000")


@pytest.mark.parametrize("how", COMING_BACK)
def test_who_comes_back_stays_and_gets_no_mail_that_waited(quiet_person, how):
    now = timezone.now()
    apply_retention(now)
    apply_retention(now + 46 * DAY)
    come_back(quiet_person, how)
    deliver_waiting()
    assert mail.outbox == []
    apply_retention(now + 61 * DAY)
    assert not is_erased(User.objects.get(pk=quiet_person.pk))
    # The next time it begins anew.
    assert not RetentionNotice.objects.exists()


def test_who_still_serves_or_may_do_something_is_never_quiet(quiet_person):
    assert acts() == [(quiet_person.pk, Act.FIRST)]
    for how in COMING_BACK[1:4]:
        other = factories.make_user()
        User.objects.filter(pk=other.pk).update(
            date_joined=timezone.now() - timedelta(days=2000), last_login=None
        )
        come_back(other, how)
    administrator = factories.make_user(is_superuser=True)
    User.objects.filter(pk=administrator.pk).update(
        date_joined=timezone.now() - timedelta(days=2000)
    )
    assert acts() == [(quiet_person.pk, Act.FIRST)]


def test_who_asked_to_be_erased_waits_for_that(quiet_person):
    erasing.ask(quiet_person)
    assert acts() == []


def test_answers_go_after_a_year_and_marks_stay(db):
    person = factories.make_user()
    quiz = factories.make_quiz()
    old, new = factories.make_user(), person
    for taker in (old, new):
        attempts.submit_attempt(attempts.start_attempt(taker, quiz))
    still_open = attempts.start_attempt(person, factories.make_quiz(module=factories.make_module()))
    Attempt.objects.filter(person=old).update(submitted_at=timezone.now() - 366 * DAY)
    before = Attempt.objects.get(person=old)
    apply_retention()
    after = Attempt.objects.get(person=old)
    assert (after.percentage, after.passed) == (before.percentage, before.passed)
    assert after.answers_removed_at is not None
    assert not after.items.exists()
    assert Attempt.objects.get(person=new, quiz_key=quiz.translation_key).items.exists()
    assert still_open.items.exists()
    assert not Answer.objects.filter(item__attempt=after).exists()


@pytest.fixture
def something_of_everything(quiet_person):
    """For as many steps as can be something that is due."""
    now, old = timezone.now(), timezone.now() - 500 * DAY
    place = factories.make_municipality()
    wiped = factories.make_user()
    erasing.ask(wiped)
    ErasureRequest.objects.update(asked_at=old, due_at=now - DAY)
    undone = factories.make_user()
    erasing.ask(undone)
    erasing.undo(undone)
    ErasureRequest.objects.filter(person=undone).update(undone_at=now - 31 * DAY)
    taker = factories.make_user()
    attempts.submit_attempt(attempts.start_attempt(taker, factories.make_quiz()))
    Attempt.objects.filter(person=taker).update(submitted_at=old)
    leave_municipality(factories.make_member())
    Departure.objects.update(left_at=now - 15 * DAY)
    Session.objects.create(session_key="geheim-en-oud", session_data="", expire_date=now - DAY)
    UserSession.objects.create(user=taker, ip="192.0.2.1", user_agent="", session_key="weg")
    address = EmailAddress.objects.create(user=taker, email=taker.email)
    EmailConfirmation.objects.create(email_address=address, key="k", created=now - 9 * DAY)
    for number, moment in enumerate((now - 2 * DAY, now + DAY)):
        Invitation.objects.create(
            municipality=place,
            purpose="monitor",
            email=f"iemand{number}@voorbeeld.example",
            token_hash=str(number),
            expires_at=moment,
        )
    OutgoingMail.objects.create(
        kind="due", dedupe_key="oud", state="sent", created_at=now - 401 * DAY
    )
    came_back = factories.make_user()
    RetentionNotice.objects.create(person=came_back, stage="first", sent_on=today())
    return place


def snapshot():
    """What is there, by table and key, and what may change of it."""
    models = (User, ErasureRequest, Attempt, Departure, Session, UserSession, EmailConfirmation,
              Invitation, OutgoingMail, RetentionNotice, AuditEvent, Completion)  # fmt: skip
    return {model: list(model.objects.order_by("pk").values()) for model in models}


def test_a_dry_run_changes_nothing_and_says_what_would_be_done(something_of_everything):
    before = snapshot()
    told = StringIO()
    call_command("apply_retention", dry_run=True, stdout=told)
    assert snapshot() == before
    lines = dict(re.findall(r"^([a-z ]+): (\d+)", told.getvalue(), re.MULTILINE))
    done = apply_retention()
    assert {name: int(count) for name, count in lines.items()} == done
    assert sum(count > 0 for count in done.values()) >= 10
    for secret in ("Stille", "Willem", "@", "geheim-en-oud"):
        assert secret not in told.getvalue()


def test_what_was_said_is_what_was_done(something_of_everything):
    said = {step.name: keys for step, keys in look_ahead()}
    apply_retention()
    erased = {user.pk for user in User.objects.all() if is_erased(user)}
    assert erased == set(said["erasures"])
    assert set(
        Attempt.objects.filter(answers_removed_at__isnull=False).values_list("pk", flat=True)
    ) >= set(said["answers"])
    noticed = RetentionNotice.objects.values_list("person", "stage")
    assert set(noticed) == set(said["quiet accounts"])
    gone = {
        "erasures undone": ErasureRequest,
        "departures": Departure,
        "devices": UserSession,
        "invitations unanswered": Invitation,
        "mails": OutgoingMail,
    }
    for name, model in gone.items():
        assert said[name], name
        assert not model.objects.filter(pk__in=said[name]).exists(), name
    assert Invitation.objects.count() == 1
    # A second time there is nothing left to do.
    assert sum(apply_retention().values()) == 0


class Killed(Exception):
    """The process ended halfway."""


def test_it_can_break_off_and_go_on(something_of_everything, monkeypatch):
    real = retention.remove_answers

    def broken(*_args, **_options):
        raise Killed

    monkeypatch.setattr(retention, "remove_answers", broken)
    with pytest.raises(Killed):
        apply_retention()
    monkeypatch.setattr(retention, "remove_answers", real)
    apply_retention()
    assert sum(apply_retention().values()) == 0


def test_a_run_is_bounded(db, monkeypatch):
    for _ in range(3):
        erasing.ask(factories.make_user())
    later = timezone.now() + 15 * DAY
    assert len(erasing.apply_due(later, most=2)) == 2
    assert len(erasing.apply_due(later, most=2)) == 1


def test_looking_asks_as_much_whatever_there_is(something_of_everything, django_assert_num_queries):
    for _ in range(4):
        person = factories.make_user()
        User.objects.filter(pk=person.pk).update(date_joined=timezone.now() - 900 * DAY)
    # And one for how long each form says that it keeps what comes in.
    with django_assert_num_queries(len(STEPS) + 1):
        list(look_ahead())


def test_the_command_does_it(something_of_everything):
    told = StringIO()
    call_command("apply_retention", stdout=told)
    assert "erasures: 1" in told.getvalue()
    assert not ErasureRequest.objects.exists()
