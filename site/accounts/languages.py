"""The languages of the site, which a setting may add to (EXTRA_LANGUAGES)."""

from django.conf import settings
from django.utils.translation import get_language_info


def language_choices() -> list[tuple[str, str]]:
    """For a field: asked when needed, so that another setting is no change of a model."""
    return [(code, str(name)) for code, name in settings.LANGUAGES]


def own_name(code: str) -> str:
    """A language's name for itself: who reads no Dutch still finds theirs."""
    name = str(get_language_info(code)["name_local"])
    return name[:1].upper() + name[1:]
