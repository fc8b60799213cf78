"""Forms that editors make: what a visitor sends comes in once, is read by few, and goes."""

import csv
import io
import re
import time
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from home import form_guard
from home.demo_contact import load_contact
from home.models import FormEntry, FormField, FormPage, HomePage
from home.permissions import CHIEF_EDITORS, EDITORS, group_named
from home.spreadsheets import harmless
from learning import form_entries
from learning.models import OutgoingMail
from learning.retention import STEPS
from tests import factories

pytestmark = pytest.mark.django_db
GOOD = {
    "uw_naam": "Anna",
    "uw_e_mailadres": "anna@x.example",
    "waar_gaat_het_over": "Deze site",
    "uw_vraag_of_opmerking": "Een geheim verhaal",
    "rv-consent": "on",
}


@contextmanager
def in_time(**ahead):
    """What is signed, and looked at, so much later (or earlier) than now."""
    moment = time.time() + timedelta(**ahead).total_seconds()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.core.signing.time", SimpleNamespace(time=lambda: moment))
        yield


@pytest.fixture
def contact(site):
    load_contact()
    return FormPage.objects.get(slug="contact", locale=factories.locale())


def soup_of(response):
    return BeautifulSoup(response.content, "html.parser")


def shown_form(client, page):
    """The stamp of a form that was shown a minute ago."""
    with in_time(minutes=-1):
        soup = soup_of(client.get(page.url))
    return {"rv-stamp": soup.select_one('[name="rv-stamp"]')["value"]}


def send(client, page, **changes):
    return client.post(page.url, GOOD | shown_form(client, page) | changes)


def test_a_form_comes_in_and_says_thank_you(contact, client):
    response = send(client, contact)
    assert (response.status_code, response.url) == (302, f"{contact.url}?verzonden=1")
    thanks = client.get(response.url).content.decode()
    assert "<h1>Bedankt, het is verstuurd</h1>" in thanks
    entry = FormEntry.objects.get()
    assert entry.form_data == {k: v for k, v in GOOD.items() if k != "rv-consent"}
    assert entry.consent == contact.consent_text


def test_a_browser_can_fill_in_who_one_is(contact, client):
    soup = soup_of(client.get(contact.url))
    kinds = {each.get("autocomplete") for each in soup.select("form.rv-form input:not([hidden])")}
    assert {"name", "email"} <= kinds


def test_sending_it_twice_is_one_entry(contact, client):
    stamp = shown_form(client, contact)
    for _ in range(3):
        assert client.post(contact.url, GOOD | stamp).status_code == 302
    assert FormEntry.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        FormEntry.objects.create(page=contact, form_data={}, key=FormEntry.objects.get().key)


def test_errors_say_what_to_do_beside_the_field_and_nothing_typed_is_lost(contact, client):
    response = send(client, contact, uw_naam="", uw_e_mailadres="geen adres", **{"rv-consent": ""})
    assert response.status_code == 422
    soup = soup_of(response)
    summary = soup.select_one(".rv-error-summary")
    targets = [link["href"].removeprefix("#") for link in summary.select("a")]
    assert targets == ["id_uw_naam", "id_uw_e_mailadres", "id_rv-consent"]
    assert all(soup.find(id=target) is not None for target in targets)
    name = soup.find(id="id_uw_naam")
    assert name["aria-invalid"] == "true"
    assert soup.find(id=name["aria-describedby"].split()[-1]).text == "Vul dit in."
    assert soup.find(id="id_uw_vraag_of_opmerking").text.strip() == "Een geheim verhaal"
    assert soup.select_one('[name="waar_gaat_het_over"][checked]')["value"] == "Deze site"
    assert not FormEntry.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"rv-website": "http://spam.example"}, "Een veld dat leeg moet blijven"),
        ({"rv-stamp": "verzonnen"}, "Het formulier stond lang open"),
        ({"rv-stamp": ""}, "Het formulier stond lang open"),
        ({"rv-stamp": form_guard.new_stamp(999_999)}, "Het formulier stond lang open"),
    ],
)
def test_a_machine_is_kept_out_and_a_person_presses_once_more(contact, client, changes, words):
    refused = send(client, contact, **changes)
    assert refused.status_code == 422
    soup = soup_of(refused)
    assert words in soup.select_one(".rv-error-summary").text
    assert soup.select_one('[name="uw_naam"]')["value"] == "Anna"
    assert not soup.select_one('[name="rv-website"]').get("value")
    assert not FormEntry.objects.exists()
    stamp = soup.select_one('[name="rv-stamp"]')["value"]
    with in_time(seconds=10):
        assert client.post(contact.url, GOOD | {"rv-stamp": stamp}).status_code == 302


