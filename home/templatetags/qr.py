"""A QR code in a page, drawn as SVG."""

from django import template

from home.qr import Qr, draw

register = template.Library()


@register.simple_tag
def qr_of(text: str) -> Qr:
    """For `components/qr.html`."""
    return draw(text)
