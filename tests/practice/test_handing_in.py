"""Handing a case in: in steps that are kept, sent once, followed, answered, taken back."""

from datetime import timedelta
from unittest import mock

import pytest
from django.core import mail
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision, WorkflowState

from accounts.models import AuditEvent
from learning.mail.sending import deliver_waiting
from learning.models import OutgoingMail
from practice import handing_in, handling, unsent
from practice.models import CasePage, Submission
from practice.rules.standing import Standing
from practice.steps import STEPS
from tests import factories
from tests.practice import builders

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("practice")]
SLUGS = [step.slug for step in STEPS]
CONSENT = {
    "may_publish": "1",
    "may_name_municipality": "0",
    "may_ask": "1",
}


@pytest.fixture
def chief(home):
    return builders.make_editor(email="chef@voorbeeld.example")


@pytest.fixture
def sender(chief):
    return factories.make_user(name="Zoutkeets Xylofoon", email="zender@voorbeeld.example")


@pytest.fixture
def browser(sender, signed_in):
    return signed_in(sender)


def text(response) -> str:
    return " ".join(response.content.decode().split())


def step_address(submission, slug) -> str:
    return f"/mijn/praktijk/{submission.pk}/stap/{slug}/"


def mails_to(person):
    return list(
        OutgoingMail.objects.filter(person=person)
        .order_by("pk")
        .values_list("parameters__about", flat=True)
    )


def test_somebody_hands_a_case_in_step_by_step(browser, sender, chief, home):
    factories.Theme.objects.create(
        slug="integriteit", name="Integriteit", locale=factories.locale()
    )
    answer = browser.post("/praktijk/insturen/")
    submission = Submission.objects.get(sender=sender)
    assert answer.url == step_address(submission, "gebeurd")
    filled = {
        "gebeurd": {"kind": "goed", "title": "Een pakket", "happened": "Het stond er.\n\nZomaar."},
        "geleerd": {"done": "Terug.", "learned": "Zeg het.", "questions": "Wat doet u?\n- Wie?"},
        "voor-wie": {"themes": ["integriteit"], "roles": ["raadslid"]},
        "anoniem": {"looked_through": "on"},
        "toestemming": CONSENT,
    }
    for slug, values in filled.items():
        assert browser.get(step_address(submission, slug)).status_code == 200
        answer = browser.post(step_address(submission, slug), values)
        assert answer.url == step_address(submission, SLUGS[SLUGS.index(slug) + 1])
    page = text(browser.get(step_address(submission, "controleren")))
    for words in ("Een pakket", "Integriteit", "raadslid", "Ja, u mag het plaatsen", "Stuur in"):
        assert words in page
    assert not CasePage.objects.exists()
    answer = browser.post(f"/mijn/praktijk/{submission.pk}/versturen/")
    assert answer.url == f"/mijn/praktijk/{submission.pk}/"
    case = CasePage.objects.get()
    assert (case.live, case.owner, case.municipality) == (False, None, "")
    latest = case.get_latest_revision_as_object()
    assert latest.happened == "<p>Het stond er.</p>\n\n<p>Zomaar.</p>"
    assert [block.value for block in latest.questions] == ["Wat doet u?", "Wie?"]
    assert [theme.slug for theme in latest.themes.all()] == ["integriteit"]
    assert case.current_workflow_state.workflow.name == "Eindredactie"
    assert "Ingestuurd" in text(browser.get(answer.url))


def test_nothing_of_a_page_says_who_handed_it_in(sender):
    submission = builders.make_sent(sender)
    assert not Revision.objects.for_instance(submission.page).exclude(user=None).exists()
    assert not PageLogEntry.objects.filter(page=submission.page).exclude(user=None).exists()
    assert WorkflowState.objects.get().requested_by is None
    # The log knows that somebody did, and not which.
    line = AuditEvent.objects.get(what=AuditEvent.What.CASE)
    assert (line.actor_key, line.details) == (sender.audit_key, {"change": "sent"})


