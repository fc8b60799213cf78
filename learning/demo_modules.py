"""The demo's modules, lessons, questions and documents, from learning/demo/*.toml."""

import tomllib
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.models import Locale, Page

from home.demo_blocks import Assets, stable_id, stream_from
from home.demo_loader import publish_if_changed
from home.demo_loader import read as read_home_demo
from home.models import LawArticle, VisionGoal
from learning.models import (
    CataloguePage,
    LessonPage,
    ModulePage,
    Question,
    QuizPage,
    QuizQuestion,
    Topic,
)
from learning.versions import pin

DEMO_DIR: Final = Path(__file__).parent / "demo"
MODULE_FILES: Final = ("m1.toml", "m2.toml")


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((DEMO_DIR / name).read_text(encoding="utf-8"))


def load_documents() -> dict[str, Document]:
    """The small files that lessons offer to download, by key."""
    documents = {}
    for path in sorted((DEMO_DIR / "documents").glob("*.txt")):
        title = path.stem.replace("-", " ").capitalize()
        document = Document.objects.filter(title=title).first()
        if document is None:
            document = Document(title=title)
            document.file.save(path.name, ContentFile(path.read_bytes()), save=False)
            document.save()
        documents[path.stem] = document
    return documents


def load_topics(locale: Locale) -> dict[str, Topic]:
    topics = {}
    for entry in read("topics.toml")["topics"]:
        topics[entry["key"]], _created = Topic.objects.update_or_create(
            translation_key=stable_id("topic", entry["key"]),
            locale=locale,
            defaults={"name": entry["name"]},
        )
    return topics


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


def load_module(
    name: str, catalogue: CataloguePage, assets: Assets, topics: dict[str, Topic]
) -> ModulePage:
    """A module with its lessons, questions and quiz."""
    data = read(name)
    locale = catalogue.locale
    entry = data["module"]
    goals = VisionGoal.objects.filter(page__locale=locale, page__live=True, code__in=entry["goals"])
    module = child(catalogue, ModulePage, entry["slug"], stable_id("module", entry["key"]))
    publish_if_changed(
        module,
        catalogue,
        {
            field: entry[field]
            for field in ("title", "summary", "goal", "minutes", "roles", "number", "version")
        }
        | {
            "goals": list(goals),
            "open_to_visitors": entry["number"] == 1,
            "search_description": entry["summary"],
        },
    )
    lessons = {lesson["key"]: load_lesson(lesson, module, assets) for lesson in data["lessons"]}
    load_quiz(data, module, lessons, assets, topics)
    return module


def child(parent: Page, model: type[Page], slug: str, key: uuid.UUID) -> Page:
    """The page below a parent with this identity, or a new one that is not stored yet."""
    existing = model.objects.filter(translation_key=key, locale=parent.locale).first()
    return existing or model(slug=slug, translation_key=key, locale=parent.locale)


def load_lesson(entry: dict[str, Any], module: ModulePage, assets: Assets) -> LessonPage:
    lesson = child(module, LessonPage, entry["slug"], stable_id("lesson", entry["key"]))
    publish_if_changed(
        lesson,
        module,
        {
            "title": entry["title"],
            "introduction": entry["intro"],
            "minutes": entry["minutes"],
            "body": stream_from(entry["body"], assets=assets, key=entry["key"]),
            "source": entry["source"],
            "checked_on": entry["checked_on"],
            "is_example": True,
            "search_description": entry["intro"],
        },
    )
    return lesson


def load_quiz(
    data: dict[str, Any],
    module: ModulePage,
    lessons: dict[str, LessonPage],
    assets: Assets,
    topics: dict[str, Topic],
) -> QuizPage:
    entry = data["quiz"]
    quiz = child(module, QuizPage, entry["slug"], stable_id("quiz", entry["key"]))
    questions = [
        (load_question(question, module.locale, assets.articles, topics), question)
        for question in data["questions"]
    ]
    if quiz.pk is None:
        quiz.quiz_questions = [
            QuizQuestion(question=question, lesson=lessons[source["lesson"]], sort_order=order)
            for order, (question, source) in enumerate(questions)
        ]
    publish_if_changed(
        quiz,
        module,
        {
            "title": entry["title"],
            "introduction": entry["intro"],
            "minutes": entry["minutes"],
            "pass_mark": entry["pass_mark"],
        },
    )
    return quiz


def load_catalogue(catalogue: CataloguePage) -> None:
    """The catalogue's introduction, in both languages."""
    english = catalogue.get_translation(Locale.objects.get(language_code="en")).specific
    for page, words in ((catalogue, "pages.toml"), (english, "english.toml")):
        entry = read_home_demo(words)["catalogue"]
        values = {"title": entry["title"], "introduction": entry["intro"]}
        publish_if_changed(page, page.get_parent(), values)


def load_modules(assets: Assets) -> list[ModulePage]:
    """All modules of the demo; `assets` has the images and law articles that `home` loaded."""
    catalogue = CataloguePage.objects.get(locale=Locale.get_default())
    load_catalogue(catalogue)
    topics = load_topics(catalogue.locale)
    assets.documents.update(load_documents())
    return [load_module(name, catalogue, assets, topics) for name in MODULE_FILES]