def test_quicker_than_anybody_can_is_asked_again(contact, client):
    stamp = soup_of(client.get(contact.url)).select_one('[name="rv-stamp"]')["value"]
    at_once = client.post(contact.url, GOOD | {"rv-stamp": stamp})
    assert "Dat ging erg snel" in at_once.content.decode()
    with in_time(seconds=5):
        assert client.post(contact.url, GOOD | {"rv-stamp": stamp}).status_code == 302


def test_a_form_that_was_open_for_days_keeps_what_was_typed(contact, client):
    with in_time(days=-3):
        stamp = soup_of(client.get(contact.url)).select_one('[name="rv-stamp"]')["value"]
    response = client.post(contact.url, GOOD | {"rv-stamp": stamp})
    assert "Er is niets verloren" in response.content.decode()


def test_too_much_from_one_connection(contact, client, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"form": "2/h/ip"}
    assert [send(client, contact).status_code for _ in range(3)] == [302, 302, 429]
    assert FormEntry.objects.count() == 2


def test_a_form_needs_its_token(contact):
    client = Client(enforce_csrf_checks=True)
    assert client.post(contact.url, GOOD).status_code == 403


def test_each_kind_of_field_works(home, client):
    page = home.add_child(instance=FormPage(title="Alles", slug="alles", locale=home.locale))
    kinds = ("singleline", "multiline", "email", "number", "date", "radio", "dropdown")
    for order, kind in enumerate((*kinds, "checkboxes", "checkbox")):
        page.form_fields.add(
            FormField(
                sort_order=order,
                field_type=kind,
                label=f"Veld {kind}",
                required=False,
                choices="een\ntwee" if kind in {"radio", "dropdown", "checkboxes"} else "",
            )
        )
    page.save_revision().publish()
    soup = soup_of(client.get(page.url))
    assert len(soup.select("form [name^=veld_]")) == 7 + 1 + 2 + 1
    assert "hoeft niet" in soup.text
    wrong = send(client, page, veld_number="x", veld_date="31-31", veld_radio="drie")
    assert wrong.status_code == 422
    right = send(
        client, page, veld_number="12", veld_date="2026-11-01", veld_checkboxes=["een", "twee"]
    )
    assert right.status_code == 302
    data = FormEntry.objects.get().form_data
    assert (data["veld_number"], data["veld_date"]) == ("12", "2026-11-01")
    assert data["veld_checkboxes"] == ["een", "twee"]
    assert FormPage.objects.get(pk=page.pk).form_fields.count() == 9


def test_who_may_read_what_came_in(contact, client, signed_in):
    send(client, contact)
    address = f"/beheer/forms/submissions/{contact.pk}/"
    editor = factories.make_user()
    editor.groups.add(group_named(EDITORS))
    page = signed_in(editor).get(address)
    assert "Een geheim verhaal" in page.content.decode()
    for outsider in (client, signed_in(factories.make_user())):
        response = outsider.get(address)
        assert response.status_code in {302, 403}
        assert b"geheim" not in response.content


@pytest.mark.parametrize("text", ["=1+1", " =1", "+31", "-1", "@x", "\t=x"])
def test_nothing_that_was_typed_runs_in_a_spreadsheet(text):
    assert harmless(text) == f"'{text}"
    assert harmless("gewoon = tekst") == "gewoon = tekst"


def test_the_file_with_entries_is_harmless(contact, client, signed_in):
    send(client, contact, uw_naam="=HYPERLINK(1)")
    editor = factories.make_user()
    editor.groups.add(group_named(EDITORS))
    response = signed_in(editor).get(f"/beheer/forms/submissions/{contact.pk}/?export=csv")
    content = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content)))
    assert "'=HYPERLINK(1)" in rows[1]
    # When it came in as the clock here says, and what was agreed to.
    at = timezone.localtime(FormEntry.objects.get().submit_time)
    assert rows[1][0] == f"{at:%Y-%m-%d %H:%M}"
    assert (rows[0][-1], rows[1][-1]) == ("Ging akkoord met", contact.consent_text)


