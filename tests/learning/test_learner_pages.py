"""What a learner meets on the pages: the way through, and everything that may go wrong on it."""

import re

import pytest
from django.urls import reverse

from learning import attempts
from learning.models import Answer, Attempt, Completion, Enrolment, ModulePage, StepProgress
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def module(catalogue) -> ModulePage:
    module = factories.make_module("eed", open_to_visitors=False)
    factories.make_lesson(
        module,
        slug="les-een",
        body=[
            ("heading", {"text": "Wat u belooft", "level": "h2"}),
            ("text", "<p>Eerste tekst.</p>"),
        ],
    )
    factories.make_lesson(module, slug="les-twee")
    factories.make_quiz(module, slug="toets")
    return module


@pytest.fixture
def person():
    return factories.make_member(factories.make_municipality("Utrecht")).person


@pytest.fixture
def browser(signed_in, person):
    return signed_in(person)


def questions_of(attempt: Attempt):
    return list(attempt.items.select_related("version"))


def question_url(attempt: Attempt, position: int = 1) -> str:
    return reverse("attempt_question", args=[attempt.pk, position])


def start(browser, person) -> Attempt:
    browser.post("/leren/eed/toets/")
    return Attempt.objects.get(person=person, submitted_at=None)


def test_the_whole_way(module, browser, person):
    page = browser.get("/mijn/").content.decode()
    assert "Begin" in page
    assert browser.post("/leren/eed/").url == "/leren/eed/les-een/"
    assert browser.post("/leren/eed/les-een/", {"done": "yes"}).url == "/leren/eed/les-twee/"
    assert browser.post("/leren/eed/les-twee/", {"done": "yes"}).url == "/leren/eed/toets/"
    attempt = start(browser, person)
    for item in questions_of(attempt):
        response = browser.post(
            question_url(attempt, item.position),
            {"answer": sorted(item.version.marking_key.correct), "go": "next"},
        )
    assert response.url == reverse("attempt", args=[attempt.pk])
    assert "inleveren" in browser.get(response.url).content.decode()
    browser.post(reverse("attempt_submit", args=[attempt.pk]))
    result = browser.get(reverse("attempt", args=[attempt.pk])).content.decode()
    assert "100%" in result
    assert Completion.objects.get(person=person).score == 100
    assert module.title in browser.get("/mijn/").content.decode()


def test_on_another_device_one_is_where_one_was(module, browser, person, signed_in):
    browser.post("/leren/eed/")
    browser.post("/leren/eed/les-een/", {"done": "yes"})
    browser.get("/leren/eed/les-twee/")
    other = signed_in(person)
    assert 'href="/leren/eed/les-twee/"' in other.get("/mijn/").content.decode()
    # And at the heading where reading stopped.
    browser.post("/leren/eed/les-een/", {"position": "wat-u-belooft"})
    place = Enrolment.objects.get(person=person).last_anchor
    assert f'<span id="{place}"></span>Wat u belooft' in (
        browser.get("/leren/eed/les-een/").content.decode()
    )
    StepProgress.objects.all().delete()
    assert f'href="/leren/eed/les-een/#{place}"' in other.get("/mijn/").content.decode()


def test_a_position_that_is_no_heading_is_not_kept(module, browser, person):
    browser.post("/leren/eed/")
    assert browser.post("/leren/eed/les-een/", {"position": "<script>"}).status_code == 204
    assert Enrolment.objects.get(person=person).last_anchor == ""


def test_only_looking_enrols_nobody(module, browser):
    for address in ("/leren/", "/leren/eed/", "/leren/eed/les-een/", "/leren/eed/toets/"):
        assert browser.get(address).status_code == 200
    browser.post("/leren/eed/les-een/", {"position": "wat-u-belooft"})
    assert not Enrolment.objects.exists()


def test_doing_a_step_twice_is_once(module, browser):
    for _ in range(2):
        browser.post("/leren/eed/les-een/", {"done": "yes"})
    assert StepProgress.objects.count() == 1


def test_a_visitor_is_asked_to_sign_in_and_comes_back(module, client):
    assert client.get("/leren/eed/").status_code == 200
    response = client.get("/leren/eed/les-een/")
    assert response.url == "/account/login/?next=%2Fleren%2Feed%2Fles-een%2F"
    assert client.post("/leren/eed/").url.startswith("/account/login/")
    assert client.get("/leren/eed/toets/").url.startswith("/account/login/")


def test_an_open_module_can_be_read_and_nothing_is_kept(module, client):
    module.open_to_visitors = True
    module.save()
    assert client.get("/leren/eed/les-een/").status_code == 200
    assert client.post("/leren/eed/les-een/", {"done": "yes"}).url == "/leren/eed/les-twee/"
    assert not Enrolment.objects.exists()


