"""Writing to a peer through the site, blocking and reporting. No address is ever shown."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from learning.mail.messages import Message, composes
from learning.mail.outbox import queue
from learning.models import OutgoingMail
from meetings.models import Block, Conversation, NetworkEntry, PeerMessage, Report
from meetings.models.network import DAY, ConversationQuerySet
from meetings.network import is_barred, serves_now
from meetings.rules.network import Halt, too_much, unlinked
from meetings.words import called

Kind = OutgoingMail.Kind
LONGEST_WHY: Final = 1000


class NotSent(Exception):
    """A message is not sent; `why` says so."""

    def __init__(self, why: Halt) -> None:
        super().__init__(why)
        self.why = why


def are_apart(one: User, other: User) -> bool:
    """Whether one of them has blocked the other."""
    return Block.objects.filter(
        Q(blocker=one, blocked=other) | Q(blocker=other, blocked=one)
    ).exists()


def write_to(sender: User, entry: NetworkEntry, body: str, *, form_key: UUID) -> PeerMessage:
    """A first message to somebody whom `visible_to` let through. Raises NotSent."""
    return write(sender, entry.person, body, form_key=form_key)


def answer(sender: User, conversation: Conversation, body: str, *, form_key: UUID) -> PeerMessage:
    """Write on in a conversation whom `visible_to` let through. Raises NotSent."""
    if not may_go_on(sender, conversation):
        raise NotSent(Halt.CLOSED)
    return write(sender, conversation.other(sender), body, form_key=form_key)


def may_go_on(sender: User, conversation: Conversation) -> bool:
    """Whether the other still wants to hear: who left the network and never answered does not."""
    other = conversation.other(sender)
    if not other.is_active or are_apart(sender, other) or is_barred(sender):
        return False
    answered = conversation.messages.filter(sender=other).exists()
    return answered or NetworkEntry.objects.open().filter(person=other).exists()


def write(sender: User, receiver: User, body: str, *, form_key: UUID) -> PeerMessage:
    """Store and mail it, once per form."""
    with transaction.atomic():
        # Two windows at once, one after the other: else both would be within the limit.
        User.objects.select_for_update().get(pk=sender.pk)
        sent = PeerMessage.objects.filter(sender=sender, form_key=form_key).first()
        if sent is not None:
            return sent
        if are_apart(sender, receiver) or not receiver.is_active or is_barred(sender):
            raise NotSent(Halt.CLOSED)
        now = timezone.now()
        conversation = between(sender, receiver).first()
        why = too_much(
            messages=PeerMessage.objects.filter(sender=sender, sent_at__gt=now - DAY).count(),
            people=started_by(sender, since=now - DAY),
            is_new=conversation is None,
        )
        if why is not None:
            raise NotSent(why)
        message = PeerMessage.objects.create(
            conversation=conversation or begin(sender, receiver),
            sender=sender,
            body=body,
            form_key=form_key,
        )
        tell(message, receiver)
    return message


def between(one: User, other: User) -> ConversationQuerySet:
    first, second = sorted((one.pk, other.pk))
    return Conversation.objects.filter(first=first, second=second)


def begin(sender: User, receiver: User) -> Conversation:
    first, second = sorted((sender, receiver), key=lambda person: person.pk)
    conversation, _made = Conversation.objects.get_or_create(
        first=first, second=second, defaults={"started_by_first": sender == first}
    )
    return conversation


def started_by(person: User, *, since: datetime) -> int:
    """To how many new people somebody wrote."""
    theirs = Q(first=person, started_by_first=True) | Q(second=person, started_by_first=False)
    return Conversation.objects.filter(theirs, started_at__gt=since).count()


def tell(message: PeerMessage, receiver: User) -> None:
    queue(
        [
            OutgoingMail(
                kind=Kind.NETWORK,
                person=receiver,
                language=receiver.language,
                dedupe_key=f"peer:{message.pk}",
                # The words are looked up when it leaves: the outbox holds none.
                parameters={"message": message.pk},
            )
        ]
    )


@composes(Kind.NETWORK)
def about_a_message(mail: OutgoingMail) -> Message | None:
    """The mail; none when one has blocked the other by now, or the message is gone."""
    message = (
        PeerMessage.objects.select_related("sender", "conversation")
        .filter(pk=mail.parameters.get("message"))
        .first()
    )
    if message is None or mail.person is None or are_apart(message.sender, mail.person):
        return None
    who = {"name": called(message.sender), "serves": serves_now(message.sender)}
    told = _("%(name)s (%(serves)s) wrote to you through the network:")
    return Message(
        # Of nobody: it is kept in the log of mails.
        subject=_("A message from a peer"),
        paragraphs=(told % who, unlinked(message.body)),
        button=_("Read and answer on the site"),
        path=reverse("peer_conversation", args=[message.conversation.key]),
        reason=_(
            "You receive this mail because you are in the network or wrote to somebody in it. "
            "Neither of you sees the other’s address. You can block or report somebody there."
        ),
    )


def block(person: User, other: User) -> Block:
    """Neither sees or writes to the other from now on. Safe to repeat."""
    made, _new = Block.objects.get_or_create(blocker=person, blocked=other)
    return made


def unblock(person: User, block_id: int) -> bool:
    """Take back a block of one's own."""
    gone, _rows = Block.objects.filter(blocker=person, pk=block_id).delete()
    return bool(gone)


def report(reporter: User, message: PeerMessage, *, why: str) -> Report:
    """Tell administrators of what somebody else wrote. Safe to repeat.

    Raises ValueError for one's own message.
    """
    if message.sender_id == reporter.pk:
        raise ValueError("Nobody reports what they wrote themselves.")
    made, _new = Report.objects.get_or_create(
        message=message,
        reporter=reporter,
        defaults={"about": message.sender, "body": message.body, "why": why[:LONGEST_WHY]},
    )
    return made
