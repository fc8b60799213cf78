"""Leaving a municipality and erasing one's account: told first, done, undone."""

import re
import time
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import AuditEvent, User
from learning import attempts, erasing, invitations, leaving
from learning.anonymising import is_erased
from learning.certificates import certificate_for
from learning.mail.sending import deliver_waiting
from learning.memberships import leave
from learning.models import (
    Certificate,
    Departure,
    ErasureRequest,
    Invitation,
    JoinRequest,
    Membership,
    OutgoingMail,
)
from learning.models.people import today
from learning.monitoring import members_for
from learning.roles import Role
from learning.settling import remove_answers
from tests import factories
from tests.mails import link_in

pytestmark = pytest.mark.django_db
ERASE = "/mijn/gegevens/wissen/"
UNDO = f"{ERASE}ongedaan/"


@pytest.fixture
def member():
    return factories.make_member(
        factories.make_municipality("Voorbeeldstad"), name="Anna van der Veen"
    )


@pytest.fixture
def browser(member, signed_in):
    browser = signed_in(member.person)
    show_again(browser)
    return browser


def show_again(browser):
    """As after asking once more for the password."""
    session = browser.session
    session["account_authentication_methods"] = [
        *session["account_authentication_methods"],
        {"method": "password", "at": time.time(), "reauthenticated": True},
    ]
    session.save()


def leaving_of(membership):
    return reverse("leave_municipality", args=[membership.pk])


def steps_told(what, person):
    rows = AuditEvent.objects.filter(what=what, subject_key=person.audit_key).order_by("pk")
    return [row.details.get("via") or row.details["change"] for row in rows]


# Leaving a municipality


def test_first_it_is_told_what_happens(browser, member):
    page = browser.get(leaving_of(member))
    assert page.status_code == 200
    text = page.content.decode()
    assert "Vanaf morgen ziet de gemeente niet meer hoe ver u bent" in text
    assert "14 dagen" in text
    member.refresh_from_db()
    assert member.ends_on is None


def test_leaving_ends_it_today_and_can_be_undone_at_once(browser, member):
    page = browser.post(leaving_of(member), follow=True)
    member.refresh_from_db()
    assert member.ends_on == today()
    assert reverse("leave_undo", args=[member.pk]) in page.content.decode()
    page = browser.post(reverse("leave_undo", args=[member.pk]), follow=True)
    assert "weer lid van Voorbeeldstad" in page.content.decode()
    member.refresh_from_db()
    assert member.ends_on is None
    assert not Departure.objects.exists()
    assert steps_told("membership", member.person)[-2:] == ["oneself", "leaving_undone"]


def test_the_monitor_no_longer_sees_them_from_tomorrow(member, monkeypatch):
    place = member.municipality
    monitor = factories.make_monitor(place)
    leaving.leave_municipality(member)
    tomorrow = today() + timedelta(days=1)
    monkeypatch.setattr("learning.models.people.today", lambda: tomorrow)
    assert not members_for(monitor, place).filter(pk=member.pk).exists()


def test_leaving_and_undoing_twice_is_once(member):
    leaving.leave_municipality(member)
    leaving.leave_municipality(member)
    assert Departure.objects.count() == 1
    leaving.undo_leaving(member)
    leaving.undo_leaving(member)
    assert steps_told("membership", member.person)[-2:] == ["oneself", "leaving_undone"]


def test_a_planned_end_comes_back_by_undoing(member):
    planned = today() + timedelta(days=30)
    leave(member, ends_on=planned)
    leaving.leave_municipality(member)
    assert leaving.undo_leaving(member).ends_on == planned


def test_who_has_yet_to_begin_leaves_on_the_first_day():
    begins = today() + timedelta(days=5)
    member = factories.make_member(starts_on=begins)
    leaving.leave_municipality(member)
    member.refresh_from_db()
    assert member.ends_on == begins


@pytest.mark.parametrize("how", ["late", "ended by the municipality", "joined again"])
def test_it_can_no_longer_be_undone(browser, member, how):
    leaving.leave_municipality(member)
    if how == "late":
        Departure.objects.update(left_at=timezone.now() - timedelta(days=14))
    elif how == "ended by the municipality":
        Membership.objects.update(ends_on=today() - timedelta(days=1))
    else:
        factories.join(member.person, member.municipality, Role.COUNCIL_MEMBER)
    with pytest.raises(leaving.CannotUndo):
        leaving.undo_leaving(member)
    page = browser.post(reverse("leave_undo", args=[member.pk]), follow=True)
    assert "kan niet meer ongedaan" in page.content.decode()
    member.refresh_from_db()
    assert member.ends_on is not None