def test_an_answer_is_stored_when_it_is_chosen(module, browser, person):
    attempt = start(browser, person)
    item = questions_of(attempt)[0]
    response = browser.post(
        question_url(attempt),
        {"answer": item.option_order[1]},
        headers={"X-Requested-With": "fetch"},
    )
    assert response.status_code == 204
    assert Answer.objects.get().response == [item.option_order[1]]
    page = browser.get(question_url(attempt)).content.decode()
    chosen = re.search(rf'value="{item.option_order[1]}"[^>]*checked', page)
    assert chosen


def test_an_answer_that_the_question_does_not_have_is_422_and_keeps_the_old_one(
    module, browser, person
):
    attempt = start(browser, person)
    first, second, _third = questions_of(attempt)
    browser.post(question_url(attempt), {"answer": first.option_order[0]})
    response = browser.post(question_url(attempt), {"answer": second.option_order[0]})
    assert response.status_code == 422
    assert "hoort niet bij deze vraag" in response.content.decode()
    assert Answer.objects.get().response == [first.option_order[0]]


def test_a_question_that_the_attempt_does_not_have_is_404(module, browser, person):
    attempt = start(browser, person)
    assert browser.get(question_url(attempt, 99)).status_code == 404
    assert browser.post(question_url(attempt, 99), {"answer": "x"}).status_code == 404


def test_somebody_elses_attempt_is_not_there(module, browser, person, signed_in):
    attempt = start(browser, person)
    item = questions_of(attempt)[0]
    for other in (factories.make_user(), factories.make_user(is_superuser=True)):
        stranger = signed_in(other)
        for address in (question_url(attempt), reverse("attempt", args=[attempt.pk])):
            assert stranger.get(address).status_code == 404
        posted = stranger.post(question_url(attempt), {"answer": item.option_order[0]})
        assert posted.status_code == 404
        assert stranger.post(reverse("attempt_submit", args=[attempt.pk])).status_code == 404
    assert not Answer.objects.exists()
    attempt.refresh_from_db()
    assert attempt.is_open


def test_a_session_that_ends_in_the_middle_of_a_quiz_loses_nothing(
    module, browser, person, client, home
):
    attempt = start(browser, person)
    first, second, _third = questions_of(attempt)
    browser.post(question_url(attempt), {"answer": first.option_order[0]})
    browser.session.flush()
    response = browser.post(question_url(attempt, 2), {"answer": second.option_order[0]})
    assert response.url.startswith("/account/login/?next=")
    assert "answer" not in response.url
    back = browser.post(
        response.url,
        {
            "login": person.email,
            "password": factories.PASSWORD,
            "next": question_url(attempt, 2),
        },
    )
    page = browser.get(back.url).content.decode()
    assert re.search(rf'value="{second.option_order[0]}"[^>]*checked', page)
    assert Answer.objects.count() == 2


def test_an_answer_held_for_one_person_is_not_given_by_another(module, browser, person):
    attempt = start(browser, person)
    item = questions_of(attempt)[0]
    browser.session.flush()
    browser.post(question_url(attempt), {"answer": item.option_order[0]})
    other = factories.make_user()
    browser.post("/account/login/", {"login": other.email, "password": factories.PASSWORD})
    assert browser.get(question_url(attempt)).status_code == 404
    assert not Answer.objects.exists()


def test_two_tabs_end_in_one_result(module, browser, person, signed_in):
    attempt = start(browser, person)
    other_tab = signed_in(person)
    assert other_tab.post("/leren/eed/toets/").url.startswith(f"/mijn/poging/{attempt.pk}/")
    item = questions_of(attempt)[0]
    browser.post(question_url(attempt), {"answer": item.option_order[0]})
    other_tab.post(question_url(attempt), {"answer": item.option_order[1]})
    assert Answer.objects.get().response == [item.option_order[1]]
    for tab in (browser, other_tab, browser):
        tab.post(reverse("attempt_submit", args=[attempt.pk]), {"incomplete": "yes"})
    assert Attempt.objects.count() == 1
    late = other_tab.post(question_url(attempt), {"answer": item.option_order[0]})
    assert late.url == reverse("attempt", args=[attempt.pk])
    assert other_tab.post(
        question_url(attempt),
        {"answer": item.option_order[0]},
        headers={"X-Requested-With": "fetch"},
    ).status_code in (302, 409)
    assert Answer.objects.get().response == [item.option_order[1]]


def test_handing_in_with_open_questions_must_be_meant(module, browser, person):
    attempt = start(browser, person)
    browser.post(reverse("attempt_submit", args=[attempt.pk]))
    attempt.refresh_from_db()
    assert attempt.is_open
    page = browser.get(reverse("attempt", args=[attempt.pk])).content.decode()
    assert "3 vragen" in page
    browser.post(reverse("attempt_submit", args=[attempt.pk]), {"incomplete": "yes"})
    attempt.refresh_from_db()
    assert not attempt.is_open


