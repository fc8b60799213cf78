"""What whoever handed a case in has agreed to, and what is still missing."""

from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _


def submission_of(page_id: int | None) -> Any:
    """The submission that a page came from, if it came from one."""
    if page_id is None:
        return None
    # By its name: the pages' own module needs this one.
    return apps.get_model("practice", "Submission").objects.filter(page=page_id).first()


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
