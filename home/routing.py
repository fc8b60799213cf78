"""Finding a page by its address in two queries, however deep it lies.

Wagtail walks down one slug at a time, two queries each. A lesson lies three deep, and
its page is asked for more than any other.
"""

from itertools import accumulate, pairwise, takewhile

from django.http import Http404
from wagtail.models import Page

from home.page_types import as_its_type


def find_page(start: Page, slugs: list[str]) -> tuple[Page, list[str]]:
    """The deepest page below `start` along `slugs`, as its own type, and the slugs left over.

    Raises Http404 when not even the first slug leads to a page. The pages passed on the way
    are remembered as parents, so that asking for a parent later costs nothing.
    """
    pages = pages_along(start.url_path, slugs)
    if len(pages) < 2:
        raise Http404
    pages[1]._cached_parent_obj = start
    return as_its_type(pages[-1]), slugs[len(pages) - 1 :]


def pages_along(start: str, slugs: list[str]) -> list[Page]:
    """The pages along an address, from that at `start` on, as far as there are any.

    Each knows its language and the page before it.
    """
    addresses = list(accumulate(slugs, lambda above, slug: f"{above}{slug}/", initial=start))
    there = Page.objects.filter(url_path__in=addresses).select_related("locale")
    found = {page.url_path: page for page in there}
    pages = [found[each] for each in takewhile(found.__contains__, addresses)]
    for parent, page in pairwise(pages):
        page._cached_parent_obj = parent
    return pages
