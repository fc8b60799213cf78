"""Why something is refused, in words."""

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from accounts.models import User
from meetings.models import MeetingPage
from meetings.rules.moments import Refusal
from meetings.rules.network import MESSAGES_A_DAY, NEW_PEOPLE_A_DAY, Halt


def refusal_words(why: Refusal, page: MeetingPage) -> str:
    """Why somebody cannot sign up, and what they can do."""
    match why:
        case Refusal.CANCELLED:
            return _("This meeting does not take place.")
        case Refusal.ENDED:
            return _("This meeting is over.")
        case Refusal.OTHER_ROLE:
            roles = get_text_list(page.role_labels, _("and"))
            return _(
                "This meeting is for people who serve as %(roles)s now. "
                "Is that you? Ask your council clerk to put your role right."
            ) % {"roles": roles}
        case Refusal.CLOSED:
            if page.sign_up_until is None or page.sign_up_until >= page.starts_at:
                return _("You can no longer sign up: the meeting has begun.")
            day = date_format(page.sign_up_until, "j F Y")
            return _("You can no longer sign up: that was possible until %(day)s.") % {"day": day}


def called(person: User) -> str:
    """What others call somebody: never by their address, which a user without a name prints as."""
    return person.name or _("Somebody without a name")


def halt_words(why: Halt) -> str:
    """Why a message is not sent, and what one can do."""
    match why:
        case Halt.MESSAGES:
            most = {"most": MESSAGES_A_DAY}
            return _("You have sent %(most)d messages today. Go on tomorrow.") % most
        case Halt.PEOPLE:
            most = {"most": NEW_PEOPLE_A_DAY}
            return _("You have written to %(most)d new people today. Go on tomorrow.") % most
        case Halt.CLOSED:
            return _("You cannot send this person a message.")
