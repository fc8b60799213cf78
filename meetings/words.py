"""What refusals are called on screen."""

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from meetings.models import MeetingPage
from meetings.rules.moments import Refusal


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
