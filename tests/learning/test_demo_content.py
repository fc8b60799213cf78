"""The lessons and quizzes of the demo: whole, varied, readable, and resting on what exists."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest
from django.utils.html import strip_tags

from home.demo_loader import read as read_home
from learning.demo_modules import DEMO_DIR, MODULE_FILES

Entry = dict[str, Any]
FEWEST_QUESTIONS = 8
FEWEST_KINDS = 5
MOST_WORDS = 15
WITH_OPTIONS = {"single_choice", "multiple_response", "true_false", "mark_sentences"}
every_module = pytest.mark.parametrize("name", MODULE_FILES)


@cache
def module(name: str) -> Entry:
    return tomllib.loads((DEMO_DIR / name).read_text(encoding="utf-8"))


def law_keys() -> set[str]:
    return {article["key"] for article in read_home("law_articles.toml")["articles"]}


def topic_keys() -> set[str]:
    return {topic["key"] for topic in module("topics.toml")["topics"]}


def htmls_of(lesson: Entry) -> Iterator[str]:
    """Every running text of a lesson; not its headings."""
    yield lesson["intro"]
    for block in lesson["body"]:
        for part in [block, *block.get("items", [])]:
            yield from (
                part[name] for name in ("html", "explanation", "transcript") if name in part
            )
        if block["type"] == "quote":
            yield block["text"]


def sentences_in(html: str) -> list[str]:
    """The sentences of a text. A sentence within quotes counts, as in reading aloud."""
    lines = re.sub(r"</(p|li)>|<br ?/?>", "\n", html)
    pieces = re.split(r"(?<=[.!?])[”’]?\s+|\n+", strip_tags(lines).replace("\\\n", ""))
    return [piece for piece in pieces if re.search(r"\w", piece)]


def words_in(text: str) -> int:
    return len(re.findall(r"\w[\w’'-]*", text))


@every_module
def test_a_quiz_has_enough_questions_of_enough_kinds(name: str) -> None:
    questions = module(name)["questions"]
    assert len(questions) >= FEWEST_QUESTIONS
    kinds = [question["kind"] for question in questions]
    assert len(set(kinds)) >= FEWEST_KINDS
    assert kinds.count("reflection") <= 1


@every_module
def test_what_a_question_names_exists(name: str) -> None:
    data = module(name)
    lessons = {lesson["key"] for lesson in data["lessons"]}
    laws, topics = law_keys(), topic_keys()
    for question in data["questions"]:
        assert set(question["law"]) <= laws, question["key"]
        assert question["topics"], question["key"]
        assert set(question["topics"]) <= topics, question["key"]
        assert question["lesson"] in lessons, question["key"]


@every_module
def test_every_lesson_is_asked_about(name: str) -> None:
    data = module(name)
    asked = {question["lesson"] for question in data["questions"]}
    assert {lesson["key"] for lesson in data["lessons"]} <= asked


@every_module
def test_every_question_explains_itself(name: str) -> None:
    for question in module(name)["questions"]:
        for field in ("stem", "hint", "feedback"):
            assert strip_tags(question[field]).strip(), (question["key"], field)
        if question["kind"] in WITH_OPTIONS:
            assert all(option["feedback"] for option in question["options"]), question["key"]
        assert all(pair["feedback"] for pair in question.get("pairs", [])), question["key"]


@every_module
def test_the_right_answer_is_not_given_away_by_its_length(name: str) -> None:
    """In at most half of the single choices the longest answer is the right one."""
    choices = [q["options"] for q in module(name)["questions"] if q["kind"] == "single_choice"]
    longest = [max(options, key=lambda option: len(option["text"])) for options in choices]
    assert sum(option["correct"] for option in longest) <= (len(choices) + 1) // 2


@every_module
def test_a_lesson_rests_on_a_source_with_a_date_and_on_articles_that_exist(name: str) -> None:
    laws = law_keys()
    for lesson in module(name)["lessons"]:
        assert lesson["source"], lesson["key"]
        assert isinstance(lesson["checked_on"], date), lesson["key"]
        named = {block["article"] for block in lesson["body"] if block["type"] == "law_article"}
        assert named <= laws, lesson["key"]


@every_module
def test_a_lesson_can_be_read_in_short_sentences(name: str) -> None:
    for lesson in module(name)["lessons"]:
        sentences = [sentence for html in htmls_of(lesson) for sentence in sentences_in(html)]
        average = sum(words_in(sentence) for sentence in sentences) / len(sentences)
        assert average < MOST_WORDS, (lesson["key"], average)


@every_module
def test_quotation_marks_are_typographic(name: str) -> None:
    """A straight mark in the text, outside of HTML attributes, was typed in haste."""
    data = module(name)
    texts = [html for lesson in data["lessons"] for html in htmls_of(lesson)]
    texts += [question[field] for question in data["questions"] for field in ("stem", "feedback")]
    for text in texts:
        assert not re.search(r"[\"']", strip_tags(text)), text


@every_module
def test_steps_take_as_long_as_the_module_says(name: str) -> None:
    data = module(name)
    steps = sum(lesson["minutes"] for lesson in data["lessons"]) + data["quiz"]["minutes"]
    assert steps == data["module"]["minutes"]
