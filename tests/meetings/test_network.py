"""The network of peers: who sees whom, and what they write to each other through the site."""

import re
import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core import mail as post
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent, User
from home.models import Theme
from home.permissions import CHIEF_EDITORS
from home.setup import set_up_site
from learning.anonymising import anonymise
from learning.mail.sending import deliver_waiting
from learning.memberships import leave as end_membership
from learning.models import Membership, OutgoingMail
from learning.own_data.collecting import collect
from learning.retention import apply_retention
from learning.roles import Role
from meetings import network, peer_messages
from meetings.models import Block, Conversation, NetworkEntry, PeerMessage, Report
from meetings.rules.network import MESSAGES_A_DAY, NEW_PEOPLE_A_DAY, Halt
from meetings.setup import set_up_meetings
from tests import factories

pytestmark = pytest.mark.django_db
EVERYBODY = NetworkEntry.FoundBy.EVERYBODY
SAME_ROLE = NetworkEntry.FoundBy.SAME_ROLE


def make_peer(role=Role.COUNCIL_MEMBER, place=None, *, found_by=SAME_ROLE, question="", **fields):
    person = factories.make_member(place, role, **fields).person
    network.join(person, found_by=found_by, themes=[], question=question)
    return person


def seen_by(person):
    return {entry.person for entry in NetworkEntry.objects.visible_to(person)}


def write(sender, receiver, body="Zullen we bellen?", key=None):
    return peer_messages.write(sender, receiver, body, form_key=key or uuid.uuid4())


def test_a_visitor_reads_how_it_works_and_sees_nobody(client, home):
    peer = make_peer(found_by=EVERYBODY, question="Wie denkt mee?")
    answer = client.get("/netwerk/?gemeente=x")
    page = answer.content.decode()
    assert 'href="/account/login/?next=/netwerk/"' in page
    assert "no-store" in answer["Cache-Control"]
    for word in (peer.name, "Wie denkt mee?", peer.email):
        assert word not in page
    assert client.post("/netwerk/").status_code == 405


@pytest.fixture
def anna(home):
    return make_peer(name="Anna", question="Hoe gaat u om met giften?")


@pytest.fixture
def bert(home):
    return make_peer(name="Bert")


# Who sees whom.


def test_it_is_mutual_and_among_the_same_role_unless_one_wants_more(anna, bert):
    alderman = make_peer(Role.ALDERMAN)
    open_alderman = make_peer(Role.ALDERMAN, found_by=EVERYBODY)
    outsider = factories.make_member().person
    assert seen_by(anna) == {bert, open_alderman}
    assert seen_by(alderman) == {open_alderman}
    assert seen_by(outsider) == set()
    administrator = factories.make_user(is_superuser=True)
    assert seen_by(administrator) == set()
    assert seen_by(factories.make_monitor(factories.make_municipality())) == set()


def test_stopping_ends_it_at_once_for_both(anna, bert):
    network.leave(anna)
    network.leave(anna)
    assert (seen_by(bert), seen_by(anna)) == (set(), set())


def test_whoever_leaves_their_membership_is_found_no_more(anna, bert):
    yesterday = timezone.localdate() - timedelta(days=1)
    end_membership(Membership.objects.get(person=anna), ends_on=yesterday)
    assert (seen_by(bert), seen_by(anna)) == (set(), set())
    with pytest.raises(network.NotServing):
        network.join(anna, found_by=SAME_ROLE, themes=[])
    # And nothing of it is kept.
    network.remove_ended(timezone.localdate())
    assert set(NetworkEntry.objects.values_list("person", flat=True)) == {bert.pk}


def test_whoever_is_switched_off_is_seen_by_nobody(anna, bert):
    anna.is_active = False
    anna.save()
    assert seen_by(bert) == set()


def test_a_block_hides_both_from_each_other(anna, bert):
    block = peer_messages.block(anna, bert)
    assert peer_messages.block(anna, bert) == block
    assert (seen_by(anna), seen_by(bert)) == (set(), set())
    assert not peer_messages.unblock(bert, block.pk)
    assert peer_messages.unblock(anna, block.pk)
    assert seen_by(anna) == {bert}