def test_what_is_not_whole_yet_is_kept_all_the_same(browser, sender):
    submission = handing_in.begin(sender)
    answer = browser.post(step_address(submission, "gebeurd"), {"title": "", "happened": "Half"})
    assert answer.status_code == 422
    page = text(answer)
    assert "Schrijf een korte titel" in page
    assert "Half" in page
    submission.refresh_from_db()
    assert (submission.title, submission.happened, submission.kind) == ("", "Half", "")
    long = "woord " * 1000
    assert browser.post(step_address(submission, "gebeurd"), {"happened": long}).status_code == 422
    submission.refresh_from_db()
    assert submission.happened == long


@pytest.mark.parametrize(("button", "leads_to"), [("back", "gebeurd"), ("later", "")])
def test_one_goes_back_or_stops_without_losing_anything(browser, sender, button, leads_to):
    submission = handing_in.begin(sender)
    answer = browser.post(step_address(submission, "geleerd"), {"done": "Half", button: "1"})
    assert answer.url == (step_address(submission, leads_to) if leads_to else "/mijn/praktijk/")
    submission.refresh_from_db()
    assert submission.done == "Half"


def test_from_the_overview_one_goes_back_to_it(browser, sender):
    submission = builders.make_submission(sender)
    page = text(browser.get(f"{step_address(submission, 'geleerd')}?terug=1"))
    assert 'name="summary"' in page
    values = {"done": "Anders.", "learned": "Iets.", "summary": "1"}
    answer = browser.post(step_address(submission, "geleerd"), values)
    assert answer.url == step_address(submission, "controleren")


def test_a_changed_text_is_looked_through_anew(browser, sender):
    submission = builders.make_submission(sender)
    values = {name: getattr(submission, name) for name in ("kind", "title", "happened")}
    browser.post(step_address(submission, "gebeurd"), values)
    submission.refresh_from_db()
    assert submission.looked_through
    browser.post(step_address(submission, "gebeurd"), values | {"happened": "Iets anders"})
    submission.refresh_from_db()
    assert not submission.looked_through
    answer = browser.post(f"/mijn/praktijk/{submission.pk}/versturen/")
    assert answer.status_code == 422
    assert "Er ontbreekt nog iets" in text(answer)
    assert not CasePage.objects.exists()


def test_looking_through_shows_what_was_found_and_where_to_mend_it(browser, sender):
    factories.make_municipality("Voorbeeldstad")
    submission = builders.make_submission(
        sender, happened="Mevrouw De Wit uit Voorbeeldstad belde 06-12345678. Xylofoon zweeg."
    )
    page = text(browser.get(step_address(submission, "anoniem")))
    for found in ("De Wit", "Voorbeeldstad", "06-12345678", "Xylofoon"):
        assert f"<mark>{found}</mark>" in page
    assert f'href="{step_address(submission, "gebeurd")}?terug=1#id_happened"' in page
    # It warns and forbids nothing.
    answer = browser.post(step_address(submission, "anoniem"), {"looked_through": "on"})
    assert answer.url == step_address(submission, "toestemming")


def test_beginning_twice_is_one_draft(browser, sender):
    for _time in range(2):
        browser.post("/praktijk/insturen/")
    assert Submission.objects.count() == 1


def test_sending_twice_is_one_page(browser, sender, chief):
    submission = builders.make_submission(sender)
    for _time in range(2):
        browser.post(f"/mijn/praktijk/{submission.pk}/versturen/")
    handing_in.send(submission)
    assert CasePage.objects.count() == 1
    assert mails_to(chief) == ["sent"]


def test_editors_are_mailed_without_a_word_of_it(sender, chief):
    builders.make_sent(sender, title="Geheime titel")
    assert [each.subject for each in mail.outbox] == []
    deliver_waiting()
    [message] = mail.outbox
    assert message.to == [chief.email]
    whole = f"{message.subject} {message.body} {message.alternatives[0][0]}"
    for word in ("Geheime", "pakket", "Xylofoon", "zender"):
        assert word not in whole


def test_two_of_the_same_title_have_two_addresses(sender):
    first, second = (builders.make_sent(sender, title="Insturen") for _ in range(2))
    assert (first.page.slug, second.page.slug) == ("praktijkvoorbeeld", "praktijkvoorbeeld-2")


def test_a_name_in_the_title_does_not_come_into_the_address(sender):
    submission = builders.make_sent(sender, title="De loods van Kees Bakker")
    assert submission.page.slug == "praktijkvoorbeeld"
    assert builders.make_sent(sender, title="Een volle loods").page.slug == "een-volle-loods"


