"""A dilemma from beginning to end: walking it, being counted once, and being known by nobody."""

import json
import random
import re
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.blocks import StreamBlockValidationError
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from learning import dilemmas, enrolments
from learning.dilemma_story import story_from
from learning.dilemma_walk import COOKIE, LONGEST_WHY, Walk, sealed
from learning.dilemmas import answer_from, count, finish_dilemma, pool_for, seen_by
from learning.models import Completion, DilemmaPage, DilemmaTally, Enrolment, StepProgress
from learning.rules.spread import Answer
from learning.steps import StepKind, steps_of, way_of
from tests import factories

pytestmark = pytest.mark.django_db

ADDRESS = "/leren/eed/dilemma/"
SILENT = (("begin", "begin-zwijgen"),)
REPORT = (("begin", "begin-melden"), ("later", "later-toegeven"))
PRIVATE = "Mijn zwager werkt daar"


@pytest.fixture
def module(catalogue):
    module = factories.make_module("eed", open_to_visitors=False)
    factories.make_lesson(module, slug="les")
    return module


@pytest.fixture
def page(module):
    article = factories.make_law_article()
    return factories.make_dilemma(
        module, slug="dilemma", title="Het gesprek", law_articles=[article]
    )


@pytest.fixture
def utrecht():
    return factories.make_municipality("Utrecht")


@pytest.fixture
def person(utrecht):
    return factories.make_member(utrecht).person


@pytest.fixture
def browser(signed_in, person):
    return signed_in(person)


def soup_of(response):
    return BeautifulSoup(response.content.decode(), "html.parser")


def fields_of(browser, number):
    """The page with this number, and what its form carries along."""
    response = browser.get(ADDRESS if number == 1 else f"{ADDRESS}?deel={number}")
    assert response.status_code == 200, response.headers
    form = soup_of(response).select_one("main form")
    return response, {i["name"]: i["value"] for i in form.select("input[type=hidden]")}


def post(browser, number, **values):
    _response, fields = fields_of(browser, number)
    return browser.post(ADDRESS, fields | values)


def walk_to(browser, number, path=SILENT, why=""):
    """Go on to a page after the scenes: 1 is why, 2 the voices, 3 the spread, 4 the closing."""
    for position, (_scene, choice) in enumerate(path, start=1):
        post(browser, position, choice=choice)
    stages = [{"why": why}, {}, {"afterwards": path[0][1]}]
    for further, values in enumerate(stages[: number - 1], start=len(path) + 1):
        post(browser, further, **values)
    return len(path) + number


def tallies():
    return {
        (row.scope, row.value): (row.waiting, row.held, row.shown)
        for row in DilemmaTally.objects.all()
    }


def counted():
    """How many answers all pools together have had."""
    rows = DilemmaTally.objects.all()
    waiting = sum(sum(row.waiting.get(row.scene, {}).values()) for row in rows)
    of_all = rows.filter(scope="all").first()
    return waiting + (sum(of_all.shown.get(of_all.scene, {}).values()) if of_all else 0)


def fill(page, choices, pool=("all", ""), **further):
    """Let people have answered, and show the block."""
    for number, choice in enumerate(choices, start=1):
        answer = Answer("begin", f"begin-{choice}", further)
        count(page.translation_key, answer, pool, coin=number == len(choices))


# The walk


def test_the_whole_way(page, browser, person):
    factories.make_quiz(page.module, slug="toets")
    start = browser.get(ADDRESS).content.decode()
    assert "Wat er gebeurt in begin" in start
    assert "Ik denk mee" not in start
    assert post(browser, 1, choice="begin-melden").url == f"{ADDRESS}?deel=2"
    assert "Wat er gebeurt in later" in browser.get(f"{ADDRESS}?deel=2").content.decode()
    assert post(browser, 2, choice="later-volhouden").url == f"{ADDRESS}?deel=3"
    assert post(browser, 3, why=PRIVATE).url == f"{ADDRESS}?deel=4"
    voices = browser.get(f"{ADDRESS}?deel=4").content.decode()
    for words in (
        PRIVATE,
        "Ik denk mee",
        "Voor volhouden",
        "Tegen zwijgen",
        "Wat bindt bij melden",
    ):
        assert words in voices
    assert "Gemeentewet, artikel 14" in voices
    assert post(browser, 4).url == f"{ADDRESS}?deel=5"
    assert post(browser, 5, afterwards="begin-zwijgen").url == f"{ADDRESS}?deel=6"
    closing = browser.get(f"{ADDRESS}?deel=6").content.decode()
    assert "Wat u meeneemt" in closing
    assert not StepProgress.objects.exists()
    assert post(browser, 6).url == "/leren/eed/toets/"
    assert StepProgress.objects.get().step_key == page.translation_key
    assert counted() == 1


