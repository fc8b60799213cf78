"""A module that people have finished is changed: whom that concerns, and what is asked of them.

The editor who publishes chooses: a small correction changes nothing; those who finished it can
be told; or they are asked again, from a day on what they finished does not count any more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final
from uuid import UUID

from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Locale, Page

from accounts.models import User
from learning.completions import source_of
from learning.figures import note_change_everywhere
from learning.holdings import rebuild, requirements_about
from learning.in_the_middle import in_the_middle
from learning.jobs import advance, handler, start
from learning.mail.notices import tell_changed
from learning.models import Completion, Enrolment, Job, Membership, ModulePage
from learning.models.pages import StepPage
from learning.models.people import today
from learning.schedule import daily

PEOPLE_AT_ONCE: Final = 1000


class Choice(models.TextChoices):
    """What an editor says of a change."""

    CORRECTION = "correction", gettext_lazy("A small correction: nothing changes for anybody")
    TELL = "tell", gettext_lazy("Tell those who finished it; what they finished stays valid")
    AGAIN = "again", gettext_lazy("Ask those who finished it to do it again")


@dataclass(frozen=True, slots=True)
class Concerned:
    """How many people have finished a module, and how many of them serve somewhere now."""

    finished: int
    serving: int


def concerned_by(module: ModulePage) -> Concerned:
    """Whom a change of this module concerns, as counts."""
    finished = standing(module.translation_key).order_by().values("person").distinct()
    serving = Membership.objects.current().filter(person__in=finished)
    return Concerned(finished.count(), serving.order_by().values("person").distinct().count())


def standing(module_key: UUID) -> Any:
    """What was finished and nobody has ended, archived ones too: they may count still."""
    return Completion.objects.filter(module_key=module_key, ended_on__isnull=True)


def module_changed_by(page: Page) -> ModulePage | None:
    """The published module of which a page's change is a change; None where that is nobody's.

    Only in the site's first language: translations follow it.
    """
    module = published_module_of(page)
    if module is None or not standing(module.translation_key).exists():
        return None
    return module


def module_in_use_of(page: Page) -> ModulePage | None:
    """The same, also where nobody has finished it but somebody is in the middle of it."""
    module = published_module_of(page)
    if module is None or module_changed_by(page) is not None:
        return module
    return module if in_the_middle(module).anybody else None


def published_module_of(page: Page) -> ModulePage | None:
    if not isinstance(page, ModulePage | StepPage) or page.locale_id != Locale.get_default().pk:
        return None
    module = page if isinstance(page, ModulePage) else page.module
    return module if module.live else None


def announce_change(
    module: ModulePage,
    choice: Choice,
    *,
    by: User,
    occasion: str,
    ended_on: date | None = None,
    note: str = "",
) -> Job | None:
    """Do what the editor chose, in the background. Once per `occasion`, however often it is sent.

    To ask again raises the module's version at once, so that what is finished from now on carries
    it. Raises ValueError without a day from which it is asked again.
    """
    if choice is Choice.CORRECTION:
        return None
    if choice is Choice.AGAIN and ended_on is None:
        raise ValueError("To ask again takes a day.")
    module = source_of(module)
    with transaction.atomic():
        # Two editors, or two clicks, one after the other.
        list(Page.objects.select_for_update().filter(pk=module.pk).values_list("pk"))
        earlier = Job.objects.filter(kind=Job.Kind.CHANGE, parameters__occasion=occasion).first()
        if earlier is not None:
            return earlier
        if choice is Choice.AGAIN:
            raise_version(module)
        return start(
            Job.Kind.CHANGE,
            by=by,
            parameters={
                "module": module.pk,
                "choice": choice.value,
                "occasion": occasion,
                "ended_on": ended_on.isoformat() if ended_on else None,
                "note": note,
            },
        )


def raise_version(module: ModulePage) -> None:
    """The next version, in every language; also in what editors have open as a draft."""
    number = module.version + 1
    pages = ModulePage.objects.filter(translation_key=module.translation_key)
    pages.update(version=number)
    module.version = number
    for page in pages:
        draft = page.get_latest_revision()
        if draft is not None:
            draft.content["version"] = number
            draft.save(update_fields=["content"])


@handler(Job.Kind.CHANGE)
def carry_out(job: Job) -> None:
    """End what was finished where it is asked again, and write to people. Safe to repeat."""
    asked = job.parameters
    module = ModulePage.objects.filter(pk=asked["module"]).first()
    if module is None:
        return
    again = asked["choice"] == Choice.AGAIN
    ended_on = date.fromisoformat(asked["ended_on"]) if asked["ended_on"] else None
    if again and ended_on is not None:
        end_all(job, module, ended_on)
    tell_changed(
        module,
        again=again,
        due_on=ended_on,
        note=asked["note"],
        by=job.requested_by,
        occasion=asked["occasion"],
        advance=lambda done, total: advance(job, done=done, total=total),
    )


def end_all(job: Job, module: ModulePage, ended_on: date) -> None:
    """From a day on, what was finished before the change counts no more.

    What somebody finishes while this is busy is of the new version, and stays.
    """
    key = module.translation_key
    concerned = requirements_about(key)
    total = standing(key).values("person").distinct().count()
    done = 0
    for ids in people_with(key, job):
        with transaction.atomic():
            standing(key).filter(person__in=ids, completed_at__lte=job.created_at).update(
                ended_on=ended_on,
                is_asked_again=True,
                ended_because=_("The module has changed."),
                ended_by=job.requested_by,
            )
            if ended_on <= today():
                archive_ended(Completion.objects.filter(module_key=key, person__in=ids))
            for requirement in concerned:
                rebuild(requirement, ids)
        done += len(ids)
        advance(job, done=done, total=total)
    note_change_everywhere([requirement.pk for requirement in concerned])


def people_with(module_key: UUID, job: Job) -> Iterator[list[int]]:
    """Everybody whose completion is still to be ended, so many at a time."""
    last = 0
    while True:
        rows = standing(module_key).filter(completed_at__lte=job.created_at, person__gt=last)
        ids = list(
            rows.order_by("person").values_list("person", flat=True).distinct()[:PEOPLE_AT_ONCE]
        )
        if not ids:
            return
        yield ids
        last = ids[-1]


def archive_ended(completions: Any) -> None:
    """What counts no more no longer stands, and the round in which it was done is closed."""
    now = timezone.now()
    ended = completions.filter(archived_at__isnull=True, ended_on__lte=today())
    its_round = ended.filter(
        person=OuterRef("person"),
        module_key=OuterRef("module_key"),
        completed_at__gte=OuterRef("started_at"),
    ).exclude(kind=Completion.Kind.RECOGNISED)
    Enrolment.objects.current().filter(Exists(its_round)).update(closed_at=now)
    ended.update(archived_at=now)


@daily("archive_ended_completions", at=time(0, 5))
def archive_what_ends_today(_day: date) -> None:
    """The day has come from which something is asked again."""
    with transaction.atomic():
        archive_ended(Completion.objects.all())