def test_what_the_municipality_ended_is_not_for_the_person_to_undo(browser, member):
    leave(member, ends_on=today() - timedelta(days=1))
    assert leaving.leave_municipality(member) is None
    with pytest.raises(leaving.CannotUndo):
        leaving.undo_leaving(member)
    assert "geen lid meer" in browser.get(leaving_of(member)).content.decode()


def test_somebody_elses_membership_is_not_there(signed_in, member):
    stranger = signed_in(factories.make_user())
    assert stranger.get(leaving_of(member)).status_code == 404
    assert stranger.post(leaving_of(member)).status_code == 404
    assert stranger.post(reverse("leave_undo", args=[member.pk])).status_code == 404
    member.refresh_from_db()
    assert member.ends_on is None


def test_what_still_waited_there_goes_and_elsewhere_stays(member):
    elsewhere = factories.make_municipality()
    monitor = factories.make_monitor(member.municipality)
    now = timezone.now()
    for place in (member.municipality, elsewhere):
        JoinRequest.objects.create(
            person=member.person,
            municipality=place,
            role=Role.STAFF,
            status="waiting",
            expires_at=now,
        )
        invitations.invite(place, by=monitor, email=member.person.email, role=Role.STAFF)
    leaving.leave_municipality(member)
    assert [each.municipality for each in JoinRequest.objects.all()] == [elsewhere]
    assert [each.municipality for each in Invitation.objects.open()] == [elsewhere]


def test_a_monitor_is_told_that_watching_does_not_end(signed_in):
    place = factories.make_municipality("Voorbeeldstad")
    monitor = factories.make_monitor(place)
    membership = factories.join(monitor, place, Role.CLERK)
    browser = signed_in(monitor)
    text = browser.get(leaving_of(membership)).content.decode()
    assert "U blijft volger" in text
    assert "enige volger" in text
    browser.post(leaving_of(membership))
    assert monitor.monitor_grants.active().exists()


# Erasing the account


def test_what_goes_and_what_stays_is_told_first(browser):
    text = browser.get(ERASE).content.decode()
    assert "Dit verdwijnt" in text
    assert "Dit blijft, zonder uw naam" in text
    assert "14 dagen" in text


def test_without_a_tick_nothing_is_asked_and_what_was_chosen_stays(browser):
    page = browser.post(ERASE, {"keep_certificates": "on"})
    assert page.status_code == 422
    text = page.content.decode()
    assert "Vink dit aan" in text
    assert re.search(r'name="keep_certificates"[^>]* checked', text)
    assert not ErasureRequest.objects.exists()


def test_asking_needs_to_show_again_who_one_is(member, signed_in):
    browser = signed_in(member.person)
    page = browser.post(ERASE, {"understood": "on"})
    assert page.status_code == 302
    assert "reauthenticate" in page.url
    assert not ErasureRequest.objects.exists()


def test_it_waits_for_two_weeks_with_a_banner_on_every_page(browser, member):
    browser.post(ERASE, {"understood": "on", "keep_certificates": "on"})
    (request,) = ErasureRequest.objects.all()
    assert request.keep_certificates
    assert timedelta(days=13, hours=23) < request.due_at - timezone.now() <= timedelta(days=14)
    for path in ("/mijn/", "/mijn/gegevens/", "/hulp/"):
        assert "Uw account wordt op" in browser.get(path).content.decode(), path
    assert "Uw account wordt op" in browser.get(ERASE).content.decode()
    page = browser.post(UNDO, follow=True)
    assert "Uw account blijft" in page.content.decode()
    assert "Uw account wordt op" not in browser.get("/mijn/").content.decode()
    assert steps_told("erasure", member.person) == ["asked", "undone"]


def test_asking_twice_is_asking_once_and_again_after_undoing(member):
    first = erasing.ask(member.person)
    assert erasing.ask(member.person).asked_at == first.asked_at
    assert erasing.undo(member.person)
    assert not erasing.undo(member.person)
    again = erasing.ask(member.person, keep_certificates=True)
    assert again.pk == first.pk
    assert again.asked_at > first.asked_at
    assert again.undone_at is None


@pytest.mark.parametrize(
    ("language", "subject"), [("nl", "Uw account wordt"), ("en", "Your account will be erased")]
)
def test_the_mail_leads_to_a_page_that_undoes_it_without_signing_in(client, language, subject):
    person = factories.make_user(language=language)
    erasing.ask(person)
    deliver_waiting()
    (sent,) = mail.outbox
    assert sent.to == [person.email]
    assert sent.subject.startswith(subject)
    path = link_in(sent)
    assert person.email not in path
    assert client.get(path).status_code == 200
    assert ErasureRequest.objects.waiting().exists()
    assert client.post(path).status_code == 200
    assert not ErasureRequest.objects.waiting().exists()
    assert client.get(path).status_code == 410
    # Of an earlier time it undoes no later one.
    erasing.ask(person)
    ErasureRequest.objects.update(asked_at=timezone.now() + timedelta(seconds=5))
    assert client.post(path).status_code == 410