def test_a_question_is_answered_once(browser, sender, chief):
    submission = builders.make_sent(sender)
    handling.ask(submission, "Wat kwam ervan?", by=chief)
    address = f"/mijn/praktijk/{submission.pk}/"
    page = text(browser.get(address))
    assert "Wat kwam ervan?" in page
    assert chief.name not in page
    assert browser.post(f"{address}antwoorden/", {"answer": " "}).status_code == 422
    for words in ("Niets meer.", "Toch wel."):
        assert browser.post(f"{address}antwoorden/", {"answer": words}).url == address
    assert submission.asked.get().answer == "Niets meer."
    assert mails_to(sender) == ["question"]
    assert mails_to(chief) == ["sent", "answered"]
    deliver_waiting()
    assert [len(message.to) for message in mail.outbox] == [1, 1]


def test_taking_it_back_leaves_nothing_of_it(browser, sender, chief):
    submission = builders.make_sent(sender)
    handling.ask(submission, "Wie?", by=chief)
    address = f"/mijn/praktijk/{submission.pk}/intrekken/"
    assert "Weet u het zeker" in text(browser.get(address)) or browser.get(address)
    for _time in range(2):
        assert browser.post(address).status_code == 302
    submission.refresh_from_db()
    assert submission.state == Submission.State.WITHDRAWN
    assert (submission.happened, submission.page, submission.asked.count()) == ("", None, 0)
    assert not CasePage.objects.exists()
    assert mails_to(chief)[-1] == "withdrawn"
    assert "Ingetrokken" in text(browser.get(f"/mijn/praktijk/{submission.pk}/"))


def test_a_draft_is_thrown_away_after_being_asked(browser, sender):
    submission = builders.make_submission(sender)
    address = f"/mijn/praktijk/{submission.pk}/intrekken/"
    assert browser.get(address).status_code == 200
    assert browser.post(address).url == "/mijn/praktijk/"
    assert not Submission.objects.exists()


def test_what_is_published_can_not_be_taken_back_but_consent_can(browser, sender, chief):
    submission = builders.make_sent(sender)
    submission.page.get_latest_revision().publish()
    address = f"/mijn/praktijk/{submission.pk}/"
    assert browser.get(f"{address}intrekken/").url == address
    browser.post(f"{address}intrekken/")
    submission.refresh_from_db()
    assert submission.state == Submission.State.PUBLISHED
    browser.post(f"{address}toestemming/", CONSENT | {"may_publish": "0"})
    submission.refresh_from_db()
    assert submission.standing is Standing.LEAVING
    assert mails_to(chief)[-1] == "take_down"
    assert "Wordt van de site gehaald" in text(browser.get(address))
    submission.page.refresh_from_db()
    submission.page.unpublish()
    submission.refresh_from_db()
    assert submission.standing is Standing.TAKEN_DOWN
    assert mails_to(sender) == ["published", "taken_down"]


def test_half_a_form_of_consent_is_no_consent(browser, sender):
    submission = builders.make_submission(sender, may_publish=False, consent_answered=False)
    answer = browser.post(step_address(submission, "toestemming"), {"may_publish": "1"})
    assert answer.status_code == 422
    submission.refresh_from_db()
    assert not submission.consent_answered
    values = CONSENT | {"may_name_municipality": "1", "municipality_name": ""}
    answer = browser.post(step_address(submission, "toestemming"), values)
    assert "Schrijf welke gemeente" in text(answer)


def test_the_municipality_of_a_member_stands_there_to_begin_with(sender):
    place = factories.make_municipality("Voorbeeldstad")
    factories.join(sender, place, factories.Role.COUNCIL_MEMBER)
    assert handing_in.begin(sender).municipality_name == "Voorbeeldstad"


def test_a_municipality_that_may_not_be_named_is_not_kept(browser, sender):
    submission = builders.make_submission(sender, municipality_name="Voorbeeldstad")
    values = CONSENT | {"may_name_municipality": "0", "municipality_name": "Voorbeeldstad"}
    assert browser.post(step_address(submission, "toestemming"), values).status_code == 302
    submission.refresh_from_db()
    assert submission.municipality_name == ""


