"""For who organises a meeting: the list, ticking who was there, and what that counts for."""

import csv
import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from python_calamine import CalamineWorkbook

from accounts.models import AuditEvent
from home.permissions import CHIEF_EDITORS, EDITORS
from home.setup import set_up_site
from learning.models import Completion, Holding
from meetings.attendance import NotYet, mark
from meetings.models import Occasion, Organiser, SignUp
from meetings.organisers import name_organiser
from meetings.setup import set_up_meetings
from meetings.signing_up import sign_up
from tests import factories

pytestmark = pytest.mark.django_db
What = AuditEvent.What


@pytest.fixture
def module(catalogue):
    return factories.make_module("belangen", title="Belangen")


@pytest.fixture
def meeting(module):
    return factories.make_meeting(maximum=3, title="De werkavond", counts_for=module)


@pytest.fixture
def people(meeting):
    place = factories.make_municipality("Utrecht")
    people = [factories.make_member(place).person for _ in range(4)]
    for person in people:
        sign_up(person, meeting.translation_key)
    return people


@pytest.fixture
def organiser(meeting):
    person = factories.make_user(name="Otto Organisator")
    name_organiser(meeting, person, by=None)
    return person


def begin(meeting):
    """It began half an hour ago."""
    started = timezone.now() - timedelta(minutes=30)
    meeting.starts_at, meeting.ends_at = started, started + timedelta(hours=2)
    meeting.save_revision().publish()


def keys_of(people):
    rows = dict(SignUp.objects.values_list("person", "pk"))
    return [rows[person.pk] for person in people]


def test_only_who_organises_it_sees_who_comes(signed_in, client, meeting, people, organiser):
    address = f"{meeting.url}deelnemers/"
    page = signed_in(organiser).get(address).content.decode()
    assert all(person.name in page for person in people)
    assert not any(person.email in page for person in people)
    assert "Wachtlijst" in page
    administrator = factories.make_user(is_superuser=True, is_staff=True)
    elsewhere = factories.make_user()
    name_organiser(factories.make_meeting(), elsewhere, by=None)
    for path in ("", "presentielijst/"):
        assert client.get(address + path).status_code == 302
        for person in (people[0], administrator, elsewhere):
            assert signed_in(person).get(address + path).status_code == 403
            assert signed_in(person).post(address).status_code == 403
    assert signed_in(elsewhere).get(f"{meeting.url}deelnemers.csv").status_code == 403


def test_looking_and_taking_along_is_in_the_log(signed_in, meeting, people, organiser):
    browser = signed_in(organiser)
    browser.get(f"{meeting.url}deelnemers/")
    browser.get(f"{meeting.url}deelnemers.csv")
    looked = AuditEvent.objects.get(what=What.MEETING)
    assert (looked.actor_key, looked.details) == (organiser.audit_key, {"page": meeting.pk})
    told = AuditEvent.objects.filter(what=What.EXPORT, actor_key=organiser.audit_key)
    assert {line.subject_key for line in told} == {person.audit_key for person in people}


@pytest.mark.one_factor
def test_an_organiser_needs_a_second_factor(meeting, organiser):
    browser = Client()
    browser.force_login(organiser)
    answer = browser.get(f"{meeting.url}deelnemers/")
    assert answer.status_code == 302
    assert answer.url.startswith("/account/2fa/")


def test_nobody_was_there_before_it_began(signed_in, meeting, people, organiser):
    with pytest.raises(NotYet):
        mark(meeting.translation_key, shown=keys_of(people), there=[], by=organiser)
    answer = signed_in(organiser).post(f"{meeting.url}deelnemers/", follow=True)
    assert "zodra de bijeenkomst is begonnen" in answer.content.decode()


def test_ticking_is_safe_to_repeat_and_can_be_corrected(signed_in, meeting, people, organiser):
    begin(meeting)
    shown = keys_of(people[:3])
    browser = signed_in(organiser)
    for _twice in range(2):
        answer = browser.post(
            f"{meeting.url}deelnemers/", {"shown": shown, "there": shown[:2]}, follow=True
        )
        assert answer.status_code == 200
    rows = SignUp.objects.in_order().values_list("attended", flat=True)
    # Who waited was not shown with a box.
    assert list(rows) == [True, True, False, None]
    assert Completion.objects.count() == 2
    browser.post(f"{meeting.url}deelnemers/", {"shown": shown, "there": shown[1:]})
    assert [c.ended_on is None for c in Completion.objects.order_by("pk")] == [False, True, True]
    browser.post(f"{meeting.url}deelnemers/", {"shown": shown, "there": shown})
    assert Completion.objects.current().count() == 3


def test_who_was_not_shown_keeps_what_was_ticked(meeting, people, organiser):
    begin(meeting)
    first, second, _third = keys_of(people[:3])
    mark(meeting.translation_key, shown=[first], there=[first], by=organiser)
    mark(meeting.translation_key, shown=[second], there=[second], by=organiser)
    assert SignUp.objects.filter(attended=True).count() == 2


def test_another_meetings_sign_up_is_not_ticked_here(meeting, people, organiser):
    begin(meeting)
    other = factories.make_meeting()
    row = sign_up(people[0], other.translation_key)
    assert not mark(meeting.translation_key, shown=[row.pk], there=[row.pk], by=organiser)
    row.refresh_from_db()
    assert row.attended is None


