"""A module's next version: written in drafts of its own pages, published as a whole.

Nothing is copied, so nothing has to be put back: a step keeps its `translation_key`, on which
progress hangs, and an attempt that runs stays pinned to what was asked. Until it is published
visitors and learners see the version that is there (ADR 0038).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log
from wagtail.models import Page

from accounts.models import User
from learning.changes import Choice, announce_change, raise_version
from learning.completions import source_of
from learning.models import ModulePage, NextVersion
from learning.models.pages import StepPage

BEGUN, STOPPED, PUBLISHED = (
    f"learning.version_{name}" for name in ("begun", "stopped", "published")
)


class StepState(StrEnum):
    """What the next version does with a step."""

    SAME = "same"
    CHANGED = "changed"
    NEW = "new"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class VersionStep:
    page: Page
    state: StepState


class NotFinished(Exception):
    """Some pages cannot be published as they are: `pages` says which."""

    def __init__(self, pages: list[Page]) -> None:
        super().__init__()
        self.pages = pages


def next_version(module: ModulePage) -> NextVersion | None:
    """The version that is in the making, if one is."""
    return NextVersion.objects.filter(module_key=module.translation_key).first()


def in_a_next_version(page: Page) -> ModulePage | None:
    """The module of whose next version this page is part; None when nobody is writing one."""
    page = page.specific
    if not isinstance(page, ModulePage | StepPage):
        return None
    module = source_of(page if isinstance(page, ModulePage) else page.module)
    if page.locale_id != module.locale_id or next_version(module) is None:
        return None
    return module


def begin_version(module: ModulePage, *, by: User) -> NextVersion:
    """Begin to write a next version. Doing it again changes nothing."""
    module = source_of(module)
    with transaction.atomic():
        found, made = NextVersion.objects.get_or_create(module_key=module.translation_key)
        if made:
            log(instance=module, action=BEGUN, user=by)
    return found


def stop_version(module: ModulePage, *, by: User) -> None:
    """No longer as a whole: drafts and new steps stay what they are, and can be published apart."""
    with transaction.atomic():
        gone, _by_model = NextVersion.objects.filter(module_key=module.translation_key).delete()
        if gone:
            log(instance=module, action=STOPPED, user=by)


def steps_in_it(module: ModulePage, version: NextVersion) -> list[VersionStep]:
    """Every step, in order, with what the next version does with it. Withdrawn ones are no part."""
    pages = Page.objects.child_of(module).order_by("path").select_related("latest_revision")
    out = set(version.leaves_out)
    return [
        VersionStep(page, state)
        for page in pages
        if (state := state_of(page, left_out=str(page.translation_key) in out)) is not None
    ]


def state_of(page: Page, *, left_out: bool) -> StepState | None:
    """None for what is not on the site now and was before: it was taken away earlier."""
    if not page.live and page.first_published_at is not None and not page.has_unpublished_changes:
        return None
    if left_out:
        return StepState.LEFT_OUT
    if not page.live:
        return StepState.NEW
    return StepState.CHANGED if page.has_unpublished_changes else StepState.SAME


def leave_out(module: ModulePage, keys: Iterable[UUID]) -> None:
    """Say which steps are not part of the next version."""
    known = {
        str(key) for key in Page.objects.child_of(module).values_list("translation_key", flat=True)
    }
    chosen = sorted(known & {str(key) for key in keys})
    NextVersion.objects.filter(module_key=module.translation_key).update(leaves_out=chosen)


def publish_version(
    module: ModulePage,
    *,
    by: User,
    choice: Choice = Choice.CORRECTION,
    ended_on: date | None = None,
    note: str = "",
) -> int | None:
    """Publish everything that was written at once; returns the new version's number.

    None when it was published or stopped already. Raises NotFinished when a page is not whole, and
    ValueError when people are asked again without a day: then nothing has changed.
    """
    with transaction.atomic():
        list(Page.objects.select_for_update().filter(pk=module.pk).values_list("pk"))
        version = next_version(module)
        if version is None:
            return None
        module = ModulePage.objects.get(pk=module.pk)
        steps = steps_in_it(module, version)
        to_publish = [
            each.page for each in steps if each.state in (StepState.NEW, StepState.CHANGED)
        ]
        if module.has_unpublished_changes or not module.live:
            to_publish.append(Page.objects.get(pk=module.pk))
        refuse_unfinished(to_publish)
        # Before the module is published anew: nobody is to see half of it (ATOMIC anyway).
        version.delete()
        publish_all(to_publish, by=by)
        take_away([each.page for each in steps if each.state is StepState.LEFT_OUT], by=by)
        module = ModulePage.objects.get(pk=module.pk)
        number = module.version + 1
        if choice is not Choice.AGAIN:
            raise_version(module)
        announce_change(
            module,
            choice,
            by=by,
            occasion=f"version:{module.pk}:{number}",
            ended_on=ended_on,
            note=note,
        )
        log(instance=module, action=PUBLISHED, user=by, data={"version": number})
    return number


def refuse_unfinished(pages: Collection[Page]) -> None:
    """Raise NotFinished when what is to be published lacks something that it needs."""
    wrong = []
    for page in pages:
        try:
            page.get_latest_revision_as_object().full_clean()
        except ValidationError:
            wrong.append(page)
    if wrong:
        raise NotFinished(wrong)


def publish_all(pages: Iterable[Page], *, by: User) -> None:
    """Steps first, the module last."""
    for page in pages:
        revision = page.get_latest_revision() or page.specific.save_revision(user=by)
        PublishPageRevisionAction(revision, user=by, changed=False).execute(
            skip_permission_checks=True
        )


def take_away(pages: Iterable[Page], *, by: User) -> None:
    """What is left out is kept, unpublished: what people did there can still be looked at."""
    for page in pages:
        if page.live:
            UnpublishPageAction(page.specific, user=by).execute(skip_permission_checks=True)