def test_what_was_sent_can_not_be_written_on(browser, sender):
    submission = builders.make_sent(sender)
    address = f"/mijn/praktijk/{submission.pk}/"
    for slug in SLUGS:
        assert browser.get(step_address(submission, slug)).url == address
        assert browser.post(step_address(submission, slug), {"title": "Anders"}).url == address
    with pytest.raises(handing_in.TooLate):
        handing_in.save_step(submission, {"title": "Anders"})


def test_somebody_elses_is_as_if_it_were_not_there(signed_in, sender):
    submission = builders.make_submission(sender)
    other = signed_in(factories.make_user())
    for address in ("", "stap/gebeurd/", "toestemming/", "intrekken/"):
        assert other.get(f"/mijn/praktijk/{submission.pk}/{address}").status_code == 404
    for address in ("stap/gebeurd/", "versturen/", "antwoorden/", "toestemming/", "intrekken/"):
        assert other.post(f"/mijn/praktijk/{submission.pk}/{address}").status_code == 404
    assert submission.title.encode() not in other.get("/mijn/praktijk/").content


def test_a_step_that_is_not_there_is_not_found(browser, sender):
    submission = handing_in.begin(sender)
    assert browser.get(step_address(submission, "bestaat-niet")).status_code == 404


@pytest.mark.parametrize(
    "values",
    [
        {"themes": ["bestaat-niet"]},
        {"themes": ["integriteit", "<script>"], "roles": ["koning"]},
        {"kind": "geweldig", "title": "x" * 5000, "happened": "\x00"},
        {"may_publish": "misschien", "may_ask": ["1", "0"]},
    ],
)
def test_nonsense_is_refused_and_breaks_nothing(browser, sender, values):
    submission = builders.make_submission(sender)
    for slug in SLUGS[:-1]:
        assert browser.post(step_address(submission, slug), values).status_code in {400, 422, 302}
    submission.refresh_from_db()
    assert set(submission.themes) <= {"integriteit"}
    assert submission.roles in ([], ["raadslid"])
    assert submission.kind in {"", "goed"}
    # Nobody agrees by nonsense.
    assert not (submission.consent_answered and "may_ask" in values)


def test_beginning_too_often_is_told(browser, sender, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"case": "1/d/user"}
    assert browser.post("/praktijk/insturen/").status_code == 302
    answer = browser.post("/praktijk/insturen/")
    assert answer.status_code == 429
    assert "Wacht" in text(answer)


def test_the_list_of_ones_own_does_not_ask_more_for_more(
    browser, sender, django_assert_max_num_queries
):
    for number in range(3):
        builders.make_sent(sender, title=f"Verhaal {number}")
    # What frames every page is asked once per publication.
    browser.get("/privacy/")
    with django_assert_max_num_queries(14):
        few = browser.get("/mijn/praktijk/")
    for number in range(3, 9):
        builders.make_sent(sender, title=f"Verhaal {number}")
    browser.get("/privacy/")
    with django_assert_max_num_queries(14):
        assert browser.get("/mijn/praktijk/").content.count(b"Verhaal ") == 9
    assert few.content.count(b"Verhaal ") == 3


def test_the_empty_list_says_what_comes(browser):
    assert "U hebt nog geen voorbeeld geschreven" in text(browser.get("/mijn/praktijk/"))


def test_what_asks_for_an_answer_comes_first(browser, sender, chief):
    asked = builders.make_sent(sender, title="Met een vraag")
    handling.ask(asked, "Wat?", by=chief)
    Submission.objects.update(updated_at=timezone.now() - timedelta(days=3))
    builders.make_sent(sender, title="Zonder een vraag")
    page = text(browser.get("/mijn/praktijk/"))
    assert page.index("Met een vraag") < page.index("Zonder een vraag")


