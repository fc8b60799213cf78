"""One question a week: asked for, mailed, answered without signing in, ended with one click."""

from datetime import date, timedelta
from unittest import mock

import pytest
from django.core import mail, signing
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from learning import attempts, refreshers
from learning.archiving import archive
from learning.jobs import STOP, Interrupted
from learning.mail import refreshers as posting
from learning.mail.log import mails_of
from learning.mail.sending import deliver_waiting
from learning.mail.stopping import stop_path
from learning.models import (
    OutgoingMail,
    Question,
    Refresher,
    RefresherCard,
    RefresherSubscription,
)
from learning.models.people import today
from learning.rules.grading import InvalidResponse
from learning.versions import pin
from tests import factories
from tests.mails import link_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
TOMORROW = timedelta(days=1)


@pytest.fixture
def place():
    return factories.make_municipality("Utrecht")


@pytest.fixture
def person(place):
    return factories.make_member(place).person


@pytest.fixture
def question(home):
    return factories.make_question(stem="<p>Wanneer begint u?</p>")


@pytest.fixture
def quiz(question):
    module = factories.make_module("eed")
    return factories.make_quiz(module, [question, factories.make_question()], slug="toets")


def wrong(version):
    right = set(version.marking_key.best)
    return [next(key for key in sorted(version.marking_key.options) if key not in right)]


def take(person, quiz, *, wrongly=()):
    """Somebody hands in the quiz; the questions at these places go wrong."""
    attempt = attempts.start_attempt(person, quiz)
    for item in attempt.items.select_related("version"):
        key = item.version.marking_key
        is_wrong = item.version.question_key in {each.translation_key for each in wrongly}
        attempts.save_answer(attempt, item, wrong(item.version) if is_wrong else key.best)
    return attempts.submit_attempt(attempt)


@pytest.fixture
def asked(person, quiz, question):
    """The question that went wrong has been asked by mail."""
    take(person, quiz, wrongly=[question])
    refreshers.subscribe(person)
    found = refreshers.ask_next(person.pk, today() + TOMORROW)
    assert found is not None
    return found


@pytest.fixture
def visitor():
    """Somebody who has not signed in, with a browser that checks tokens."""
    return Client()


def test_nobody_is_asked_who_did_not_ask(person, quiz, question):
    take(person, quiz, wrongly=[question])
    assert posting.ask_all(today() + TOMORROW) == 0
    assert not RefresherCard.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_what_went_wrong_is_asked_and_what_went_right_is_not(asked, question):
    assert asked.version.question_key == question.translation_key
    assert [card.question_key for card in RefresherCard.objects.all()] == [question.translation_key]


def test_not_before_it_is_due(person, quiz, question):
    take(person, quiz, wrongly=[question])
    refreshers.subscribe(person)
    assert refreshers.ask_next(person.pk, today()) is None
    assert refreshers.ask_next(person.pk, today() + TOMORROW) is not None


def test_nothing_went_wrong_so_nothing_is_asked(person, quiz):
    take(person, quiz)
    refreshers.subscribe(person)
    assert refreshers.ask_next(person.pk, today() + timedelta(days=30)) is None


def test_an_attempt_that_is_not_handed_in_counts_not_yet(person, quiz):
    attempts.start_attempt(person, quiz)
    refreshers.subscribe(person)
    assert refreshers.ask_next(person.pk, today() + timedelta(days=30)) is None


def test_one_a_week_however_often_it_is_planned(asked, person):
    for days in range(7):
        assert refreshers.ask_next(person.pk, asked.asked_on + timedelta(days=days)) is None
    assert OutgoingMail.objects.filter(kind=OutgoingMail.Kind.REFRESHER).count() == 1
    assert refreshers.ask_next(person.pk, asked.asked_on + timedelta(days=7)) is not None


def test_a_worker_that_was_killed_halfway_is_taken_over(person, quiz, question):
    other = factories.make_user()
    for each in (person, other):
        take(each, quiz, wrongly=[question])
        refreshers.subscribe(each)
    day = today() + TOMORROW
    # It dies when the mail is made and the question is not: nothing of either is left.
    dies = mock.patch.object(Refresher, "save", side_effect=KeyboardInterrupt)
    with dies, pytest.raises(KeyboardInterrupt):
        posting.ask_all(day)
    assert not OutgoingMail.objects.exists()
    assert Refresher.objects.count() == 0
    refreshers.ask_next(person.pk, day)
    assert posting.ask_all(day) == 1
    assert posting.ask_all(day) == 0
    assert Refresher.objects.count() == OutgoingMail.objects.count() == 2


