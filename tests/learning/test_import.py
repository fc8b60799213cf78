"""A monitor reads in the people of their municipality, and takes it back."""

import csv
import io
import re
from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation

from accounts.models import AuditEvent, User
from learning import access_log
from learning.imports import applying, plans, undoing, work
from learning.imports.texts import FILE_FAULTS, ROW_FAULTS, why_unreadable
from learning.memberships import join, leave
from learning.models import (
    FigureChange,
    ImportedChange,
    ImportRun,
    Job,
    Membership,
    MonitorGrant,
)
from learning.models.people import today
from learning.roles import Role
from learning.rules.people_file import read_people
from learning.rules.people_plan import Outcome
from learning.rules.people_values import RowFault
from learning.rules.sheets import FileFault, UnreadableError
from tests import factories

pytestmark = pytest.mark.django_db

ADDRESS = "/gemeente/utrecht/importeren/"
HEADER = "Naam;E-mail;Rol;Begindatum;Einddatum\n"
ANNA = "Anna Bos;anna@utrecht.example;raadslid;1-4-2026;\n"
BAS = "Bas de Wit;bas@utrecht.example;wethouder;;\n"
WRONG = "Cor;geen adres;koning;;\n"


@pytest.fixture
def utrecht():
    return factories.make_municipality("Utrecht")


@pytest.fixture
def zwolle():
    return factories.make_municipality("Zwolle")


@pytest.fixture
def monitor(utrecht):
    return factories.make_monitor(utrecht, name="Volger")


@pytest.fixture
def client_of_monitor(monitor, signed_in):
    return signed_in(monitor)


def uploaded(text: str, name: str = "raad.csv") -> SimpleUploadedFile:
    content = text if isinstance(text, bytes) else text.encode()
    return SimpleUploadedFile(name, content)


@pytest.fixture
def hand_in(monitor, utrecht):
    def hand_in(*rows: str, header: str = HEADER, **options) -> ImportRun:
        content = (header + "".join(rows)).encode()
        run = plans.hand_in(content, by=monitor, place=utrecht, filename="raad.csv")
        for name, value in options.items():
            setattr(run, name, value)
        run.save()
        return run

    return hand_in


@pytest.fixture
def carry_out(monitor, django_capture_on_commit_callbacks):
    """Decide on a file and let it be done."""

    def carry_out(run: ImportRun, *, only_good: bool = False) -> ImportRun:
        seen = plans.digest(plans.plan_for(run, monitor))
        with django_capture_on_commit_callbacks(execute=True):
            applying.decide(run, by=monitor, seen=seen, only_good=only_good)
        run.refresh_from_db()
        return run

    return carry_out


@pytest.fixture
def undo(monitor, django_capture_on_commit_callbacks):
    def undo(run: ImportRun) -> ImportRun:
        with django_capture_on_commit_callbacks(execute=True):
            undoing.ask_undo(run, by=monitor)
        run.refresh_from_db()
        return run

    return undo


def members(place) -> set[tuple]:
    return set(
        Membership.objects.filter(municipality=place).values_list(
            "person__email", "person__name", "role", "starts_on", "ends_on"
        )
    )


# From file to members


def test_people_are_members_before_they_ever_sign_in(hand_in, carry_out, utrecht, signed_in):
    run = carry_out(hand_in(ANNA, BAS))
    assert run.status == ImportRun.Status.APPLIED
    assert run.counts["new"] == 2
    assert members(utrecht) == {
        ("anna@utrecht.example", "Anna Bos", "raadslid", date(2026, 4, 1), None),
        ("bas@utrecht.example", "Bas de Wit", "wethouder", today(), None),
    }
    anna = User.objects.get(email="anna@utrecht.example")
    assert not anna.has_usable_password()
    assert signed_in(anna).get("/mijn/").status_code == 200


def test_the_same_file_again_changes_nothing(hand_in, carry_out, utrecht, monitor):
    carry_out(hand_in(ANNA, BAS))
    before = members(utrecht)
    FigureChange.objects.all().delete()
    plan = plans.plan_for(hand_in(ANNA, BAS), monitor)
    assert {step.outcome for step in plan.steps} == {Outcome.UNCHANGED}
    carry_out(hand_in(ANNA, BAS))
    assert members(utrecht) == before
    assert not FigureChange.objects.exists()


