"""The demo's questions, from learning/demo/*.toml: one shape of answers for each kind."""

from collections.abc import Callable
from typing import Any, Final

from wagtail.models import Locale

from home.demo_blocks import stable_id
from home.models import LawArticle
from learning.models import Question, Topic
from learning.versions import pin


def answers_from(entry: dict[str, Any]) -> list[dict[str, Any]]:
    """A question's answers as StreamField data; their ids never change between runs."""
    key, kind = entry["key"], entry["kind"]
    value = WRITTEN.get(kind, options_value)(entry)
    return [{"type": kind, "id": str(stable_id("answers", key)), "value": value}]


def items_from(entry: dict[str, Any], name: str, values: list[Any]) -> list[dict[str, Any]]:
    """A list of a block, with identities of its own."""
    return [
        {
            "type": "item",
            "id": str(stable_id(name, f"{entry['key']}-{number}")),
            "value": value,
        }
        for number, value in enumerate(values, start=1)
    ]


def options_value(entry: dict[str, Any]) -> dict[str, Any]:
    return {"options": items_from(entry, "option", entry["options"])}


def true_false_value(entry: dict[str, Any]) -> dict[str, Any]:
    is_true, is_false = entry["options"]
    return {
        "answer": "true" if is_true["correct"] else "false",
        "feedback_true": is_true["feedback"],
        "feedback_false": is_false["feedback"],
    }


def matching_value(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        "pairs": items_from(entry, "pair", entry["pairs"]),
        "decoys": items_from(entry, "decoy", entry.get("decoys", [])),
    }


def ordering_value(entry: dict[str, Any]) -> dict[str, Any]:
    return {"items": items_from(entry, "item", [{"text": text} for text in entry["items"]])}


def fill_in_value(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        "accepted": items_from(entry, "accepted", entry["accepted"]),
        "typo_allowed": entry.get("typo_allowed", True),
    }


def number_value(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        "value": str(entry["value"]),
        "tolerance": str(entry.get("tolerance", 0)),
        "unit": entry.get("unit", ""),
    }


WRITTEN: Final[dict[str, Callable[[dict[str, Any]], dict[str, Any]]]] = {
    "true_false": true_false_value,
    "matching": matching_value,
    "ordering": ordering_value,
    "fill_in": fill_in_value,
    "number": number_value,
    "choose_in_text": lambda entry: {"text": entry["text"]},
    "mark_sentences": lambda entry: {
        "sentences": items_from(entry, "option", entry["options"]),
    },
    "reflection": lambda entry: {"example": entry.get("example", "")},
}


def load_question(
    entry: dict[str, Any], locale: Locale, articles: dict[str, LawArticle], topics: dict[str, Topic]
) -> Question:
    """One question of the bank, published and pinned. A later run leaves an edited one alone."""
    key = stable_id("question", entry["key"])
    question = Question.objects.filter(translation_key=key, locale=locale).first()
    if question is not None:
        return question
    question = Question(
        translation_key=key,
        locale=locale,
        stem=entry["stem"],
        hint=entry["hint"],
        feedback=entry["feedback"],
        difficulty=entry["difficulty"],
    )
    question.answers = question.answers.stream_block.to_python(answers_from(entry))
    question.law_articles.set([articles[law] for law in entry["law"]])
    question.topics.set([topics[topic] for topic in entry["topics"]])
    question.full_clean()
    question.save()
    question.save_revision().publish()
    pin(key)
    return question
