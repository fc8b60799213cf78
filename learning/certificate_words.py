"""What is said of something that was finished, on its certificate and where that is checked."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from learning.certificates import Checked
from learning.models import Completion
from learning.rules.certificates import Standing

MINUTES_IN_AN_HOUR = 60


def spoken_time(minutes: int) -> str:
    """As in: 1 hour and 40 minutes."""
    hours, rest = divmod(minutes, MINUTES_IN_AN_HOUR)
    parts = []
    if hours:
        parts.append(ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours})
    if rest or not hours:
        parts.append(ngettext("%(count)s minute", "%(count)s minutes", rest) % {"count": rest})
    return _(" and ").join(parts)


def kind_label(kind: str) -> str:
    """How it was finished, in a word; empty where that was by following it here."""
    return {
        Completion.Kind.TESTED_OUT: _("Tested"),
        Completion.Kind.RECOGNISED: _("Recognised"),
    }.get(Completion.Kind(kind), "")


def day_label(kind: str) -> str:
    """What happened on its day."""
    return {
        Completion.Kind.TESTED_OUT: _("Tested on"),
        Completion.Kind.RECOGNISED: _("Earlier training of"),
    }.get(Completion.Kind(kind), pgettext("certificate", "Finished on"))


def deed(completion: Completion) -> str:
    """What the person did: it stands between their name and the title."""
    if completion.kind == Completion.Kind.RECOGNISED:
        if completion.municipality_name:
            return _("took earlier training that %(place)s recognises as") % {
                "place": completion.municipality_name
            }
        return _("took earlier training that is recognised as")
    if completion.kind == Completion.Kind.TESTED_OUT:
        return _("passed the test, without the lessons, of the module")
    return _("finished the learning path") if completion.is_path else _("finished the module")


def standing_label(standing: Standing) -> str:
    return {
        Standing.VALID: pgettext("certificate", "Valid"),
        Standing.WITHDRAWN: _("Withdrawn"),
        Standing.LAPSED: _("Lapsed"),
        Standing.REPLACED: _("Replaced"),
    }[standing]


def standing_text(found: Checked) -> str:
    """What its standing means, in a sentence."""
    ended = date_format(found.ended_on, "j F Y") if found.ended_on else ""
    last = date_format(found.last_day, "j F Y") if found.last_day else ""
    if found.standing is Standing.WITHDRAWN:
        return _("It was withdrawn and no longer counts from %(day)s.") % {"day": ended}
    if found.standing is Standing.LAPSED and found.is_asked_again:
        return _("It was valid through %(day)s. What it is about has changed since.") % {
            "day": last
        }
    if found.standing is Standing.LAPSED:
        return _("It was valid through %(day)s.") % {"day": last}
    if found.standing is Standing.REPLACED:
        return _("It is real, and a newer one has taken its place.")
    if last:
        return _("It is real, and valid through %(day)s.") % {"day": last}
    return _("It is real, and stays valid.")
