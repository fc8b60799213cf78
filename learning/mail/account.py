"""Mails about somebody's account itself: that it will be erased, by their wish or unused."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from learning.mail.messages import Message, composes
from learning.models import ErasureRequest, OutgoingMail


@composes(OutgoingMail.Kind.ACCOUNT)
def about_account(mail: OutgoingMail) -> Message | None:
    """None when the account stays after all."""
    if mail.parameters.get("about") == "erasing":
        return about_erasing(mail)
    return about_quiet(mail)


def about_erasing(mail: OutgoingMail) -> Message | None:
    from learning.erasing import undo_path  # noqa: PLC0415  it queues these mails

    request = ErasureRequest.objects.waiting().filter(person=mail.person).first()
    if request is None:
        return None
    day = {"day": date_format(timezone.localtime(request.due_at), "j F Y")}
    certificates = (
        _("Your certificates can still be checked afterwards.")
        if request.keep_certificates
        else _("Your certificates can then no longer be checked. Download what you want to keep.")
    )
    return Message(
        subject=_("Your account will be erased on %(day)s") % day,
        paragraphs=(
            _("You asked us to erase your account. We do so on %(day)s.") % day,
            certificates,
            _("Did you think better of it, or was it not you? Then keep your account."),
        ),
        button=_("Keep my account"),
        path=undo_path(request),
        reason=_("You get this mail because somebody signed in as you and asked for this."),
    )


def about_quiet(mail: OutgoingMail) -> Message | None:
    """To who was not here for long: signing in keeps the account."""
    from learning.quiet import stays  # noqa: PLC0415  it queues these mails

    if mail.person is None or stays(mail.person):
        return None
    day = {"day": mail.parameters.get("day", "")}
    return Message(
        subject=_("Do you want to keep your account?"),
        paragraphs=(
            _("You have not used your account for a long time, and you serve no municipality."),
            _("We keep no data that nobody needs. So on %(day)s we erase your account.") % day,
            _(
                "Do you want to keep it? Then sign in before that day. You need not do anything "
                "else. Your certificates can no longer be checked once it is erased."
            ),
        ),
        button=_("Sign in and keep my account"),
        path=reverse("account_login"),
        reason=_("You get this mail because you have an account here. It comes twice at most."),
    )
