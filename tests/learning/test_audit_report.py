"""The audit log in `/beheer/`: for administrators, as quick on the last page as on the first."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from accounts import audit
from accounts.models import AuditEvent
from home.permissions import CHIEF_EDITORS, set_up_groups
from learning.access_log import record
from learning.audit_upkeep import note_audit_head, seal_audit_log
from tests import factories

pytestmark = pytest.mark.django_db
What = AuditEvent.What
LOG = "/beheer/logboek/"
FILE = "/beheer/logboek/bestand/"


@pytest.fixture
def administrator():
    return factories.make_user(is_superuser=True, is_staff=True, name="Bea Beheerder")


@pytest.fixture
def admin(administrator, signed_in, home):
    return signed_in(administrator)


def shown(response):
    return [line.event.what for line, _words in response.context["lines"]]


def test_an_administrator_reads_who_did_what_about_whom_and_where(admin):
    utrecht = factories.make_municipality("Utrecht")
    monitor = factories.make_monitor(utrecht, name="Grietje")
    record(monitor, utrecht, What.PERSON, person=factories.make_user(name="Anna"))
    html = admin.get(LOG).content.decode()
    for text in ("Grietje", "Pagina van iemand bekeken", "Anna", "Utrecht"):
        assert text in html


def test_editors_do_not_see_it(signed_in, home):
    set_up_groups()
    chief = factories.make_user(is_staff=True)
    chief.groups.add(Group.objects.get(name=CHIEF_EDITORS))
    browser = signed_in(chief)
    for address in (LOG, FILE):
        assert browser.get(address).status_code in (302, 403)
    assert LOG not in browser.get("/beheer/").content.decode()
    assert not AuditEvent.objects.filter(what=What.LOG).exists()


def test_looking_is_a_line_itself_once_an_hour_and_so_is_the_file(admin, administrator):
    admin.get(LOG)
    admin.get(LOG)
    assert AuditEvent.objects.filter(what="log", actor_key=administrator.audit_key).count() == 1
    response = admin.get(FILE)
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == "Regelnummer;Wanneer;Wie;Wat;Over wie;Gemeente"
    assert "Bea Beheerder;Dit logboek gedownload" in lines[1]
    assert "attachment" in response.headers["Content-Disposition"]


def test_it_is_narrowed_by_kind_place_and_period(admin, monkeypatch):
    day = datetime(2026, 6, 1, 12, tzinfo=UTC)
    monkeypatch.setattr("accounts.audit.timezone.now", lambda: day)
    audit.record(What.SIGNED_IN, by=None, municipality_code="GM0344")
    audit.record(What.EXPORT, by=None)
    monkeypatch.undo()
    factories.make_municipality("Utrecht", code="GM0344")
    assert shown(admin.get(f"{LOG}?what=export")) == ["export"]
    assert shown(admin.get(f"{LOG}?place=GM0344")) == ["sign_in"]
    assert shown(admin.get(f"{LOG}?first=1-6-2026&last=1-6-2026")) == ["export", "sign_in"]
    assert "Niets past hierbij" in admin.get(f"{LOG}?last=2026-05-31").content.decode()
    # What means nothing chooses nothing, and breaks nothing.
    for odd in ("what=x", "who=zz", "first=x", "na=x", "na=9999999999999999999", "na=77", "na=²"):
        assert {"log", "export", "sign_in"} <= set(shown(admin.get(f"{LOG}?{odd}")))


def test_an_address_of_mail_is_asked_by_post_and_stays_out_of_the_address(admin):
    anna = factories.make_user("anna@utrecht.example", name="Anna")
    audit.record(What.SIGNED_IN, by=anna)
    response = admin.post(LOG, {"email": "Anna@utrecht.example", "what": "sign_in"})
    assert response.status_code == 302
    assert response.url == f"{LOG}?what=sign_in&who={anna.pk}"
    page = admin.get(response.url)
    assert shown(page) == ["sign_in"]
    assert "Alleen wat Anna deed." in page.content.decode()
    unknown = admin.post(LOG, {"email": "niemand@utrecht.example", "what": "sign_in"})
    assert unknown.status_code == 422
    assert "Niemand heeft dit adres" in unknown.content.decode()
    assert 'value="niemand@utrecht.example"' in unknown.content.decode()


def test_it_leafs_to_the_last_line_and_every_line_comes_once(admin):
    for number in range(120):
        audit.record(What.SIGNED_IN, by=None, details={"number": number})
    # Moments that are the same are told apart by their number.
    found, address = [], f"{LOG}?what=sign_in"
    while address:
        page = admin.get(address)
        found += [line.event.details["number"] for line, _words in page.context["lines"]]
        older = page.context["older"]
        address = f"{LOG}?what=sign_in&na={older}" if older else None
    assert found == list(range(119, -1, -1))


def test_it_costs_as_many_questions_for_many_lines_as_for_few(admin, django_assert_max_num_queries):
    def add(many):
        for _ in range(many):
            place = factories.make_municipality()
            record(factories.make_monitor(place), place, What.PERSON, person=factories.make_user())
            page = factories.make_module()
            audit.record(What.PUBLISHED, by=None, details={"model": "x.y", "page": page.pk})

    add(1)
    admin.get(LOG)
    with django_assert_max_num_queries(40) as few:
        admin.get(LOG)
    add(10)
    with django_assert_max_num_queries(40) as many:
        admin.get(LOG)
    assert len(many) <= len(few)


def test_the_head_is_noted_outside_the_database_each_day(capsys, caplog):
    audit.record(What.SIGNED_IN, by=None)
    seal_audit_log()
    note_audit_head(datetime(2026, 6, 1, tzinfo=UTC).date())
    number, seal = audit.head()
    said = f"{capsys.readouterr()} {caplog.text}"
    assert number == 1
    assert seal in said


def test_the_menu_leads_there(admin):
    assert reverse("audit_report") == LOG
    assert LOG in admin.get("/beheer/").content.decode()