def test_found_by_role_province_theme_and_words(signed_in, anna):
    theme = Theme.objects.create(locale=factories.locale(), name="Giften", slug="giften")
    zwolle = factories.make_municipality("Zwolle", province="Overijssel")
    there = make_peer(place=zwolle, name="Carla", question="Wie kent een regeling voor lobby?")
    network.join(there, found_by=SAME_ROLE, themes=[theme], question=there.network_entry.question)
    make_peer(name="Dirk")
    browser = signed_in(anna)

    def found(query):
        page = browser.get(f"/netwerk/?{query}").content.decode()
        return set(re.findall(r"<h3>(\w+)</h3>", page))

    assert found("") == {"Carla", "Dirk"}
    for query in ("province=Overijssel", "theme=giften", "q=zwolle", "q=REGELING+lobby"):
        assert found(query) == {"Carla"}, query
    assert found("role=raadslid") == {"Carla", "Dirk"}
    assert found("role=wethouder") == set()
    # What an address says wrongly is left out.
    assert found("role=keizer&province=x&theme=x&p=zz") == {"Carla", "Dirk"}


def test_a_page_shows_no_address_and_asks_as_much_for_many(signed_in, anna):
    browser = signed_in(anna)
    make_peer()

    def asked():
        browser.get("/netwerk/")
        with CaptureQueriesContext(connection) as queries:
            page = browser.get("/netwerk/").content.decode()
        return len(queries), page

    before, _page = asked()
    peers = [make_peer() for _ in range(12)]
    after, page = asked()
    assert after <= before <= 25
    assert all(peer.name in page and peer.email not in page for peer in peers)


def test_joining_changing_and_stopping_on_the_site(signed_in, home):
    person = factories.make_member().person
    browser = signed_in(person)
    assert "Meedoen" in browser.get("/netwerk/").content.decode()
    wrong = browser.post(
        "/netwerk/mijn/", {"found_by": "x", "question": "v" * 301, "themes": ["9"]}
    )
    assert wrong.status_code == 422
    # Nothing that was typed is lost.
    assert "v" * 301 in wrong.content.decode()
    good = {"found_by": "everybody", "question": "Wie kent\r\nde  weg?"}
    assert browser.post("/netwerk/mijn/", good).url == "/netwerk/"
    entry = NetworkEntry.objects.get()
    assert (entry.found_by, entry.question) == (EVERYBODY, "Wie kent de weg?")
    browser.post("/netwerk/mijn/", good | {"found_by": "role"})
    assert NetworkEntry.objects.get().found_by == SAME_ROLE
    for _twice in range(2):
        browser.post("/netwerk/mijn/", {"do": "stop"})
    assert not NetworkEntry.objects.exists()


def test_who_serves_nowhere_is_told_what_to_do(signed_in, user, home):
    browser = signed_in(user)
    assert "Vraag uw griffier" in browser.get("/netwerk/").content.decode()
    answer = browser.post("/netwerk/mijn/", {"found_by": "role"})
    assert answer.status_code == 422
    assert not NetworkEntry.objects.exists()


# Writing.


def test_a_message_goes_by_mail_without_addresses_and_is_answered_on_the_site(
    signed_in, anna, bert
):
    browser = signed_in(bert)
    entry = NetworkEntry.objects.get(person=anna)
    page = browser.get(f"/netwerk/{entry.pk}/").content.decode()
    key = page.split('name="key" value="')[1][:36]
    data = {"key": key, "body": "Kijk op https://kwaad.example/x of <b>bel</b> mij."}
    for _twice in range(2):
        answer = browser.post(f"/netwerk/{entry.pk}/", data)
    conversation = Conversation.objects.get()
    assert answer.url == f"/netwerk/berichten/{conversation.key}/"
    assert PeerMessage.objects.count() == 1
    deliver_waiting()
    (mail,) = post.outbox
    html = str(mail.alternatives[0][0])
    assert mail.to == [anna.email]
    assert "Bert (raadslid" in mail.body
    for part in (mail.body, html, str(mail.message())):
        assert bert.email not in part
        assert "https://kwaad" not in part
        assert "kwaad.example" not in part
    assert "<b>bel</b>" not in html
    # The log of mails holds neither the words nor a name.
    sent = OutgoingMail.objects.get()
    assert "Bert" not in sent.subject
    assert "kwaad" not in str(sent.parameters)
    at = f"/netwerk/berichten/{conversation.key}/"
    page = signed_in(anna).get(at).content.decode()
    assert "&lt;b&gt;bel" in page
    assert 'href="https://kwaad' not in page
    assert bert.email not in page
    signed_in(anna).post(at, {"key": str(uuid.uuid4()), "body": "Graag."})
    deliver_waiting()
    assert post.outbox[-1].to == [bert.email]