def test_a_worker_that_must_stop_stops_and_goes_on_later(person, quiz, question):
    take(person, quiz, wrongly=[question])
    refreshers.subscribe(person)
    STOP.set()
    try:
        with pytest.raises(Interrupted):
            posting.ask_all(today() + TOMORROW)
    finally:
        STOP.clear()
    assert posting.ask_all(today() + TOMORROW) == 1


def test_the_database_allows_one_a_week(asked):
    with pytest.raises(IntegrityError), transaction.atomic():
        Refresher.objects.create(
            person=asked.person, version=asked.version, asked_on=asked.asked_on, week=asked.week
        )


def test_another_worker_was_quicker(asked, person):
    """What the lock does not see, the constraint does."""
    with mock.patch.object(refreshers, "last_asked", return_value=None):
        assert refreshers.ask_next(person.pk, asked.asked_on) is None
    assert Refresher.objects.count() == 1


def test_the_mail_leads_straight_to_the_question(asked, visitor, place):
    deliver_waiting()
    (letter,) = mail.outbox
    assert letter.subject == "Uw vraag van deze week"
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = link_in(letter)
    assert link.startswith("/opfrissen/")
    page = visitor.get(link)
    html = page.content.decode()
    assert "Wanneer begint u?" in html
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex"
    # Looking is not answering, and the page says of nobody whose question it is.
    asked.refresh_from_db()
    assert not asked.is_answered
    for secret in (asked.person.name, asked.person.email, place.name):
        assert secret not in html
    for secret in (asked.person.name, asked.person.email, "Wanneer begint u?"):
        assert secret not in link
        assert secret not in letter.subject


def test_an_answer_is_stored_marked_and_explained(asked, visitor):
    link = posting.answer_path(asked)
    best = asked.version.marking_key.best
    response = visitor.post(link, {"answer": best})
    assert (response.status_code, response.url) == (302, link)
    asked.refresh_from_db()
    assert (asked.response, asked.millipoints) == (best, 1000)
    page = visitor.get(link).content.decode()
    assert "Zo staat het in de wet." in page
    assert "komt later terug" in page
    assert "<form" not in page.split("<main", 1)[1]


def test_what_was_right_comes_back_later_than_what_was_wrong(person, quiz, question):
    take(person, quiz, wrongly=[question])
    refreshers.subscribe(person)
    day = today() + TOMORROW
    found = refreshers.ask_next(person.pk, day)
    before = RefresherCard.objects.get()
    with transaction.atomic():
        refreshers.record_answer(found, wrong(found.version))
        after_wrong = RefresherCard.objects.get().due_on
        transaction.set_rollback(True)
    refreshers.record_answer(found, found.version.marking_key.best)
    after_right = RefresherCard.objects.get().due_on
    assert before.due_on <= after_wrong <= after_right
    assert after_right > today()


def test_answering_twice_counts_once(asked, visitor):
    link = posting.answer_path(asked)
    first = wrong(asked.version)
    visitor.post(link, {"answer": first})
    card = RefresherCard.objects.get()
    visitor.post(link, {"answer": asked.version.marking_key.best})
    # A second window that still had the question open.
    refreshers.record_answer(asked, asked.version.marking_key.best)
    asked.refresh_from_db()
    assert (asked.response, asked.millipoints) == (first, 0)
    assert RefresherCard.objects.get().memory == card.memory


@pytest.mark.parametrize("answer", [[], ["onzin"], ["a", "b"]])
def test_what_is_no_answer_is_asked_again(asked, visitor, answer):
    response = visitor.post(posting.answer_path(asked), {"answer": answer})
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    asked.refresh_from_db()
    assert not asked.is_answered


def test_the_journey_says_why(asked):
    with pytest.raises(refreshers.NothingGiven):
        refreshers.record_answer(asked, [])
    with pytest.raises(InvalidResponse):
        refreshers.record_answer(asked, ["onzin"])


def test_a_link_that_is_forged_or_of_another_purpose_leads_nowhere(asked, visitor):
    token = posting.answer_path(asked).removeprefix("/opfrissen/").rstrip("/")
    for bad in (token[:-1] + ("a" if token[-1] != "a" else "b"), "x", signing.dumps(asked.pk)):
        assert visitor.get(f"/opfrissen/{bad}/").status_code == 410
    # Nor can it switch off mail, nor can the link that does so answer.
    assert visitor.get(f"/mail/stoppen/{token}/").status_code == 404
    stopping = stop_path(asked.mail).removeprefix("/mail/stoppen/").rstrip("/")
    assert visitor.get(f"/opfrissen/{stopping}/").status_code == 410


def test_a_link_ends_after_sixty_days(asked, visitor):
    link = posting.answer_path(asked)
    later = timezone.now().timestamp() + timedelta(days=60, minutes=1).total_seconds()
    with mock.patch("django.core.signing.time.time", return_value=later):
        page = visitor.get(link)
    assert page.status_code == 410
    assert "werkt niet meer" in page.content.decode()


