"""Finding a page by its address in two queries, however deep it lies.

Wagtail walks down one slug at a time, two queries each. A lesson lies three deep, and
its page is asked for more than any other.
"""

from django.http import Http404
from wagtail.models import Page


def find_page(start: Page, slugs: list[str]) -> tuple[Page, list[str]]:
    """The deepest page below `start` along `slugs`, as its own type, and the slugs left over.

    Raises Http404 when not even the first slug leads to a page. The pages passed on the way
    are remembered as parents, so that asking for a parent later costs nothing.
    """
    addresses: list[str] = []
    for slug in slugs:
        addresses.append(f"{addresses[-1] if addresses else start.url_path}{slug}/")
    found = {
        page.url_path: page
        for page in Page.objects.descendant_of(start).filter(url_path__in=addresses)
    }
    parent, depth = start, 0
    for address in addresses:
        page = found.get(address)
        if page is None:
            break
        page._cached_parent_obj = parent
        parent, depth = page, depth + 1
    if depth == 0:
        raise Http404
    specific = parent.specific
    specific._cached_parent_obj = parent._cached_parent_obj
    return specific, slugs[depth:]
