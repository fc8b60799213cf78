"""What editors and administrators do in `/beheer/`, from Wagtail's own log into the audit log.

Wagtail tells its log of every act with who did it, whichever view, action or command did it; this
listens there. People, memberships and monitors are told where their form is saved, which knows
which fields changed (accounts/viewsets.py, learning/admin/people_log.py).
"""

from typing import Any, Final

from django.db.models import Model
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import DraftStateMixin, ModelLogEntry, PageLogEntry

from accounts import audit
from accounts.models import AuditEvent, User
from home.models import LawArticle, Partner
from learning.models import Membership, MonitorGrant, Municipality, Topic

What = AuditEvent.What

# By what Wagtail calls it.
ALWAYS: Final = {
    "wagtail.publish": What.PUBLISHED,
    "wagtail.unpublish": What.UNPUBLISHED,
    "wagtail.delete": What.DELETED,
    "wagtail.view_restriction.create": What.SETTINGS,
    "wagtail.view_restriction.edit": What.SETTINGS,
    "wagtail.view_restriction.delete": What.SETTINGS,
}
STORED: Final = ("wagtail.create", "wagtail.edit")
TOLD_BY_THEIR_FORM: Final = (User, Membership, MonitorGrant, Municipality)
# Without drafts: what is saved is on the site.
AT_ONCE: Final = (LawArticle, Partner, Topic)


def kind_of(action: str, model: type[Model] | None) -> AuditEvent.What | None:
    """Under which kind it is kept; None for what is not kept, as a draft."""
    stored = action in STORED
    if model is None or (stored and issubclass(model, TOLD_BY_THEIR_FORM)):
        return None
    if not stored:
        return ALWAYS.get(action)
    if issubclass(model, (*AT_ONCE, get_image_model(), get_document_model())):
        return What.PUBLISHED
    return None if issubclass(model, DraftStateMixin) else What.SETTINGS


def record_entry(instance: PageLogEntry | ModelLogEntry, created: bool, **_kwargs: Any) -> None:  # noqa: FBT001  the signal's own signature
    """Keep a line of Wagtail's log."""
    if not created:
        return
    model = instance.content_type.model_class() if instance.content_type else None
    what = kind_of(instance.action, model)
    if what is None or model is None:
        return
    details: dict[str, Any] = {"model": model._meta.label_lower}
    if isinstance(instance, PageLogEntry):
        details["page"] = instance.page_id
    else:
        details["object"] = str(instance.object_id)
    if instance.action.startswith("wagtail.view_restriction"):
        details["fields"] = ["view_restriction"]
    audit.record(what, by=instance.user, details=details)
