"""From the outbox to the mail server: at most once, and not when it is no longer needed."""

import smtplib
from datetime import timedelta
from email import message_from_bytes
from typing import ClassVar

import pytest
from django.core import mail as post
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, transaction
from django.utils import timezone

from learning.mail import messages
from learning.mail.notices import tell_changed
from learning.mail.outbox import cancel, queue, recover
from learning.mail.sending import Post as Line
from learning.mail.sending import claim, deliver, deliver_waiting, mark_handed_over, send_waiting
from learning.models import Mailing, MailPreference, OutgoingMail
from tests import factories

pytestmark = pytest.mark.django_db
State = OutgoingMail.State
Kind = OutgoingMail.Kind


class Faulty(EmailBackend):
    """A mail server with faults: each attempt takes the first of the list."""

    faults: ClassVar[list[Exception]] = []
    on_opening: ClassVar[list[Exception]] = []

    def open(self):
        if self.on_opening:
            raise self.on_opening.pop(0)

    def send_messages(self, messages):
        if self.faults:
            raise self.faults.pop(0)
        return super().send_messages(messages)


@pytest.fixture
def server(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Faulty"
    Faulty.faults, Faulty.on_opening = [], []
    return Faulty


@pytest.fixture
def module(catalogue):
    module = factories.make_module("eed", title="De eed")
    factories.make_lesson(module, slug="eerste")
    factories.make_lesson(module, slug="tweede")
    return module


@pytest.fixture
def person(module):
    person = factories.make_member(name="Anna de Wit", email="anna@voorbeeld.example").person
    factories.finish(person, module)
    return person


@pytest.fixture
def waiting(module, person):
    assert tell_changed(module) == 1
    return OutgoingMail.objects.get()


def test_a_mail_is_sent_once_and_says_when(waiting):
    assert deliver_waiting() == 1
    assert deliver_waiting() == 0
    waiting.refresh_from_db()
    assert (waiting.state, waiting.attempts, waiting.error) == (State.SENT, 1, "")
    assert waiting.finished_at is not None
    assert waiting.subject == "“De eed” is veranderd"
    assert [message.to for message in post.outbox] == [["anna@voorbeeld.example"]]


def test_the_same_mail_is_queued_once(waiting, module):
    assert tell_changed(module) == 0
    assert OutgoingMail.objects.count() == Mailing.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        OutgoingMail.objects.create(kind=Kind.CHANGED, dedupe_key=waiting.dedupe_key)


def test_the_outbox_is_emptied_after_the_commit(module, person, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        tell_changed(module)
        assert post.outbox == []
    assert len(post.outbox) == 1


def test_a_mail_keeps_its_number_at_every_attempt(waiting, server):
    server.faults = [smtplib.SMTPDataError(451, b"later")]
    deliver_waiting()
    OutgoingMail.objects.update(send_after=timezone.now())
    deliver_waiting()
    (message,) = post.outbox
    assert message.message()["Message-ID"] == f"<{waiting.message_key}@127.0.0.1>"
    assert message.message()["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize(
    "fault",
    [
        smtplib.SMTPDataError(451, b"try again, anna@voorbeeld.example"),
        smtplib.SMTPRecipientsRefused({"anna@voorbeeld.example": (450, b"busy")}),
        smtplib.SMTPSenderRefused(421, b"too many", "x@voorbeeld.example"),
    ],
)
def test_a_temporary_refusal_is_tried_again_and_bounded(waiting, server, fault):
    for attempt in range(1, 6):
        server.faults = [fault]
        before = timezone.now()
        OutgoingMail.objects.update(send_after=before)
        assert deliver_waiting() == 1
        waiting.refresh_from_db()
        assert (waiting.state, waiting.attempts) == (State.WAITING, attempt)
        assert waiting.send_after > before
        assert waiting.handed_over_at is None
    server.faults = [fault]
    OutgoingMail.objects.update(send_after=timezone.now())
    deliver_waiting()
    waiting.refresh_from_db()
    assert waiting.state == State.FAILED
    assert waiting.error.startswith(type(fault).__name__)
    assert "voorbeeld" not in waiting.error
    assert post.outbox == []


def test_a_final_refusal_is_not_tried_again(waiting, server):
    server.faults = [smtplib.SMTPRecipientsRefused({"anna@voorbeeld.example": (550, b"nobody")})]
    deliver_waiting()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.error) == (State.FAILED, "SMTPRecipientsRefused 550")
    assert deliver_waiting() == 0


def test_no_line_to_the_server_is_tried_again(waiting, server):
    server.on_opening = [ConnectionRefusedError(111, "no")]
    deliver_waiting()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.error) == (State.WAITING, "ConnectionRefusedError")