def test_somebody_elses_conversation_is_not_there(signed_in, anna, bert):
    message = write(bert, anna)
    other = signed_in(make_peer())
    at = f"/netwerk/berichten/{message.conversation.key}/"
    for path in ("", "blokkeren/", f"{message.pk}/melden/"):
        assert other.get(at + path).status_code == 404
        assert other.post(at + path, {"body": "x", "why": "x"}).status_code == 404
    assert (Block.objects.count(), Report.objects.count()) == (0, 0)
    block = peer_messages.block(anna, bert)
    assert other.post(f"/netwerk/berichten/blokkade/{block.pk}/opheffen/").status_code == 404
    assert Block.objects.exists()


def test_who_is_not_seen_cannot_be_written_to(signed_in, anna):
    entry = NetworkEntry.objects.get(person=anna)
    alderman, outsider = make_peer(Role.ALDERMAN), factories.make_member().person
    for person in (alderman, outsider, anna):
        data = {"key": str(uuid.uuid4()), "body": "Dag"}
        assert signed_in(person).post(f"/netwerk/{entry.pk}/", data).status_code == 404
    assert not PeerMessage.objects.exists()


def test_a_blocked_person_cannot_write_and_what_waits_does_not_leave(anna, bert):
    write(bert, anna)
    peer_messages.block(anna, bert)
    for sender, receiver in ((bert, anna), (anna, bert)):
        with pytest.raises(peer_messages.NotSent) as not_sent:
            write(sender, receiver)
        assert not_sent.value.why is Halt.CLOSED
    deliver_waiting()
    assert post.outbox == []


def test_somebody_without_a_name_is_not_called_by_their_address(signed_in, anna, bert):
    """Such a user prints as their address, as one that a municipality's system made may be."""
    first = write(bert, anna)
    User.objects.filter(pk=bert.pk).update(name="")
    bert.refresh_from_db()
    deliver_waiting()
    (mailed,) = post.outbox
    told = f"{mailed.subject} {mailed.body} {mailed.alternatives[0][0]}"
    peer_messages.block(anna, make_peer())
    pages = ("/netwerk/", "/netwerk/berichten/", f"/netwerk/berichten/{first.conversation.key}/")
    told += " ".join(signed_in(anna).get(page).content.decode() for page in pages)
    entry = NetworkEntry.objects.get(person=bert)
    told += signed_in(anna).get(f"/netwerk/{entry.pk}/").content.decode()
    told += signed_in(anna).get(f"{pages[2]}blokkeren/").content.decode()
    assert "Iemand zonder naam" in told
    assert bert.email not in told
    assert bert.email not in str(collect(anna))


def test_who_left_the_network_is_written_to_only_by_whom_they_answered(signed_in, anna, bert):
    first = write(bert, anna)
    address = f"/netwerk/berichten/{first.conversation.key}/"
    network.leave(anna)
    data = {"key": str(uuid.uuid4()), "body": "Dag, nog een keer"}
    page = signed_in(bert).get(address).content.decode()
    assert 'name="body"' not in page
    assert signed_in(bert).post(address, data).status_code == 422
    assert PeerMessage.objects.count() == 1
    # Anna may still answer, and then bert may as well.
    peer_messages.answer(anna, first.conversation, "Dag", form_key=uuid.uuid4())
    assert 'name="body"' in signed_in(bert).get(address).content.decode()
    assert signed_in(bert).post(address, data).status_code == 302
    assert PeerMessage.objects.count() == 3


