"""Reminders by themselves: on their days, once, one mail a person, and not when it is done."""

from datetime import date, timedelta

import pytest
from django.core import mail as post
from django.db import IntegrityError, transaction
from django.utils import timezone

from learning.holdings import rebuild
from learning.mail import planning
from learning.mail.notices import tell_changed
from learning.mail.periodic import remind, report
from learning.mail.planning import plan
from learning.mail.sending import deliver_waiting
from learning.memberships import leave
from learning.models import (
    Completion,
    Job,
    Mailing,
    MailPreference,
    MunicipalitySettings,
    OutgoingMail,
    Reminder,
    Waiver,
)
from learning.models.people import today
from learning.retention import apply_retention
from learning.roles import Role
from learning.rules.reminders import Moment
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
State = OutgoingMail.State
MONDAY = date(2026, 11, 23)


@pytest.fixture
def utrecht():
    return factories.make_municipality("Utrecht")


@pytest.fixture
def oath():
    module = factories.make_module("eed", title="De eed")
    factories.make_lesson(module, slug="les")
    return module


@pytest.fixture
def person(utrecht):
    return factories.make_member(utrecht, name="Anna", email="anna@voorbeeld.example").person


def requires(module, *, in_days, **options):
    return factories.make_requirement(module, due_on=today() + timedelta(days=in_days), **options)


def sent():
    deliver_waiting()
    return post.outbox


@pytest.mark.parametrize(
    ("in_days", "subject", "words"),
    [
        (10, "Rond “De eed” af, uiterlijk", "Uiterste datum:"),
        (3, "Rond “De eed” af, uiterlijk", "Uiterste datum:"),
        (-1, "“De eed” is nog niet klaar", "De uiterste datum was"),
        (-44, "“De eed” is nog niet klaar", "De uiterste datum was"),
    ],
)
def test_before_and_after_the_due_date(oath, person, in_days, subject, words):
    requires(oath, in_days=in_days)
    assert plan(today()) == 1
    (message,) = sent()
    assert message.to == ["anna@voorbeeld.example"]
    assert message.subject.startswith(subject)
    for body in (message.body, message.alternatives[0][0]):
        assert words in body
        assert f"/mijn/verder/{oath.translation_key}/" in body
        assert "Beste Anna," in body
        assert "Utrecht" in body
    assert "List-Unsubscribe" not in message.extra_headers


@pytest.mark.parametrize("in_days", [20, 15, -57, -200])
def test_not_long_before_and_not_for_ever(oath, person, in_days):
    requires(oath, in_days=in_days)
    assert plan(today()) == 0


def test_an_offer_without_a_date_is_not_reminded_of(oath, person):
    assert plan(today()) == 0


def test_the_same_is_said_once(oath, person):
    requirement = requires(oath, in_days=2)
    assert plan(today()) == 1
    assert plan(today()) == 0
    # Another day, the same moment.
    OutgoingMail.objects.update(dedupe_key="yesterday")
    assert plan(today()) == 0
    assert Reminder.objects.get().requirement == requirement
    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.create(
            mail=OutgoingMail.objects.get(),
            person=person,
            requirement=requirement,
            municipality=Reminder.objects.get().municipality,
            moment=Moment.THREE_DAYS_BEFORE,
            due_on=requirement.due_on,
            on=today(),
        )


def test_the_next_moment_is_said_again(oath, person):
    requires(oath, in_days=2)
    plan(today())
    Reminder.objects.update(moment=Moment.TWO_WEEKS_BEFORE)
    OutgoingMail.objects.update(dedupe_key="before")
    assert plan(today()) == 1


def test_one_mail_for_all_that_is_due(utrecht, oath, person):
    for number in range(4):
        requires(factories.make_module(title=f"Module {number}"), in_days=number)
    requires(oath, in_days=-1)
    assert plan(today()) == 1
    (message,) = sent()
    assert message.subject == "5 modules om af te ronden"
    assert message.body.index("De eed") < message.body.index("Module 0")
    # One button, to what comes first.
    assert message.alternatives[0][0].count("border-radius:4px") == 1
    assert Reminder.objects.count() == 5


def test_it_stops_the_moment_that_it_is_done(oath, person):
    requires(oath, in_days=2)
    other = factories.make_module(title="Anders")
    requires(other, in_days=2)
    plan(today())
    factories.finish(person, oath)
    (message,) = sent()
    assert message.subject.startswith("Rond “Anders” af")
    assert "De eed" not in message.body


def test_nothing_is_sent_when_all_is_done(oath, person):
    requires(oath, in_days=2)
    plan(today())
    factories.finish(person, oath)
    assert sent() == []
    assert OutgoingMail.objects.get().state == State.CANCELLED


