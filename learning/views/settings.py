"""`/gemeente/<slug>/instellingen/`: what a municipality says in lessons, and how it is served."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from learning.models import Municipality, MunicipalitySettings, ScimConnection
from learning.models.people import today
from learning.settings_form import SettingsForm
from learning.views.monitoring import viewer_of
from learning.views.places import watched


def own_system_of(place: Municipality) -> ScimConnection | None:
    """The connection with the municipality's own system, once it has a key that works."""
    every = ScimConnection.objects.filter(municipality=place).prefetch_related("tokens")
    found = every.first()
    return found if found is not None and found.working_keys else None


@watched
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, place: Municipality) -> HttpResponse:
    stored = MunicipalitySettings.of(place)
    checked_on, due = stored.checked_on, stored.needs_checking(today())
    form = SettingsForm(request.POST or None, instance=stored)
    if request.method == "POST" and form.is_valid():
        form.save_for(viewer_of(request))
        messages.success(request, _("Saved. Your people see it in their lessons from now on."))
        return redirect("municipality_settings", place.slug)
    return render(
        request,
        "learning/municipality_settings.html",
        {
            "municipality": place,
            "form": form,
            "checked_on": checked_on,
            "due": due,
            "own_system": own_system_of(place),
        },
        status=422 if form.errors else 200,
    )