def test_names_roles_and_days_change(hand_in, carry_out, utrecht):
    carry_out(hand_in(ANNA, BAS))
    run = carry_out(
        hand_in(
            "Anna Bos-Smit;ANNA@utrecht.example;raadslid;30-3-2026;\n",
            f"Bas de Wit;bas@utrecht.example;wethouder;;{today():%d-%m-%Y}\n",
        )
    )
    assert (run.counts["changed"], run.counts["ended"]) == (1, 1)
    assert members(utrecht) == {
        ("anna@utrecht.example", "Anna Bos-Smit", "raadslid", date(2026, 3, 30), None),
        ("bas@utrecht.example", "Bas de Wit", "wethouder", today(), today()),
    }


def test_figures_are_announced_once(hand_in, carry_out, utrecht):
    factories.make_member(utrecht)
    FigureChange.objects.all().delete()
    carry_out(hand_in(ANNA, BAS))
    assert [each.municipality_id for each in FigureChange.objects.all()] == [utrecht.pk]


def test_what_somebody_finished_before_counts_for_what_the_municipality_asks(
    hand_in, carry_out, utrecht, monkeypatch
):
    joined = []
    monkeypatch.setattr(
        applying, "members_joined", lambda place, keys: joined.append((place, list(keys)))
    )
    anna = factories.make_user("anna@utrecht.example")
    carry_out(hand_in(ANNA))
    assert joined == [(utrecht, [anna.pk])]


def test_one_who_ends_makes_room_for_the_same_role_again(hand_in, carry_out, utrecht):
    carry_out(hand_in("Anna;anna@utrecht.example;raadslid;1-4-2018;\n"))
    rows = [
        "Anna;anna@utrecht.example;raadslid;1-4-2026;\n",
        "Anna;anna@utrecht.example;raadslid;1-4-2018;1-4-2022\n",
    ]
    carry_out(hand_in(*rows))
    assert {row[3:] for row in members(utrecht)} == {
        (date(2018, 4, 1), date(2022, 4, 1)),
        (date(2026, 4, 1), None),
    }


def test_who_is_not_in_the_list_stays_unless_asked_otherwise(hand_in, carry_out, utrecht):
    gone = factories.make_member(utrecht, name="Gerda")
    staff = factories.make_member(utrecht, Role.STAFF)
    carry_out(hand_in(ANNA))
    gone.refresh_from_db()
    assert gone.ends_on is None
    carry_out(hand_in(ANNA, end_absent=True))
    gone.refresh_from_db()
    staff.refresh_from_db()
    assert (gone.ends_on, staff.ends_on) == (today(), None)


# All or nothing, or the good rows


def test_all_or_nothing_is_nothing_while_rows_are_wrong(hand_in, carry_out, utrecht):
    run = hand_in(ANNA, WRONG)
    with pytest.raises(applying.WrongRowsError):
        carry_out(run)
    assert not members(utrecht)
    run.refresh_from_db()
    assert run.status == ImportRun.Status.CHECKED


def test_only_the_good_rows(hand_in, carry_out, utrecht):
    run = carry_out(hand_in(ANNA, WRONG), only_good=True)
    assert {row[1] for row in members(utrecht)} == {"Anna Bos"}
    assert (run.counts["new"], run.counts["wrong"]) == (1, 1)


def test_a_plan_that_has_changed_since_it_was_seen_is_refused(hand_in, monitor, utrecht):
    run = hand_in(ANNA)
    seen = plans.digest(plans.plan_for(run, monitor))
    person = factories.make_user("anna@utrecht.example")
    # An account elsewhere is nothing that this monitor knows of.
    assert plans.digest(plans.plan_for(run, monitor)) == seen
    join(person, utrecht, Role.ALDERMAN)
    with pytest.raises(applying.PlanChangedError):
        applying.decide(run, by=monitor, seen=seen, only_good=False)


def test_a_plan_that_changes_while_it_waits_is_not_carried_out(
    hand_in, monitor, utrecht, django_capture_on_commit_callbacks
):
    run = hand_in(ANNA)
    seen = plans.digest(plans.plan_for(run, monitor))
    with django_capture_on_commit_callbacks(execute=True):
        job = applying.decide(run, by=monitor, seen=seen, only_good=False)
        join(factories.make_user("anna@utrecht.example"), utrecht, Role.COUNCIL_MEMBER)
    run.refresh_from_db()
    job.refresh_from_db()
    assert (run.status, run.has_changed) == (ImportRun.Status.CHECKED, True)
    assert job.status == Job.Status.FAILED
    assert "Er is niets geïmporteerd" in job.message
    assert run.file


