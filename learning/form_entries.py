"""What comes in by forms of the public site: telling who asked to be told, deleting what is old.

An entry points at no account: nobody's own data can name it (home/models/forms.py).
"""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext as _

from home.form_serving import form_received
from home.models import FormEntry, FormPage
from learning import retention
from learning.mail.messages import Message, composes
from learning.mail.outbox import queue
from learning.models import OutgoingMail
from learning.rules.retention import period


@receiver(form_received, dispatch_uid="form entry")
def tell(sender: type[FormPage], entry: FormEntry, **_kwargs: Any) -> None:
    """Put a mail in the outbox that says that something came in, and not what."""
    form = FormPage.objects.select_related("locale").get(pk=entry.page_id)
    if form.notify:
        queue(
            [
                OutgoingMail(
                    kind=OutgoingMail.Kind.FORM,
                    address=form.notify,
                    language=form.locale.language_code,
                    parameters={"entry": entry.pk},
                    dedupe_key=f"form:{entry.pk}",
                )
            ]
        )


@composes(OutgoingMail.Kind.FORM)
def something_came_in(mail: OutgoingMail) -> Message | None:
    """None when it was dealt with already, or when somebody else is to be told by now."""
    entry = FormEntry.objects.filter(pk=mail.parameters.get("entry")).first()
    form = FormPage.objects.filter(pk=entry.page_id).first() if entry else None
    if form is None or form.notify != mail.address:
        return None
    return Message(
        subject=_("Something came in by “%(form)s”") % {"form": form.title},
        paragraphs=(
            _("Somebody filled in the form “%(form)s”.") % {"form": form.title},
            _("What they sent is not in this mail. You read it after signing in."),
        ),
        button=_("Read it"),
        path=reverse("wagtailforms:list_submissions", args=(form.pk,)),
        reason=_("You get this mail because an editor put this address with the form."),
    )


def old_entries(now: datetime) -> QuerySet[FormEntry]:
    """What was kept for as long as its form says, or for the longest that any may say."""
    old = Q(submit_time__lt=now - period("form_entries"))
    for form in FormPage.objects.only("pk", "keep_days"):
        old |= Q(page=form.pk, submit_time__lt=now - timedelta(days=form.keep_days))
    return FormEntry.objects.filter(old)


retention.add_steps(retention.deleting("entries of forms", "form_entries", old_entries))