def test_the_walk_ends_wherever_a_choice_does(page, browser):
    for choice in ("zwijgen", "vragen"):
        post(browser, 1, choice=f"begin-{choice}")
        assert "textarea" in browser.get(f"{ADDRESS}?deel=2").content.decode()

    assert browser.get(f"{ADDRESS}?deel=9").url == ADDRESS


def test_choosing_nothing_is_said_beside_the_choices(page, browser):
    response = post(browser, 1)
    assert response.status_code == 422
    soup = soup_of(response)
    assert soup.title.text.strip().startswith("Fout")
    assert "geen goed antwoord" in soup.select_one("#fout").text
    assert soup.select_one("[role=alert] a")["href"] == "#antwoord"
    assert post(browser, 1, choice="later-toegeven").status_code == 422
    assert post(browser, 1, choice="<script>").status_code == 422


def test_a_reason_that_is_too_long_stays_in_its_field(page, browser):
    walk_to(browser, 1)
    long = "é" * (LONGEST_WHY + 1)
    response = post(browser, 2, why=long)
    assert response.status_code == 422
    assert long in response.content.decode()
    for letters in ("😀" * LONGEST_WHY, "a\r\n" * (LONGEST_WHY // 2)):
        response = post(browser, 2, why=letters)
        assert response.status_code == 302
        assert len(response.cookies[COOKIE].output()) < 4000


def test_the_back_button_shows_what_was_chosen_and_lets_one_choose_anew(page, browser):
    walk_to(browser, 3, REPORT)
    back = soup_of(browser.get(ADDRESS))
    assert back.select_one("input[checked]")["value"] == "begin-melden"
    assert back.select_one(".rv-dilemma__resume a")["href"] == f"{ADDRESS}?deel=3"
    post(browser, 1, choice="begin-vragen")
    # The path is shorter now: what came after the other choice is gone.
    assert "textarea" in browser.get(f"{ADDRESS}?deel=2").content.decode()
    assert browser.get(f"{ADDRESS}?deel=6").url == ADDRESS


def test_the_same_choice_again_keeps_what_came_after(page, browser):
    number = walk_to(browser, 2, REPORT, why=PRIVATE)
    post(browser, 1, choice="begin-melden")
    assert PRIVATE in browser.get(f"{ADDRESS}?deel={number}").content.decode()


def test_two_windows_each_go_on_from_what_they_show(page, browser):
    _response, one = fields_of(browser, 1)
    browser.post(ADDRESS, one | {"choice": "begin-zwijgen"})
    _response, one = fields_of(browser, 2)
    browser.post(ADDRESS, {"deel": "1", "choice": "begin-vragen"})  # the other window
    browser.post(ADDRESS, one | {"why": ""})
    assert "U kiest zwijgen" in soup_of(browser.get(f"{ADDRESS}?deel=3")).select_one(".rv-own").text


def test_without_cookies_or_with_anothers_one_begins_anew(page, browser, signed_in, utrecht):
    walk_to(browser, 1)
    value = browser.cookies[COOKIE].value
    other = signed_in(factories.make_member(utrecht).person)
    other.cookies[COOKIE] = value
    assert other.get(f"{ADDRESS}?deel=2").url == ADDRESS
    browser.cookies[COOKIE] = value + "x"
    assert browser.get(f"{ADDRESS}?deel=2").url == ADDRESS
    elsewhere = sealed(Walk(SILENT), key="another", person=0)
    assert browser.post(ADDRESS, {"deel": "2", "walk": elsewhere}).url == ADDRESS


@pytest.mark.parametrize("number", ["-1", "0", "99", "²", "1e3", "x" * 500, ""])
def test_an_odd_number_leads_to_the_beginning(page, browser, number):
    response = browser.get(ADDRESS, {"deel": number}, follow=True)
    assert response.status_code == 200
    assert "Wat er gebeurt in begin" in response.content.decode()


@pytest.mark.parametrize("walk", ["", "x", "e30:1:x", "." * 9000, "é\ud7ff", "[]"])
@pytest.mark.parametrize("number", ["", "1", "2", "x", "-3"])
def test_a_form_that_makes_no_sense_breaks_nothing(page, browser, walk, number):
    for values in ({}, {"choice": walk, "why": walk, "afterwards": walk}):
        response = browser.post(ADDRESS, {"walk": walk, "deel": number} | values)
        assert response.status_code in (302, 422)
    assert browser.post(ADDRESS, b"\xff\xfe", content_type="text/plain").status_code == 422
    assert not DilemmaTally.objects.exists()


def test_a_dilemma_that_changed_on_the_way_goes_on_where_it_still_can(page, browser):
    walk_to(browser, 2, REPORT)
    page.scenes = page.scenes.stream_block.to_python(
        [factories.scene("", [("melden", ""), ("anders", "")])]
    )
    page.save_revision().publish()
    # The first choice is there still, and now the last.
    assert "textarea" in browser.get(f"{ADDRESS}?deel=2").content.decode()


def test_a_session_that_ends_on_the_way_loses_nothing(page, browser, person):
    walk_to(browser, 1)
    _response, fields = fields_of(browser, 2)
    browser.session.flush()
    response = browser.post(ADDRESS, fields | {"why": PRIVATE})
    assert response.url.startswith("/account/login/?next=")
    assert "zwijgen" not in response.url
    browser.force_login(person)
    assert soup_of(browser.get(ADDRESS)).select_one(".rv-dilemma__resume")
    assert PRIVATE in browser.get(f"{ADDRESS}?deel=2").content.decode()


def test_a_visitor_signs_in_first_or_walks_an_open_module_and_nothing_is_kept(page, client):
    assert client.get(ADDRESS).url.startswith("/account/login/")
    assert client.post(ADDRESS, {"deel": "1", "choice": "begin-zwijgen"}).url.startswith("/account")
    module = page.module
    module.open_to_visitors = True
    module.save_revision().publish()
    number = walk_to(client, 4)
    assert "niet ingelogd" in client.get(f"{ADDRESS}?deel={number}").content.decode()
    assert "no-store" in client.get(ADDRESS).headers["Cache-Control"]
    assert post(client, number).url == "/leren/eed/"
    assert not DilemmaTally.objects.exists()
    assert not Enrolment.objects.exists()


def test_what_editors_write_stays_words(module, browser):
    payload = '<script>alert("x")</script>'
    scenes = [factories.scene("", [("a", ""), ("b", "")])]
    # Rich text is cleaned when an editor saves it; all else is theirs, letter for letter.
    scenes[0]["value"]["question"] = scenes[0]["value"]["choices"][0]["value"]["text"] = payload
    factories.make_dilemma(module, scenes, slug="dilemma", title=payload)
    walk_to(browser, 2, (("begin", "begin-a"),), why=payload)
    for number in (1, 2, 3):
        assert payload not in browser.get(f"{ADDRESS}?deel={number}").content.decode()


# Counted once, kept of nobody


def test_done_twice_is_counted_once(page, person):
    assert finish_dilemma(person, page, SILENT)
    assert not finish_dilemma(person, page, REPORT)
    assert counted() == 1
    assert StepProgress.objects.count() == 1


def test_two_clicks_on_the_last_button_count_once(page, browser):
    number = walk_to(browser, 4)
    _response, fields = fields_of(browser, number)
    for _ in range(2):
        assert browser.post(ADDRESS, fields).url == "/leren/eed/"
    assert counted() == 1
    assert "al gedaan" in browser.get(ADDRESS).content.decode()


def test_a_new_round_counts_anew(page, person):
    module = page.module
    lesson = next(step for step in steps_of(module) if step.kind is StepKind.LESSON)
    for _ in range(2):
        enrolments.finish_step(person, module, lesson.key)
        finish_dilemma(person, page, SILENT)
        finish_dilemma(person, page, SILENT)
        enrolments.begin_again(person, module.translation_key)
    assert counted() == 2


def test_both_are_stored_or_neither(page, person, monkeypatch):
    def broken(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr(dilemmas, "count", broken)
    with pytest.raises(RuntimeError):
        finish_dilemma(person, page, SILENT)
    assert not StepProgress.objects.exists()
    monkeypatch.undo()
    assert finish_dilemma(person, page, SILENT)


def test_a_path_without_an_end_is_not_counted(page, person):
    story = page.story
    assert answer_from(story, REPORT[:1], "") is None
    assert answer_from(story, (), "") is None
    assert answer_from(story, (*SILENT, ("later", "later-toegeven")), "") is None
    assert answer_from(story, REPORT, "begin-vragen") == Answer(
        "begin", "begin-melden", {"later": "later-toegeven", "changed": "yes"}
    )


def test_each_answer_is_in_one_pool(page, utrecht):
    dice = random.Random(7)  # noqa: S311  no secret
    for _ in range(60):
        finish_dilemma(factories.make_member(utrecht).person, page, SILENT, chance=dice)
    assert counted() == 60
    rows = tallies()
    assert {scope for scope, _value in rows} == {"municipality", "role"}
    # Two in three with the municipality.
    waiting, _held, _shown = rows["municipality", str(utrecht.pk)]
    assert 30 <= waiting["begin"]["begin-zwijgen"] <= 50


def test_who_has_no_office_is_counted_with_everybody(page):
    finish_dilemma(factories.make_user(), page, SILENT)
    assert set(tallies()) == {("all", "")}
    assert pool_for(None, random.Random(1)) == ("all", "")  # noqa: S311  no secret


def test_a_merged_municipality_is_counted_with_its_successor(page, utrecht):
    small = factories.make_municipality("Klein")
    member = factories.make_member(small)
    fill(
        page, ["zwijgen", "zwijgen", "melden", "melden", "vragen"], ("municipality", str(small.pk))
    )
    small.successor, small.merged_on = utrecht, date(2026, 5, 1)
    small.save()
    heads = random.Random(3)  # noqa: S311  no secret
    pools = {pool_for(member, heads) for _ in range(20)}
    assert pools == {("municipality", str(utrecht.pk)), ("role", "raadslid")}
    neighbour = factories.make_member(utrecht).person
    assert seen_by(neighbour, page, SILENT).spreads[2].total == 5


def test_nothing_that_is_stored_or_logged_holds_the_choice(page, browser, capfd, caplog):
    """With the database, the log and the addresses in hand, one finds that the step was done."""
    with caplog.at_level("DEBUG"), CaptureQueriesContext(connection) as queries:
        number = walk_to(browser, 4, REPORT, why=PRIVATE)
        response = post(browser, number)
    for sql in queries.captured_queries:
        text = sql["sql"]
        assert PRIVATE not in text
        if "begin-melden" in text or "later-toegeven" in text:
            assert "learning_dilemmatally" in text or "learning_dilemmapage" in text
    logged = caplog.text + "".join(capfd.readouterr())
    assert "melden" not in logged
    assert PRIVATE not in logged
    assert "zwijgen" not in json.dumps(dict(browser.session.items()))
    cookie = response.cookies[COOKIE]
    assert (cookie.value, cookie["max-age"]) == ("", 0)
    columns = {field.name for field in DilemmaTally._meta.get_fields()}
    assert columns == {"id", "dilemma_key", "scene", "scope", "value", "waiting", "held", "shown"}


def test_the_cookie_goes_to_no_other_page(page, browser):
    cookie = post(browser, 1, choice="begin-zwijgen").cookies[COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (ADDRESS, True, "Strict")
    assert cookie["max-age"] <= 3 * 60 * 60


def test_which_rows_were_written_does_not_tell_what_was_chosen(page, utrecht):
    def written(choice):
        with CaptureQueriesContext(connection) as queries:
            count(
                page.translation_key,
                Answer("begin", f"begin-{choice}"),
                ("municipality", str(utrecht.pk)),
                coin=False,
            )
        return [q["sql"].split("SET")[0] for q in queries.captured_queries if "UPDATE" in q["sql"]]

    written("zwijgen")
    assert written("zwijgen") == written("melden") == written("vragen")


def test_a_role_within_a_municipality_cannot_be_stored(page, utrecht):
    row = {"dilemma_key": page.translation_key, "scene": "begin"}
    for scope, value in (("all", "1"), ("municipality", ""), ("raadslid-0344", "1")):
        with pytest.raises(IntegrityError), transaction.atomic():
            DilemmaTally.objects.create(**row, scope=scope, value=value)
    DilemmaTally.objects.create(**row, scope="municipality", value="1")
    with pytest.raises(IntegrityError), transaction.atomic():
        DilemmaTally.objects.create(**row, scope="municipality", value="1")


def test_erasing_a_person_leaves_the_counts(page, person):
    finish_dilemma(person, page, SILENT)
    person.delete()
    assert counted() == 1


# The spread


def test_the_spread_is_of_all_of_the_role_and_of_the_municipality(page, browser, utrecht):
    fill(page, ["zwijgen", "zwijgen", "zwijgen", "melden", "vragen"])
    fill(page, ["melden", "melden", "vragen", "vragen", "zwijgen"], ("role", "raadslid"))
    number = walk_to(browser, 3)
    groups = soup_of(browser.get(f"{ADDRESS}?deel={number}")).select(".rv-spread")
    texts = [" ".join(group.text.split()) for group in groups]
    assert texts[0].startswith("Iedereen 10 antwoorden")
    assert "40% (4)" in texts[0]
    assert texts[1].startswith("Uw rol: raadslid 5 antwoorden")
    assert texts[2].startswith("Uw gemeente: Utrecht Nog niet te zien")
    assert groups[0].select_one("[data-own] .rv-spread__text").text.startswith("U kiest zwijgen")
    assert groups[0].select_one("svg")["viewbox"] == "0 0 10 1"


def test_anothers_municipality_or_role_is_not_shown(page, browser, utrecht):
    zwolle = factories.make_municipality("Zwolle")
    choices = ["zwijgen", "zwijgen", "zwijgen", "melden", "vragen"]
    fill(page, choices, ("municipality", str(zwolle.pk)))
    fill(page, choices, ("role", "wethouder"))
    number = walk_to(browser, 3)
    groups = soup_of(browser.get(f"{ADDRESS}?deel={number}")).select(".rv-spread")
    assert [bool(group.select(".rv-spread__bars")) for group in groups] == [True, False, False]


def test_of_a_later_scene_everybody_is_shown(page, browser):
    for choices in (["melden"] * 3 + ["vragen"] * 2, ["melden"] * 4 + ["vragen"] * 2):
        fill(page, choices, later="later-toegeven")
    fill(page, ["melden"] * 3 + ["vragen"] * 2, later="later-volhouden")
    number = walk_to(browser, 3, REPORT)
    last = soup_of(browser.get(f"{ADDRESS}?deel={number}")).select(".rv-spread")[-1]
    assert "16 antwoorden" in last.text
    assert "U kiest toegeven" in last.text


def test_how_many_changed_their_mind_is_said_at_the_end(page, browser):
    fill(page, ["zwijgen", "zwijgen", "zwijgen", "melden", "vragen"], changed="yes")
    number = walk_to(browser, 4)
    assert "koos" not in soup_of(browser.get(f"{ADDRESS}?deel={number}")).select_one(
        "section"
    ).text.replace("koos u", "")
    fill(page, ["zwijgen", "zwijgen", "zwijgen", "melden", "vragen"], changed="no")
    assert "Van de 10 mensen kozen er 5 " in " ".join(
        soup_of(browser.get(f"{ADDRESS}?deel={number}")).text.split()
    )


def test_a_choice_that_an_editor_removed_stays_in_the_total(page, person):
    fill(page, ["zwijgen", "zwijgen", "melden", "melden", "vragen"])
    page.scenes = page.scenes.stream_block.to_python(
        [factories.scene("", [("zwijgen", ""), ("melden", "")])]
    )
    spread = seen_by(person, page, SILENT).spreads[0]
    assert spread.total == sum(bar.count for bar in spread.bars) == 5
    assert spread.bars[-1].text == "Een keuze die er niet meer is"


# A step like others


def test_a_dilemma_is_a_step_of_its_own_kind(page, browser, person):
    quiz = factories.make_quiz(page.module, slug="toets")
    kinds = [step.kind for step in steps_of(page.module)]
    assert kinds == [StepKind.LESSON, StepKind.DILEMMA, StepKind.QUIZ]
    listed = soup_of(browser.get("/leren/eed/")).select(".rv-steps__item")
    assert "dilemma" in listed[1].text.lower()
    assert "0 van 3" in str(soup_of(browser.get("/leren/eed/")).select_one(".rv-chamber"))
    assert quiz


def test_renewing_by_the_test_alone_waives_dilemmas(page, person):
    quiz = factories.make_quiz(page.module, slug="toets")
    enrolment = enrolments.begin(person, page.module.translation_key)
    enrolment.only_test = True
    enrolment.save()
    assert way_of(person, page.module).resume.key == quiz.translation_key


def test_the_module_is_finished_when_its_dilemma_was_the_last(page, person):
    for step in steps_of(page.module):
        if not step.is_dilemma:
            enrolments.finish_step(person, page.module, step.key)
    assert not Completion.objects.exists()
    finish_dilemma(person, page, SILENT)
    assert Completion.objects.get(person=person).module_key == page.module.translation_key


def test_a_dilemma_taken_offline_tells_who_was_in_it(page, browser):
    browser.post("/leren/eed/")
    page.module.unpublish()
    response = browser.get(ADDRESS)
    assert response.status_code == 404
    assert "bewaard" in response.content.decode()


def test_search_tells_a_visitor_nothing_of_a_closed_dilemma(page, client):
    call_command("update_index", verbosity=0)
    found = client.get("/zoeken/", {"q": "gesprek"}).content.decode()
    assert "Wat er gebeurt" not in found


@pytest.mark.parametrize(("number", "most"), [(1, 6), (2, 7), (3, 8)])
def test_queries_do_not_grow(
    page, browser, utrecht, django_assert_max_num_queries, *, number, most
):
    number = 1 if number == 1 else walk_to(browser, number)
    address = f"{ADDRESS}?deel={number}"
    browser.get(address)
    with django_assert_max_num_queries(most) as queries:
        browser.get(address)
    # Now: the log is emptied when the next request begins.
    before = len(queries)
    for role in ("raadslid", "wethouder", "griffie"):
        fill(page, ["zwijgen", "zwijgen", "melden", "melden", "vragen"], ("role", role))
    factories.make_lesson(page.module, slug="nog-een")
    browser.get(address)
    with django_assert_max_num_queries(most) as queries:
        browser.get(address)
    assert len(queries) == before


def test_finishing_takes_as_many_queries_however_many_went_before(page, utrecht):
    def asked():
        someone = factories.make_member(utrecht).person
        chance = random.Random(1)  # noqa: S311  no secret
        with CaptureQueriesContext(connection) as queries:
            finish_dilemma(someone, page, SILENT, chance=chance)
        return len(queries)

    asked()
    first = asked()
    for _ in range(20):
        asked()
    assert asked() <= first <= 40


# Editing


def clean(scenes):
    block = DilemmaPage._meta.get_field("scenes").stream_block
    return block.clean(block.to_python(scenes))


def errors_of(scenes):
    """Where an editor reads which words."""
    with pytest.raises(StreamBlockValidationError) as caught:
        clean(scenes)
    # As the editor's page puts each beside its field.
    assert caught.value.as_json_data()["blockErrors"]
    found = {}
    for number, error in caught.value.block_errors.items():
        fields = error.block_errors
        if "name" in fields:
            found[number, "name"] = fields["name"].messages[0]
        if "choices" in fields:
            for choice, inner in fields["choices"].block_errors.items():
                found[number, choice] = inner.block_errors["next"].messages[0]
    return found


def test_an_editor_reads_beside_the_field_what_is_wrong():
    scene = factories.scene
    assert len(clean(factories.branching_scenes())) == 2
    found = errors_of(
        [scene("", [("a", "daarna"), ("b", "")]), scene("later", [("c", ""), ("d", "")])]
    )
    assert set(found) == {(0, 0)}
    assert "geen scène" in found[0, 0]
    assert "‘later’" in found[0, 0]
    found = errors_of(
        [scene("begin", [("a", "later"), ("b", "")]), scene("later", [("c", "begin"), ("d", "")])]
    )
    assert set(found) == {(0, 0), (1, 0)}
    assert "terug" in found[1, 0]
    found = errors_of([scene("", [("a", ""), ("b", "")]), scene("los", [("c", ""), ("d", "")])])
    assert set(found) == {(1, "name")}


def test_a_voice_about_a_choice_that_is_not_there_is_refused(page):
    page.voices[0].value["choice"] = "weglopen"
    with pytest.raises(ValidationError) as caught:
        page.clean()
    assert "weglopen" in caught.value.message_dict["voices"][0]
    assert "melden" in caught.value.message_dict["voices"][0]


def preview(page, mode):
    return BeautifulSoup(page.make_preview_request(preview_mode=mode).content, "html.parser")


def test_the_preview_shows_the_beginning_every_path_and_the_map(page):
    assert "Wat er gebeurt in begin" in preview(page, "start").text
    paths = preview(page, "paths").select(".rv-path")
    taken = [[choice.text for choice in path.select(".rv-path__choice")] for path in paths]
    assert taken == [
        ["U kiest zwijgen."],
        ["U kiest melden.", "U kiest volhouden."],
        ["U kiest melden.", "U kiest toegeven."],
        ["U kiest vragen."],
    ]
    drawn = preview(page, "map")
    assert [scene.b.text for scene in drawn.select(".rv-fork__scene")] == ["Het begin", "later"]
    assert len(drawn.select(".rv-fork__choice")) == 5
    # A scene that stands above already is closed.
    assert [d.has_attr("open") for d in paths[1].select("details")] == [False, True]
    assert [d.has_attr("open") for d in paths[2].select("details")] == [False, False]
    assert not StepProgress.objects.exists()
    assert not DilemmaTally.objects.exists()


def test_the_preview_of_what_goes_in_circles_says_so(module):
    scenes = [
        factories.scene("begin", [("a", "later"), ("b", "nergens")]),
        factories.scene("later", [("c", "begin"), ("d", "")]),
    ]
    page = factories.make_dilemma(module, scenes)
    for mode in ("paths", "map"):
        notice = preview(page, mode).select_one(".rv-notice--warning").text
        assert "nergens" in notice
    assert "nergens" in preview(page, "map").select_one(".rv-branches").text


def test_a_new_dilemma_without_scenes_can_be_previewed(module):
    page = factories.make_dilemma(module)
    page.scenes = page.scenes.stream_block.to_python([])
    for mode in ("start", "paths", "map"):
        assert "nog geen scènes" in preview(page, mode).text


def test_a_dilemma_is_made_in_the_admin(module, signed_in):
    browser = signed_in(factories.make_user(is_superuser=True, is_staff=True))
    response = browser.get(f"/beheer/pages/add/learning/dilemmapage/{module.pk}/")
    assert response.status_code == 200


# Translation


def test_a_translation_keeps_what_is_counted_and_who_has_done_it(page, browser, person):
    english = factories.locale("en")
    factories.make_home("en")
    finish_dilemma(person, page, SILENT)
    source, _created = TranslationSource.update_or_create_from_instance(page)
    strings = set(source.stringsegment_set.values_list("string__data", flat=True))
    # What scenes and choices are called among editors is no text.
    assert "U kiest zwijgen." in strings
    assert not {"zwijgen", "later", "melden"} & strings
    translation = Translation.objects.create(source=source, target_locale=english)
    for segment in source.stringsegment_set.all():
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=english,
            context=segment.context,
            defaults={"data": f"EN {segment.string.data}"},
        )
    page.module.get_parent().specific.copy_for_translation(english)
    page.module.copy_for_translation(english)
    translation.save_target()
    translated = page.get_translation(english)
    story, own = story_from(translated.scenes), page.story
    assert story.scenes[0].choices[0].text == "EN U kiest zwijgen."
    for theirs, ours in zip(story.scenes, own.scenes, strict=True):
        assert (theirs.key, theirs.name) == (ours.key, ours.name)
        assert [(c.key, c.next) for c in theirs.choices] == [(c.key, c.next) for c in ours.choices]
    assert translated.translation_key in way_of(person, translated.module).done
    assert not finish_dilemma(person, translated, SILENT)
    assert counted() == 1


# The demo


@pytest.fixture
def demo(demo_modules):
    return demo_modules


def test_every_dilemma_of_the_demo_ends_on_every_path_and_is_as_an_editor_may_write_it(demo):
    pages = list(DilemmaPage.objects.all())
    assert pages
    for page in pages:
        page.full_clean()
        for name in ("scenes", "voices"):
            field = getattr(page, name)
            field.stream_block.clean(field)
        assert page.story.paths()
        for path in page.story.paths():
            assert page.story.after(path) is None
        for scene in page.story.scenes[:1]:
            words = len(re.sub("<[^>]+>", " ", scene.text.source).split())
            assert 130 <= words <= 310, (page.title, words)


def test_dilemmas_stand_between_the_lessons_and_the_test(demo):
    for module in {page.get_parent() for page in Page.objects.filter(slug__startswith="dilemma-")}:
        kinds = [step.kind for step in steps_of(module)]
        assert kinds == sorted(kinds, key=list(StepKind).index)
