"""Reminders by hand: written, looked at, sent in the background, and found in the log."""

import re
from datetime import timedelta

import pytest
from django.core import mail as post
from django.utils import timezone

from accounts.models import AuditEvent
from learning import jobs
from learning.mail import by_hand
from learning.mail.audience import audience_of
from learning.memberships import leave
from learning.models import Job, Mailing, MonitorGrant, OutgoingMail, Reminder
from learning.models.people import today
from learning.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db
State = OutgoingMail.State
BASE = "/gemeente/utrecht/herinneringen/"


@pytest.fixture
def utrecht():
    return factories.make_municipality("Utrecht")


@pytest.fixture
def module(catalogue):
    module = factories.make_module("eed", title="De eed", roles=["raadslid", "wethouder"])
    factories.make_lesson(module, slug="les")
    return module


@pytest.fixture
def requirement(module):
    return factories.make_requirement(module, due_on=today() + timedelta(days=30))


@pytest.fixture
def people(utrecht, module, requirement):
    """Two council members with something to do, one who is done, an alderman."""
    anna, bas, cor = (
        factories.make_member(utrecht, name=name, email=f"{name.lower()}@voorbeeld.example").person
        for name in ("Anna", "Bas", "Cor")
    )
    factories.finish(cor, module)
    dirk = factories.make_member(utrecht, Role.ALDERMAN, name="Dirk").person
    return {"Anna": anna, "Bas": bas, "Cor": cor, "Dirk": dirk}


@pytest.fixture
def griffier(utrecht):
    return factories.make_monitor(utrecht, name="Griffier")


@pytest.fixture
def monitor(griffier, signed_in):
    return signed_in(griffier)


def fields(asked, **changes):
    return {
        "requirement": asked.pk,
        "role": "",
        "status": "",
        "subject": "Herinnering: {module}",
        "text": "Beste {naam},\n\nRond {module} af. Uiterste datum: {datum}.\n\n{gemeente}",
    } | changes


def write(client, requirement, **changes):
    response = client.post(f"{BASE}nieuw/", fields(requirement, **changes))
    assert response.status_code == 302, response.context["form"].errors
    return response.url


def send(client, address, capture):
    with capture(execute=True):
        return client.post(f"{address}versturen/")


def test_from_writing_to_the_result(
    monitor, requirement, people, django_capture_on_commit_callbacks
):
    page = monitor.get(f"{BASE}nieuw/").content.decode()
    assert "Beste {naam}," in page
    assert "Uiterste datum: {datum}" in page
    address = write(monitor, requirement)
    check = monitor.get(address)
    assert check.context["count"] == 3
    text = check.content.decode()
    assert "Verstuur aan 3 mensen" in text
    assert "Hebben de module afgerond: 1" in text
    assert post.outbox == []
    response = send(monitor, address, django_capture_on_commit_callbacks)
    job = Job.objects.get()
    assert response.url == f"/gemeente/utrecht/taken/{job.pk}/"
    assert (job.status, job.done, job.total) == ("done", 3, 3)
    assert job.message == "3 mails zijn verstuurd."
    assert jobs.result_url(job) == address
    assert {message.to[0] for message in post.outbox} >= {"anna@voorbeeld.example"}
    message = next(m for m in post.outbox if m.to == ["anna@voorbeeld.example"])
    day = requirement.due_on
    assert message.subject == "Herinnering: De eed"
    for body in (message.body, message.alternatives[0][0]):
        assert body.count("Beste Anna,") == 1
        assert f"{day.day} " in body
        assert f"{day.year}" in body
        assert "Utrecht" in body
        assert f"/mijn/verder/{requirement.subject_key}/" in body
    result = monitor.get(address).content.decode()
    assert "De mailserver heeft de mail aangenomen." in result
    log = monitor.get(BASE).content.decode()
    assert "Anna" in log
    assert "Herinnering: De eed" in log
    assert AuditEvent.objects.filter(what=AuditEvent.What.MAIL).count() == 1