@pytest.mark.parametrize("fault", [smtplib.SMTPServerDisconnected("gone"), TimeoutError()])
def test_a_line_that_breaks_leaves_uncertainty_and_no_second_mail(waiting, server, fault):
    server.faults = [fault]
    deliver_waiting()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.error) == (State.UNCERTAIN, type(fault).__name__)
    recover(timezone.now() + timedelta(days=1))
    assert deliver_waiting() == 0


def test_a_mail_that_cannot_be_made_holds_up_no_other(waiting, module, monkeypatch):
    other = factories.make_member(name="Bas").person
    factories.finish(other, module)
    tell_changed(module)
    composer = messages.COMPOSERS[Kind.CHANGED]

    def broken(mail):
        if mail.pk == waiting.pk:
            raise ZeroDivisionError
        return composer(mail)

    monkeypatch.setitem(messages.COMPOSERS, Kind.CHANGED, broken)
    assert deliver_waiting() == 2
    waiting.refresh_from_db()
    assert (waiting.state, waiting.error) == (State.WAITING, "ZeroDivisionError")
    assert len(post.outbox) == 1


def test_two_workers_do_not_hold_the_same_mail(waiting):
    now = timezone.now()
    assert claim(waiting.pk, now) is not None
    assert claim(waiting.pk, now) is None


def test_what_a_dead_worker_had_not_handed_over_is_sent_anew(waiting):
    slow = claim(waiting.pk, timezone.now())
    assert recover(timezone.now() + timedelta(minutes=5)) == (0, 0)
    assert recover(timezone.now() + timedelta(minutes=11)) == (1, 0)
    # Were it slow and not dead, it finds that the mail is no longer its own.
    assert deliver(slow, Line()) == State.SENDING
    assert post.outbox == []
    assert deliver_waiting() == 1
    assert len(post.outbox) == 1


def test_a_slow_worker_may_still_say_how_it_went(waiting):
    slow = claim(waiting.pk, timezone.now())
    assert mark_handed_over(slow.pk, slow.claim, "x")
    assert not mark_handed_over(slow.pk, slow.claim, "x")
    recover(timezone.now() + timedelta(minutes=11))
    from learning.mail.sending import settle  # noqa: PLC0415

    settle(slow, State.SENT)
    waiting.refresh_from_db()
    assert waiting.state == State.SENT


def test_what_is_no_longer_needed_is_not_sent(waiting, person):
    MailPreference.objects.create(person=person, about_changes=False)
    deliver_waiting()
    waiting.refresh_from_db()
    assert waiting.state == State.CANCELLED
    assert post.outbox == []


@pytest.mark.parametrize("happens", ["erased", "inactive"])
def test_who_has_gone_gets_no_mail(waiting, person, happens):
    if happens == "erased":
        person.completions.all().delete()
        person.memberships.all().delete()
        person.delete()
    else:
        person.is_active = False
        person.save()
    deliver_waiting()
    waiting.refresh_from_db()
    assert waiting.state == State.CANCELLED
    assert post.outbox == []


def test_mails_that_wait_can_be_called_back(waiting):
    assert cancel(mailing=waiting.mailing) == 1
    assert deliver_waiting() == 0


def test_an_address_without_a_person_is_forgotten_when_the_mail_has_gone(waiting):
    queue([OutgoingMail(kind=Kind.CHANGED, address="x@voorbeeld.example", dedupe_key="1")])
    deliver_waiting()
    assert set(OutgoingMail.objects.values_list("address", flat=True)) == {""}
    with pytest.raises(IntegrityError), transaction.atomic():
        OutgoingMail.objects.update(address="x@voorbeeld.example")


def test_a_long_mailing_goes_on_in_a_next_task(waiting, module, monkeypatch):
    for _ in range(3):
        factories.finish(factories.make_member().person, module)
    tell_changed(module)
    monkeypatch.setattr("learning.mail.sending.MOST_PER_TASK", 2)
    send_waiting.enqueue()
    assert len(post.outbox) == 4


def test_plain_text_and_html_say_the_same(waiting):
    deliver_waiting()
    message = message_from_bytes(post.outbox[0].message().as_bytes())
    text, html = (
        part.get_payload(decode=True).decode() for part in message.walk() if not part.is_multipart()
    )
    for words in ("Beste Anna de Wit,", "De inhoud is daarna veranderd.", "Bekijk de module"):
        assert words in text
        assert words in html
    link = f"http://127.0.0.1:8000/mijn/verder/{waiting.mailing.module_key}/"
    assert link in text
    assert html.count(f'href="{link}"') == 1
    assert '<html lang="nl">' in html
    assert '<meta name="color-scheme" content="light dark">' in html
    assert "prefers-color-scheme: dark" in html
    # Nothing is fetched when it is opened.
    assert "<img" not in html
    assert "url(" not in html
