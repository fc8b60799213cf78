"""What a monitor does with the people who are ticked in the list. Each step asks first."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.models import User
from learning import monitoring
from learning.chosen_people import Chosen, chosen_people
from learning.memberships import leave_all
from learning.models import Municipality
from learning.people_forms import EndForm, RequireForm
from learning.requirements import require_of_people
from learning.views.monitoring import viewer_of
from learning.views.places import watched

# More names than this on one page are counted, not listed.
MOST_NAMES = 50


def nobody_chosen(request: HttpRequest, place: Municipality) -> HttpResponse:
    messages.error(request, _("You have not ticked anybody. Tick one or more people first."))
    return redirect(f"{place.get_absolute_url()}?{request.GET.urlencode()}#mensen")


def ask(
    request: HttpRequest, place: Municipality, chosen: Chosen, template: str, **context: Any
) -> HttpResponse:
    """The page that asks, with who it is about."""
    names = User.objects.filter(pk__in=chosen.ids[:MOST_NAMES]).order_by("name")
    return render(
        request,
        template,
        {
            "municipality": place,
            "chosen": chosen,
            "names": list(names.values_list("name", flat=True)),
            "more": max(chosen.count - MOST_NAMES, 0),
            "query": request.GET.urlencode(),
            **context,
        },
        status=422 if context["form"].errors else 200,
    )


@watched
@require_POST
def end_memberships(request: HttpRequest, place: Municipality) -> HttpResponse:
    """End the memberships of the ticked people in this municipality, after asking."""
    members = monitoring.members_for(viewer_of(request), place)
    chosen = chosen_people(request, place, members)
    if not chosen.ids:
        return nobody_chosen(request, place)
    form = EndForm(request.POST if "confirm" in request.POST else None)
    if form.is_bound and form.is_valid():
        ended = leave_all(
            members.filter(person__in=chosen.ids),
            ends_on=form.cleaned_data["ends_on"],
            by=viewer_of(request),
            via="monitor",
        )
        messages.success(
            request,
            ngettext(
                "%(ended)s membership has ended. What was learned is kept.",
                "%(ended)s memberships have ended. What was learned is kept.",
                ended,
            )
            % {"ended": ended},
        )
        return redirect(place)
    return ask(request, place, chosen, "learning/people_end.html", form=form)


@watched
@require_POST
def require_people(request: HttpRequest, place: Municipality) -> HttpResponse:
    """Ask a module or learning path of the ticked people alone, after asking."""
    members = monitoring.members_for(viewer_of(request), place)
    chosen = chosen_people(request, place, members)
    if not chosen.ids:
        return nobody_chosen(request, place)
    form = RequireForm(request.POST if "confirm" in request.POST else None)
    if form.is_bound and form.is_valid():
        try:
            requirement = require_of_people(
                place,
                form.chosen_subject,
                chosen.ids,
                due_on=form.cleaned_data["due_on"],
                by=viewer_of(request),
            )
        except ValidationError as error:
            form.add_error("due_on", error.messages[0])
        else:
            messages.success(
                request,
                ngettext(
                    "“%(module)s” is now asked of %(people)s person.",
                    "“%(module)s” is now asked of %(people)s people.",
                    chosen.count,
                )
                % {"module": requirement.subject_title, "people": chosen.count},
            )
            return redirect(f"{place.get_absolute_url()}?requirement={requirement.pk}#mensen")
    return ask(request, place, chosen, "learning/people_require.html", form=form)