@pytest.mark.parametrize("happens", ["left", "ended", "switched off"])
def test_nothing_is_sent_when_it_is_no_longer_asked(utrecht, oath, person, happens):
    requirement = requires(oath, in_days=2)
    plan(today())
    if happens == "left":
        leave(person.memberships.get(), ends_on=today() - timedelta(days=1))
    elif happens == "ended":
        requirement.ends_on = today() - timedelta(days=1)
        requirement.save()
    else:
        MunicipalitySettings.objects.create(municipality=utrecht, automatic_reminders=False)
    assert sent() == []


def test_who_was_let_off_is_left_alone(utrecht, oath, person):
    Waiver.objects.create(
        requirement=requires(oath, in_days=2), person=person, reason="Verlof", municipality=utrecht
    )
    assert plan(today()) == 0


def test_a_municipality_can_switch_it_off(utrecht, oath, person):
    requires(oath, in_days=2)
    MunicipalitySettings.objects.create(municipality=utrecht, automatic_reminders=False)
    elsewhere = factories.make_member(name="Elders").person
    assert plan(today()) == 1
    assert Reminder.objects.get().person == elsewhere


def test_around_the_end_of_validity(oath, person):
    requirement = factories.make_requirement(
        oath, validity="from_completion", valid_months=12, renewal_days=60
    )
    ends_in_ten_days = today() + timedelta(days=10 - 365)
    factories.finish(person, oath, completed_on=ends_in_ten_days)
    assert plan(today()) == 1
    (message,) = sent()
    assert message.subject.startswith("Verleng “De eed”, uiterlijk")
    assert "U kunt nu verlengen." in message.body
    holding = requirement.holdings.get()
    requirement.holdings.update(starts_on=holding.starts_on - timedelta(days=12))
    requirement.holdings.update(ends_on=today() - timedelta(days=2))
    OutgoingMail.objects.update(dedupe_key="before")
    assert plan(today()) == 1
    assert sent()[1].subject == "“De eed” is niet meer geldig"


def test_so_many_days_after_somebody_began(utrecht, oath):
    factories.make_requirement(oath, due_days=30)
    new = factories.make_member(utrecht, starts_on=today() - timedelta(days=28)).person
    factories.make_member(utrecht, starts_on=today() - timedelta(days=2))
    factories.make_member(utrecht, starts_on=today() - timedelta(days=200))
    assert plan(today()) == 1
    assert Reminder.objects.get().person == new


def test_not_within_a_week_of_a_reminder_by_hand(utrecht, oath, person):
    requirement = requires(oath, in_days=-3)
    mail = OutgoingMail.objects.create(kind="reminder", person=person, dedupe_key="by hand")
    hand = Reminder.objects.create(
        mail=mail,
        person=person,
        requirement=requirement,
        municipality=utrecht,
        moment=Moment.BY_HAND,
        on=today() - timedelta(days=6),
    )
    assert plan(today()) == 0
    Reminder.objects.filter(pk=hand.pk).update(on=today() - timedelta(days=7))
    assert plan(today()) == 1


def test_not_within_a_week_of_being_asked_again(oath, person):
    requirement = factories.make_requirement(oath)
    factories.finish(person, oath, completed_on=today() - timedelta(days=90))
    Completion.objects.update(
        ended_on=today(), ended_because="Veranderd", archived_at=timezone.now()
    )
    rebuild(requirement)
    assert tell_changed(oath, again=True) == 1
    assert plan(today()) == 0
    eight_days_ago = timezone.now() - timedelta(days=8)
    OutgoingMail.objects.update(created_at=eight_days_ago)
    assert plan(today()) == 1


def test_who_serves_two_municipalities_gets_one_mail_that_both_see(utrecht, oath, person):
    zwolle = factories.make_municipality("Zwolle")
    factories.join(person, zwolle, Role.COUNCIL_MEMBER, starts_on=date(2026, 4, 1))
    requires(oath, in_days=2, municipality=utrecht)
    requires(factories.make_module(title="Van Zwolle"), in_days=3, municipality=zwolle)
    assert plan(today()) == 1
    mail = OutgoingMail.objects.get()
    assert {mail.municipality, *mail.also.all()} == {utrecht, zwolle}
    (message,) = sent()
    assert "Utrecht en Zwolle" in message.body or "Zwolle en Utrecht" in message.body


def test_two_planners_at_once_make_one_mail(utrecht, oath, person, monkeypatch):
    requires(oath, in_days=2)
    factories.make_member(utrecht, name="Bas")
    make, raced = planning.make, []

    def late(chunk, day, weekly):
        if not raced:
            raced.append(True)
            # Another worker is quicker with one of the two.
            make(chunk[:1], day, weekly)
            raise IntegrityError
        make(chunk, day, weekly)

    monkeypatch.setattr(planning, "make", late)
    plan(today())
    assert OutgoingMail.objects.count() == Reminder.objects.count() == 2