def test_who_asked_for_it_is_told_without_what_was_sent(
    contact, client, django_capture_on_commit_callbacks
):
    contact.notify = "redactie@x.example"
    contact.save_revision().publish()
    with django_capture_on_commit_callbacks(execute=True):
        send(client, contact)
    (sent,) = (each for each in mail.outbox if each.to == ["redactie@x.example"])
    assert "Contact" in sent.subject
    words = sent.body + sent.alternatives[0][0]
    assert "geheim" not in words
    assert "anna" not in words.lower()
    assert f"/beheer/forms/submissions/{contact.pk}/" in words
    assert not OutgoingMail.objects.exclude(address="").exists()


def test_what_came_in_goes_after_the_days_that_the_form_says(contact, client):
    send(client, contact)
    entry = FormEntry.objects.get()
    now = timezone.now()
    for days, gone in ((29, False), (31, True)):
        FormEntry.objects.filter(pk=entry.pk).update(submit_time=now - timedelta(days=days))
        assert form_entries.old_entries(now).exists() is gone
    (step,) = (step for step in STEPS if step.line == "form_entries")
    assert step.run(step.found(now), now) == 1
    assert not FormEntry.objects.exists()


def test_no_form_keeps_it_longer_than_a_year(contact):
    for days in (0, 366):
        with pytest.raises(IntegrityError), transaction.atomic():
            FormPage.objects.filter(pk=contact.pk).update(keep_days=days)


def test_the_contact_page_shows_how_else_to_reach_us_in_each_language(contact, client):
    page = soup_of(client.get("/contact/"))
    assert page.select_one(".rv-columns a[href^='mailto:']").text == "contact@voorbeeld.example"
    english = soup_of(client.get("/en/contact/"))
    assert english.select_one("main label").text == "Your name"
    assert re.search("after 30 days", english.text)
    count = FormPage.objects.count()
    load_contact()
    assert FormPage.objects.count() == count == HomePage.objects.count()


def made_by_hand(*fields, action="action-publish", **changes):
    """What an editor's browser sends of a new form."""
    rows = [
        {"label": "Vraag", "required": "on", "choices": "", "default_value": "", "help_text": ""}
        | field
        for field in fields
    ]
    form = {"title": "Werkgroep", "slug": "werkgroep", "keep_days": 30, action: "on"}
    more = {"comments": inline_formset([]), "form_fields": inline_formset(rows)}
    return nested_form_data(form | more | changes)


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ({"field_type": "radio"}, "Schrijf de keuzes op"),
        ({"field_type": "dropdown", "choices": " , "}, "Schrijf de keuzes op"),
        ({"field_type": "checkboxes", "choices": "ja, nee, ja"}, "staat hier twee keer"),
        ({"field_type": "date", "default_value": "gisteren"}, "kan hier niet worden ingevuld"),
        ({"field_type": "number", "default_value": "veel"}, "kan hier niet worden ingevuld"),
        (
            {"field_type": "radio", "choices": "ja\nnee", "default_value": "misschien"},
            "kan hier niet worden ingevuld",
        ),
    ],
)
def test_a_field_that_nobody_could_fill_in_is_not_published(site, signed_in, field, words):
    chief = factories.make_user()
    chief.groups.add(group_named(CHIEF_EDITORS))
    client = signed_in(chief)
    address = f"/beheer/pages/add/home/formpage/{site.pk}/"
    assert words in client.post(address, made_by_hand(field)).content.decode()
    assert not FormPage.objects.exists()
    # It may be written bit by bit.
    assert client.post(address, made_by_hand(field, action="action-draft")).status_code == 302
    assert not FormPage.objects.get().live


def test_fields_that_can_be_filled_in_are_published(site, signed_in):
    chief = factories.make_user()
    chief.groups.add(group_named(CHIEF_EDITORS))
    fields = [
        {"label": "Hoe", "field_type": "radio", "choices": "ja\nnee", "default_value": "nee"},
        {"label": "Wat", "field_type": "checkboxes", "choices": "a, b", "default_value": "a, b"},
        {"label": "Dag", "field_type": "date", "default_value": "2026-12-24"},
        {"label": "Vink", "field_type": "checkbox", "default_value": "on"},
    ]
    address = f"/beheer/pages/add/home/formpage/{site.pk}/"
    assert signed_in(chief).post(address, made_by_hand(*fields)).status_code == 302
    assert FormPage.objects.get().live