def test_the_overview_keeps_the_words_of_two_paragraphs_apart(module, browser, person):
    question = factories.make_question(
        stem="<p>Dat zegt zij.</p><p><b>Stelling:</b> het klopt.</p>"
    )
    factories.make_quiz(module, [question], slug="nog-een-toets")
    browser.post("/leren/eed/nog-een-toets/")
    attempt = Attempt.objects.get(person=person, submitted_at=None)
    page = browser.get(reverse("attempt", args=[attempt.pk])).content.decode()
    assert "Dat zegt zij. Stelling: het klopt." in page
    assert str(question) == "Dat zegt zij. Stelling: het klopt."


def test_the_result_shows_each_answer_with_its_ground(module, browser, person):
    article = factories.make_law_article()
    question = factories.make_question(stem="<p>Wanneer begint u?</p>")
    question.law_articles.add(article)
    question.save_revision().publish()
    lesson = factories.make_lesson(module, slug="over-de-eed", title="Over de eed")
    quiz = factories.make_quiz(module, [question], slug="toets-twee")
    quiz.quiz_questions.update(lesson=lesson)
    attempt = attempts.start_attempt(person, quiz)
    item = questions_of(attempt)[0]
    wrong = sorted(item.version.marking_key.options - item.version.marking_key.correct)
    attempts.save_answer(attempt, item, wrong[:1])
    attempts.submit_attempt(attempt)
    page = browser.get(reverse("attempt", args=[attempt.pk])).content.decode()
    for words in ("Wanneer begint u?", "Gemeentewet, artikel 14", article.summary, "Over de eed"):
        assert words in page
    # The feedback of what was chosen and of what was right, and of nothing else.
    assert page.count("Uitleg bij") == 2


def test_a_module_taken_offline_tells_who_was_in_it(module, browser, person, signed_in, client):
    browser.post("/leren/eed/")
    attempt = start(browser, person)
    module.unpublish()
    for address in ("/leren/eed/", "/leren/eed/les-een/"):
        response = browser.get(address)
        assert response.status_code == 404
        assert "bewaard" in response.content.decode()
    assert signed_in(factories.make_user()).get("/leren/eed/les-een/").status_code == 404
    assert client.get("/leren/eed/les-een/").status_code == 404
    # What was begun can be finished.
    assert browser.get(question_url(attempt)).status_code == 200
    assert browser.get("/mijn/").status_code == 200


def test_taking_the_last_open_step_out_lets_one_finish(module, browser, person):
    browser.post("/leren/eed/les-een/", {"done": "yes"})
    browser.post("/leren/eed/les-twee/", {"done": "yes"})
    module.get_children().last().specific.unpublish()
    assert "rond deze module af" in browser.get("/leren/eed/").content.decode().lower()
    browser.post("/leren/eed/")
    assert Completion.objects.filter(person=person).count() == 1


def test_script_in_what_editors_write_stays_words(module, browser, person):
    payload = '<script>alert("x")</script>'
    question = factories.make_question(
        [
            {
                "type": "true_false",
                "value": {"answer": "true", "feedback_true": payload, "feedback_false": payload},
            }
        ],
        stem=f"<p>{payload}</p>",
        hint=payload,
    )
    quiz = factories.make_quiz(module, [question], slug="toets-drie", title=payload)
    attempt = attempts.start_attempt(person, quiz)
    pages = [browser.get(question_url(attempt)), browser.get(quiz.url)]
    attempts.submit_attempt(attempt)
    pages.append(browser.get(reverse("attempt", args=[attempt.pk])))
    for page in pages:
        assert payload not in page.content.decode()


def test_pages_with_progress_are_kept_nowhere(module, browser, person):
    attempt = start(browser, person)
    for address in ("/mijn/", "/leren/", "/leren/eed/les-een/", question_url(attempt)):
        assert "no-store" in browser.get(address).headers["Cache-Control"]


@pytest.mark.parametrize(
    ("address", "most"),
    [("/mijn/", 14), ("/leren/eed/", 14), ("/leren/eed/les-een/", 14), ("question", 10)],
)
def test_queries_do_not_grow(
    module, browser, person, django_assert_max_num_queries, *, address, most
):
    attempt = start(browser, person)
    address = question_url(attempt) if address == "question" else address
    browser.get(address)
    with django_assert_max_num_queries(most) as before:
        browser.get(address)
    for number in range(4):
        factories.make_lesson(module, slug=f"meer-{number}")
    browser.get(address)
    with django_assert_max_num_queries(most) as after:
        browser.get(address)
    assert len(after) == len(before)
