"""Who is in the middle of a module: counts that speak of nobody, and what becomes of them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from learning.models import Attempt, Completion, Enrolment, ModulePage
from learning.rules.disclosure import SMALLEST_GROUP, is_small


@dataclass(frozen=True, slots=True)
class InTheMiddle:
    """How many people are busy with a module: counts, never who."""

    begun: int
    in_a_quiz: int

    @property
    def anybody(self) -> bool:
        return bool(self.begun or self.in_a_quiz)


def in_the_middle(module: ModulePage) -> InTheMiddle:
    """Who began a module and has not finished it in that round, and who is taking a quiz of it."""
    key = module.translation_key
    begun = Enrolment.objects.current().filter(module_key=key)
    finished = Completion.objects.current().filter(module_key=key, ended_on__isnull=True)
    busy = begun.exclude(person__in=finished.values("person"))
    quizzes = Page.objects.child_of(module).values("translation_key")
    attempts = Attempt.objects.filter(quiz_key__in=quizzes, submitted_at__isnull=True)
    return InTheMiddle(
        busy.order_by().values("person").distinct().count(),
        attempts.order_by().values("person").distinct().count(),
    )


def people(number: int) -> str:
    """How many people, unless so few that it would speak of persons."""
    if is_small(number):
        return _("fewer than %(count)s people") % {"count": SMALLEST_GROUP}
    if not number:
        return _("nobody")
    return ngettext("%(count)s person", "%(count)s people", number) % {"count": number}


def words_for(middle: InTheMiddle) -> list[str]:
    """Who is in the middle, and what becomes of them."""
    said = []
    if middle.begun:
        said.append(
            _(
                "Halfway: %(people)s. What they did stays done, in the same place. New steps come "
                "to them as still to do; steps that go are asked of nobody."
            )
            % {"people": people(middle.begun)}
        )
    if middle.in_a_quiz:
        said.append(
            _(
                "In a quiz at this moment: %(people)s. They finish it with the questions that they "
                "began with, and it counts."
            )
            % {"people": people(middle.in_a_quiz)}
        )
    return said
