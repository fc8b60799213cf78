"""What an editor sees before publishing: what a learner will see, with nobody's progress.

Nothing here writes to the database: a preview is a look.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils import translation
from wagtail.models import Locale

from home.chamber import chamber
from learning.asking import question_count, shuffled_order
from learning.help import help_for
from learning.models import (
    LearningPath,
    LessonPage,
    ModulePage,
    Question,
    QuestionVersion,
    QuizPage,
)
from learning.models.pages import StepPage
from learning.questions_shown import ShownQuestion, shown_version
from learning.responses import response_from
from learning.rules.grading import InvalidResponse, Response, check_response
from learning.rules.quiz_terms import Leave
from learning.steps import Step, StepKind, Way, steps_of
from learning.versions import body_of
from learning.views.attempts import wrong_answer_words

TRIAL: Final = "learning.trial"
# An editor may leave a preview open over lunch, not for a week.
LONGEST_TRIAL: Final = 24 * 60 * 60


def preview_way(module: ModulePage | None) -> Way:
    """The way of somebody who has not begun."""
    steps = steps_of(module, only_live=False) if module is not None and module.pk else []
    return Way(steps, set(), None, is_completed=False)


def preview(request: HttpRequest, page: Any, template: str, **extra: Any) -> HttpResponse:
    """A page as a learner sees it, whoever looks."""
    request.editor = request.user  # type: ignore[attr-defined] # for their own bar
    request.user = AnonymousUser()
    request.is_preview = True  # type: ignore[attr-defined] # Wagtail's own mark
    return TemplateResponse(request, template, page.get_context(request) | extra)


def preview_module(page: ModulePage, request: HttpRequest) -> HttpResponse:
    way = preview_way(page)
    return preview(
        request, page, "learning/module_page.html", way=way, chamber=chamber(way.statuses())
    )


def preview_path(page: LearningPath, request: HttpRequest) -> HttpResponse:
    from learning.views.mine import cards_for  # noqa: PLC0415  it needs the pages' views

    by_key = {card.module.translation_key: card for card in cards_for(AnonymousUser(), [], {})}
    cards = [by_key[key] for key in page.module_keys() if key in by_key]
    return preview(request, page, "learning/path_page.html", cards=cards)


def step_preview_context(page: StepPage) -> dict[str, Any]:
    """A new step may not be among the module's steps yet: then it is shown as the last."""
    module = page.module
    way = preview_way(module)
    step = way.step(page.translation_key) or Step(
        key=page.translation_key or uuid4(),
        title=page.title,
        url="",
        slug=page.slug,
        kind=StepKind(type(page)._meta.model_name or ""),
        number=len(way.steps) + 1,
    )
    return {
        "module": module,
        "way": way,
        "step": step,
        "previous": way.before(step.key),
        "following": way.after(step.key),
        "is_done": False,
    }


def preview_lesson(page: LessonPage, request: HttpRequest) -> HttpResponse:
    body = page.body.render_as_block()
    return preview(
        request,
        page,
        "learning/lesson_page.html",
        body=body,
        help=help_for(AnonymousUser()) if page.shows_help else None,
        **step_preview_context(page),
    )


def preview_quiz(page: QuizPage, request: HttpRequest, mode_name: str) -> HttpResponse:
    """The first page, all questions as they are asked, or all with their explanation."""
    uses = list(page.quiz_questions.all())
    if mode_name in ("questions", "feedback"):
        asked = [use.question for use in uses if use.question.answers]
        if mode_name == "questions":
            return preview(request, page, "learning/quiz_preview.html", **trial(asked))
        questions = [
            preview_question(question, position=position, with_feedback=True)
            for position, question in enumerate(asked, start=1)
        ]
        return preview(
            request, page, "learning/quiz_preview.html", questions=questions, with_feedback=True
        )
    return preview(
        request,
        page,
        "learning/quiz_page.html",
        **step_preview_context(page),
        question_count=question_count(page) if page.pk else len(uses),
        leave=Leave(may_begin=True),
        minutes_allowed=page.time_limit or 0,
        open_attempt=None,
        past_attempts=[],
    )


def version_of(question: Question) -> QuestionVersion:
    """A question as it stands in the editor, saved or not, as it would be asked. Not stored."""
    if question.locale_id is None:  # never saved: its form has not said yet
        question.locale = Locale.get_default()
    return QuestionVersion(
        question_key=question.translation_key or uuid4(),
        number=0,
        body=body_of([question]),
        image=question.image,
    )


def preview_question(
    question: Question, *, position: int = 1, with_feedback: bool = False
) -> ShownQuestion:
    """What a learner would see of it. With feedback all right options are chosen."""
    version = version_of(question)
    return shown_version(
        version,
        translation.get_language(),
        order=shuffled_order(version, shuffled=False),
        response=version.marking_key.best if with_feedback else [],
        position=position,
        prefix=f"{position}-",
    )


def question_preview(question: Question, *, with_feedback: bool) -> dict[str, Any]:
    """Context of the preview in the question bank."""
    # Before its kind is chosen there is nothing to show of a question.
    questions = [question] if question.answers else []
    if not with_feedback:
        return trial(questions)
    return {
        "questions": [preview_question(each, with_feedback=True) for each in questions],
        "with_feedback": True,
    }


# Trying out: the form holds what is asked, signed, so that even what was never saved is marked
# as it stands in the editor, and nothing is stored.


@dataclass(frozen=True, slots=True)
class Tried:
    """A question that an editor tries, with what they answered if they did."""

    version: QuestionVersion
    order: list[str]
    position: int
    response: Response | None = None
    # Why it cannot be marked; what was typed stays in the field.
    error: str = ""

    def shown(self) -> ShownQuestion:
        return shown_version(
            self.version,
            translation.get_language(),
            order=self.order,
            response=self.response or [],
            position=self.position,
            prefix=f"{self.position}-",
        )


def trial(questions: Iterable[Question]) -> dict[str, Any]:
    """Context of a form in which an editor can answer and see the marking."""
    tried = []
    for position, question in enumerate(questions, start=1):
        version = version_of(question)
        tried.append(Tried(version, shuffled_order(version, shuffled=False), position))
    return trial_context(tried)


def trial_context(tried: list[Tried]) -> dict[str, Any]:
    sealed = [[each.version.body, each.version.image_id, each.order] for each in tried]
    return {
        "tried": [(each, each.shown()) for each in tried],
        "sealed": signing.dumps(sealed, salt=TRIAL, compress=True),
    }


def marked_trial(data: QueryDict) -> dict[str, Any]:
    """The same after answering. Raises BadSignature when it is not what we once made."""
    sealed = signing.loads(data.get("sealed", ""), salt=TRIAL, max_age=LONGEST_TRIAL)
    tried = []
    for position, (body, image, order) in enumerate(sealed, start=1):
        version = QuestionVersion(question_key=uuid4(), number=0, body=body, image_id=image)
        response = response_from(data, version, prefix=f"{position}-")
        try:
            checked = check_response(version.marking_key, response)
        except InvalidResponse:
            error = wrong_answer_words(version.kind)
            tried.append(Tried(version, order, position, response, error))
        else:
            tried.append(Tried(version, order, position, checked))
    return trial_context(tried)