@pytest.mark.parametrize("token", ["x", "W10:1:x", "a" * 300])
def test_a_link_that_we_did_not_make_undoes_nothing(client, member, token):
    erasing.ask(member.person)
    assert client.post(reverse("erasing_undo", args=[token])).status_code == 410
    assert ErasureRequest.objects.waiting().exists()


def test_a_mail_that_waits_is_not_sent_after_undoing(member):
    erasing.ask(member.person)
    erasing.undo(member.person)
    deliver_waiting()
    assert mail.outbox == []
    assert OutgoingMail.objects.get().state == "cancelled"


def test_when_the_time_has_come_it_is_done(member):
    done = factories.finish(member.person, factories.make_module())
    certificate_for(done)
    erasing.ask(member.person)
    now = timezone.now()
    assert erasing.apply_due(now + timedelta(days=13)) == []
    assert erasing.apply_due(now + timedelta(days=15)) == [member.person.pk]
    assert erasing.apply_due(now + timedelta(days=15)) == []
    assert is_erased(User.objects.get(pk=member.person.pk))
    assert not Certificate.objects.exists()
    assert not ErasureRequest.objects.exists()


def test_certificates_stay_for_who_wants_it(member):
    certificate_for(factories.finish(member.person, factories.make_module()))
    erasing.ask(member.person, keep_certificates=True)
    erasing.apply_due(timezone.now() + timedelta(days=15))
    assert Certificate.objects.exists()


def test_what_was_undone_is_never_done(member):
    erasing.ask(member.person)
    erasing.undo(member.person)
    assert erasing.apply_due(timezone.now() + timedelta(days=15)) == []
    assert not erasing.erase(member.person.pk, timezone.now() + timedelta(days=15))


def test_the_only_monitor_sees_to_that_first(signed_in):
    place = factories.make_municipality("Voorbeeldstad")
    monitor = factories.make_monitor(place)
    browser = signed_in(monitor)
    show_again(browser)
    text = browser.get(ERASE).content.decode()
    assert "enige volger van Voorbeeldstad" in text
    assert 'name="understood"' not in text
    browser.post(ERASE, {"understood": "on"})
    with pytest.raises(erasing.NotYet):
        erasing.ask(monitor)
    assert not ErasureRequest.objects.exists()
    colleague = factories.make_monitor(place)
    erasing.ask(monitor)
    # Who waits to be erased does not count as somebody who takes over.
    with pytest.raises(erasing.NotYet):
        erasing.ask(colleague)


def test_the_last_administrator_sees_to_that_first():
    User.objects.filter(is_superuser=True).delete()
    only = factories.make_user(is_superuser=True)
    with pytest.raises(erasing.NotYet):
        erasing.ask(only)
    factories.make_user(is_superuser=True)
    erasing.ask(only)


def test_who_was_erased_is_signed_out(browser, member):
    assert browser.get("/mijn/").status_code == 200
    erasing.ask(member.person)
    erasing.apply_due(timezone.now() + timedelta(days=15))
    assert browser.get("/mijn/").status_code == 302


@pytest.mark.parametrize("path", [ERASE, "/mijn/gegevens/"])
def test_pages_ask_as_much_whatever_there_is(browser, member, path, django_assert_max_num_queries):
    for _ in range(4):
        factories.join(member.person, factories.make_municipality(), Role.STAFF)
    browser.get(path)
    with django_assert_max_num_queries(16):
        browser.get(path)


def test_the_banner_asks_the_database_nothing(browser, member, django_assert_num_queries):
    from django.db import connection  # noqa: PLC0415  only here
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    browser.get("/hulp/")
    with CaptureQueriesContext(connection) as before:
        browser.get("/hulp/")
    erasing.ask(member.person)
    with CaptureQueriesContext(connection) as after:
        assert "Uw account wordt op" in browser.get("/hulp/").content.decode()
    assert len(after) == len(before)


def test_the_page_of_an_old_attempt_says_that_answers_are_gone(browser, member):
    attempt = attempts.start_attempt(member.person, factories.make_quiz())
    attempts.submit_attempt(attempt)
    remove_answers([attempt.pk])
    page = browser.get(reverse("attempt", args=[attempt.pk]))
    assert page.status_code == 200
    text = page.content.decode()
    assert "Uw antwoorden staan hier niet meer" in text
    assert "Uw score was 0%" in text
    assert browser.get(reverse("attempt_question", args=[attempt.pk, 1])).status_code in (302, 404)


def test_in_english_as_well(browser, member):
    with translation.override("en"):
        browser_path = reverse("erase_account")
    member.person.language = "en"
    member.person.save()
    text = browser.get(browser_path).content.decode()
    assert "This goes" in text