def test_there_is_a_limit_to_a_day(anna):
    others = [factories.make_member().person for _ in range(NEW_PEOPLE_A_DAY + 1)]
    for other in others[:-1]:
        write(anna, other)
    with pytest.raises(peer_messages.NotSent) as not_sent:
        write(anna, others[-1])
    assert not_sent.value.why is Halt.PEOPLE
    # To whom one knows one may go on, to a limit too.
    for _ in range(MESSAGES_A_DAY - NEW_PEOPLE_A_DAY):
        write(anna, others[0])
    with pytest.raises(peer_messages.NotSent) as not_sent:
        write(anna, others[0])
    assert not_sent.value.why is Halt.MESSAGES
    # Being written to counts for nothing.
    write(others[-1], anna)
    long_ago = timezone.now() - timedelta(days=2)
    PeerMessage.objects.update(sent_at=long_ago)
    Conversation.objects.update(started_at=long_ago)
    write(anna, factories.make_member().person)


def test_the_limit_is_told_on_the_page_and_nothing_is_lost(signed_in, anna, bert):
    for _ in range(MESSAGES_A_DAY):
        write(bert, anna)
    entry = NetworkEntry.objects.get(person=anna)
    data = {"key": str(uuid.uuid4()), "body": "Nog een laatste vraag"}
    answer = signed_in(bert).post(f"/netwerk/{entry.pk}/", data)
    assert answer.status_code == 422
    assert "Ga morgen verder" in answer.content.decode()
    assert "Nog een laatste vraag" in answer.content.decode()


@pytest.mark.parametrize(
    "data", [{}, {"body": " \r\n "}, {"body": "x" * 2001}, {"body": "Dag", "key": "geen"}]
)
def test_what_is_no_message_is_told(signed_in, anna, bert, data):
    entry = NetworkEntry.objects.get(person=anna)
    values = {"key": str(uuid.uuid4())} | data
    assert signed_in(bert).post(f"/netwerk/{entry.pk}/", values).status_code == 422
    assert not PeerMessage.objects.exists()


def test_messages_go_after_a_month(anna, bert):
    write(bert, anna)
    Conversation.objects.update(started_at=timezone.now() - timedelta(days=31))
    PeerMessage.objects.update(sent_at=timezone.now() - timedelta(days=31))
    apply_retention()
    assert not PeerMessage.objects.exists()
    apply_retention()
    assert not Conversation.objects.exists()


def test_erasing_leaves_nothing_of_it(anna, bert):
    message = write(bert, anna)
    peer_messages.report(anna, message, why="Onaardig")
    peer_messages.block(anna, bert)
    anonymise(bert)
    for model in (Conversation, PeerMessage, Block, Report):
        assert not model.objects.exists()
    assert set(NetworkEntry.objects.values_list("person", flat=True)) == {anna.pk}


# Reporting.


def test_a_report_shows_one_message_and_can_take_somebody_out(signed_in, anna, bert):
    set_up_meetings(set_up_site())
    write(bert, anna, "Een gewoon bericht")
    message = write(bert, anna, "Een naar bericht")
    at = f"/netwerk/berichten/{message.conversation.key}/"
    reader = signed_in(anna)
    assert reader.post(f"{at}{message.pk}/melden/", {"why": ""}).status_code == 422
    for _twice in range(2):
        reader.post(f"{at}{message.pk}/melden/", {"why": "Dreigend"})
    report = Report.objects.get()
    # One's own is not there to report.
    assert signed_in(bert).get(f"{at}{message.pk}/melden/").status_code == 404
    chief = factories.make_user()
    chief.groups.add(Group.objects.get(name=CHIEF_EDITORS))
    browser = signed_in(chief)
    assert "Bert" in browser.get("/beheer/peer-reports/").content.decode()
    page = browser.get(f"/beheer/peer-reports/edit/{report.pk}/").content.decode()
    assert "Een naar bericht" in page
    assert "Een gewoon bericht" not in page
    browser.post(f"/beheer/peer-reports/edit/{report.pk}/", {"is_handled": "on", "is_barred": "on"})
    report.refresh_from_db()
    assert (report.is_handled, report.is_barred, report.handled_by) == (True, True, chief)
    assert report.body == "Een naar bericht"
    assert seen_by(anna) == set()
    with pytest.raises(network.Barred):
        network.join(bert, found_by=SAME_ROLE, themes=[])
    with pytest.raises(peer_messages.NotSent):
        write(bert, anna)
    assert AuditEvent.objects.filter(what="reported", subject_key=bert.audit_key).exists()
