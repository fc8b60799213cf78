"""A pinned question as a learner sees it: in their language, with what they chose."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from learning.models import AttemptItem, QuestionVersion
from learning.rules import grading


@dataclass(frozen=True, slots=True)
class ShownOption:
    """An option with its words; `chosen` by this learner, `correct` by the key."""

    key: str
    text: str
    feedback: str
    chosen: bool
    correct: bool

    @property
    def is_hit(self) -> bool:
        """Rightly chosen or rightly left."""
        return self.chosen == self.correct


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """A question with its words in one language. `language` may differ from the page's."""

    position: int
    kind: grading.Kind
    language: str
    stem: str
    hint: str
    feedback: str
    options: list[ShownOption]
    law: list[dict[str, Any]]
    points: Fraction
    lesson_key: UUID | None

    @property
    def takes_one(self) -> bool:
        return self.kind.takes_one

    @property
    def is_answered(self) -> bool:
        return any(option.chosen for option in self.options)

    @property
    def is_right(self) -> bool:
        return self.points == 1

    @property
    def is_partly_right(self) -> bool:
        return 0 < self.points < 1

    @property
    def instruction(self) -> str:
        """How many to choose, in words: a radio button and a tick box look much alike."""
        if self.kind is grading.Kind.TRUE_FALSE:
            return str(_("Is this true or false?"))
        return str(
            _("Choose one answer.") if self.takes_one else _("More than one answer can be right.")
        )


def shown(item: AttemptItem, language: str | None) -> ShownQuestion:
    """A question of an attempt, in a language, or in its own first one when it lacks that."""
    return shown_version(
        item.version,
        language,
        order=item.option_order,
        chosen=item.chosen,
        position=item.position,
        lesson_key=item.lesson_key,
    )


def shown_version(
    version: QuestionVersion,
    language: str | None,
    *,
    order: Sequence[str] = (),
    chosen: Sequence[str] = (),
    position: int = 1,
    lesson_key: UUID | None = None,
) -> ShownQuestion:
    """The same for a version that need not be in an attempt: for previews."""
    body = version.body
    code = language if language and language in body["texts"] else str(body["source"])
    texts = body["texts"][code]
    source_options = body["texts"][body["source"]]["options"]
    key = version.marking_key
    options = []
    for option_key in order or version.option_keys:
        # A translation made before an option was added lacks it: show the source's words.
        words = texts["options"].get(option_key) or source_options[option_key]
        options.append(
            ShownOption(
                key=option_key,
                text=words["text"],
                feedback=words["feedback"],
                chosen=option_key in chosen,
                correct=option_key in key.correct,
            )
        )
    return ShownQuestion(
        position=position,
        kind=version.kind,
        language=code,
        stem=texts["stem"],
        hint=texts["hint"],
        feedback=texts["feedback"],
        options=options,
        law=texts["law"],
        points=grading.points(key, chosen),
        lesson_key=lesson_key,
    )