def test_what_was_typed_after_a_session_ended_is_there_when_one_is_back(client, sender, chief):
    draft = handing_in.begin(sender)
    address = step_address(draft, "gebeurd")
    typed = {"title": "De envelop", "happened": "Er lag <b>geld</b> op tafel.", "later": "1"}
    gone = client.post(address, typed)
    assert gone.status_code == 302
    assert gone["Location"] == f"/account/login/?next={address}"
    draft.refresh_from_db()
    assert (draft.title, draft.happened) == ("", "")
    # Somebody else in the same browser has another draft, and this one is not there for them.
    client.force_login(factories.make_user())
    assert client.get(address).status_code == 404
    client.force_login(sender)
    page = client.get(address)
    assert page.status_code == 200
    form = page.context["form"]
    assert (form["title"].value(), form["happened"].value()) == (typed["title"], typed["happened"])
    assert "U was uitgelogd" in text(page)
    # It is kept when they say so, and then it is no longer told.
    client.post(address, typed | {"kind": "mis"})
    draft.refresh_from_db()
    assert draft.title == "De envelop"
    assert "U was uitgelogd" not in text(client.get(address))


def test_what_was_typed_is_not_readable_on_the_server(client, sender, chief):
    draft = handing_in.begin(sender)
    address = step_address(draft, "gebeurd")
    kept = []
    with mock.patch.object(unsent.cache, "set", lambda *given: kept.append(given)):
        answer = client.post(address, {"title": "Zeldzaam", "happened": "woord"})
    # What limits how often keeps its counts in the same cache.
    ((_key, value, seconds),) = [given for given in kept if given[0].startswith("unsent:")]
    assert b"Zeldzaam" not in value
    assert seconds == 3600
    cookie = answer.cookies[unsent.COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 3600)
    for wrong in ("", "x", "x" * 300):
        client.cookies[unsent.COOKIE] = wrong
        client.force_login(sender)
        assert client.get(address).status_code == 200


def test_an_answer_after_a_session_ended_is_there_when_one_is_back(client, sender, chief):
    sent = builders.make_sent(sender)
    handling.ask(sent, "Wanneer was het?", by=chief)
    address = f"/mijn/praktijk/{sent.pk}/"
    gone = client.post(f"{address}antwoorden/", {"answer": "In het voorjaar."})
    # Not to an address that shows nothing by itself.
    assert gone["Location"] == f"/account/login/?next={address}"
    client.force_login(sender)
    page = client.get(address)
    assert page.context["form"]["answer"].value() == "In het voorjaar."
    client.post(f"{address}antwoorden/", {"answer": "In het voorjaar."})
    assert sent.asked.get().answer == "In het voorjaar."
    assert client.post(f"{address}versturen/").status_code == 302


def test_sending_after_a_session_ended_leads_back_to_the_draft(client, sender, chief):
    draft = builders.make_submission(sender)
    gone = client.post(f"/mijn/praktijk/{draft.pk}/versturen/")
    assert gone["Location"] == f"/account/login/?next=/mijn/praktijk/{draft.pk}/"


def test_two_windows_do_not_write_over_each_other_unseen(browser, sender):
    draft = handing_in.begin(sender)
    address = step_address(draft, "gebeurd")
    seen = browser.get(address).context["seen"]
    first = {"kind": "mis", "title": "Eerste", "happened": "In het ene venster.", "seen": seen}
    assert browser.post(address, first).status_code == 302
    # The same once more is a double press, and no conflict.
    assert browser.post(address, first).status_code == 302
    other = first | {"happened": "In het andere venster."}
    page = browser.post(address, other)
    assert page.status_code == 409
    assert "in een ander venster" in text(page)
    assert "In het ene venster." in text(page)
    assert page.context["form"]["happened"].value() == "In het andere venster."
    draft.refresh_from_db()
    assert draft.happened == "In het ene venster."
    again = other | {"seen": page.context["seen"]}
    assert browser.post(address, again).status_code == 302
    draft.refresh_from_db()
    assert draft.happened == "In het andere venster."


def test_nobody_says_to_have_looked_through_a_text_that_they_did_not_see(browser, sender):
    draft = builders.make_submission(sender)
    handing_in.save_step(draft, {"happened": "Eerst dit."})
    address = step_address(draft, "anoniem")
    seen = browser.get(address).context["seen"]
    handing_in.save_step(draft, {"happened": "Mevrouw Jansen belde."})
    page = browser.post(address, {"looked_through": "on", "seen": seen})
    assert page.status_code == 409
    assert "Jansen" in text(page)
    draft.refresh_from_db()
    assert not draft.looked_through
