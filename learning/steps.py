"""The steps of a module, and a person's way through them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Final
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.html import format_html
from wagtail.models import Page

from accounts.models import User
from home.main_pages import first_locale
from home.page_types import know_page_types
from home.publication import Kept
from learning.models import (
    DilemmaPage,
    Enrolment,
    LessonPage,
    ModulePage,
    QuizPage,
    StepProgress,
)
from learning.rules.progress import Progress, Status, progress


class StepKind(StrEnum):
    """What kind of page a step is; the values are the names of their models."""

    LESSON = "lessonpage"
    DILEMMA = "dilemmapage"
    QUIZ = "quizpage"


@dataclass(frozen=True, slots=True)
class Step:
    """A step as a learner sees it in a list."""

    key: UUID
    title: str
    url: str
    slug: str
    kind: StepKind
    number: int
    # A test at the start: who passes skips lessons, who does not just reads them.
    is_optional: bool = False
    # Set when it is in another language than the module that it is a step of.
    language: str = ""

    @property
    def marked_title(self) -> str:
        """Its title as HTML that says in which language it is, where that is another."""
        if not self.language:
            return self.title
        return format_html('<span lang="{}">{}</span>', self.language, self.title)

    @property
    def is_quiz(self) -> bool:
        return self.kind is StepKind.QUIZ

    @property
    def is_dilemma(self) -> bool:
        return self.kind is StepKind.DILEMMA


STEPS: Final = Kept[list[Step]]()


def steps_of(module: Page, *, only_live: bool = True) -> list[Step]:
    """The steps of a module in order; a translation has those that it lacks in the first language.

    With `only_live=False` also those that are not published now but once were: what somebody
    has to have done when the module was taken offline under their hands.
    """
    return STEPS.get(
        (module.pk, only_live), lambda: ask_steps([module], only_live=only_live)[module.pk]
    )


def steps_of_each(modules: Iterable[Page]) -> dict[int, list[Step]]:
    """The published steps of several modules, by the module's number."""
    modules = list(modules)
    unknown = [module for module in modules if (module.pk, True) not in STEPS]
    asked = ask_steps(unknown, only_live=True) if unknown else {}
    return {
        module.pk: STEPS.get((module.pk, True), partial(asked_or_ask, module, asked))
        for module in modules
    }


def asked_or_ask(module: Page, asked: Mapping[int, list[Step]]) -> list[Step]:
    """What was just asked for all; by itself where it was forgotten in between."""
    if module.pk in asked:
        return asked[module.pk]
    return ask_steps([module], only_live=True)[module.pk]


def ask_steps(modules: Sequence[Page], *, only_live: bool) -> dict[int, list[Step]]:
    """The same, from the database in one query, however many modules."""
    know_page_types()
    sources = sources_of(modules)
    below = Q()
    for module in (*modules, *sources.values()):
        below |= Q(path__startswith=module.path, depth=module.depth + 1)
    covering = QuizPage.covers.through.objects.filter(quizpage=OuterRef("pk"))
    pages = (
        Page.objects.filter(below)
        .type(LessonPage, DilemmaPage, QuizPage)
        .annotate(is_optional=Exists(covering))
        .order_by("path")
    )
    pages = (
        pages.live() if only_live else pages.exclude(live=False, first_published_at__isnull=True)
    )
    found: dict[str, list[Page]] = defaultdict(list)
    for page in pages:
        found[page.path[: -Page.steplen]].append(page)
    every = {
        module.pk: steps_from(module, found[module.path])
        for module in (*modules, *sources.values())
    }
    return {
        module.pk: completed_by(every[module.pk], every[source.pk], source)
        if (source := sources.get(module.translation_key)) is not None and source != module
        else every[module.pk]
        for module in modules
    }


def sources_of(modules: Iterable[Page]) -> dict[UUID, Page]:
    """By key, the modules in the site's first language of those that are translations."""
    first = first_locale()
    keys = [module.translation_key for module in modules if module.locale_id != first.pk]
    if not keys:
        return {}
    live = Page.objects.live().filter(translation_key__in=keys, locale=first)
    return {page.translation_key: page for page in live.select_related("locale")}


def completed_by(own: list[Step], steps: list[Step], source: Page) -> list[Step]:
    """The steps of a translation, as its source has them; where it lacks one, the source's."""
    by_key = {step.key: step for step in own}
    language = source.locale.language_code
    whole = [by_key.pop(step.key, replace(step, language=language)) for step in steps]
    return [
        replace(step, number=number) for number, step in enumerate([*whole, *by_key.values()], 1)
    ]


def steps_from(module: Page, pages: Iterable[Page]) -> list[Step]:
    base = module.url
    return [
        Step(
            key=page.translation_key,
            title=page.title,
            url=f"{base}{page.slug}/",
            slug=page.slug,
            kind=StepKind(page.cached_content_type.model),
            number=number,
            is_optional=page.is_optional,
        )
        for number, page in enumerate(pages, start=1)
    ]


