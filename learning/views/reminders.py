"""`/gemeente/<slug>/herinneringen/`: writing to one's people, and the log of all mail to them."""

from typing import Any, Final

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learning import access_log, monitoring
from learning.chosen_people import chosen_people
from learning.figures import active_requirements
from learning.forms import NameForm
from learning.mail import by_hand, log
from learning.mail.audience import Audience, audience_of
from learning.mail.forms import MailLogForm, ReminderForm
from learning.mail.messages import render as render_mail
from learning.models import Mailing, Municipality, MunicipalitySettings, OutgoingMail
from learning.rules.reminders import Answer
from learning.views.monitoring import viewer_of
from learning.views.people import nobody_chosen
from learning.views.places import watched

PER_PAGE: Final = 50
MOST_HITS: Final = 100
# So many names stand on the page; the number of all is told as well.
MOST_NAMES: Final = 100
# A mail has its styles in itself, and nothing else.
CLOSED: Final = ("default-src", "script-src", "img-src", "font-src", "connect-src", "form-action")
MAIL_POLICY: Final = {**{name: [NONE] for name in CLOSED}, "style-src": [UNSAFE_INLINE]}


@watched
@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request: HttpRequest, place: Municipality) -> HttpResponse:
    """The log. POST looks for a name, which so stays out of the address."""
    members = monitoring.members_for(viewer_of(request), place)
    access_log.record(viewer_of(request), place, access_log.What.MAIL)
    form = MailLogForm(active_requirements(place), request.GET)
    name_form = NameForm(request.POST or None)
    name = name_form.cleaned_data["name"] if name_form.is_bound and name_form.is_valid() else ""
    mails = log.found(place, members, form.asked(name=name)).prefetch_related(
        "reminders__requirement"
    )
    paginator = Paginator(mails, MOST_HITS if name else PER_PAGE)
    page = paginator.get_page(None if name else request.GET.get("p"))
    context = {
        "municipality": place,
        "form": form,
        "name_form": name_form,
        "name": name,
        "page_obj": page,
        "lines": log.lines(page.object_list, members),
        "query": form.query(),
        "explained": [
            (log.LOOKS[state], state.label, text) for state, text in log.EXPLAINED.items()
        ],
        "most_hits": MOST_HITS,
        "automatic": MunicipalitySettings.of(place).automatic_reminders,
        "can_write": bool(active_requirements(place)),
    }
    return render(request, "learning/mail/log.html", context)


@watched
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, place: Municipality) -> HttpResponse:
    """Write a reminder: to a role and a status, or to who was ticked in the list of people.

    What was chosen there stands in the address (requirement, role, status) and in the form
    (`person`, or `all`), as `chosen_people` reads it.
    """
    requirements = active_requirements(place)
    if not requirements:
        return render(request, "learning/mail/write.html", {"municipality": place})
    people = by_hand.people_from(request.POST)
    if request.method == "POST" and "text" in request.POST:
        form = ReminderForm(requirements, request.POST, people=people)
        return write(request, place, form, None)
    if request.method == "POST" and "all" not in request.POST:
        members = monitoring.members_for(viewer_of(request), place)
        people = chosen_people(request, place, members).ids
        if not people:
            return nobody_chosen(request, place)
    data = request.GET
    keys = {str(each.pk): each for each in requirements}
    requirement = keys.get(str(data.get("requirement")), requirements[0])
    subject, text = by_hand.first_text(requirement)
    start = {
        "requirement": requirement.pk,
        "role": data.get("role", ""),
        "status": data.get("status", ""),
        "subject": subject,
        "text": text,
    }
    form = ReminderForm(requirements, people=people, initial=start)
    return write(request, place, form, None)


@watched
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, place: Municipality, mailing_id: int) -> HttpResponse:
    """Change a draft."""
    mailing = draft_of(place, mailing_id)
    requirements = active_requirements(place)
    start = {
        "requirement": mailing.requirement_id,
        "subject": mailing.subject,
        "text": mailing.text,
        **mailing.selection,
    }
    people = mailing.selection.get("people")
    data = request.POST if request.method == "POST" else None
    form = ReminderForm(requirements, data, people=people, initial=start)
    return write(request, place, form, mailing)