def test_sending_twice_sends_once(monitor, requirement, people, django_capture_on_commit_callbacks):
    address = write(monitor, requirement)
    send(monitor, address, django_capture_on_commit_callbacks)
    again = send(monitor, address, django_capture_on_commit_callbacks)
    assert again.url == address
    assert len(post.outbox) == 3
    assert Job.objects.count() == 1
    assert monitor.get(f"{address}aanpassen/").status_code == 404
    assert monitor.get(f"{address}voorbeeld/").status_code == 404


def test_not_again_within_seven_days(
    monitor, requirement, people, django_capture_on_commit_callbacks
):
    send(monitor, write(monitor, requirement), django_capture_on_commit_callbacks)
    second = write(monitor, requirement)
    check = monitor.get(second)
    assert check.context["count"] == 0
    assert "Niemand krijgt deze mail" in check.content.decode()
    send(monitor, second, django_capture_on_commit_callbacks)
    assert len(post.outbox) == 3
    assert "Niemand hoefde deze mail nog te krijgen." in monitor.get(second).content.decode()
    Reminder.objects.update(on=today() - timedelta(days=7))
    send(monitor, write(monitor, requirement), django_capture_on_commit_callbacks)
    assert len(post.outbox) == 6


def test_two_messages_at_once_reach_each_person_once(utrecht, griffier, requirement, people):
    first, second = (
        by_hand.store_draft(utrecht, requirement, selection={}, subject="x", text="y", by=griffier)
        for _ in range(2)
    )
    both = [(each, audience_of(each, griffier).to) for each in (first, second)]
    made = [by_hand.queue_for(person, each) for each, to in both for person in to]
    assert made == [True] * 3 + [False] * 3
    # Had both looked before either wrote, the key is the same.
    Reminder.objects.all().delete()
    assert not any(by_hand.queue_for(person, second) for person in both[1][1])
    assert OutgoingMail.objects.count() == 3


def test_a_job_that_is_run_again_goes_on(utrecht, griffier, requirement, people):
    mailing = by_hand.store_draft(
        utrecht, requirement, selection={}, subject="x", text="y", by=griffier
    )
    job = Job.objects.create(
        kind="mail",
        municipality=utrecht,
        requested_by=griffier,
        status="running",
        started_at=timezone.now(),
        parameters={"mailing": mailing.pk},
    )
    by_hand.queue_for(audience_of(mailing, griffier).to[0], mailing)
    by_hand.send_mailing(job)
    by_hand.send_mailing(job)
    assert len(post.outbox) == 3


def test_who_finishes_before_it_leaves_gets_none(utrecht, griffier, module, requirement, people):
    mailing = by_hand.store_draft(
        utrecht, requirement, selection={}, subject="x", text="y", by=griffier
    )
    for person in audience_of(mailing, griffier).to:
        by_hand.queue_for(person, mailing)
    factories.finish(people["Anna"], module)
    leave(people["Bas"].memberships.get(), ends_on=today() - timedelta(days=1))
    from learning.mail.sending import deliver_waiting  # noqa: PLC0415

    deliver_waiting()
    assert len(post.outbox) == 1
    assert OutgoingMail.objects.filter(state=State.CANCELLED).count() == 2


def test_a_role_and_a_status_narrow_it_down(monitor, requirement, people, module):
    address = write(monitor, requirement, role="wethouder", status="to_do")
    assert [p.name for p in monitor.get(address).context["to"]] == ["Dirk"]