def test_nothing_is_done_for_who_is_no_monitor_any_more(
    hand_in, monitor, utrecht, django_capture_on_commit_callbacks
):
    run = hand_in(ANNA)
    seen = plans.digest(plans.plan_for(run, monitor))
    with django_capture_on_commit_callbacks(execute=True):
        job = applying.decide(run, by=monitor, seen=seen, only_good=False)
        MonitorGrant.objects.update(withdrawn_at=timezone.now())
    job.refresh_from_db()
    assert job.status == Job.Status.FAILED
    assert not members(utrecht)


def test_a_job_that_is_done_again_does_nothing_twice(hand_in, carry_out, monitor, utrecht):
    run = carry_out(hand_in(ANNA))
    before = members(utrecht)
    assert applying.carry_out(run, run.job) is True
    work.import_people(run.job)
    assert members(utrecht) == before
    assert ImportedChange.objects.count() == 2


def test_an_error_halfway_leaves_nothing(hand_in, carry_out, utrecht, monkeypatch):
    def broken(*_arguments):
        raise RuntimeError("halfway")

    run = hand_in(ANNA, BAS)
    monkeypatch.setattr(applying, "members_joined", broken)
    carry_out(run)
    assert run.status == ImportRun.Status.ASKED
    assert run.job.status == Job.Status.FAILED
    assert not members(utrecht)
    assert not User.objects.filter(email="anna@utrecht.example").exists()
    monkeypatch.undo()
    assert carry_out(run).status == ImportRun.Status.APPLIED


# People of other municipalities


def test_who_serves_elsewhere_is_added_and_keeps_their_name(hand_in, carry_out, utrecht, zwolle):
    member = factories.make_member(zwolle, email="anna@utrecht.example", name="Anna van Zwolle")
    before = members(zwolle)
    run = hand_in(ANNA)
    carry_out(run)
    assert members(zwolle) == before
    assert {row[:3] for row in members(utrecht)} == {
        ("anna@utrecht.example", "Anna van Zwolle", "raadslid")
    }
    assert User.objects.filter(email="anna@utrecht.example").count() == 1
    assert member.person.memberships.count() == 2


def test_the_dry_run_does_not_tell_who_has_an_account(client_of_monitor, utrecht, zwolle):
    def page() -> str:
        response = client_of_monitor.post(ADDRESS, {"file": uploaded(HEADER + ANNA)}, follow=True)
        text = response.content.decode()
        text = re.sub(r'(name="csrfmiddlewaretoken" value=)"[^"]*"', r"\1", text)
        return re.sub(r"importeren/\d+/", "importeren/", text)

    unknown = page()
    factories.make_member(zwolle, email="anna@utrecht.example", name="Anna van Zwolle")
    assert page() == unknown
    assert "Zwolle" not in unknown


@pytest.mark.parametrize("whose", ["signed in", "elsewhere", "monitor", "confirmed", "password"])
def test_a_name_that_is_not_ours_to_give_stays(hand_in, carry_out, monitor, zwolle, *, whose):
    carry_out(hand_in(ANNA))
    anna = User.objects.get(email="anna@utrecht.example")
    if whose == "signed in":
        User.objects.update(last_login=timezone.now())
    elif whose == "elsewhere":
        leave(join(anna, zwolle, Role.COUNCIL_MEMBER))
    elif whose == "monitor":
        MonitorGrant.objects.create(person=anna, scope="nation")
    elif whose == "confirmed":
        EmailAddress.objects.create(user=anna, email=anna.email, verified=True)
    else:
        anna.set_password(factories.PASSWORD)
        anna.save()
    run = hand_in("Anna Anders;anna@utrecht.example;raadslid;1-4-2026;\n")
    [step] = plans.plan_for(run, monitor).steps
    assert (step.outcome, step.name_stays) == (Outcome.UNCHANGED, True)


