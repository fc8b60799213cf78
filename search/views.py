"""`/zoeken/`: one box, one list."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Locale, Page

from search.pages import describe, find

PER_PAGE = 10
MOST_CHARACTERS = 100


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Pages in the visitor's language in which the words occur. Without words: the box alone."""
    query = request.GET.get("q", "").strip()[:MOST_CHARACTERS]
    context: dict[str, object] = {"search_query": query, "most_characters": MOST_CHARACTERS}
    if query:
        found = find(query, Locale.get_active())
        page_obj = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
        pages = Page.objects.filter(pk__in=[page.pk for page in page_obj]).specific()
        by_key = {page.pk: page for page in pages}
        context["page_obj"] = page_obj
        context["pagination_query"] = f"{urlencode({'q': query})}&"
        context["results"] = describe(
            [by_key[page.pk] for page in page_obj if page.pk in by_key],
            query,
            signed_in=request.user.is_authenticated,
        )
    return render(request, "search/search.html", context)
