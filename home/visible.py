"""What any visitor may see, at the cost of one question for the whole site."""

from typing import Any, Final, TypeVar

from wagtail.models import PageViewRestriction

from home.publication import Kept

RESTRICTED: Final = Kept[bool]()
Pages = TypeVar("Pages", bound=Any)


def restrictions_exist() -> bool:
    """Whether any page of the site is for some visitors only."""
    return RESTRICTED.get("any", PageViewRestriction.objects.exists)


def for_everybody(pages: Pages) -> Pages:
    """The live pages that no restriction hides: `live().public()`, which would ask each time."""
    live: Pages = pages.live()
    return live.public() if restrictions_exist() else live