def test_attendance_meets_a_requirement_and_says_on_what_it_rests(
    signed_in, meeting, people, organiser, module
):
    requirement = factories.make_requirement(module)
    begin(meeting)
    (key,) = keys_of(people[:1])
    mark(meeting.translation_key, shown=[key], there=[key], by=organiser)
    completion = Completion.objects.get()
    assert completion.kind == Completion.Kind.RECOGNISED
    assert completion.completed_on == timezone.localdate(meeting.starts_at)
    assert "De werkavond" in completion.evidence
    assert "120 minuten" in completion.evidence
    assert completion.recorded_by == organiser
    assert Holding.objects.filter(person=people[0], requirement=requirement).exists()
    mine = signed_in(people[0]).get("/mijn/").content.decode()
    assert f"/mijn/certificaat/{completion.pk}/" in mine
    mark(meeting.translation_key, shown=[key], there=[], by=organiser)
    completion.refresh_from_db()
    assert completion.ended_because == "De aanwezigheid bij een bijeenkomst is verbeterd."
    assert not Completion.objects.current().exists()


def test_what_was_finished_before_stands_again_when_a_tick_is_taken_back(
    meeting, people, organiser, module
):
    earlier = factories.finish(
        people[0], module, completed_on=timezone.localdate() - timedelta(days=40)
    )
    begin(meeting)
    (key,) = keys_of(people[:1])
    mark(meeting.translation_key, shown=[key], there=[key], by=organiser)
    mark(meeting.translation_key, shown=[key], there=[], by=organiser)
    assert Completion.objects.current().get() == earlier


def test_a_long_title_still_gives_evidence(meeting, people, organiser):
    meeting.title = "Een avond over belangen " * 10
    begin(meeting)
    (key,) = keys_of(people[:1])
    mark(meeting.translation_key, shown=[key], there=[key], by=organiser)
    assert Completion.objects.get().evidence.endswith("(120 minuten)")


@pytest.mark.parametrize("bad", ["", "x", "-1", "٣", "9" * 40])
def test_bad_numbers_change_nothing(signed_in, meeting, people, organiser, bad):
    begin(meeting)
    answer = signed_in(organiser).post(f"{meeting.url}deelnemers/", {"shown": bad, "there": bad})
    assert answer.status_code == 302
    assert not SignUp.objects.filter(attended__isnull=False).exists()


def test_the_list_as_a_file_holds_names_roles_and_municipalities(
    signed_in, meeting, people, organiser
):
    people[0].name = "=1+1"
    people[0].save()
    browser = signed_in(organiser)
    text = browser.get(f"{meeting.url}deelnemers.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0] == ["Naam", "Rol", "Gemeente", "Plaats", "Aanwezig"]
    assert ["'=1+1", "raadslid", "Utrecht", "heeft een plaats", ""] in rows
    assert len(rows) == 5
    answer = browser.get(f"{meeting.url}deelnemers.xlsx")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    assert sorted(row[0] for row in sheet.to_python()) == sorted(
        ["Naam", "=1+1", *(person.name for person in people[1:])]
    )


def test_the_list_asks_as_much_for_many_as_for_few(signed_in, meeting, people, organiser):
    browser = signed_in(organiser)
    meeting.maximum = None
    begin(meeting)

    def asked():
        browser.get(f"{meeting.url}deelnemers/")
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(f"{meeting.url}deelnemers/").status_code == 200
        return len(queries)

    before = asked()
    occasion = Occasion.objects.get()
    SignUp.objects.bulk_create(
        SignUp(occasion=occasion, person=factories.make_member().person, seat=100 + n)
        for n in range(15)
    )
    assert asked() <= before <= 25


def test_chief_editors_name_organisers_by_address(signed_in, meeting):
    set_up_meetings(set_up_site())
    chief, editor = factories.make_user(), factories.make_user()
    chief.groups.add(Group.objects.get(name=CHIEF_EDITORS))
    editor.groups.add(Group.objects.get(name=EDITORS))
    person = factories.make_user("otto@voorbeeld.example")
    browser = signed_in(chief)
    wrong = browser.post(
        "/beheer/organisers/new/", {"meeting": meeting.pk, "email": "niemand@voorbeeld.example"}
    )
    assert "Niemand heeft een account met dit adres" in wrong.content.decode()
    for _twice in range(2):
        browser.post("/beheer/organisers/new/", {"meeting": meeting.pk, "email": person.email})
    organiser = Organiser.objects.get()
    assert organiser.person == person
    line = AuditEvent.objects.get(what=What.GRANTED, subject_key=person.audit_key)
    assert line.details == {"scope": "meeting", "page": meeting.pk}
    assert meeting.title in browser.get("/beheer/organisers/").content.decode()
    assert signed_in(editor).get("/beheer/organisers/new/").status_code == 302
    browser.post(f"/beheer/organisers/delete/{organiser.pk}/")
    assert not Organiser.objects.exists()
    assert AuditEvent.objects.filter(what=What.WITHDRAWN, subject_key=person.audit_key).exists()


def test_a_meeting_with_people_is_cancelled_before_it_goes(signed_in, meeting, people):
    administrator = signed_in(factories.make_user(is_superuser=True, is_staff=True))
    for way in ("delete", "unpublish"):
        answer = administrator.post(f"/beheer/pages/{meeting.pk}/{way}/", follow=True)
        assert "Gelast de bijeenkomst eerst af" in answer.content.decode()
    meeting.refresh_from_db()
    assert meeting.live
    meeting.is_cancelled, meeting.cancelled_because = True, "Ziek"
    meeting.save_revision().publish()
    administrator.post(f"/beheer/pages/{meeting.pk}/unpublish/")
    meeting.refresh_from_db()
    assert not meeting.live
