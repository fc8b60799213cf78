"""The audit log: what is recorded stays as it was, and whoever touches it is found."""

import os
import subprocess
import sys
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, models, transaction
from django.test import override_settings
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import audit, audit_guard
from accounts.audit_check import MOST_TOLD, verify
from accounts.models import AuditEvent, AuditHead
from tests import factories
from tests.other_processes import bring_back_from, open_to_others

ROOT = Path(__file__).parents[2]
What = AuditEvent.What


def fill(many, **options):
    """That many sealed lines, of several kinds and people."""
    people = [factories.make_user() for _ in range(2)]
    for number in range(many):
        audit.record(
            What.MEMBERSHIP if number % 2 else What.SIGNED_IN,
            by=people[number % 2] if number % 3 else None,
            about=people[(number + 1) % 2] if number % 2 else None,
            municipality_code="GM0344" if number % 2 else "",
            details={"number": number, "fields": ["ends_on", "é"]},
            **options,
        )
    assert audit.seal_all() == many


def anything():
    """A queryset that refuses nothing, as whoever owns the database has it."""
    return models.QuerySet(AuditEvent)


@pytest.fixture
def unguarded(db):
    """Without the triggers, which the owner of a database can drop. (Undone with the test.)"""
    on = " ON accounts_auditevent" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in audit_guard.TRIGGERS:
            cursor.execute(f"DROP TRIGGER {name}{on}")


# Recording.


def test_a_line_is_told_with_who_what_and_where_and_sealed(db):
    person, other = factories.make_user(), factories.make_user()
    audit.record(
        What.GRANTED, by=person, about=other, municipality_code="GM0344", details={"grant": 3}
    )
    event = AuditEvent.objects.get()
    assert (event.actor_key, event.subject_key) == (person.audit_key, other.audit_key)
    assert (event.what, event.municipality_code) == ("granted", "GM0344")
    assert (event.details, event.number) == ({"grant": 3}, None)
    assert verify().is_whole
    assert audit.seal() == 1
    event.refresh_from_db()
    assert event.number == 1
    assert audit.head() == (1, event.seal)
    assert audit.seal() == 0


def test_what_is_rolled_back_leaves_nothing(db):
    with transaction.atomic():
        audit.record(What.SIGNED_IN, by=None)
        transaction.set_rollback(True)
    assert not AuditEvent.objects.exists()
    assert audit.seal() == 0
    assert verify().is_whole


def test_many_people_are_a_line_each(db, django_assert_num_queries):
    keys = [factories.make_user().audit_key for _ in range(5)]
    with django_assert_num_queries(1):
        audit.record_for_many(What.MEMBERSHIP, by=None, about=keys, details={"change": "begun"})
    assert sorted(AuditEvent.objects.values_list("subject_key", flat=True)) == sorted(keys)


def test_lines_are_only_added(db):
    audit.record(What.EXPORT, by=None)
    line = AuditEvent.objects.get()
    for change in (
        line.save,
        line.delete,
        lambda: AuditEvent.objects.update(what="x"),
        lambda: AuditEvent.objects.all().delete(),
        lambda: AuditEvent.objects.bulk_update([line], ["what"]),
    ):
        with pytest.raises(TypeError):
            change()


def test_erasing_somebody_cuts_them_loose_and_leaves_the_chain_whole(db):
    person = factories.make_user()
    audit.record(What.SIGNED_IN, by=person)
    audit.seal()
    before = person.audit_key
    audit.cut_loose(person)
    person.refresh_from_db()
    assert person.audit_key != before
    assert verify().is_whole


def test_a_row_costs_as_much_to_seal_however_long_the_chain(db, django_assert_num_queries):
    fill(30)
    for many in (1, 5):
        for _ in range(many):
            audit.record(What.SIGNED_IN, by=None)
        with django_assert_num_queries(6):
            audit.seal()


# The database itself.


@pytest.mark.parametrize(
    "change",
    [
        lambda: anything().filter(number=2).update(what="x"),
        lambda: anything().filter(number=2).delete(),
        lambda: anything().all().delete(),
    ],
)
def test_the_database_refuses_to_change_or_remove_what_is_sealed(db, change):
    fill(3)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        change()
    assert verify().is_whole


def test_a_row_that_waits_cannot_be_removed_either(db):
    fill(1)
    audit.record(What.SIGNED_IN, by=None)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        anything().filter(number=None).delete()


# Tampering.

