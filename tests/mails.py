"""Reading the mail that was sent."""

import re
from html import unescape

from django.conf import settings
from django.core.mail import EmailMultiAlternatives


def link_in(mail: EmailMultiAlternatives) -> str:
    """The path that the mail's one button leads to; the same in text and in HTML."""
    html = str(mail.alternatives[0][0])
    (in_html,) = re.findall(r'<a href="([^"]+)" style="display:inline-block', html)
    url = unescape(in_html)
    assert url in mail.body
    assert url.startswith(settings.BASE_URL)
    return url.removeprefix(settings.BASE_URL)
