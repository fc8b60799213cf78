"""Making somebody nobody: nothing of them is left, and every figure stays what it was."""

import json
import uuid
from datetime import UTC, date, timedelta
from unittest import mock

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection, models
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Comment, ModelLogEntry, PageSubscription
from wagtail.users.models import UserProfile

from accounts import audit
from accounts.audit_check import verify
from accounts.models import AuditEvent, User
from learning import attempts, first_tries
from learning.anonymising import KEYED, NOWHERE, PLAN, anonymise, is_erased, pointing_at_people
from learning.certificates import certificate_for, check, show_name
from learning.erasing import ask as ask_erasing
from learning.invitations import invite
from learning.models import (
    Answer,
    Attempt,
    Certificate,
    Completion,
    DilemmaTally,
    Enrolment,
    Figure,
    ImportedChange,
    ImportRun,
    Job,
    JoinRequest,
    Mailing,
    MailPreference,
    Membership,
    ModulePage,
    MonitorGrant,
    Municipality,
    MunicipalitySettings,
    OutgoingMail,
    QuestionStatistic,
    Requirement,
    RetentionNotice,
    Waiver,
)
from learning.models.people import today
from learning.question_statistics import keep_statistics
from learning.remarking import effect_of
from learning.roles import Role
from learning.snapshots import counts_on
from tests import factories
from tests.learning.test_figures import EVENT, FIRST, TERMS, Town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
NAME, EMAIL = "Zoutkeetsgracht Xylofoon", "zoutkeets.xylofoon@voorbeeld.example"
OTHER_EMAIL = "xylofoon.prive@voorbeeld.example"


def test_every_field_that_points_at_a_person_is_in_the_plan():
    assert set(pointing_at_people()) == set(PLAN)


def test_every_field_that_holds_an_audit_key_is_known():
    """Fields of numbers like `User.audit_key` that are called after somebody."""
    found = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.UUIDField)
        and field.name in {"actor_key", "subject_key", "person_key", "audit_key"}
    }
    not_of_people = {"accounts.User.audit_key", "learning.Requirement.subject_key"}
    assert found - not_of_people == KEYED


@settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(terms=TERMS, events=st.lists(EVENT, min_size=3, max_size=9), who=st.integers(0, 3))
def test_figures_of_every_day_stay_what_they_were(terms, events, who):
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
        mock.patch("learning.anonymising.today", side_effect=that_day),
        mock.patch("learning.memberships.today", side_effect=that_day),
        mock.patch("django.utils.timezone.now", side_effect=lambda: town.noon().astimezone(UTC)),
    ):
        for what, whom, where, role, days in events:
            town.day += timedelta(days=days)
            town.happen(what, whom, where, role)
        days = [FIRST + timedelta(days=n) for n in range(0, (town.day - FIRST).days, 25)]
        days.append(town.day)

        def pictures():
            return {
                day: (
                    counts_on(day, [town.requirement]),
                    [
                        town.slow(place, role, day)
                        for place in town.places
                        if town.counted_by(place, day) == place
                        for role in ("", Role.COUNCIL_MEMBER.value)
                    ],
                )
                for day in days
            }

        before = pictures()
        anonymise(town.people[who])
        assert pictures() == before
        town.compare()


def everybody_answers(quiz, number=6):
    """So many people hand in the quiz; one of them right, the next wrong."""
    people = [factories.make_user() for _ in range(number)]
    for place, person in enumerate(people):
        attempt = attempts.start_attempt(person, quiz)
        for item in attempt.items.select_related("version"):
            body = item.version.body
            keys = [option["key"] for option in body.get("options", [])] or ["true", "false"]
            attempts.save_answer(attempt, item, [keys[place % 2]])
        attempts.submit_attempt(attempt)
    return people


def told():
    """All that is said of questions and modules."""
    fields = [
        each.name
        for each in QuestionStatistic._meta.concrete_fields
        if each.name not in ("id", "counted_on")
    ]
    keep_statistics(today())
    first_tries.keep_first_tries(today())
    return (
        sorted(QuestionStatistic.objects.values_list(*fields), key=str),
        list(first_tries.FirstTries.objects.values_list("module_key", "people", "passed")),
    )


def test_figures_of_questions_stay_what_they_were():
    questions = [factories.make_question() for _ in range(3)]
    people = everybody_answers(factories.make_quiz(questions=questions))
    before = told()
    assert before[0]
    assert before[1]
    for person in people[:3]:
        anonymise(person)
    # Counted anew, also where what was kept would have stood.
    QuestionStatistic.objects.all().delete()
    assert told() == before
    assert Answer.objects.filter(item__attempt__person__in=people[:3]).count() == 0
    # What is marked anew leaves alone what is no longer there.
    assert effect_of(questions[0].translation_key).people.isdisjoint(p.pk for p in people[:3])


