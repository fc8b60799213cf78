"""What editors do with what was handed in, and what they never see or may."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from home.editing.deadlines import set_deadline
from home.editing.waiting import waiting_for
from home.permissions import CHIEF_EDITORS, EDITORS
from learning.models import OutgoingMail
from practice import handing_in, handling
from practice.consent import missing_consent
from practice.models import Submission
from practice.models.cases import ConsentMissing
from tests import factories
from tests.practice import builders

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("practice")]
LIST = "/beheer/ingestuurd/"


@pytest.fixture
def chief(home):
    return builders.make_editor(name="Chef Chefsma")


@pytest.fixture
def sender(chief):
    return factories.make_user(name="Zoutkeets Xylofoon")


@pytest.fixture
def browser(chief, signed_in):
    return signed_in(chief)


def text(response) -> str:
    return " ".join(response.content.decode().split())


def told(person):
    rows = OutgoingMail.objects.filter(person=person).order_by("pk")
    return list(rows.values_list("parameters__about", flat=True))


def test_editors_see_what_was_handed_in_and_no_draft(browser, sender):
    builders.make_submission(sender, title="Nog een concept")
    sent = builders.make_sent(sender, title="Wel ingestuurd")
    page = text(browser.get(LIST))
    assert "Wel ingestuurd" in page
    assert "Nog een concept" not in page
    draft = Submission.objects.get(state=Submission.State.DRAFT)
    assert browser.get(f"{LIST}{sent.pk}/").status_code == 200
    assert browser.get(f"{LIST}{draft.pk}/").status_code == 404
    for act in ("oppakken", "vragen", "afwijzen"):
        assert browser.post(f"{LIST}{draft.pk}/{act}/").status_code == 404
    handing_in.withdraw(sent)
    assert browser.get(f"{LIST}{sent.pk}/").status_code == 404


def test_the_sender_is_named_only_where_they_said_so(browser, sender):
    hidden = builders.make_sent(sender)
    shown = builders.make_sent(sender, shows_name=True)
    assert sender.name not in text(browser.get(f"{LIST}{hidden.pk}/"))
    assert sender.name in text(browser.get(f"{LIST}{shown.pk}/"))
    for each in (hidden, shown):
        page = text(browser.get(f"{LIST}{each.pk}/"))
        assert sender.email not in page
        editor = text(browser.get(reverse("wagtailadmin_pages:edit", args=[each.page.pk])))
        assert sender.name not in editor
        assert "De inzender vindt plaatsen goed." in editor


def test_a_case_of_the_editors_own_has_no_such_panel(browser):
    case = builders.make_case()
    page = text(browser.get(reverse("wagtailadmin_pages:edit", args=[case.pk])))
    assert "De inzender" not in page


def test_what_may_tell_who_it_is_about_is_shown_to_editors(browser, sender):
    sent = builders.make_sent(sender, happened="Toen belde Fatima Ouali mij.")
    assert "<mark>Fatima Ouali</mark>" in text(browser.get(f"{LIST}{sent.pk}/"))


def test_an_editor_takes_up_asks_and_declines(browser, sender, chief):
    sent = builders.make_sent(sender)
    address = f"{LIST}{sent.pk}/"
    for _time in range(2):
        assert browser.post(f"{address}oppakken/").url == address
    assert browser.post(f"{address}vragen/", {"ask-text": ""}).status_code == 422
    for _time in range(2):
        assert browser.post(f"{address}vragen/", {"ask-text": "Wat kwam ervan?"}).url == address
    assert sent.asked.count() == 1
    assert browser.post(f"{address}vragen/", {"ask-text": "Nog een?"}).url == address
    assert sent.asked.count() == 1
    assert browser.post(f"{address}afwijzen/", {"decline-reason": " "}).status_code == 422
    for _time in range(2):
        browser.post(f"{address}afwijzen/", {"decline-reason": "Past hier niet."})
    sent.refresh_from_db()
    assert (sent.state, sent.reason) == (Submission.State.DECLINED, "Past hier niet.")
    assert sent.page.current_workflow_state is None
    assert told(sender) == ["taken_up", "question", "declined"]
    lines = AuditEvent.objects.filter(what=AuditEvent.What.CASE, actor_key=chief.audit_key)
    assert [line.details["change"] for line in lines.order_by("pk")] == [
        "taken_up",
        "asked",
        "declined",
    ]
    assert set(lines.values_list("subject_key", flat=True)) == {None}


def test_who_wants_no_questions_gets_none(browser, sender, chief):
    sent = builders.make_sent(sender, may_ask=False)
    assert "wil geen vragen krijgen" in text(browser.get(f"{LIST}{sent.pk}/"))
    browser.post(f"{LIST}{sent.pk}/vragen/", {"ask-text": "Toch?"})
    assert sent.asked.count() == 0
    with pytest.raises(handling.MayNotAsk):
        handling.ask(sent, "Toch?", by=chief)


def test_what_is_decided_on_can_not_be_decided_again(sender, chief):
    sent = builders.make_sent(sender)
    handling.decline(sent, "Nee.", by=chief)
    for act in (
        lambda: handling.take_up(sent, by=chief),
        lambda: handling.ask(sent, "?", by=chief),
        lambda: handling.decline(sent, "Nee.", by=chief),
    ):
        with pytest.raises(handling.NotNow):
            act()


def test_without_consent_nothing_is_published_by_any_way(sender, chief):
    sent = builders.make_sent(sender, may_publish=False)
    page = sent.page.get_latest_revision_as_object()
    with pytest.raises(ConsentMissing):
        page.get_latest_revision().publish()
    with pytest.raises(PermissionDenied):
        sent.page.current_workflow_task_state.approve(user=chief)
    page.refresh_from_db()
    assert not page.live
    handing_in.change_consent(sent, {"may_publish": True})
    page.get_latest_revision().publish()
    page.refresh_from_db()
    assert page.live


def test_the_municipality_needs_a_consent_of_its_own(sender):
    sent = builders.make_sent(sender, may_name_municipality=False, municipality_name="Utrecht")
    page = sent.page.get_latest_revision_as_object()
    assert page.municipality == ""
    page.municipality = "Utrecht"
    revision = page.save_revision()
    with pytest.raises(ConsentMissing):
        revision.publish()
    handing_in.change_consent(sent, {"may_name_municipality": True})
    revision.publish()


def test_where_it_may_be_named_it_is(sender, client):
    sent = builders.make_sent(sender, may_name_municipality=True, municipality_name="Utrecht")
    sent.page.get_latest_revision().publish()
    sent.page.refresh_from_db()
    assert "In Utrecht" in text(client.get(sent.page.url))


def posted(page, **more):
    """What the page editor sends, as far as this is about it."""
    return {
        "title": page.title,
        "slug": page.slug,
        "kind": page.kind,
        "introduction": page.introduction,
        "happened": '{"blocks": [{"key": "a", "text": "Iets.", "type": "unstyled", "depth": 0, '
        '"inlineStyleRanges": [], "entityRanges": []}], "entityMap": {}}',
        "done": "null",
        "outcome": "null",
        "learned": "null",
        "questions-count": "0",
        "municipality": page.municipality,
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
    } | more


@pytest.mark.parametrize(
    "way",
    [
        {"action-publish": "1"},
        {"action-workflow-action": "1", "workflow-action-name": "approve"},
    ],
)
def test_in_the_editor_it_is_said_beforehand_and_nothing_typed_is_lost(browser, sender, way):
    sent = builders.make_sent(sender, may_publish=False)
    address = reverse("wagtailadmin_pages:edit", args=[sent.page.pk])
    page = sent.page.get_latest_revision_as_object()
    response = browser.post(address, posted(page, title="Nieuwe titel", **way))
    assert response.status_code == 200
    assert "heeft plaatsen nog niet goedgevonden" in text(
        response
    ) or "nog niet goedgevonden" in text(response)
    assert "Nieuwe titel" in text(response)
    sent.page.refresh_from_db()
    assert not sent.page.live


def test_lines_and_signs_of_a_sender_open_in_the_editor(browser, sender):
    """A line under a line, quotes and signs of HTML: whatever somebody types in a plain field."""
    typed = "Regel één\nregel “twee” & <b>drie</b>\n\n\nEen alinea.\r\nEn nog <br> iets."
    sent = builders.make_sent(sender, **dict.fromkeys(("happened", "done", "learned"), typed))
    answer = browser.get(reverse("wagtailadmin_pages:edit", args=[sent.page.pk]))
    assert answer.status_code == 200
    page = sent.page.get_latest_revision_as_object()
    assert page.happened.startswith("<p>Regel één<br/>regel “twee” &amp; &lt;b&gt;")


def test_the_editor_is_told_which_municipality_stands_in_the_text(browser, sender):
    factories.make_municipality("Zwolle")
    told = "In de tekst staat: Zwolle."
    for may_name in (False, True):
        sent = builders.make_sent(
            sender,
            happened="In Zwolle stond een pakket.",
            may_name_municipality=may_name,
            municipality_name="Zwolle",
        )
        address = reverse("wagtailadmin_pages:edit", args=[sent.page.pk])
        assert (told in text(browser.get(address))) is not may_name


def test_publishing_in_the_editor_tells_the_sender(browser, sender):
    sent = builders.make_sent(sender)
    page = sent.page.get_latest_revision_as_object()
    address = reverse("wagtailadmin_pages:edit", args=[sent.page.pk])
    response = browser.post(address, posted(page, **{"action-publish": "1"}))
    assert response.status_code == 302
    sent.refresh_from_db()
    assert sent.state == Submission.State.PUBLISHED
    assert told(sender) == ["published"]


def test_a_draft_can_always_be_stored(browser, sender):
    sent = builders.make_sent(sender, may_publish=False)
    page = sent.page.get_latest_revision_as_object()
    address = reverse("wagtailadmin_pages:edit", args=[sent.page.pk])
    assert browser.post(address, posted(page, title="Beter")).status_code == 302
    sent.page.refresh_from_db()
    assert sent.page.get_latest_revision_as_object().title == "Beter"


def test_what_waits_is_told_on_the_first_page_of_the_admin(browser, sender):
    told_so = "Praktijkvoorbeelden wachten op de redactie"
    assert told_so not in text(browser.get("/beheer/"))
    builders.make_sent(sender)
    assert told_so in text(browser.get("/beheer/"))


def test_only_editors_get_there(signed_in, sender, home):
    sent = builders.make_sent(sender)
    for person in (sender, factories.make_monitor(factories.make_municipality())):
        other = signed_in(person)
        for address in (LIST, f"{LIST}{sent.pk}/"):
            assert other.get(address).status_code == 302
        for act in ("oppakken", "vragen", "afwijzen"):
            assert other.post(f"{LIST}{sent.pk}/{act}/").status_code == 302
    sent.refresh_from_db()
    assert sent.state == Submission.State.SENT


def test_somebody_of_the_admin_without_the_right_does_not(signed_in, sender):
    builders.make_sent(sender)
    group = Group.objects.get(name=EDITORS)
    group.permissions.filter(codename="handle_submission").delete()
    editor = builders.make_editor(EDITORS)
    assert signed_in(editor).get(LIST).status_code == 302


def test_the_list_asks_no_more_for_more(browser, sender, django_assert_max_num_queries):
    for number in range(8):
        if number in (2, 7):
            with django_assert_max_num_queries(30):
                browser.get(LIST)
        builders.make_sent(sender)


def test_who_asked_hears_the_answer_and_others_do_not(sender, chief):
    other = builders.make_editor(EDITORS)
    sent = builders.make_sent(sender)
    handling.ask(sent, "Wat?", by=other)
    handing_in.answer(sent, "Dit.")
    assert (told(other), told(chief)) == (["answered"], ["sent"])


def test_without_chief_editors_the_editors_are_told(sender, chief):
    chief.groups.remove(Group.objects.get(name=CHIEF_EDITORS))
    editor = builders.make_editor(EDITORS)
    builders.make_sent(sender)
    assert (told(editor), told(chief)) == (["sent"], [])


def test_a_case_of_nobody_needs_no_consent():
    assert missing_consent(None, names_municipality=True) == ""
    assert missing_consent(builders.make_case().pk, names_municipality=True) == ""


def test_a_case_waits_once_on_the_start_page_with_its_day(chief, sender):
    sent = builders.make_sent(sender)
    lines_by_title = {line.title: line for line in waiting_for(chief)}
    line = lines_by_title["Praktijkvoorbeelden wachten op de redactie"]
    assert line.count == 1
    assert "Ingediend: wacht op uw oordeel" not in lines_by_title
    set_deadline(sent.page, timezone.localdate())
    lines = [each for each in waiting_for(chief) if each.link == line.link]
    assert [each.is_late for each in lines] == [True]


def test_on_their_way_leaves_cases_to_their_own_list(browser, sender):
    builders.make_sent(sender, title="Wel ingestuurd")
    assert "Wel ingestuurd" not in text(browser.get("/beheer/onderweg/"))
    assert "Wel ingestuurd" in text(browser.get(LIST))
