"""What types of pages there are, as the database numbers them."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import Page, get_page_models


def know_page_types(*others: type[Model]) -> None:
    """Ask for the numbers of all page types at once, and of what else will be asked for.

    Django remembers them as long as the process lives, and would otherwise ask for each by itself.
    """
    ContentType.objects.get_for_models(*get_page_models(), *others)


def as_its_type(page: Page) -> Page:
    """A page, come with its language, as its own type: with that, and with what is above it."""
    know_page_types()
    found: Page = page.specific
    found.locale = page.locale
    if hasattr(page, "_cached_parent_obj"):
        found._cached_parent_obj = page._cached_parent_obj
    return found