CHANGES = {
    "number": lambda row: row.number + 100,
    "seal": lambda row: row.seal[::-1],
    "at": lambda row: row.at + timedelta(microseconds=1),
    "what": lambda row: "export",
    "actor_key": lambda row: uuid.uuid4(),
    "subject_key": lambda row: uuid.uuid4(),
    "municipality_code": lambda row: "GM0193",
    "details": lambda row: {**row.details, "number": -1},
    "hour": lambda row: datetime(2026, 1, 1, tzinfo=UTC),
}
ROWS = 8
row_numbers = st.integers(1, ROWS)


def change_field(draw):
    row = AuditEvent.objects.get(number=draw(row_numbers))
    name = draw(st.sampled_from(sorted(CHANGES)))
    anything().filter(pk=row.pk).update(**{name: CHANGES[name](row)})


def remove(draw):
    numbers = draw(st.sets(row_numbers, min_size=1))
    anything().filter(number__in=numbers).delete()


def swap(draw):
    first, second = sorted(draw(st.sets(row_numbers, min_size=2, max_size=2)))
    a, b = AuditEvent.objects.get(number=first), AuditEvent.objects.get(number=second)
    anything().filter(pk=a.pk).update(number=ROWS + 50)
    anything().filter(pk=b.pk).update(number=first)
    anything().filter(pk=a.pk).update(number=second)


def insert_waiting(draw):
    AuditEvent.objects.create(what="export", seal=draw(st.sampled_from(["x", "0" * 64])))
    # Others go on recording and sealing.
    audit.record(What.SIGNED_IN, by=None)
    audit.seal_all()


def copy_as_waiting(draw):
    row = AuditEvent.objects.get(number=draw(row_numbers))
    AuditEvent.objects.create(what=row.what, at=row.at, details=row.details, seal=row.seal)


def insert_sealed(draw):
    row = AuditEvent.objects.get(number=draw(row_numbers))
    number = draw(st.sampled_from([0, ROWS + 1, ROWS + 9]))
    AuditEvent.objects.create(what=row.what, at=row.at, number=number, seal=row.seal)


def cut_tail_and_head(draw):
    """As well as can be done without the key: the head is put where the rows now end."""
    last = draw(st.integers(0, ROWS - 1))
    seal = AuditEvent.objects.get(number=last).seal if last else ""
    anything().filter(number__gt=last).delete()
    AuditHead.objects.update(number=last, seal=seal)


def cut_front_and_head(draw):
    first = draw(st.integers(1, ROWS))
    seal = AuditEvent.objects.get(number=first).seal
    anything().filter(number__lte=first).delete()
    AuditHead.objects.update(trimmed_number=first, trimmed_seal=seal)


def lose_head(_draw):
    AuditHead.objects.all().delete()


def lose_everything(_draw):
    anything().all().delete()
    AuditHead.objects.all().delete()


def move_head(draw):
    number = draw(st.integers(0, ROWS + 2).filter(lambda number: number != ROWS))
    seal = AuditEvent.objects.filter(number=number).values_list("seal", flat=True).first()
    AuditHead.objects.update(number=number, seal=seal or "")


