"""`/netwerk/`: finding peers, and being found."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.limits import too_often
from accounts.models import User
from learning.models import Membership
from learning.rules.retention import period
from learning.views.limits import too_many
from learning.views.monitoring import viewer_of
from meetings.forms import EntryForm, FindForm, MessageForm
from meetings.models import NetworkEntry
from meetings.network import (
    Barred,
    NotServing,
    is_barred,
    join,
    leave,
    looked_for,
    peer_of,
    shown,
    theme_names,
)
from meetings.peer_messages import NotSent, write_to
from meetings.views.finding import signed_in
from meetings.words import halt_words

PER_PAGE = 20
LIMIT = "peer"


def own_entry(person: User) -> NetworkEntry | None:
    return NetworkEntry.objects.open().filter(person=person).first()


@never_cache
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Who wants to be found by who asks; for who is not in it, a visitor too, what it is."""
    if not request.user.is_authenticated:
        return render(request, "meetings/network/about.html")
    person = viewer_of(request)
    entry = own_entry(person)
    if entry is None:
        serving = Membership.objects.current().filter(person=person).exists()
        may_join = {"may_join": serving and not is_barred(person), "serving": serving}
        return render(request, "meetings/network/about.html", may_join)
    form = FindForm(request.GET)
    found = looked_for(NetworkEntry.objects.visible_to(person), **form.chosen())
    page_obj = Paginator(shown(found), PER_PAGE).get_page(request.GET.get("p"))
    names = theme_names(get_language())
    query = {name: form.value(name) for name in form.fields if form.value(name)}
    context = {
        "form": form,
        "peers": [peer_of(each, names) for each in page_obj],
        "page_obj": page_obj,
        "query": f"{urlencode(query)}&" if query else "",
        "is_filtered": bool(query),
    }
    return render(request, "meetings/network/find.html", context)


@signed_in("GET", "HEAD", "POST")
def mine(request: HttpRequest) -> HttpResponse:
    """What somebody lets peers know, and stopping that."""
    person = viewer_of(request)
    if request.POST.get("do") == "stop":
        leave(person)
        messages.success(request, _("You can no longer be found. What you had filled in is gone."))
        return redirect("network")
    entry = own_entry(person)
    form = EntryForm(request.POST if request.method == "POST" else None, initial=told(entry))
    if form.is_bound and form.is_valid():
        try:
            join(person, **form.cleaned_data)
        except NotServing:
            form.add_error(None, _("You do not serve a municipality now. Ask your council clerk."))
        except Barred:
            form.add_error(None, _("You cannot take part now. Ask the administrator why."))
        else:
            messages.success(request, _("Stored. You can be found."))
            return redirect("network")
    context = {"form": form, "entry": entry, "kept_days": period("network_messages").days}
    return render(
        request, "meetings/network/mine.html", context, status=422 if form.errors else 200
    )


def told(entry: NetworkEntry | None) -> dict[str, object]:
    if entry is None:
        return {}
    return {"found_by": entry.found_by, "themes": entry.themes.all(), "question": entry.question}


@signed_in("GET", "HEAD", "POST")
def write(request: HttpRequest, entry_id: int) -> HttpResponse:
    """A first message to somebody in the list."""
    person = viewer_of(request)
    entry = get_object_or_404(shown(NetworkEntry.objects.visible_to(person)), pk=entry_id)
    form = MessageForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if too_many(request, LIMIT):
            return too_often(request, action=("allauth.account", LIMIT))
        data = form.cleaned_data
        try:
            message = write_to(person, entry, data["body"], form_key=data["key"])
        except NotSent as not_sent:
            form.add_error(None, halt_words(not_sent.why))
        else:
            messages.success(request, _("Your message is on its way."))
            return redirect("peer_conversation", message.conversation.key)
    context = {
        "form": form,
        "peer": peer_of(entry, theme_names(get_language())),
        "kept_days": period("network_messages").days,
    }
    return render(
        request, "meetings/network/write.html", context, status=422 if form.errors else 200
    )
