"""What whoever handed a case in has agreed to, and what is still missing."""

from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _
from wagtail.models import Page


def submission_of(page_id: int | None) -> Any:
    """The submission that a page came from, or that it is a translation of, if there is one."""
    if page_id is None:
        return None
    keys = Page.objects.filter(pk=page_id).values("translation_key")
    # By its name: the pages' own module needs this one.
    submissions = apps.get_model("practice", "Submission").objects
    return submissions.filter(page__translation_key__in=keys).first()


def missing_consent(page_id: int | None, *, names_municipality: bool) -> str:
    """Why a page may not be published; empty when it may."""
    submission = submission_of(page_id)
    if submission is None:
        return ""
    if not submission.may_publish:
        return _("Whoever handed this in has not agreed to have it published. Ask them first.")
    if names_municipality and not submission.may_name_municipality:
        return _(
            "Whoever handed this in has not agreed to name the municipality. "
            "Leave the field “municipality” empty."
        )
    return ""
