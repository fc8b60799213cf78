"""How long what was handed in is kept, what its sender is told of it, and what erasing does."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from learning.anonymising import anonymise
from learning.mail.sending import deliver_waiting
from learning.models import OutgoingMail
from learning.own_data.collecting import collect
from learning.retention import apply_retention
from practice import handing_in, handling
from practice.demo_loader import load_practice_demo
from practice.models import CasePage, Submission, SubmissionQuestion
from tests import factories
from tests.practice import builders

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("practice")]


@pytest.fixture
def chief(home):
    return builders.make_editor()


@pytest.fixture
def sender(chief):
    return factories.make_user(name="Zoutkeets Xylofoon")


def days_ago(days):
    return timezone.now() - timedelta(days=days)


def test_a_draft_goes_after_ninety_days_of_silence(sender):
    old, young = (builders.make_submission(sender) for _ in range(2))
    Submission.objects.filter(pk=old.pk).update(updated_at=days_ago(91))
    Submission.objects.filter(pk=young.pk).update(updated_at=days_ago(89))
    done = apply_retention()
    assert done["drafts of cases"] == 1
    assert list(Submission.objects.all()) == [young]


def test_what_was_declined_goes_with_the_page_of_it(sender, chief):
    declined = builders.make_sent(sender)
    waiting = builders.make_sent(sender)
    handling.decline(declined, "Nee.", by=chief)
    Submission.objects.update(decided_at=days_ago(91), updated_at=days_ago(400))
    assert apply_retention()["cases not published"] == 1
    assert list(Submission.objects.all()) == [waiting]
    assert list(CasePage.objects.all()) == [waiting.page]


def test_questions_go_some_time_after_it_was_published(sender, chief):
    sent = builders.make_sent(sender)
    handling.ask(sent, "Wat?", by=chief)
    handing_in.answer(sent, "Dit.")
    Submission.objects.update(sent_at=days_ago(400))
    assert apply_retention()["questions about cases"] == 0
    sent.page.get_latest_revision().publish()
    Submission.objects.update(decided_at=days_ago(91))
    assert apply_retention()["questions about cases"] == 1
    assert Submission.objects.get().page.live
    assert not SubmissionQuestion.objects.exists()


def test_what_left_the_site_keeps_its_page_for_the_editors(sender):
    sent = builders.make_sent(sender)
    sent.page.get_latest_revision().publish()
    CasePage.objects.get().unpublish()
    Submission.objects.update(decided_at=days_ago(91))
    apply_retention()
    assert not Submission.objects.exists()
    assert CasePage.objects.count() == 1


def test_erasing_cuts_the_sender_and_the_case_stays(sender, chief):
    sent = builders.make_sent(sender, shows_name=True)
    builders.make_submission(sender, title="Concept")
    handling.ask(sent, "Wat?", by=chief)
    handing_in.answer(sent, "Mijn antwoord.")
    anonymise(sender)
    kept = Submission.objects.get()
    assert (kept.sender, kept.shows_name, kept.may_ask) == (None, False, False)
    assert not SubmissionQuestion.objects.exists()
    # What they agreed to stands.
    kept.page.get_latest_revision().publish()
    assert CasePage.objects.get().live
    assert Submission.objects.get().state == Submission.State.PUBLISHED


def test_an_editor_who_is_erased_leaves_their_question(sender, chief):
    sent = builders.make_sent(sender)
    handling.ask(sent, "Wat?", by=chief)
    anonymise(chief)
    assert SubmissionQuestion.objects.get().asked_by is None
    assert handing_in.answer(sent, "Dit.")


def test_one_can_take_all_of_it_along(sender, chief):
    sent = builders.make_sent(sender, title="Mijn titel")
    handling.ask(sent, "Wat kwam ervan?", by=chief)
    handing_in.answer(sent, "Niets.")
    everything = collect(sender)
    [case] = everything["practice_cases"]
    assert (case["title"], case["state"], case["may_be_published"]) == (
        "Mijn titel",
        "In behandeling",
        True,
    )
    [question] = everything["practice_questions"]
    assert (question["question"], question["answer"]) == ("Wat kwam ervan?", "Niets.")
    assert collect(chief)["practice_questions"] == []


def test_a_mail_that_was_overtaken_is_not_sent(sender, chief):
    sent = builders.make_sent(sender)
    handling.ask(sent, "Wat?", by=chief)
    handing_in.answer(sent, "Dit.")
    handing_in.withdraw(sent)
    deliver_waiting()
    assert [message.to for message in mail.outbox] == [[chief.email], [chief.email]]
    assert OutgoingMail.objects.filter(state=OutgoingMail.State.CANCELLED).count() == 2


def test_whoever_is_no_editor_any_more_gets_no_mail(sender, chief):
    builders.make_sent(sender)
    chief.groups.clear()
    deliver_waiting()
    assert mail.outbox == []


def test_the_demo_shows_every_state_and_loads_twice(home):
    from home.demo_loader import load_home_demo  # noqa: PLC0415  only here

    builders.make_practice()
    load_home_demo()
    factories.make_user("raadslid@voorbeeld.example")
    builders.make_editor(email="eindredacteur@voorbeeld.example")
    for _time in range(2):
        load_practice_demo()
    live = CasePage.objects.live()
    assert live.filter(locale__language_code="nl").count() == 8
    assert live.filter(locale__language_code="en").count() == 3
    assert CasePage.objects.live().filter(is_fictional=False).count() == 0
    standings = {each.standing for each in Submission.objects.all()}
    assert standings == {"draft", "sent", "question", "published", "declined"}