def test_only_first_attempts_are_kept_and_without_answers():
    quiz = factories.make_quiz()
    person = factories.make_user()
    for _ in range(2):
        attempts.submit_attempt(attempts.start_attempt(person, quiz))
    anonymise(person)
    (kept,) = Attempt.objects.filter(person=person)
    assert kept.number == 1
    assert kept.answers_removed_at is not None
    assert not kept.items.exists()


def dump() -> str:
    """Every row of every table, as text."""
    told = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  ours
            told += [f"{table}: {row!r}" for row in cursor.fetchall()]
    return "\n".join(told)


def paths_in(storage) -> list[str]:
    """Every file."""
    found, folders = [], [""]
    while folders:
        folder = folders.pop()
        try:
            below, names = storage.listdir(folder)
        except FileNotFoundError:
            continue
        folders += [f"{folder}/{each}".lstrip("/") for each in below]
        found += [f"{folder}/{name}".lstrip("/") for name in names]
    return found


def empty(storage) -> None:
    """What other tests have left."""
    for path in paths_in(storage):
        storage.delete(path)


def files_of(storage) -> str:
    """The content of every file."""
    told = []
    for path in paths_in(storage):
        with storage.open(path) as file:
            told.append(f"{path}: {file.read()!r}")
    return "\n".join(told)


@pytest.fixture
def everywhere(db):
    """Somebody whose name and address stand wherever they can stand."""
    for each in ("default", "private"):
        empty(storages[each])
    monitor = factories.make_monitor(place := factories.make_municipality("Utrecht"))
    person = factories.make_user(EMAIL, name=NAME)
    EmailAddress.objects.create(user=person, email=EMAIL, verified=True, primary=True)
    EmailAddress.objects.create(user=person, email=OTHER_EMAIL, verified=False)
    module = factories.make_module()
    Membership.objects.create(
        person=person,
        municipality=place,
        role=Role.COUNCIL_MEMBER,
        starts_on=today() - timedelta(days=400),
    )
    requirement = factories.make_requirement(module)
    quiz = factories.make_quiz(module)
    attempts.submit_attempt(attempts.start_attempt(person, quiz))
    attempts.start_attempt(person, quiz)
    done = factories.finish(person, module, evidence=f"Bewijs van {NAME}")
    show_name(certificate_for(done), shown=True)
    Completion.objects.filter(pk=done.pk).update(
        ended_because=f"{NAME} vroeg het", ended_on=today()
    )
    Waiver.objects.create(
        person=person, requirement=requirement, municipality=place, reason=f"{NAME} is ziek"
    )
    MonitorGrant.objects.create(person=person, municipality=place, scope="municipality")
    person.groups.add(Group.objects.create(name="proef"))
    in_the_house(person, monitor, place)
    about_signing_in(person)
    in_wagtail(person)
    ask_erasing(person)
    RetentionNotice.objects.create(person=person, stage="first", sent_on=today())
    audit.record(AuditEvent.What.PERSON, by=monitor, about=person, municipality_code=place.code)
    return person


def in_the_house(person, monitor, place):
    invite(place, by=monitor, email=OTHER_EMAIL, name=NAME, role=Role.STAFF)
    now = timezone.now()
    JoinRequest.objects.create(
        role=Role.STAFF, name=NAME, email=EMAIL, token_hash="0" * 64, expires_at=now
    )
    MailPreference.objects.create(person=person)
    mailing = Mailing.objects.create(
        key="by-hand", municipality=place, selection={"people": [person.pk]}, written_by=person
    )
    OutgoingMail.objects.create(
        kind="reminder", person=person, mailing=mailing, dedupe_key=f"a:{person.pk}"
    )
    OutgoingMail.objects.create(kind="report", address=EMAIL, dedupe_key="b")
    MunicipalitySettings.objects.create(
        municipality=place,
        griffier_name=NAME,
        griffier_email=EMAIL,
        adviser_name=NAME,
        report_recipients=[EMAIL, "griffie@voorbeeld.example"],
    )
    run = ImportRun(municipality=place, created_by=monitor, filename="lijst.csv")
    run.file.save("lijst.csv", ContentFile(f"Naam;E-mail\n{NAME};{EMAIL}\n".encode()))
    applied = ImportRun.objects.create(
        municipality=place, status="applied", applied_at=now, applied_by=person
    )
    ImportedChange.objects.create(
        run=applied, row=1, what="name", person=person, before={"name": ""}, after={"name": NAME}
    )
    job = Job(
        kind="export",
        municipality=place,
        requested_by=monitor,
        status="done",
        finished_at=now,
        expires_at=now + timedelta(hours=1),
    )
    job.result.save("lijst.csv", ContentFile(f"{NAME};{EMAIL}".encode()))


