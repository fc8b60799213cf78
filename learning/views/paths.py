"""A learning path's page: its modules in order, and how far somebody is."""

from django.http import HttpRequest, HttpResponse

from learning.models import Completion, LearningPath, Membership
from learning.views.mine import cards_for
from learning.views.pages import respond


def serve_path(page: LearningPath, request: HttpRequest) -> HttpResponse:
    """The modules as cards, in the path's order, and the path's own completion."""
    memberships = (
        list(Membership.objects.current().filter(person=request.user))
        if request.user.is_authenticated
        else []
    )
    by_key = {card.module.translation_key: card for card in cards_for(request.user, memberships)}
    cards = [by_key[key] for key in page.module_keys() if key in by_key]
    completion = (
        Completion.objects.visible_to(request.user)
        .filter(module_key=page.translation_key)
        .current()
        .first()
    )
    return respond(page, request, "learning/path_page.html", cards=cards, completion=completion)