def test_people_come_from_another_page(monitor, requirement, people, utrecht):
    stranger = factories.make_member(name="Vreemde").person
    clerk = factories.make_member(utrecht, Role.STAFF, name="Medewerker").person
    chosen = [people["Anna"].pk, people["Cor"].pk, clerk.pk, stranger.pk]
    page = monitor.post(f"{BASE}nieuw/?requirement={requirement.pk}", {"person": chosen})
    assert page.status_code == 200
    # The stranger is no member, so was never chosen.
    assert "Aan de 3 mensen die u koos." in page.content.decode()
    assert page.context["form"].errors == {}
    address = write(monitor, requirement, people=chosen)
    check = monitor.get(address)
    text = check.content.decode()
    assert [p.name for p in check.context["to"]] == ["Anna"]
    assert "1 persoon die u koos, is geen lid meer." in text
    assert "Vreemde" not in text
    assert "Medewerker" in text
    assert "Hoeven de module niet te doen" in text
    assert monitor.get(f"{address}aanpassen/").status_code == 200


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"text": "Beste {nam}, {telefoon}"}, "We kennen {nam}, {telefoon} niet."),
        ({"subject": "{x}"}, "We kennen {x} niet."),
        ({"text": ""}, "rv-field__error"),
        ({"requirement": "999999"}, "rv-field__error"),
        ({"role": "koning"}, "rv-field__error"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(
    monitor, requirement, people, changes, words
):
    response = monitor.post(f"{BASE}nieuw/", fields(requirement, **changes))
    assert response.status_code == 422
    page = response.content.decode()
    assert words in page
    assert "<title>Fout: Herinnering schrijven" in page
    assert "rv-error-summary" in page
    if "text" not in changes:
        assert "Rond {module} af." in page
    assert not Mailing.objects.exists()


def test_no_date_can_be_named_where_there_is_none(monitor, utrecht):
    module = factories.make_module(title="Vrij")
    factories.make_member(utrecht)
    requirement = factories.make_requirement(module)
    start = monitor.get(f"{BASE}nieuw/?requirement={requirement.pk}").content.decode()
    assert "Uiterste datum" not in start.split("<textarea")[1].split("</textarea>")[0]
    response = monitor.post(f"{BASE}nieuw/", fields(requirement))
    assert "Voor deze module is er geen datum." in response.content.decode()


def test_all_of_a_selection_come_from_the_list_of_people(monitor, requirement, people):
    query = f"requirement={requirement.pk}&role=wethouder&status=to_do&"
    page = monitor.get(f"/gemeente/utrecht/?{query}").content.decode()
    assert f'formaction="{BASE}nieuw/?requirement={requirement.pk}' in page
    form = monitor.post(f"{BASE}nieuw/?{query}", {"all": "1"}).context["form"]
    assert (form["role"].value(), form["status"].value()) == ("wethouder", "to_do")
    nobody = monitor.post(f"{BASE}nieuw/?{query}", {})
    assert nobody.status_code == 302
    assert nobody.url.startswith("/gemeente/utrecht/?requirement=")


def test_a_draft_can_be_changed(monitor, requirement, people):
    address = write(monitor, requirement)
    page = monitor.get(f"{address}aanpassen/").content.decode()
    assert "Rond {module} af." in page
    response = monitor.post(
        f"{address}aanpassen/", fields(requirement, text="Nieuw", role="wethouder")
    )
    assert response.url == address
    assert Mailing.objects.get().text == "Nieuw"
    assert monitor.get(address).context["count"] == 1


def test_the_preview_is_the_mail_in_a_frame_with_a_policy_of_its_own(monitor, requirement, people):
    address = write(monitor, requirement)
    page = monitor.get(address)
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    assert f'src="{address}voorbeeld/"' in page.content.decode()
    preview = monitor.get(f"{address}voorbeeld/")
    assert "Beste Anna," in preview.content.decode()
    policy = preview.headers["Content-Security-Policy"]
    assert "script-src 'none'" in policy
    assert "default-src 'none'" in policy
    assert preview.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_a_text_is_text_and_no_markup(monitor, requirement, people):
    address = write(monitor, requirement, text="<script>alert(1)</script> {naam}")
    preview = monitor.get(f"{address}voorbeeld/").content.decode()
    assert "<script>" not in preview
    assert "&lt;script&gt;" in preview


def test_a_mailing_of_another_municipality_is_not_there(monitor, requirement, people, signed_in):
    address = write(monitor, requirement)
    zwolle = factories.make_municipality("Zwolle")
    other = signed_in(factories.make_monitor(zwolle))
    for end in ("", "aanpassen/", "voorbeeld/", "versturen/"):
        ask = other.post if end == "versturen/" else other.get
        assert ask(f"{address}{end}").status_code == 403
        elsewhere = address.replace("utrecht", "zwolle")
        assert ask(f"{elsewhere}{end}").status_code == 404
    assert post.outbox == []


def test_who_lost_the_grant_meanwhile_sends_nothing(utrecht, griffier, requirement, people):
    mailing = by_hand.store_draft(
        utrecht, requirement, selection={}, subject="x", text="y", by=griffier
    )
    job = Job.objects.create(
        kind="mail",
        municipality=utrecht,
        requested_by=griffier,
        status="running",
        started_at=timezone.now(),
        parameters={"mailing": mailing.pk},
    )
    MonitorGrant.objects.update(withdrawn_at=timezone.now())
    by_hand.send_mailing(job)
    job.refresh_from_db()
    assert job.status == "failed"
    assert "niet meer" in job.message
    assert post.outbox == []


def lines(client, query=""):
    return client.get(f"{BASE}{query}").context["lines"]


def test_the_log_can_be_filtered(
    monitor, requirement, people, utrecht, django_capture_on_commit_callbacks
):
    send(monitor, write(monitor, requirement), django_capture_on_commit_callbacks)
    OutgoingMail.objects.create(
        kind="report", municipality=utrecht, state=State.UNCERTAIN, dedupe_key="r"
    )
    OutgoingMail.objects.create(
        kind="due",
        municipality=factories.make_municipality("Zwolle"),
        person=people["Anna"],
        dedupe_key="z",
    )
    assert len(lines(monitor)) == 4
    assert len(lines(monitor, "?kind=reminder")) == 3
    assert [line.mail.kind for line in lines(monitor, "?state=uncertain")] == ["report"]
    assert len(lines(monitor, f"?requirement={requirement.pk}")) == 3
    assert len(lines(monitor, f"?day={today()}")) == 4
    assert lines(monitor, f"?day={today() - timedelta(days=1)}") == []
    # What means nothing is left out.
    assert len(lines(monitor, "?kind=x&state=;drop&day=gisteren&requirement=-1&p=99")) == 4
    page = monitor.get(f"{BASE}?state=uncertain").content.decode()
    assert "een adres van uw lijst" in page
    assert "We sturen hem niet nog een keer." in page


def test_the_log_names_members_only_and_no_name_stands_in_an_address(
    monitor, requirement, people, django_capture_on_commit_callbacks
):
    send(monitor, write(monitor, requirement), django_capture_on_commit_callbacks)
    leave(people["Bas"].memberships.get(), ends_on=today() - timedelta(days=1))
    page = monitor.get(BASE).content.decode()
    assert "Bas" not in page
    assert "geen lid meer" in page
    assert "voorbeeld.example" not in page
    found = monitor.post(BASE, {"name": "ann"})
    assert [line.name for line in found.context["lines"]] == ["Anna"]
    addresses = re.findall(r'(?:href|action)="([^"]*)"', found.content.decode())
    assert not [address for address in addresses if "ann" in address]
    assert monitor.post(BASE, {"name": "Bas"}).context["lines"] == []


def test_without_requirements_the_pages_say_so(monitor, home):
    factories.make_catalogue()
    assert "Er is nog niets verplicht" in monitor.get(f"{BASE}nieuw/").content.decode()
    assert "Geen mails" in monitor.get(BASE).content.decode()
    assert monitor.post(f"{BASE}nieuw/", {"text": "x"}).status_code == 200


def test_queries_do_not_grow_with_mails(
    monitor, requirement, people, utrecht, django_assert_max_num_queries
):
    def mails(number):
        for n in range(number):
            member = factories.make_member(utrecht).person
            mail = OutgoingMail.objects.create(
                kind="due", municipality=utrecht, person=member, dedupe_key=f"{number} {n}"
            )
            Reminder.objects.create(
                mail=mail,
                person=member,
                requirement=requirement,
                municipality=utrecht,
                moment="day_after",
                due_on=today(),
                on=today(),
            )

    mails(2)
    monitor.get(BASE)
    with django_assert_max_num_queries(16) as before:
        monitor.get(BASE)
    mails(8)
    monitor.get(BASE)
    with django_assert_max_num_queries(16) as after:
        monitor.get(BASE)
    assert len(after) == len(before)
