"""The cards of pages, for the machines of those with whom a page is shared."""

from typing import Final

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from home.sharing import cards

FOR_GOOD: Final = "public, max-age=31536000, immutable"


@require_safe
def social_card(request: HttpRequest, page_id: int, fingerprint: str) -> HttpResponse:
    """A page's card. An address of an earlier version leads to the one that it has now."""
    page = cards.public_page(page_id)
    if page is None:
        raise Http404
    address = cards.address_of(page)
    if request.path != address:
        return HttpResponseRedirect(address)
    name = cards.stored(page)
    if name is None:
        # Somebody else's request is making it: for now, the site's own.
        return HttpResponseRedirect(static("social-card.png"))
    with default_storage.open(name) as file:
        response = HttpResponse(file.read(), content_type="image/png")
    response.headers["Cache-Control"] = FOR_GOOD
    return response