def test_one_mail_a_week_comes_on_monday(oath, person, monkeypatch):
    MailPreference.objects.create(person=person, rhythm="weekly")
    requirement = requires(oath, in_days=2)
    clock = {"day": MONDAY + timedelta(days=1)}
    monkeypatch.setattr(timezone, "localdate", lambda *_a, **_k: clock["day"])
    requirement.due_on = MONDAY + timedelta(days=4)
    requirement.save()
    assert plan(clock["day"]) == 0
    clock["day"] = MONDAY
    assert plan(MONDAY) == 1
    (message,) = sent()
    assert OutgoingMail.objects.get().kind == "weekly"
    assert "één mail per week" in message.body
    # That something is late is told at once, whatever day it is.
    clock["day"] = MONDAY + timedelta(days=5)
    assert plan(clock["day"]) == 1
    assert sent()[1].subject == "“De eed” is nog niet klaar"


def test_a_day_that_was_missed_is_not_told_twice(oath, person):
    requires(oath, in_days=2)
    remind(today() - timedelta(days=1))
    assert not OutgoingMail.objects.exists()
    remind(today())
    remind(today())
    assert OutgoingMail.objects.count() == 1


def test_planning_asks_no_more_for_more_people(utrecht, oath, django_assert_max_num_queries):
    requires(oath, in_days=2)
    factories.make_member(utrecht)
    with django_assert_max_num_queries(40) as before:
        plan(today())
    for _ in range(8):
        factories.make_member(utrecht)
    OutgoingMail.objects.all().delete()
    with django_assert_max_num_queries(40) as after:
        assert plan(today()) == 9
    assert len(after) <= len(before)


def first_of_month(monkeypatch):
    day = date(2026, 12, 1)
    monkeypatch.setattr(timezone, "localdate", lambda *_a, **_k: day)
    return day


def test_the_report_has_figures_and_no_names(utrecht, oath, monkeypatch, client):
    day = first_of_month(monkeypatch)
    people = [factories.make_member(utrecht, name=f"Naam{n}").person for n in range(6)]
    factories.finish(people[0], oath)
    small = factories.make_module(title="Voor één", roles=["wethouder"])
    factories.make_member(utrecht, Role.ALDERMAN, name="Wethouder")
    requires(oath, in_days=-5)
    stored = MunicipalitySettings.objects.create(
        municipality=utrecht, report_recipients=["a@voorbeeld.example", "b@voorbeeld.example"]
    )
    report(day)
    report(day)
    assert len(sent()) == 2
    message = post.outbox[0]
    assert message.subject == "Utrecht: hoe ver uw mensen zijn"
    for body in (message.body, message.alternatives[0][0]):
        assert "1 van 6 klaar (16%), 5 te laat" in body
        assert "Naam" not in body
        assert "Te weinig mensen om te tonen" in body
        assert small.title in body
        assert "http://127.0.0.1:8000/gemeente/utrecht/" in body
    assert set(OutgoingMail.objects.values_list("address", flat=True)) == {""}
    assert "voorbeeld.example" not in str(list(OutgoingMail.objects.values()))
    # One press takes the receiver off the list, and nobody else.
    address = message.extra_headers["List-Unsubscribe"].strip("<>")
    page = client.post(address.removeprefix("http://127.0.0.1:8000"))
    assert page.status_code == 200
    stored.refresh_from_db()
    assert len(stored.report_recipients) == 1
    assert message.to[0] not in stored.report_recipients


def test_the_report_goes_on_the_first_to_who_is_on_the_list_then(utrecht, monkeypatch):
    day = first_of_month(monkeypatch)
    stored = MunicipalitySettings.objects.create(
        municipality=utrecht, report_recipients=["a@voorbeeld.example"]
    )
    report(day - timedelta(days=1))
    report(date(2026, 11, 1))
    assert not OutgoingMail.objects.exists()
    report(day)
    stored.report_recipients = []
    stored.save()
    assert sent() == []


def test_drafts_and_old_mail_are_removed(utrecht, oath, person):
    requirement = requires(oath, in_days=2)
    plan(today())
    old = timezone.now() - timedelta(days=401)
    Mailing.objects.create(key="draft", requirement=requirement, created_at=old)
    kept = Mailing.objects.create(
        key="sent", requirement=requirement, sent_at=timezone.now(), job=None
    )
    apply_retention()
    assert list(Mailing.objects.all()) == [kept]
    assert OutgoingMail.objects.count() == 1
    OutgoingMail.objects.update(created_at=old, state=State.SENT)
    apply_retention()
    assert not OutgoingMail.objects.exists()
    assert not Reminder.objects.exists()
    assert not Job.objects.exists()