def test_who_has_gone_is_neither_asked_nor_can_answer(asked, visitor, person):
    person.is_active = False
    person.save()
    assert visitor.get(posting.answer_path(asked)).status_code == 410
    assert refreshers.subscribers() == []
    assert refreshers.ask_next(person.pk, asked.asked_on + timedelta(days=7)) is None


def test_a_link_shows_the_question_as_it_was_asked(asked, visitor, question):
    question.stem = "<p>Heel iets anders?</p>"
    question.answers = question.answers.stream_block.to_python(factories.choice_answers())
    question.save()
    question.save_revision().publish()
    pin(question.translation_key)
    link = posting.answer_path(asked)
    page = visitor.get(link).content.decode()
    assert "Wanneer begint u?" in page
    assert "Heel iets anders?" not in page
    visitor.post(link, {"answer": asked.version.marking_key.best})
    asked.refresh_from_db()
    assert asked.millipoints == 1000


def test_an_unpublished_question_is_not_asked(person, quiz, question):
    take(person, quiz, wrongly=[question])
    refreshers.subscribe(person)
    question.unpublish()
    assert refreshers.ask_next(person.pk, today() + TOMORROW) is None


def test_an_archived_question_is_not_asked(person, quiz, question):
    take(person, quiz, wrongly=[question])
    refreshers.subscribe(person)
    archive(question.translation_key, by=factories.make_user())
    assert refreshers.ask_next(person.pk, today() + TOMORROW) is None


def test_unpublished_before_it_leaves_it_does_not_leave(asked, question):
    Question.objects.get(pk=question.pk).unpublish()
    deliver_waiting()
    assert mail.outbox == []
    asked.mail.refresh_from_db()
    assert asked.mail.state == OutgoingMail.State.CANCELLED


def test_a_reflection_is_never_asked(person, home):
    reflection = factories.make_question(
        [{"type": "reflection", "id": "r", "value": {"example": "Ik zou bellen."}}]
    )
    quiz = factories.make_quiz(
        factories.make_module("eed"), [reflection, factories.make_question()], slug="toets"
    )
    attempt = attempts.start_attempt(person, quiz)
    attempts.submit_attempt(attempt)
    refreshers.subscribe(person)
    found = refreshers.ask_next(person.pk, today() + TOMORROW)
    assert found.version.question_key != reflection.translation_key
    assert RefresherCard.objects.count() == 1


def test_what_somebody_left_is_not_asked_again_and_again(person, quiz):
    both = [use.question for use in quiz.quiz_questions.all()]
    take(person, quiz, wrongly=both)
    refreshers.subscribe(person)
    first = refreshers.ask_next(person.pk, today() + TOMORROW)
    second = refreshers.ask_next(person.pk, today() + timedelta(days=8))
    assert first.version.question_key != second.version.question_key


def test_a_later_attempt_is_taken_into_account(asked, person, quiz, question):
    before = RefresherCard.objects.get()
    take(person, quiz)
    refreshers.ask_next(person.pk, asked.asked_on + timedelta(days=7))
    after = RefresherCard.objects.get()
    assert after.reviewed_on >= before.reviewed_on
    assert after.stability > before.stability


def test_stopping_with_one_click_from_the_mail(asked, visitor, person):
    page = visitor.get(stop_path(asked.mail))
    assert "vraag van de week" in page.content.decode()
    assert RefresherSubscription.objects.filter(person=person).exists()
    assert visitor.post(stop_path(asked.mail)).status_code == 200
    assert not RefresherSubscription.objects.exists()
    assert not RefresherCard.objects.exists()
    deliver_waiting()
    assert mail.outbox == []
    # A question that was mailed before can be answered still, and makes no card.
    visitor.post(posting.answer_path(asked), {"answer": asked.version.marking_key.best})
    assert Refresher.objects.get().is_answered
    assert not RefresherCard.objects.exists()
    page = visitor.get(posting.answer_path(asked)).content.decode()
    assert "Zo staat het in de wet." in page
    assert "komt later terug" not in page


def test_beginning_anew_gives_no_second_one_and_knows_what_was_answered(asked, person):
    refreshers.record_answer(asked, asked.version.marking_key.best)
    known = RefresherCard.objects.get().memory
    refreshers.unsubscribe(person)
    refreshers.subscribe(person)
    assert refreshers.ask_next(person.pk, asked.asked_on) is None
    refreshers.ask_next(person.pk, asked.asked_on + timedelta(days=7))
    assert RefresherCard.objects.get().memory == known


