"""Where mails lead to: on in a module after signing in, one's choices, switching off."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core import mail as post
from django.utils import timezone

from learning import enrolments
from learning.mail.links import title_of
from learning.mail.notices import tell_changed
from learning.mail.sending import deliver_waiting
from learning.mail.stopping import stop_path
from learning.memberships import leave
from learning.models import Completion, MailPreference, OutgoingMail
from learning.steps import steps_of
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def module(catalogue):
    module = factories.make_module("eed", title="De eed")
    factories.make_lesson(module, slug="eerste")
    factories.make_lesson(module, slug="tweede")
    return module


@pytest.fixture
def person(module):
    person = factories.make_member(name="Anna", email="anna@voorbeeld.example").person
    factories.finish(person, module)
    return person


def button_of(message):
    """The link of the one button."""
    html = message.alternatives[0][0]
    (link,) = re.findall(r'href="http://127\.0\.0\.1:8000(/[^"]*verder[^"]*)"', html)
    return link


def sign_in(client, person, address):
    """By the form, as whoever presses the button on a phone where nobody has signed in."""
    response = client.get(address)
    assert response.url == f"/account/login/?next={address}"
    response = client.post(response.url, {"login": person.email, "password": factories.PASSWORD})
    assert response.url == address
    return client.get(address)


def test_the_button_lands_on_the_right_step_after_signing_in(client, module, person):
    Completion.objects.update(
        ended_on=timezone.localdate(), ended_because="Veranderd", archived_at=timezone.now()
    )
    tell_changed(module, again=True)
    first, _second = steps_of(module)
    deliver_waiting()
    address = button_of(post.outbox[0])
    enrolments.finish_step(person, module, first.key)
    assert sign_in(client, person, address).url == "/leren/eed/tweede/"
    assert client.get("/leren/eed/tweede/").status_code == 200


def test_whoever_has_not_begun_lands_on_the_first_step(module, signed_in):
    client = signed_in(factories.make_member().person)
    response = client.get(f"/mijn/verder/{module.translation_key}/")
    assert response.url == "/leren/eed/eerste/"


def test_a_learning_path_leads_to_its_first_module_that_is_not_finished(module, signed_in):
    second = factories.make_module("tweede", title="Tweede")
    factories.make_lesson(second, slug="begin")
    path = factories.make_path([module, second])
    person = factories.make_member().person
    address = f"/mijn/verder/{path.translation_key}/"
    assert signed_in(person).get(address).url == "/leren/eed/eerste/"
    factories.finish(person, module)
    assert signed_in(person).get(address).url == "/leren/tweede/begin/"
    assert title_of(path.translation_key) == path.title


def test_a_module_that_is_gone_leads_to_what_there_is(module, person, signed_in):
    client = signed_in(person)
    for key in (uuid4(), module.translation_key):
        module.unpublish()
        response = client.get(f"/mijn/verder/{key}/", follow=True)
        assert response.redirect_chain == [("/mijn/", 302)]
        assert "niet meer" in response.content.decode()


def test_only_finishers_who_still_serve_are_told(module, person):
    other = factories.make_member(name="Gestopt")
    factories.finish(other.person, module)
    leave(other, ends_on=timezone.localdate() - timedelta(days=1))
    factories.make_member(name="Nog niet klaar")
    silent = factories.make_member(name="Stil").person
    factories.finish(silent, module)
    MailPreference.objects.create(person=silent, about_changes=False)
    heard = []
    assert tell_changed(module, advance=lambda done, total: heard.append((done, total))) == 1
    assert heard == [(2, 2)]
    assert tell_changed(module, occasion="second") == 1
    # Who must do it again cannot be spared the news.
    assert tell_changed(module, again=True) == 2


def test_asking_again_says_when_and_stops_when_it_is_done(module, person):
    tell_changed(module, again=True, due_on=date(2027, 3, 1), note="Les 2 is nieuw.")
    Completion.objects.update(archived_at=timezone.now())
    late = factories.make_member(name="Bas").person
    factories.finish(late, module)
    OutgoingMail.objects.create(
        kind="again",
        person=late,
        mailing=OutgoingMail.objects.get().mailing,
        dedupe_key="late",
    )
    deliver_waiting()
    (message,) = post.outbox
    assert message.subject == "Doe “De eed” opnieuw"
    for body in (message.body, message.alternatives[0][0]):
        assert "uiterlijk op 1 maart 2027" in body
        assert "Les 2 is nieuw." in body
        assert "niet uitzetten" in body
    assert "List-Unsubscribe" not in message.extra_headers
    assert OutgoingMail.objects.get(person=late).state == "cancelled"


def test_a_mail_is_in_the_language_of_who_gets_it(module, person, settings):
    person.language = "en"
    person.save()
    translated = module.copy_for_translation(factories.locale("en"), copy_parents=True)
    translated.title = "The oath"
    translated.save_revision().publish()
    tell_changed(module)
    deliver_waiting()
    (message,) = post.outbox
    assert message.subject == "“The oath” has changed"
    assert '<html lang="en">' in message.alternatives[0][0]
    assert button_of(message) == f"/en/mijn/verder/{module.translation_key}/"


def test_notices_are_switched_off_with_one_press_and_no_cookie(client, module, person):
    tell_changed(module)
    deliver_waiting()
    headers = post.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = headers["List-Unsubscribe"].strip("<>").removeprefix("http://127.0.0.1:8000")
    assert person.email not in address
    assert client.get(address).status_code == 200
    assert MailPreference.of(person).about_changes
    for _ in range(2):
        response = client.post(address, {"List-Unsubscribe": "One-Click"})
        assert response.status_code == 200
        assert "Uitgezet" in response.content.decode()
    assert not MailPreference.of(person).about_changes


def test_a_link_of_another_making_switches_off_nothing(client, module, person):
    tell_changed(module, again=True)
    mandatory = stop_path(OutgoingMail.objects.get())
    for address in ("/mail/stoppen/x/", "/mail/stoppen/MQ:1abc:xyz/", mandatory):
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404


def test_the_earlier_address_leads_to_where_one_chooses(client):
    assert client.get("/mijn/herinneringen/").url == "/mijn/gegevens/#berichten"