def test_another_address_of_a_member_is_the_same_person(hand_in, carry_out, monitor, utrecht):
    carry_out(hand_in(ANNA))
    anna = User.objects.get(email="anna@utrecht.example")
    EmailAddress.objects.create(user=anna, email="anna@thuis.example", verified=True)
    before = members(utrecht)
    for end_absent in (False, True):
        run = hand_in("Anna Bos;anna@thuis.example;raadslid;1-4-2026;\n", end_absent=end_absent)
        [step] = plans.plan_for(run, monitor).steps
        assert step.outcome == Outcome.UNCHANGED
    both = hand_in(ANNA, "Anna Bos;anna@thuis.example;raadslid;1-4-2026;\n")
    assert plans.plan_for(both, monitor).counts()[Outcome.WRONG] == 1
    # Somebody from elsewhere, of whom nothing is known here: one person, one seat.
    Membership.objects.all().delete()
    carry_out(both)
    assert members(utrecht) == before
    [again] = plans.plan_for(hand_in(ANNA), monitor).steps
    assert again.outcome == Outcome.UNCHANGED
    assert User.objects.filter(email__endswith=".example").count() == 2


def test_memberships_of_a_municipality_that_has_merged_count(hand_in, monitor, utrecht, zwolle):
    join(
        factories.make_user("anna@utrecht.example", name="Anna Bos"),
        zwolle,
        Role.COUNCIL_MEMBER,
        starts_on=date(2026, 4, 1),
    )
    zwolle.successor, zwolle.merged_on = utrecht, date(2026, 6, 1)
    zwolle.save()
    [step] = plans.plan_for(hand_in(ANNA), monitor).steps
    assert step.outcome == Outcome.UNCHANGED


# The file


def test_the_file_is_private_and_gone_once_it_is_decided(hand_in, carry_out):
    run = hand_in(ANNA)
    storage, name = storages["private"], run.file.name
    assert storage.exists(name)
    assert "raad" not in name
    with pytest.raises(ValueError, match="no address"):
        storages.create_storage({"BACKEND": "learning.private_files.PrivateStorage"}).url(name)
    carry_out(run)
    assert not storage.exists(name)
    assert run.file.name == ""


def test_a_new_file_takes_the_place_of_one_that_was_not_decided_on(
    hand_in, django_capture_on_commit_callbacks
):
    first = hand_in(ANNA)
    with django_capture_on_commit_callbacks(execute=True):
        second = hand_in(BAS)
    assert list(ImportRun.objects.all()) == [second]
    assert not storages["private"].exists(first.file.name)


def test_what_is_kept_is_cleared_away(hand_in, carry_out, django_capture_on_commit_callbacks):
    time_passes = timedelta(days=15)
    done = carry_out(hand_in(ANNA))
    waiting = hand_in(BAS)
    with django_capture_on_commit_callbacks(execute=True):
        work.clear_imports(today())
    assert ImportRun.objects.count() == 2
    assert done.changes.exists()
    ImportRun.objects.update(created_at=timezone.now() - time_passes)
    ImportRun.objects.filter(pk=done.pk).update(applied_at=timezone.now() - time_passes)
    with django_capture_on_commit_callbacks(execute=True):
        work.clear_imports(today())
    assert list(ImportRun.objects.all()) == [done]
    assert not done.changes.exists()
    assert not storages["private"].exists(waiting.file.name)


def test_a_file_of_which_nobody_knows_is_cleared_away(hand_in, monkeypatch):
    run = hand_in(ANNA)
    storage = storages["private"]
    name = storage.save("imports/stray", SimpleUploadedFile("stray", b"x"))
    work.clear_folder()
    assert storage.exists(name)
    later = timezone.now() + timedelta(days=3)
    monkeypatch.setattr(work.timezone, "now", lambda: later)
    work.clear_folder()
    assert not storage.exists(name)
    assert storage.exists(run.file.name)


# Undo


def test_undo_brings_everything_back(hand_in, carry_out, undo, utrecht, zwolle):
    known = factories.make_member(zwolle, email="bas@utrecht.example", name="Bas")
    carry_out(hand_in("Dirk;dirk@utrecht.example;raadslid;1-4-2026;\n"))
    before, elsewhere = members(utrecht), members(zwolle)
    run = carry_out(
        hand_in(ANNA, BAS, "Dirk Dek;dirk@utrecht.example;wethouder;1-6-2026;\n", end_absent=True)
    )
    assert len(members(utrecht)) == 4
    run = undo(run)
    assert run.status == ImportRun.Status.UNDONE
    assert run.counts["left_alone"] == 0
    assert members(utrecht) == before
    assert members(zwolle) == elsewhere
    # Who had no account has none; who had one keeps it.
    assert not User.objects.filter(email="anna@utrecht.example").exists()
    assert User.objects.filter(pk=known.person.pk).exists()
    assert not run.changes.exists()


