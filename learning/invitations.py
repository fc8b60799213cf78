"""Inviting one person by e-mail: to become a member in a role, or a monitor."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from learning import tokens
from learning.grants import grant_monitor
from learning.letters import send
from learning.local import counting
from learning.mail.messages import Message
from learning.memberships import join
from learning.models import Invitation, Municipality
from learning.models.people import today
from learning.roles import Role
from learning.rules.retention import period

MEMBER_DAYS: Final = timedelta(days=14)
MONITOR_DAYS: Final = timedelta(days=7)


class NotForYou(Exception):
    """The invitation is for another address."""


def invite(
    municipality: Municipality,
    *,
    by: User,
    email: str,
    name: str = "",
    role: Role | None = None,
) -> Invitation:
    """Ask somebody to join in a role; without a role, to become a monitor.

    Asked again, the earlier link stops and a new one is sent: there is one invitation.
    """
    token = tokens.fresh()
    purpose = Invitation.Purpose.MONITOR if role is None else Invitation.Purpose.MEMBER
    now = timezone.now()
    with transaction.atomic():
        invitation, _made = Invitation.objects.unanswered().update_or_create(
            municipality=municipality,
            purpose=purpose,
            role=role or "",
            email=email.strip().lower(),
            accepted_at=None,
            withdrawn_at=None,
            defaults={
                "name": name,
                "token_hash": tokens.digest(token),
                "invited_by": by,
                "created_at": now,
                "expires_at": now + (MONITOR_DAYS if role is None else MEMBER_DAYS),
            },
        )
        send(letter(invitation, token), to=invitation.email)
    return invitation


def letter(invitation: Invitation, token: str) -> Message:
    """Why, by whom, and one button."""
    place = invitation.municipality.display_name
    inviter = invitation.invited_by.name if invitation.invited_by else place
    names = {"place": place, "inviter": inviter, "role": invitation.get_role_display()}
    if invitation.is_for_monitor:
        subject = _("Will you follow the progress of %(place)s?")
        what = _(
            "%(inviter)s asks you to follow how far the people of %(place)s are with their "
            "learning. You see status and dates, never scores or answers."
        )
    else:
        subject = _("%(place)s invites you to learn about integrity")
        what = _(
            "%(inviter)s invites you as %(role)s of %(place)s. In short modules you learn how to "
            "recognise pressure, draw a line and find help."
        )
    days = (invitation.expires_at - invitation.created_at).days
    return Message(
        subject=subject % names,
        paragraphs=(
            what % names,
            _("The link works for %(days)d days, and once.") % {"days": days},
        ),
        button=_("Look at the invitation"),
        path=f"{reverse('invitation')}?s={token}",
        reason=_(
            "You get this mail because %(inviter)s of %(place)s gave us your address. Did you not "
            "expect it? Then you need not do anything: we forget your address by ourselves."
        )
        % names,
    )


def find(token: str) -> Invitation | None:
    """The invitation of a link, whatever has become of it."""
    return (
        Invitation.objects.select_related("municipality", "invited_by")
        .filter(token_hash=tokens.digest(token))
        .first()
    )


def accept(invitation: Invitation, person: User) -> Invitation:
    """Say yes, as the person with that address. Safe to repeat.

    Raises NotForYou for anybody else, and when it was withdrawn or came too late.
    """
    with transaction.atomic():
        current = Invitation.objects.select_for_update().get(pk=invitation.pk)
        if current.accepted_at is not None and current.person_id == person.pk:
            return current
        is_open = Invitation.objects.open().filter(pk=current.pk).exists()
        if not is_open or current.email != person.email:
            raise NotForYou
        place = counting(current.municipality, today())
        if current.is_for_monitor:
            grant_monitor(person, place, by=current.invited_by)
        else:
            join(person, place, Role(current.role), by=current.invited_by, via="invitation")
        current.person = person
        current.accepted_at = timezone.now()
        blank(current)
    return current


def withdraw(invitation: Invitation) -> None:
    """Stop an invitation that nobody has answered; its link leads nowhere from now on."""
    with transaction.atomic():
        current = Invitation.objects.unanswered().select_for_update().filter(pk=invitation.pk)
        for each in current:
            each.withdrawn_at = timezone.now()
            blank(each)


def blank(invitation: Invitation) -> None:
    """Store it without the name and address: they are the person's now, or nobody's."""
    invitation.name = invitation.email = ""
    invitation.save()


def unanswered(now: datetime) -> "QuerySet[Invitation]":
    """What can no longer be accepted, and need not be kept (learning/retention.py)."""
    late = now - period("entry_unanswered")
    return Invitation.objects.unanswered().filter(expires_at__lte=late)


def old(now: datetime) -> "QuerySet[Invitation]":
    """What is long done."""
    return Invitation.objects.filter(created_at__lte=now - period("entry"))
