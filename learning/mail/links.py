"""Where the button in a mail leads, and what things are called in the receiver's language."""

from collections import defaultdict
from typing import Final
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from accounts.models import User
from home.publication import Kept
from learning.models import LearningPath, ModulePage
from learning.paths import parts_of
from learning.steps import ways_of

TITLES: Final = Kept[dict[str, str]]()


def resume_path(module_key: UUID | None) -> str:
    """The address that leads on in a module, by way of signing in. Nothing in it is personal."""
    return reverse("resume", args=[module_key])


def title_of(module_key: UUID | None) -> str:
    """What a module or path is called in the active language; empty if it is gone."""
    titles = TITLES.get(module_key, lambda: ask_titles(module_key))
    return titles.get(get_language() or "", titles.get(settings.LANGUAGE_CODE, ""))


def ask_titles(key: UUID | None) -> dict[str, str]:
    titles: dict[str, str] = {}
    for kind in (ModulePage, LearningPath):
        pages = kind.objects.live().filter(translation_key=key)
        titles |= dict(pages.values_list("locale__language_code", "title"))
    return titles


def module_to_resume(person: User, key: UUID) -> ModulePage | None:
    """The module, or of a learning path the first that is not finished.

    In the language of the request, or else in the site's first.
    """
    keys = parts_of(key)
    found: dict[UUID, dict[str, ModulePage]] = defaultdict(dict)
    pages = ModulePage.objects.live().public().filter(translation_key__in=keys)
    for page in pages.select_related("locale"):
        found[page.translation_key][page.locale.language_code] = page
    language, first = get_language() or "", settings.LANGUAGE_CODE
    modules = [page for key in keys if (page := found[key].get(language) or found[key].get(first))]
    ways = ways_of(person, modules)
    unfinished = (each for each in modules if not ways[each.translation_key].is_completed)
    return next(unfinished, modules[0] if modules else None)
