"""The demo's modules, lessons, dilemmas, questions and documents, from learning/demo/*.toml."""

import tomllib
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.models import Locale, Page

from home.demo_blocks import Assets, stable_id, stream_from
from home.demo_loader import publish_if_changed, themes_named
from home.demo_loader import read as read_home_demo
from home.models import VisionGoal
from learning.demo_dilemmas import load_dilemma
from learning.demo_questions import load_question
from learning.models import (
    CataloguePage,
    LessonPage,
    ModulePage,
    Question,
    QuizPage,
    QuizQuestion,
    Topic,
)

DEMO_DIR: Final = Path(__file__).parent / "demo"
MODULE_FILES: Final = tuple(f"m{number}.toml" for number in range(1, 8))


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((DEMO_DIR / name).read_text(encoding="utf-8"))


def dilemmas_of(module_file: str) -> list[dict[str, Any]]:
    """The dilemmas of a module: those of m1.toml stand in d1.toml."""
    name = f"d{module_file[1:]}"
    return read(name)["dilemmas"] if (DEMO_DIR / name).exists() else []


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
        # Kept with the document: lists of them tell how large they are.
        document.get_file_size()
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


def load_module(
    name: str, catalogue: CataloguePage, assets: Assets, topics: dict[str, Topic]
) -> ModulePage:
    """A module with its lessons, dilemmas, questions and quiz."""
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
            "themes": themes_named(entry["themes"], locale),
            "open_to_visitors": entry["number"] == 1,
            "search_description": entry["summary"],
        },
    )
    lessons = {lesson["key"]: load_lesson(lesson, module, assets) for lesson in data["lessons"]}
    for dilemma in dilemmas_of(name):
        load_dilemma(dilemma, module, assets, topics)
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
            "shows_help": entry.get("shows_help", False),
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
    """The quiz, with questions that came since; one that people changed is left alone."""
    entry = data["quiz"]
    quiz = child(module, QuizPage, entry["slug"], stable_id("quiz", entry["key"]))
    questions = [
        (
            load_question(question, module.locale, assets.articles, topics),
            lessons[question["lesson"]],
        )
        for question in data["questions"]
    ]
    if quiz.pk is not None and was_edited(quiz):
        return quiz
    has_grown = add_questions(quiz, questions)
    values = {
        "title": entry["title"],
        "introduction": entry["intro"],
        "minutes": entry["minutes"],
        "pass_mark": entry["pass_mark"],
    }
    if not publish_if_changed(quiz, module, values) and has_grown:
        quiz.save_revision().publish()
    return quiz


def was_edited(page: Page) -> bool:
    """Whether somebody saved it in the editor: what the demo saves itself has no author."""
    return bool(page.revisions.exclude(user=None).exists())


def add_questions(quiz: QuizPage, questions: Sequence[tuple[Question, LessonPage]]) -> bool:
    """Put at the end of a quiz what it does not ask yet; whether there was anything."""
    asked = {asked.question_id for asked in quiz.quiz_questions.all()}
    new = [
        QuizQuestion(question=question, lesson=lesson, sort_order=order)
        for order, (question, lesson) in enumerate(questions)
        if question.pk not in asked
    ]
    quiz.quiz_questions.add(*new)
    return bool(new)


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