def about_signing_in(person):
    SocialAccount.objects.create(
        user=person, provider="entra", uid=EMAIL, extra_data={"name": NAME, "email": EMAIL}
    )
    Authenticator.objects.create(user=person, type="webauthn", data={"name": NAME})
    UserSession.objects.create(user=person, ip="127.0.0.1", user_agent=NAME, session_key="sleutel")


def in_wagtail(person):
    profile = UserProfile.objects.create(user=person)
    profile.avatar.save("foto.txt", ContentFile(NAME.encode()))
    page = factories.make_home()
    page.owner = page.locked_by = person
    page.save()
    page.save_revision(user=person, log_action=True)
    PageSubscription.objects.create(page=page, user=person, comment_notifications=True)
    Comment.objects.create(page=page, user=person, text=f"Groet, {NAME}", contentpath="title")
    ModelLogEntry.objects.create(
        content_type=ContentType.objects.get_for_model(User),
        label=NAME,
        action="wagtail.edit",
        timestamp=timezone.now(),
        object_id=str(person.pk),
        user=person,
        uuid=uuid.uuid4(),
    )


def leftovers(*, but: str = "") -> list[str]:
    """Lines in which the person can still be found."""
    text = "\n".join([dump(), *(files_of(storages[each]) for each in ("default", "private"))])
    wanted = (NAME.lower(), "xylofoon", EMAIL, OTHER_EMAIL, json.dumps(NAME).lower())
    return [
        line
        for line in text.splitlines()
        if any(each in line.lower() for each in wanted) and not (but and line.startswith(but))
    ]


def test_nothing_of_them_is_left_anywhere(everywhere, django_capture_on_commit_callbacks):
    assert len(leftovers()) > 15
    code = Certificate.objects.get().code
    with django_capture_on_commit_callbacks(execute=True):
        anonymise(everywhere)
    assert leftovers() == []
    assert check(code) is None


def test_a_kept_certificate_keeps_the_name_and_nothing_else_does(
    everywhere, django_capture_on_commit_callbacks
):
    certificate = Certificate.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        anonymise(everywhere, keep_certificates=True)
    assert leftovers(but="learning_certificate:") == []
    assert check(certificate.code).name == NAME


def test_a_kept_certificate_that_never_showed_the_name_holds_none():
    certificate = certificate_for(factories.finish(factories.make_user(), factories.make_module()))
    anonymise(certificate.completion.person, keep_certificates=True)
    assert Certificate.objects.get().kept_name == ""
    assert check(certificate.code).name == ""


def test_what_stays_is_an_empty_shell(everywhere):
    person, key = everywhere, everywhere.audit_key
    anonymise(person)
    person.refresh_from_db()
    assert is_erased(person)
    assert (person.name, person.is_active) == ("Gewist", False)
    assert person.email.endswith(f"@{NOWHERE}")
    assert not person.has_usable_password()
    assert not person.groups.exists()
    assert person.audit_key != key
    assert AuditEvent.objects.filter(subject_key=key, what="erasure").exists()
    for field in User._meta.concrete_fields:
        if field.name not in {
            "id", "audit_key", "email", "name", "password", "is_active", "date_joined"
        }:  # fmt: skip
            assert field.value_from_object(person) == field.get_default(), field.name
    assert verify().is_whole


def test_memberships_end_today_and_those_to_come_go():
    member = factories.make_member()
    later = today() + timedelta(days=9)
    factories.join(member.person, factories.make_municipality(), Role.STAFF, starts_on=later)
    anonymise(member.person)
    (kept,) = Membership.objects.filter(person=member.person)
    assert (kept.pk, kept.ends_on) == (member.pk, today())


def test_once_more_changes_nothing(everywhere):
    anonymise(everywhere)
    before = dump()
    anonymise(everywhere)
    assert dump() == before


def test_spreads_of_dilemmas_are_not_touched():
    DilemmaTally.objects.create(
        dilemma_key=uuid.uuid4(), scene="begin", scope="all", shown={"begin": {"zwijgen": 7}}
    )
    before = list(DilemmaTally.objects.values())
    anonymise(factories.make_user())
    assert list(DilemmaTally.objects.values()) == before


def test_it_takes_as_many_questions_whatever_there_is(django_assert_max_num_queries):
    quiet = factories.make_user()
    with django_assert_max_num_queries(150):
        anonymise(quiet)
