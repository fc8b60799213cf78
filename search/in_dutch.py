"""Where one searches on in the site's first language: most of what there is, is in that."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from wagtail.models import Locale

from home.main_pages import first_locale
from search.finding import find


@dataclass(frozen=True, slots=True)
class Further:
    """The same words, searched for in another language. Their number only where it matters."""

    url: str
    language: str
    count: int | None = None


def further(text: str, locale: Locale, *, found_here: int) -> Further | None:
    """None in that language itself, or when it has nothing either."""
    first = first_locale()
    if locale == first:
        return None
    count = None if found_here else find(text, first).total
    if count == 0:
        return None
    with translation.override(settings.LANGUAGE_CODE):
        url = f"{reverse('search')}?{urlencode({'q': text})}"
    return Further(url, settings.LANGUAGE_CODE, count)
