"""`/netwerk/berichten/`: what peers write to each other, blocking and reporting."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.limits import too_often
from accounts.models import User
from learning.rules.retention import period
from learning.views.limits import too_many
from learning.views.monitoring import viewer_of
from meetings.forms import MessageForm, ReportForm
from meetings.models import Block, Conversation, PeerMessage
from meetings.network import serves_now
from meetings.peer_messages import NotSent, answer, block, may_go_on, report, unblock
from meetings.views.finding import signed_in
from meetings.views.network import LIMIT
from meetings.words import called, halt_words


def conversation_of(person: User, key: UUID) -> Conversation:
    """One of somebody's own. Raises Http404."""
    own = Conversation.objects.visible_to(person).select_related("first", "second")
    return get_object_or_404(own, key=key)


@signed_in("GET", "HEAD")
def overview(request: HttpRequest) -> HttpResponse:
    """With whom somebody writes, and whom they blocked."""
    person = viewer_of(request)
    rows: Any = (
        Conversation.objects.visible_to(person)
        .select_related("first", "second")
        .annotate(last_at=Max("messages__sent_at"))
        .filter(last_at__isnull=False)
        .order_by("-last_at")
    )
    blocked = Block.objects.filter(blocker=person).select_related("blocked").order_by("pk")
    context = {
        "conversations": [(row, called(row.other(person)), row.last_at) for row in rows],
        "blocks": [(each.pk, called(each.blocked)) for each in blocked],
        "kept_days": period("network_messages").days,
    }
    return render(request, "meetings/network/overview.html", context)


@signed_in("GET", "HEAD", "POST")
def conversation(request: HttpRequest, key: UUID) -> HttpResponse:
    """What was written, and writing on."""
    person = viewer_of(request)
    found = conversation_of(person, key)
    form = MessageForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if too_many(request, LIMIT):
            return too_often(request, action=("allauth.account", LIMIT))
        data = form.cleaned_data
        try:
            answer(person, found, data["body"], form_key=data["key"])
        except NotSent as not_sent:
            form.add_error(None, halt_words(not_sent.why))
        else:
            messages.success(request, _("Your message is on its way."))
            return redirect(request.path)
    other = found.other(person)
    context = {
        "conversation": found,
        "name": called(other),
        "serves": serves_now(other),
        "lines": list(found.messages.select_related("sender").order_by("sent_at", "pk")),
        "form": form,
        "is_open": may_go_on(person, found),
        "kept_days": period("network_messages").days,
    }
    return render(
        request, "meetings/network/conversation.html", context, status=422 if form.errors else 200
    )


@signed_in("GET", "HEAD", "POST")
def block_other(request: HttpRequest, key: UUID) -> HttpResponse:
    """Asks first; it can be taken back."""
    person = viewer_of(request)
    found = conversation_of(person, key)
    if request.method == "POST":
        block(person, found.other(person))
        messages.success(request, _("Blocked. You can take it back here."))
        return redirect("peer_conversations")
    context = {"conversation": found, "name": called(found.other(person))}
    return render(request, "meetings/network/block.html", context)


@signed_in("POST")
def take_back(request: HttpRequest, block_id: int) -> HttpResponse:
    """End a block of one's own."""
    if not unblock(viewer_of(request), block_id):
        raise Http404
    messages.success(request, _("You no longer block this person."))
    return redirect("peer_conversations")


@signed_in("GET", "HEAD", "POST")
def report_message(request: HttpRequest, key: UUID, message_id: int) -> HttpResponse:
    """Tell administrators of one message that the other wrote."""
    person = viewer_of(request)
    found = conversation_of(person, key)
    lines: Any = PeerMessage.objects.filter(conversation=found).exclude(sender=person)
    message = get_object_or_404(lines.select_related("sender"), pk=message_id)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        report(person, message, why=form.cleaned_data["why"])
        messages.success(request, _("Thank you. An administrator looks at it."))
        return redirect("peer_conversation", found.key)
    context = {"form": form, "conversation": found, "message_shown": message}
    return render(
        request, "meetings/network/report.html", context, status=422 if form.errors else 200
    )