def test_undo_leaves_alone_what_has_changed_since(
    hand_in, carry_out, undo, utrecht, client_of_monitor
):
    carry_out(hand_in("Dirk;dirk@utrecht.example;raadslid;1-4-2026;\n"))
    run = carry_out(hand_in(ANNA, BAS, "Dirk Dek;dirk@utrecht.example;raadslid;1-5-2026;\n"))
    leave(Membership.objects.get(person__email="anna@utrecht.example"))
    User.objects.filter(email="dirk@utrecht.example").update(last_login=timezone.now())
    Membership.objects.filter(person__email="bas@utrecht.example").delete()
    run = undo(run)
    assert run.counts["left_alone"] == 2
    assert {row[:4] for row in members(utrecht)} == {
        ("anna@utrecht.example", "Anna Bos", "raadslid", date(2026, 4, 1)),
        ("dirk@utrecht.example", "Dirk Dek", "raadslid", date(2026, 4, 1)),
    }
    page = client_of_monitor.get(run.get_absolute_url()).content.decode()
    assert "Anna Bos: het lidmaatschap" in page
    assert "Dirk Dek: de naam" in page


def test_undo_does_not_give_somebody_a_role_twice(hand_in, carry_out, undo, utrecht):
    member = factories.make_member(utrecht, email="anna@utrecht.example", name="Anna Bos")
    run = carry_out(hand_in(f"Anna Bos;anna@utrecht.example;raadslid;;{today():%d-%m-%Y}\n"))
    again = join(member.person, utrecht, Role.COUNCIL_MEMBER)
    run = undo(run)
    assert run.counts["left_alone"] == 1
    again.refresh_from_db()
    assert again.ends_on is None


def test_an_account_that_something_hangs_on_stays(hand_in, carry_out, undo, zwolle):
    rows = (f"P{n};p{n}@utrecht.example;raadslid;;\n" for n in range(6))
    run = carry_out(hand_in(*rows))
    people = list(User.objects.filter(email__endswith="@utrecht.example").order_by("email"))
    User.objects.filter(pk=people[0].pk).update(last_login=timezone.now())
    join(people[1], zwolle, Role.COUNCIL_MEMBER)
    MonitorGrant.objects.create(person=people[2], scope="nation")
    people[3].set_password(factories.PASSWORD)
    people[3].save()
    access_log.record(people[0], zwolle, access_log.What.PERSON, person=people[4])
    undo(run)
    left = User.objects.filter(email__endswith="@utrecht.example").order_by("email")
    # That somebody's page was looked at is no possession.
    assert list(left) == people[:4]


def test_every_way_in_which_something_belongs_to_a_person_is_known():
    names = {f"{field.model.__name__}.{field.name}" for field in undoing.possessions()}
    assert {"Membership.person", "MonitorGrant.person", "Enrolment.person"} <= names
    assert {"Completion.person", "Attempt.person", "EmailAddress.user"} <= names
    assert "ImportedChange.person" not in names


def test_undo_is_offered_for_two_weeks_once_and_for_the_last_import(hand_in, carry_out, undo):
    first = carry_out(hand_in(ANNA))
    assert first.can_be_undone()
    second = carry_out(hand_in(BAS))
    assert not first.can_be_undone()
    ImportRun.objects.filter(pk=second.pk).update(applied_at=timezone.now() - timedelta(days=14))
    second.refresh_from_db()
    assert not second.can_be_undone()
    ImportRun.objects.filter(pk=second.pk).update(applied_at=timezone.now())
    second.refresh_from_db()
    undo(second)
    assert not second.can_be_undone()
    assert undoing.ask_undo(second, by=second.applied_by) is None
    assert not first.can_be_undone()


def test_undoing_twice_changes_nothing(hand_in, carry_out, undo, utrecht):
    run = undo(carry_out(hand_in(ANNA)))
    join(factories.make_user("anna@utrecht.example"), utrecht, Role.COUNCIL_MEMBER)
    before = members(utrecht)
    work.import_people(run.job)
    undoing.undo(run, run.job)
    assert members(utrecht) == before