def required(steps: Iterable[Step]) -> list[Step]:
    """The steps that must be done to finish a module."""
    return [step for step in steps if not step.is_optional]


def done_keys(enrolment: Enrolment | None) -> set[UUID]:
    """The steps that somebody has done."""
    if enrolment is None:
        return set()
    return set(StepProgress.objects.filter(enrolment=enrolment).values_list("step_key", flat=True))


@dataclass(frozen=True, slots=True)
class Way:
    """A person's way through a module: its steps, what is done, where to go on."""

    steps: list[Step]
    done: set[UUID]
    enrolment: Enrolment | None
    is_completed: bool

    @property
    def progress(self) -> Progress[UUID]:
        return progress([step.key for step in required(self.steps)], self.done)

    @property
    def status(self) -> Status:
        if self.is_completed:
            return Status.COMPLETED
        return Status.NOT_STARTED if self.enrolment is None else Status.UNDER_WAY

    def step(self, key: UUID | None) -> Step | None:
        return next((step for step in self.steps if step.key == key), None)

    def after(self, key: UUID) -> Step | None:
        """The step that follows, whether done or not."""
        keys = [step.key for step in self.steps]
        position = keys.index(key) + 1 if key in keys else len(keys)
        return self.steps[position] if position < len(keys) else None

    def before(self, key: UUID) -> Step | None:
        keys = [step.key for step in self.steps]
        return self.steps[keys.index(key) - 1] if key in keys and keys.index(key) > 0 else None

    @property
    def resume(self) -> Step | None:
        """Where they left off if that is not done yet, else the first step still to do."""
        if self.enrolment is not None and self.enrolment.last_step_key not in self.done:
            left_off = self.step(self.enrolment.last_step_key)
            if left_off is not None:
                return left_off
        if not self.done and self.steps and self.steps[0].is_optional:
            return self.steps[0]
        return self.step(self.progress.next_step)

    @property
    def resume_url(self) -> str:
        """The address of that step, at the heading where they stopped reading."""
        step = self.resume
        if step is None:
            return ""
        at_anchor = (
            self.enrolment is not None
            and self.enrolment.last_anchor
            and self.enrolment.last_step_key == step.key
        )
        return (
            f"{step.url}#{self.enrolment.last_anchor}" if at_anchor and self.enrolment else step.url
        )

    def statuses(self) -> list[str]:
        """A status per step, for the little chamber."""
        resume = self.resume
        return [
            "completed"
            if step.key in self.done
            else "under_way"
            if resume is not None and step.key == resume.key
            else "not_started"
            for step in self.steps
        ]


def way_of(person: User | AnonymousUser, module: ModulePage) -> Way:
    """Where a person is in a module."""
    return ways_of(person, [module])[module.translation_key]


def ways_of(
    person: User | AnonymousUser,
    modules: Iterable[ModulePage],
    *,
    completed: Mapping[UUID, datetime] | None = None,
) -> dict[UUID, Way]:
    """Where a person is in several modules, by module key. An anonymous person is nowhere.

    `completed` says of the modules that they have finished when, from a caller who knows.
    """
    modules = list(modules)
    keys = [module.translation_key for module in modules]
    steps = steps_of_each(modules)
    if not person.is_authenticated:
        return {
            m.translation_key: Way(steps[m.pk], set(), None, is_completed=False) for m in modules
        }
    enrolments: dict[UUID, Enrolment] = {}
    done: dict[UUID, set[UUID]] = defaultdict(set)
    # In one query: a row for each step that was done, and one where none was.
    for row in (
        Enrolment.objects.visible_to(person)
        .filter(module_key__in=keys)
        .current()
        .annotate(done_key=F("steps__step_key"))
    ):
        enrolments[row.module_key] = row
        if row.done_key is not None:
            done[row.module_key].add(row.done_key)
    if completed is None:
        completed = dict(
            person.completions.filter(module_key__in=keys)
            .current()
            .values_list("module_key", "completed_at")
        )
    return {
        key: way(steps[module.pk], done[key], enrolments.get(key), completed.get(key))
        for key, module in zip(keys, modules, strict=True)
    }


def way(
    steps: list[Step], done: set[UUID], enrolment: Enrolment | None, completed_at: datetime | None
) -> Way:
    """A way, where a round that began after a completion is not finished by it."""
    if enrolment is not None and enrolment.only_test:
        # Renewed by the test alone: lessons and dilemmas need not be done again.
        done = done | {step.key for step in steps if not step.is_quiz}
    is_again = enrolment is not None and enrolment.started_at > (completed_at or timezone.now())
    return Way(steps, done, enrolment, is_completed=completed_at is not None and not is_again)
