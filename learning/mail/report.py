"""The monthly report: figures of a municipality, without names, to whom its monitor named."""

from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from learning import monitoring
from learning.figures import active_requirements
from learning.mail.messages import Item, Message, composes
from learning.mail.outbox import queue
from learning.mail.stopping import stop_path, stops
from learning.models import MunicipalitySettings, OutgoingMail
from learning.models.people import today
from learning.rules.disclosure import SMALLEST_GROUP

# After so many days the figures are those of another month.
MOST_DAYS_LATE: Final = 14


def digest(address: str) -> str:
    """What tells a receiver from another, when the address itself is no longer kept."""
    return salted_hmac("learning.mail.report", address.strip().lower()).hexdigest()[:24]


def queue_reports(day: date) -> int:
    """Put the month's reports in the outbox, on the first; how many."""
    if day.day != 1 or today() - day > timedelta(days=MOST_DAYS_LATE):
        return 0
    wanted = MunicipalitySettings.objects.exclude(report_recipients=[]).select_related(
        "municipality"
    )
    return queue(
        OutgoingMail(
            kind=OutgoingMail.Kind.REPORT,
            address=address,
            municipality=settings.municipality,
            parameters={"recipient": digest(address)},
            dedupe_key=f"report:{settings.municipality_id}:{day:%Y-%m}:{digest(address)}",
        )
        for settings in wanted
        if not settings.municipality.has_merged(day)
        for address in settings.report_recipients
    )


@composes(OutgoingMail.Kind.REPORT)
def report(mail: OutgoingMail) -> Message | None:
    """The figures of the day on which it leaves; none to who was taken off the list."""
    place = mail.municipality
    if place is None or mail.address not in MunicipalitySettings.of(place).report_recipients:
        return None
    figures = monitoring.requirement_figures(place, active_requirements(place))
    return Message(
        subject=_("%(municipality)s: how far your people are")
        % {"municipality": place.display_name},
        paragraphs=(
            _("These are the figures of %(day)s. There are no names in them.")
            % {"day": date_format(today(), "j F Y")},
        )
        if figures
        else (_("Nothing is required yet. So there are no figures."),),
        items=tuple(item(each) for each in figures),
        button=_("See the page of the municipality"),
        path=reverse("municipality", args=[place.slug]),
        reason=_(
            "You receive this mail on the first of each month, because a monitor of "
            "%(municipality)s put your address on the list."
        )
        % {"municipality": place.display_name},
        stop_path=stop_path(mail),
    )


def item(figures: monitoring.RequirementFigures) -> Item:
    """A requirement in a line; of fewer than five people it says nothing."""
    total, name = figures.total, figures.requirement.subject_title
    if total.members < SMALLEST_GROUP:
        return Item(name, _("Too few people to show"))
    parts = [
        _("%(done)d of %(all)d finished (%(share)d%%)")
        % {"done": total.fulfilled, "all": total.members, "share": total.percentage}
    ]
    if total.overdue:
        parts.append(_("%(number)d too late") % {"number": total.overdue})
    if total.lapsed:
        parts.append(_("%(number)d lapsed") % {"number": total.lapsed})
    if total.lapsing:
        parts.append(_("%(number)d lapse within 60 days") % {"number": total.lapsing})
    return Item(name, ", ".join(parts))


@stops(OutgoingMail.Kind.REPORT)
def stop_reports(mail: OutgoingMail) -> None:
    """Take the receiver off the list."""
    with transaction.atomic():
        stored = (
            MunicipalitySettings.objects.select_for_update()
            .filter(municipality=mail.municipality)
            .first()
        )
        if stored is not None:
            stored.report_recipients = [
                address
                for address in stored.report_recipients
                if digest(address) != mail.parameters.get("recipient")
            ]
            stored.save(update_fields=["report_recipients"])