# The pages


def test_from_choosing_a_file_to_undoing_it(
    client_of_monitor, utrecht, django_capture_on_commit_callbacks
):
    page = client_of_monitor.get(ADDRESS)
    assert "U hebt nog niets geïmporteerd" in page.content.decode()
    checked = client_of_monitor.post(
        ADDRESS, {"file": uploaded(HEADER + ANNA + WRONG)}, follow=True
    )
    address = checked.redirect_chain[-1][0]
    text = checked.content.decode()
    assert "“geen adres” is geen e-mailadres" in text
    assert "We kennen de rol “koning” niet" in text
    assert "nieuw in uw gemeente" in text
    assert not members(utrecht)
    seen = checked.context["seen"]
    refused = client_of_monitor.post(f"{address}uitvoeren/", {"rows": "all", "seen": seen})
    assert refused.status_code == 422
    assert "foute rijen" in refused.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        done = client_of_monitor.post(f"{address}uitvoeren/", {"rows": "good", "seen": seen})
    assert "/taken/" in done.url
    assert address in client_of_monitor.get(done.url).content.decode()
    result = client_of_monitor.get(address)
    assert result.context["can_be_undone"]
    assert len(members(utrecht)) == 1
    # It asks first.
    asked = client_of_monitor.get(f"{address}ongedaan/")
    assert "Ja, maak de import ongedaan" in asked.content.decode()
    assert len(members(utrecht)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        client_of_monitor.post(f"{address}ongedaan/")
    assert not members(utrecht)
    assert "ongedaan gemaakt" in client_of_monitor.get(address).content.decode()
    assert "ongedaan gemaakt" in client_of_monitor.get(ADDRESS).content.decode()
    again = client_of_monitor.get(f"{address}ongedaan/", follow=True)
    assert again.status_code == 200


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (None, "Kies eerst een bestand"),
        (uploaded("", "leeg.csv"), "Dit bestand is leeg"),
        (uploaded("Anna;a@x.nl\n"), "We vinden geen rij met koppen"),
        (uploaded("Naam;Telefoon\nAnna;06\n"), "geen kolom voor: e-mailadres en rol"),
        (uploaded("Naam;Mail;E-mail;Rol\nA;a@x.nl;b@x.nl;raadslid\n"), "betekenen voor ons"),
        (uploaded(b"\x89PNG\r\n\x1a\n\x00", "foto.png"), "geen lijst die wij kunnen lezen"),
        (uploaded(b"x" * (5 * 1024 * 1024 + 1)), "groter dan 5 MB"),
    ],
)
def test_a_file_that_cannot_be_used_says_why_beside_the_field(client_of_monitor, file, words):
    response = client_of_monitor.post(ADDRESS, {"file": file} if file is not None else {})
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not ImportRun.objects.exists()


def test_who_is_not_in_the_list_is_shown_when_asked(client_of_monitor, utrecht):
    factories.make_member(utrecht, name="Gerda")
    checked = client_of_monitor.post(ADDRESS, {"file": uploaded(HEADER + ANNA)}, follow=True)
    address = checked.redirect_chain[-1][0]
    assert "Gerda" not in checked.content.decode()
    shown = client_of_monitor.post(f"{address}mensen/", {"end_absent": "on"}, follow=True)
    assert "Gerda" in shown.content.decode()
    assert "Gerda" not in client_of_monitor.post(f"{address}mensen/", follow=True).content.decode()


def test_a_file_may_be_left(client_of_monitor, django_capture_on_commit_callbacks):
    checked = client_of_monitor.post(ADDRESS, {"file": uploaded(HEADER + ANNA)}, follow=True)
    address = checked.redirect_chain[-1][0]
    name = ImportRun.objects.get().file.name
    with django_capture_on_commit_callbacks(execute=True):
        client_of_monitor.post(f"{address}weg/")
    assert not ImportRun.objects.exists()
    assert not storages["private"].exists(name)
    assert client_of_monitor.get(address).status_code == 404


def test_a_file_that_is_gone_is_asked_for_again(client_of_monitor, hand_in):
    run = hand_in(ANNA)
    storages["private"].delete(run.file.name)
    response = client_of_monitor.get(run.get_absolute_url(), follow=True)
    assert "Kies het bestand opnieuw" in response.content.decode()
    assert not ImportRun.objects.exists()