def draft_of(place: Municipality, mailing_id: int) -> Mailing:
    mailing = mailing_of(place, mailing_id)
    if mailing.sent_at is not None:
        raise Http404
    return mailing


def mailing_of(place: Municipality, mailing_id: int) -> Mailing:
    """A reminder by hand of this municipality, and of no other."""
    return get_object_or_404(
        Mailing.objects.select_related("municipality", "requirement", "job"),
        pk=mailing_id,
        municipality=place,
        requirement__isnull=False,
    )


def write(
    request: HttpRequest, place: Municipality, form: ReminderForm, mailing: Mailing | None
) -> HttpResponse:
    """Show the form, or store the draft and go and look at it."""
    if form.is_bound and form.is_valid():
        mailing = by_hand.store_draft(
            place,
            form.chosen,
            selection=form.selection,
            subject=form.cleaned_data["subject"],
            text=form.cleaned_data["text"],
            by=viewer_of(request),
            instead_of=mailing,
        )
        return redirect("mailing", place.slug, mailing.pk)
    context = {"municipality": place, "form": form, "mailing": mailing}
    return render(request, "learning/mail/write.html", context, status=422 if form.errors else 200)


@watched
@require_safe
def mailing(request: HttpRequest, place: Municipality, mailing_id: int) -> HttpResponse:
    """A draft with its preview and its receivers; once sent, what became of it."""
    found = mailing_of(place, mailing_id)
    context: dict[str, Any] = {"municipality": place, "mailing": found}
    if found.sent_at is not None:
        counts = found.mails.order_by().values_list("state")
        states = [state for (state,) in counts]
        context["states"] = [
            (log.LOOKS[state], state.label, states.count(state), log.EXPLAINED.get(state, ""))
            for state in OutgoingMail.State
            if state in states
        ]
        return render(request, "learning/mail/result.html", context)
    access_log.record(viewer_of(request), place, access_log.What.PEOPLE)
    audience = audience_of(found, viewer_of(request))
    context |= {
        "to": audience.to[:MOST_NAMES],
        "count": len(audience.to),
        "left_out": reasons(audience),
        "gone": audience.gone,
        "text": preview(found, audience)[0] if audience.to else "",
    }
    response = render(request, "learning/mail/check.html", context)
    # For the preview, which is a page of its own in a frame.
    response._csp_update = {"frame-src": [SELF]}  # type: ignore[attr-defined]  # noqa: SLF001  as django-csp's decorators do
    return response


def reasons(audience: Audience) -> list[dict[str, Any]]:
    """Who is left out, by why."""
    labels = {
        Answer.DONE: _("Have finished it"),
        Answer.TOO_SOON: _("Were reminded of it less than seven days ago"),
        Answer.NOT_ASKED: _("Need not do it: exempt, or it is not for their role"),
    }
    return [
        {"label": labels[answer], "count": len(people), "people": people[:MOST_NAMES]}
        for answer, people in audience.left_out
    ]


def preview(found: Mailing, audience: Audience) -> tuple[str, str]:
    """The mail as its first receiver will see it: plain text and HTML."""
    first = audience.to[0]
    with translation.override(found.language):
        return render_mail(by_hand.written(found, first.name, first.position), "", in_frame=True)


@watched
@require_safe
def mailing_preview(request: HttpRequest, place: Municipality, mailing_id: int) -> HttpResponse:
    """The mail itself, for in a frame."""
    found = draft_of(place, mailing_id)
    audience = audience_of(found, viewer_of(request))
    if not audience.to:
        raise Http404
    response = HttpResponse(preview(found, audience)[1])
    response._csp_replace = MAIL_POLICY  # type: ignore[attr-defined]  # noqa: SLF001  as django-csp's decorators do
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


@watched
@require_POST
def mailing_send(request: HttpRequest, place: Municipality, mailing_id: int) -> HttpResponse:
    """Send a draft in the background; asked twice, it is sent once."""
    found = mailing_of(place, mailing_id)
    job = by_hand.send(found, by=viewer_of(request))
    if job is None:
        messages.info(request, _("This message was sent already."))
        return redirect("mailing", place.slug, found.pk)
    return redirect(job)
