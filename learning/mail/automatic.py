"""The mail that comes by itself: all that is to be finished, by date."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.mail.audience import position_of
from learning.mail.by_hand import button_for, key_to_do, long_day
from learning.mail.links import resume_path, title_of
from learning.mail.messages import Item, Message, composes
from learning.models import Municipality, MunicipalitySettings, OutgoingMail, Requirement
from learning.models.people import today
from learning.rules.due import Position, Standing
from learning.rules.reminders import wants_doing

Open = tuple[Requirement, Position, Municipality]


@composes(OutgoingMail.Kind.DUE, OutgoingMail.Kind.WEEKLY)
def overview(mail: OutgoingMail) -> Message | None:
    """What of it is still to be done now; none when all is."""
    found = still_open(mail)
    if not found:
        return None
    requirement, position, _place = found[0]
    places = list(dict.fromkeys(place.display_name for _r, _p, place in found))
    return Message(
        subject=subject_of(found),
        paragraphs=(
            ngettext(
                "This belongs to your work for %(municipalities)s.",
                "These modules belong to your work for %(municipalities)s. "
                "What comes first stands first.",
                len(found),
            )
            % {"municipalities": _(" and ").join(places)},
        ),
        # One thing to do has the button alone.
        items=tuple(item(*each, linked=len(found) > 1) for each in found),
        button=button_for(position.standing),
        path=resume_path(key_to_do(requirement, position.standing)),
        closing=(_("Finished it in the meantime? Then you need do nothing."),),
        reason=reason_of(mail),
    )


def still_open(mail: OutgoingMail) -> list[Open]:
    """What of the mail is still to be done, by date."""
    found: list[tuple[Requirement, Position, Municipality]] = []
    for reminder in mail.reminders.select_related("requirement", "municipality"):
        requirement, place = reminder.requirement, reminder.municipality
        if mail.person is None or not requirement.rule.days.holds_on(today()):
            continue
        if not MunicipalitySettings.of(place).automatic_reminders:
            continue
        position = position_of(mail.person.pk, requirement, place)
        if position is not None and position.due_on and wants_doing(position.standing):
            found.append((requirement, position, place))
    return sorted(found, key=lambda each: (each[1].due_on or today(), each[0].pk))


def title(requirement: Requirement) -> str:
    return title_of(requirement.subject_key) or requirement.subject_title


def subject_of(found: list[Open]) -> str:
    if len(found) > 1:
        return ngettext("%(count)d module to finish", "%(count)d modules to finish", len(found)) % {
            "count": len(found)
        }
    requirement, position, _place = found[0]
    subject = {
        Standing.OVERDUE: _("“%(module)s” is not finished yet"),
        Standing.LAPSED: _("“%(module)s” is no longer valid"),
        Standing.RENEWAL_OPEN: _("Renew “%(module)s” by %(day)s"),
    }.get(position.standing, _("Finish “%(module)s” by %(day)s"))
    return subject % {"module": title(requirement), "day": long_day(position.due_on)}


def item(
    requirement: Requirement, position: Position, _place: Municipality, *, linked: bool
) -> Item:
    detail = {
        Standing.OVERDUE: _("It was to be finished by %(day)s."),
        Standing.LAPSED: _("It was valid through %(day)s."),
        Standing.RENEWAL_OPEN: _("It is valid through %(day)s. You can renew it now."),
    }.get(position.standing, _("To be finished by %(day)s."))
    return Item(
        title(requirement),
        detail % {"day": long_day(position.due_on)},
        resume_path(key_to_do(requirement, position.standing)) if linked else "",
    )


def reason_of(mail: OutgoingMail) -> str:
    if mail.kind == OutgoingMail.Kind.WEEKLY:
        return _(
            "You chose one mail a week. Under My learning you can change that. "
            "You cannot switch off these mails: the modules are asked of your role."
        )
    return _(
        "Would you rather have one mail a week? Choose that under My learning. "
        "You cannot switch off these mails: the modules are asked of your role."
    )