def test_a_decision_on_what_was_not_seen_is_refused(client_of_monitor, hand_in, utrecht):
    run = hand_in(ANNA)
    response = client_of_monitor.post(
        f"{run.get_absolute_url()}uitvoeren/", {"rows": "all", "seen": "x"}, follow=True
    )
    assert "Bekijk opnieuw" in response.content.decode()
    response = client_of_monitor.post(f"{run.get_absolute_url()}uitvoeren/", {"rows": "both"})
    assert response.status_code == 422
    assert not members(utrecht)


def test_many_rows_are_leafed_through(client_of_monitor, hand_in):
    rows = [f"P{n};p{n}@utrecht.example;raadslid;;\n" for n in range(60)]
    run = hand_in(*rows, *(WRONG for _ in range(30)))
    page = client_of_monitor.get(run.get_absolute_url())
    assert (len(page.context["wrong"]), len(page.context["rows"])) == (10, 25)
    assert len(client_of_monitor.get(f"{run.get_absolute_url()}?p=3").context["rows"]) == 10
    wrong = client_of_monitor.get(f"{run.get_absolute_url()}?kind=wrong")
    assert (wrong.context["wrong"], len(wrong.context["rows"])) == ([], 25)
    odd = client_of_monitor.get(f"{run.get_absolute_url()}?kind=x&p=zz")
    assert len(odd.context["rows"]) == 25


def test_who_looked_is_kept(client_of_monitor, hand_in, monitor):
    client_of_monitor.get(hand_in(ANNA).get_absolute_url())
    assert AuditEvent.objects.filter(actor_key=monitor.audit_key, what="import").count() == 1


def test_another_municipality_s_imports_are_not_there(hand_in, zwolle, signed_in, carry_out):
    run = carry_out(hand_in(ANNA))
    other = signed_in(factories.make_monitor(zwolle))
    assert other.get(ADDRESS).status_code == 403
    assert other.get(run.get_absolute_url()).status_code == 403
    for page in ("", "mensen/", "uitvoeren/", "weg/", "ongedaan/"):
        elsewhere = f"/gemeente/zwolle/importeren/{run.pk}/{page}"
        method = other.get if page in ("", "ongedaan/") else other.post
        assert method(elsewhere).status_code == 404
    assert signed_in(run.created_by).get(run.get_absolute_url()).status_code == 200


def test_queries_do_not_grow_with_the_file(
    client_of_monitor, hand_in, utrecht, django_assert_max_num_queries
):
    few = hand_in(ANNA, BAS)
    client_of_monitor.get(few.get_absolute_url())
    with django_assert_max_num_queries(15) as before:
        client_of_monitor.get(few.get_absolute_url())
    for _ in range(5):
        factories.make_member(utrecht)
    rows = (f"P{n};p{n}@utrecht.example;raadslid;;\n" for n in range(60))
    many = hand_in(*rows)
    client_of_monitor.get(many.get_absolute_url())
    with django_assert_max_num_queries(15) as after:
        client_of_monitor.get(many.get_absolute_url())
    assert len(after) == len(before)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_template_can_be_filled_in_and_comes_back(client_of_monitor, kind, language):
    prefix = "" if language == "nl" else "/en"
    with translation.override(language):
        response = client_of_monitor.get(f"{prefix}{ADDRESS}sjabloon.{kind}")
    content = b"".join(response.streaming_content)
    # As it is there is nobody in it: its one row is an example.
    with pytest.raises(UnreadableError) as caught:
        read_people(content)
    assert caught.value.fault == FileFault.NO_ROWS
    if kind == "csv":
        header, example = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
        assert len(header) == len(example) == 5
        [row] = read_people(content + b"Anna;a@x.nl;raadslid;1-4-2026;\r\n").rows
        assert (row.name, row.starts_on, row.faults) == ("Anna", date(2026, 4, 1), ())


def test_everything_that_may_be_wrong_has_words():
    with translation.override("nl"):
        for fault in FileFault:
            details = ("email",) if fault == FileFault.MISSING_COLUMNS else ()
            assert why_unreadable(UnreadableError(fault, *details)).endswith(".")
    told = set(FILE_FAULTS) | {FileFault.MISSING_COLUMNS, FileFault.DOUBLE_COLUMNS}
    assert told == set(FileFault)
    assert set(ROW_FAULTS) == set(RowFault)
