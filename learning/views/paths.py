"""A learning path's page: its modules in order, and how far somebody is."""

from django.http import HttpRequest, HttpResponse

from learning.models import LearningPath, Membership
from learning.views.mine import cards_for, completions_of
from learning.views.pages import respond


def serve_path(page: LearningPath, request: HttpRequest) -> HttpResponse:
    """The modules as cards, in the path's order, and the path's own completion."""
    memberships = (
        list(Membership.objects.current().filter(person=request.user))
        if request.user.is_authenticated
        else []
    )
    completions = completions_of(request.user)
    cards_of_all = cards_for(request.user, memberships, completions)
    by_key = {card.module.translation_key: card for card in cards_of_all}
    cards = [by_key[key] for key in page.module_keys() if key in by_key]
    completion = completions.get(page.translation_key)
    return respond(page, request, "learning/path_page.html", cards=cards, completion=completion)