TAMPERING = (
    change_field,
    remove,
    swap,
    insert_waiting,
    copy_as_waiting,
    insert_sealed,
    cut_tail_and_head,
    cut_front_and_head,
    lose_head,
    lose_everything,
    move_head,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(data=st.data(), tamper=st.sampled_from(TAMPERING))
def test_any_tampering_is_found_and_nothing_else_is(unguarded, data, tamper):
    point = transaction.savepoint()
    try:
        fill(ROWS)
        expect = audit.head()
        assert verify(expect=expect).broken == []
        tamper(data.draw)
        assert not verify(expect=expect).is_whole
    finally:
        transaction.savepoint_rollback(point)


def test_it_is_said_which_row_was_changed_and_only_that(unguarded):
    fill(6)
    anything().filter(number=4).update(what="export")
    (broken,) = verify().broken
    assert str(broken) == "row 4: the row was changed, or what came before it"


def test_a_wrong_key_is_not_told_of_every_row(db):
    fill(MOST_TOLD + 5)
    with override_settings(AUDIT_LOG_KEY="another", AUDIT_LOG_OLD_KEYS=[]):
        verdict = verify()
    assert (len(verdict.broken), verdict.untold) == (MOST_TOLD, 5)


def test_rows_that_were_not_recorded_by_us_never_get_a_seal_nor_keep_others_from_it(db):
    for _ in range(3):
        AuditEvent.objects.create(what="export", seal="0" * 64)
    audit.record(What.SIGNED_IN, by=None)
    assert audit.seal(most=1) == 1
    assert audit.seal_all() == 0
    assert AuditEvent.objects.waiting().count() == 3


def test_the_key_may_be_changed_while_rows_wait(db):
    fill(2)
    audit.record(What.SIGNED_IN, by=None)
    with override_settings(AUDIT_LOG_KEY="new", AUDIT_LOG_OLD_KEYS=["only-for-tests"]):
        assert audit.seal() == 1
        audit.record(What.SIGNED_OUT, by=None)
        audit.seal()
        assert verify().is_whole
    with override_settings(AUDIT_LOG_KEY="new", AUDIT_LOG_OLD_KEYS=[]):
        assert [each.number for each in verify().broken] == [1, 2]


def test_what_waits_too_long_is_told(db, monkeypatch):
    long_ago = timezone.now() - timedelta(minutes=11)
    monkeypatch.setattr("accounts.audit.timezone.now", lambda: long_ago)
    audit.record(What.SIGNED_IN, by=None)
    monkeypatch.undo()
    assert audit.waits_too_long()
    assert [each.why[:18] for each in verify().broken] == ["rows wait too long"]


# Trimming.


def at(monkeypatch, moment):
    monkeypatch.setattr("accounts.audit.timezone.now", lambda: moment)


def test_what_is_older_than_a_year_goes_from_the_front(db, monkeypatch):
    now = timezone.now()
    for days in (800, 700, 400, 100, 0):
        at(monkeypatch, now - timedelta(days=days))
        audit.record(What.SIGNED_IN, by=None)
    monkeypatch.undo()
    assert audit.forget_old() == 3
    told = AuditEvent.objects.get(what="trimmed").details
    assert (told["through"], told["lines"]) == (3, 3)
    assert verify().is_whole
    audit.seal_all()
    verdict = verify(expect=(1, "f" * 64))
    assert verdict.is_whole
    assert (verdict.begins_after, verdict.verified, verdict.number) == (3, 3, 6)
    assert audit.forget_old() == 0
    # A year later, the line about trimming goes as well, and another says so.
    assert audit.forget_old(now + timedelta(days=400)) == 3
    audit.seal_all()
    assert verify().is_whole
    assert AuditEvent.objects.get().what == "trimmed"


def test_an_empty_log_has_nothing_to_trim_and_is_whole(db):
    assert audit.forget_old() == 0
    assert verify().is_whole


def test_a_row_before_the_beginning_of_the_chain_is_found(unguarded, monkeypatch):
    at(monkeypatch, timezone.now() - timedelta(days=400))
    fill(2)
    monkeypatch.undo()
    row = AuditEvent.objects.get(number=1)
    audit.forget_old()
    audit.seal_all()
    AuditEvent.objects.create(what=row.what, at=row.at, number=1, seal=row.seal)
    assert not verify().is_whole


# The command.


def test_the_command_says_that_all_is_well(db, capsys):
    fill(3)
    number, seal = audit.head()
    call_command("verify_audit_log", "--expect", f"{number}:{seal}")
    out = capsys.readouterr().out
    assert out.startswith("The audit log is whole: 3 rows verified in ")
    assert out.endswith(f"Head 3:{seal}\n")


def test_the_command_says_what_is_wrong_and_where(unguarded):
    fill(3)
    expect = "{}:{}".format(*audit.head())
    anything().filter(number=2).update(municipality_code="GM0001")
    with pytest.raises(CommandError, match="row 2: the row was changed"):
        call_command("verify_audit_log")
    anything().all().delete()
    AuditHead.objects.all().delete()
    call_command("verify_audit_log")
    with pytest.raises(CommandError, match="row 3, which was noted, is gone"):
        call_command("verify_audit_log", "--expect", expect)


@pytest.mark.parametrize("expect", ["", "3", "x:y", f"²:{'a' * 64}", "3:abc"])
def test_a_head_that_is_none_is_refused(db, expect):
    with pytest.raises(CommandError, match="NUMBER:SEAL"):
        call_command("verify_audit_log", "--expect", expect)


# Many at once.


@pytest.mark.django_db(transaction=True)
def test_processes_that_record_at_once_make_one_whole_chain(tmp_path):
    address = open_to_others(tmp_path)
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.accounts.audit_recorder", "25"],
            cwd=ROOT,
            env=os.environ | {"DATABASE_URL": address, "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}"},
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    # Nobody was told of anything wrong while the others were at it.
    assert [each.communicate(timeout=180)[0] for each in processes] == [""] * 3
    bring_back_from(tmp_path)
    assert AuditEvent.objects.waiting().count() == 0
    verdict = verify()
    assert verdict.broken == []
    assert (verdict.verified, verdict.number) == (60, 60)
