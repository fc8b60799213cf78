"""Telling people what came of their request to join, and monitors that requests wait."""

from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.local import counting
from learning.mail.messages import Message, composes
from learning.mail.outbox import queue
from learning.models import JoinRequest, MonitorGrant, Municipality, OutgoingMail
from learning.models.people import today
from learning.schedule import daily

Kind = OutgoingMail.Kind


@daily("tell_of_requests", at=time(7))
def tell_of_requests(day: date) -> None:
    """One mail a day to each monitor of a municipality where somebody asked the day before."""
    until = timezone.make_aware(datetime.combine(day, time()))
    asked = JoinRequest.objects.waiting().filter(
        confirmed_at__gte=until - timedelta(days=1), confirmed_at__lt=until
    )
    places = {
        counting(each.municipality, today())
        for each in asked.select_related("municipality")
        if each.municipality is not None
    }
    grants = MonitorGrant.objects.active().filter(municipality__in=places, person__is_active=True)
    queue(
        OutgoingMail(
            kind=Kind.ENTRY,
            person=grant.person,
            municipality=grant.municipality,
            language=grant.person.language,
            dedupe_key=f"entry:{grant.municipality_id}:{day}:{grant.person_id}",
        )
        for grant in grants.select_related("person", "municipality")
    )


@composes(Kind.ENTRY)
def about_entry(mail: OutgoingMail) -> Message | None:
    """To somebody about their own request, else to a monitor about those that wait."""
    if mail.municipality is None or mail.person is None:
        return None
    number = mail.parameters.get("request")
    if number is None:
        return requests_wait(mail, mail.municipality)
    request = JoinRequest.objects.filter(pk=number, person=mail.person).first()
    return what_came_of(request, mail.municipality) if request is not None else None


def requests_wait(mail: OutgoingMail, place: Municipality) -> Message | None:
    """None when somebody has looked at them by now, or the receiver no longer watches."""
    waiting = (
        JoinRequest.objects.waiting().filter(municipality__in=place.counted_ids(today())).count()
    )
    watches = MonitorGrant.objects.active().filter(person=mail.person, municipality=place)
    if not waiting or not watches.exists():
        return None
    names = {"place": place.display_name, "count": waiting}
    return Message(
        subject=_("Requests to join %(place)s") % names,
        paragraphs=(
            ngettext(
                "%(count)d person asks to learn with %(place)s and waits for your answer.",
                "%(count)d people ask to learn with %(place)s and wait for your answer.",
                waiting,
            )
            % names,
        ),
        button=_("Look at the requests"),
        path=reverse("municipality_requests", args=[place.slug]),
        reason=_("You get this mail because you follow %(place)s. It comes once a day at most.")
        % names,
    )


def what_came_of(request: JoinRequest, place: Municipality) -> Message | None:
    names = {"place": place.display_name}
    reason = _("You get this mail because you asked to learn with %(place)s.") % names
    if request.status == JoinRequest.Status.JOINED:
        return Message(
            subject=_("You can begin: %(place)s has let you in") % names,
            paragraphs=(_("Your request was approved. Your modules are ready for you."),),
            button=_("Go to my learning"),
            path=reverse("mine"),
            reason=reason,
        )
    if request.status == JoinRequest.Status.REFUSED:
        no = _("%(place)s has not approved your request. Ask the council clerk if that is wrong.")
        return Message(
            subject=_("Your request to %(place)s") % names,
            paragraphs=(no % names,),
            button=_("Look at the modules"),
            path=reverse("mine"),
            reason=reason,
        )
    return None
