"""`{% responsive image "body" alt=value.alt_text %}`: see home/pictures.py."""

from typing import Any

from django import template
from wagtail.images.models import Image

from home.pictures import shown

register = template.Library()


@register.inclusion_tag("components/picture.html")
def responsive(
    image: Image | None, shape: str, *, alt: str = "", first: bool = False
) -> dict[str, Any]:
    """A picture in the size and format that the browser likes best.

    `first` for one that is in sight at once: it is fetched before others, and not when scrolled to.
    """
    picture = None
    if image is not None:
        try:
            picture = shown(image, shape)
        except OSError:
            # Its file is gone. A page without it is better than none.
            picture = None
    return {"picture": picture, "alt": alt, "first": first}
