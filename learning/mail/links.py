"""Where the button in a mail leads, and what things are called in the receiver's language."""

from typing import Final
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from home.publication import Kept
from learning.models import ModulePage

TITLES: Final = Kept[dict[str, str]]()


def resume_path(module_key: UUID | None) -> str:
    """The address that leads on in a module, by way of signing in. Nothing in it is personal."""
    return reverse("resume", args=[module_key])


def title_of(module_key: UUID | None) -> str:
    """A module's title in the active language, or in the site's first; empty if it is gone."""
    titles = TITLES.get(module_key, lambda: ask_titles(module_key))
    return titles.get(get_language() or "", titles.get(settings.LANGUAGE_CODE, ""))


def ask_titles(module_key: UUID | None) -> dict[str, str]:
    pages = ModulePage.objects.live().filter(translation_key=module_key)
    return dict(pages.values_list("locale__language_code", "title"))


def module_to_resume(module_key: UUID) -> ModulePage | None:
    """The module in the language of the request, or else in the site's first."""
    pages = {
        page.locale.language_code: page
        for page in ModulePage.objects.live()
        .public()
        .filter(translation_key=module_key)
        .select_related("locale")
    }
    return pages.get(get_language() or "") or pages.get(settings.LANGUAGE_CODE)
