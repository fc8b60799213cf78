"""From asking for the newsletter to leaving it.

Whoever asks gets a mail with a link; only by its button does the address count as theirs. The
answer on the site is the same for an address that has it already, and so is what is done: the
mail then lets them change what they want. All links carry random or signed tokens.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.models import Theme
from learning import tokens
from learning.letters import send
from learning.mail.messages import Message
from learning.mail.outbox import cancel
from learning.models import OutgoingMail
from learning.rules.retention import period
from newsletter.models import Subscription, SubscriptionRequest

SALT: Final = "newsletter.subscription"


class NoLonger(Exception):
    """The link was used, took the place of another, or is too old."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants: in which language, how often, about what (nothing means all)."""

    language: str
    rhythm: str
    themes: Iterable[Theme] = ()


def ask(email: str, wish: Wish) -> SubscriptionRequest:
    """Store that somebody wants it, and mail the link by which they confirm it.

    Asked again, the earlier link stops.
    """
    token = tokens.fresh()
    email = email.strip().lower()
    with transaction.atomic(), translation.override(wish.language):
        SubscriptionRequest.objects.filter(email=email).delete()
        request = SubscriptionRequest.objects.create(
            email=email,
            language=wish.language,
            rhythm=wish.rhythm,
            token_hash=tokens.digest(token),
            created_at=timezone.now(),
        )
        request.themes.set(wish.themes)
        send(letter(token), to=email)
    return request


def letter(token: str) -> Message:
    """The same for every address; what was typed is not in it."""
    days = period("newsletter_unconfirmed").days
    works = ngettext(
        "The link works for %(days)d day.", "The link works for %(days)d days.", days
    ) % {"days": days}
    return Message(
        subject=_("Confirm that you want the newsletter"),
        paragraphs=(
            _("Somebody, probably you, asked for our newsletter for this address."),
            _("Press the button to get it. Do you have it already? Then this changes your choice."),
            works,
        ),
        button=_("Yes, I want the newsletter"),
        path=f"{reverse('newsletter_confirm')}?s={token}",
        reason=_(
            "Did you not ask for this? Then you need not do anything: you get no newsletter, and "
            "we forget your address by ourselves."
        ),
    )


def find_request(token: str) -> SubscriptionRequest | None:
    """The request of a link, while it works."""
    requests = SubscriptionRequest.objects.open(timezone.now())
    return requests.filter(token_hash=tokens.digest(token)).first()


def confirm(request: SubscriptionRequest) -> Subscription:
    """The address is theirs: from now on they get it as they chose. Raises NoLonger."""
    now = timezone.now()
    with transaction.atomic():
        requests = SubscriptionRequest.objects.open(now).select_for_update()
        found = requests.filter(pk=request.pk).first()
        if found is None:
            raise NoLonger
        subscription, _made = Subscription.objects.get_or_create(
            email=found.email, defaults={"confirmed_at": now, "told_until": now}
        )
        change(subscription, Wish(found.language, found.rhythm, list(found.themes.all())))
        found.delete()
    return subscription


def change(subscription: Subscription, wish: Wish) -> None:
    """Another rhythm, language or choice of themes. Safe to repeat."""
    with transaction.atomic():
        subscription.language, subscription.rhythm = wish.language, wish.rhythm
        subscription.save(update_fields=["language", "rhythm"])
        subscription.themes.set(wish.themes)


def leave(subscription: Subscription) -> None:
    """No newsletter any more; nothing of the address is kept. Safe to repeat."""
    forget({subscription.email})


def forget(emails: Iterable[str]) -> None:
    """Remove what is known of addresses, and call back what waits to be sent to them."""
    known = frozenset(emails)
    with transaction.atomic():
        SubscriptionRequest.objects.filter(email__in=known).delete()
        Subscription.objects.filter(email__in=known).delete()
        cancel(kind=OutgoingMail.Kind.NEWSLETTER, address__in=known)


def token_of(subscription: Subscription) -> str:
    """For in the links of its mails: opens its choices and leaving."""
    return signing.dumps(subscription.key.hex, salt=SALT)


def key_in(token: str) -> UUID | None:
    """The key in a token; None for one that we did not make."""
    try:
        return UUID(hex=signing.loads(token, salt=SALT))
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return None


def stop_path(subscription: Subscription) -> str:
    return reverse("newsletter_stop", args=[token_of(subscription)])
