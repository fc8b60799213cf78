"""`/hulp/`: who helps, for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from learning.help import help_for
from learning.views.pages import personal


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """National support, and to who has signed in the people of their own municipality."""
    response = render(request, "learning/help.html", {"help": help_for(request.user)})
    return personal(response) if request.user.is_authenticated else response
