"""What happens to pages elsewhere: published, taken off the site; and what visitors see."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.admin import signal_handlers as of_wagtail
from wagtail.admin.mail import GroupApprovalTaskStateSubmissionEmailNotifier
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from home.signal_handlers import forget_what_was_stored
from practice import handling
from practice.consent import submission_of
from practice.models import CasePage, LearnedLesson


def note_published(instance: CasePage, **_kwargs: Any) -> None:
    handling.published(instance)


def note_taken_down(instance: CasePage, **_kwargs: Any) -> None:
    handling.taken_down(instance)


class WithoutWhatWasHandedIn(GroupApprovalTaskStateSubmissionEmailNotifier):
    """Wagtail's mail to who approves, which holds the page's title.

    Of a case that was handed in editors get one of ours, in which nothing of it stands.
    """

    def can_handle(self, instance: Any, **kwargs: Any) -> bool:
        if not super().can_handle(instance, **kwargs):
            return False
        page = instance.workflow_state.content_object
        return not (isinstance(page, Page) and submission_of(page.pk) is not None)


def connect() -> None:
    page_published.connect(note_published, sender=CasePage, dispatch_uid="practice")
    page_unpublished.connect(note_taken_down, sender=CasePage, dispatch_uid="practice")
    for signal in (post_save, post_delete):
        signal.connect(forget_what_was_stored, sender=LearnedLesson, dispatch_uid="publication")
    # Before Wagtail connects its own, which it does when its admin starts after us.
    of_wagtail.task_submission_email_notifier = WithoutWhatWasHandedIn()