def test_one_chooses_it_at_my_learning(signed_in, person):
    browser = signed_in(person)
    assert "Mail mij elke week één vraag" in browser.get("/mijn/").content.decode()
    for _ in range(2):
        assert browser.post("/mijn/opfrissen/", {"refreshers": "on"}).url == "/mijn/"
    assert RefresherSubscription.objects.get().person == person
    assert "Geen vragen meer per e-mail" in browser.get("/mijn/").content.decode()
    for _ in range(2):
        browser.post("/mijn/opfrissen/", {"refreshers": "off"})
    assert not RefresherSubscription.objects.exists()


def test_english_for_who_reads_english(person, quiz, question, visitor):
    factories.make_home("en")
    person.language = "en"
    person.save()
    take(person, quiz, wrongly=[question])
    refreshers.subscribe(person)
    refreshers.ask_next(person.pk, today() + TOMORROW)
    deliver_waiting()
    (letter,) = mail.outbox
    assert letter.subject == "Your question of this week"
    page = visitor.get(link_in(letter)).content.decode()
    assert '<html lang="en">' in page
    assert 'lang="nl"' in page.split("<main", 1)[1]


def test_no_monitor_sees_anything_of_it(asked, signed_in, place):
    monitor = factories.make_monitor(place)
    deliver_waiting()
    assert not mails_of(place).exists()
    browser = signed_in(monitor)
    for address in ("/gemeente/utrecht/herinneringen/", "/gemeente/utrecht/"):
        assert "raag van de week" not in browser.get(address).content.decode()
    asking = "/gemeente/utrecht/herinneringen/?kind=refresher"
    assert "Uw vraag van deze week" not in browser.get(asking).content.decode()
    for rows in (Refresher, RefresherCard, RefresherSubscription):
        assert not rows.objects.visible_to(monitor).exists()
        assert rows.objects.visible_to(asked.person).exists()


def test_it_goes_with_the_person(asked, person):
    person.delete()
    for rows in (Refresher, RefresherCard, RefresherSubscription):
        assert not rows.objects.exists()


def test_what_is_old_is_forgotten(asked):
    posting.tidy_refreshers(asked.asked_on + timedelta(days=400))
    assert Refresher.objects.exists()
    posting.tidy_refreshers(asked.asked_on + timedelta(days=401))
    assert not Refresher.objects.exists()


def test_a_day_that_was_missed_is_not_sent_afterwards(person, quiz, question):
    take(person, quiz, wrongly=[question])
    refreshers.subscribe(person)
    RefresherCard.objects.all().delete()
    posting.send_refreshers(today() - TOMORROW)
    assert not OutgoingMail.objects.exists()


def test_choosing_asks_no_more_of_the_database_with_more_cards(
    person, quiz, question, django_assert_max_num_queries
):
    more = factories.make_quiz(
        factories.make_module("meer"), [factories.make_question() for _ in range(12)], slug="toets"
    )
    take(person, quiz, wrongly=[question])
    refreshers.subscribe(person)
    with django_assert_max_num_queries(20) as few:
        refreshers.ask_next(person.pk, today() + TOMORROW)
    take(person, more, wrongly=[use.question for use in more.quiz_questions.all()])
    refreshers.ask_next(person.pk, today() + timedelta(days=8))
    with django_assert_max_num_queries(20) as many:
        refreshers.ask_next(person.pk, today() + timedelta(days=15))
    assert len(many) <= len(few)


@settings(
    max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(days=st.lists(st.integers(0, 40), min_size=1, max_size=12), right=st.booleans())
def test_whatever_the_days_never_two_in_a_week_and_only_what_is_due(
    person, quiz, question, days, right
):
    with transaction.atomic():
        take(person, quiz, wrongly=[question])
        refreshers.subscribe(person)
        asked: list[date] = []
        for day in (today() + timedelta(days=each) for each in sorted(days)):
            known = {c.question_key: c.due_on for c in RefresherCard.objects.all()}
            found = refreshers.ask_next(person.pk, day)
            if found is None:
                continue
            assert known.get(found.version.question_key, today() + TOMORROW) <= day
            assert all(day - earlier >= timedelta(days=7) for earlier in asked)
            asked.append(day)
            if right:
                refreshers.record_answer(found, found.version.marking_key.best)
        assert len(asked) == Refresher.objects.count()
        transaction.set_rollback(True)


def test_two_answers_at_the_same_moment_are_told_apart_by_the_lock(asked):
    """The row is held while it is answered, where the database can."""
    if connection.vendor == "postgresql":
        with transaction.atomic():
            query = str(Refresher.objects.select_for_update().filter(pk=asked.pk).query)
        assert "FOR UPDATE" in query
    refreshers.record_answer(asked, asked.version.marking_key.best)
    again = refreshers.record_answer(asked, wrong(asked.version))
    assert again.millipoints == 1000
