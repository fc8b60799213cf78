"""Languages that a site may switch on besides Dutch and English (ADR 0039)."""

from collections.abc import Iterable
from typing import Final

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KNOWN: Final = {"fy": _("Frisian")}


def extra_languages(codes: Iterable[str]) -> list[tuple[str, str | Promise]]:
    """The languages behind these codes, once each. Raises ImproperlyConfigured at another."""
    wanted = dict.fromkeys(code.strip().lower() for code in codes if code.strip())
    unknown = sorted(set(wanted) - set(KNOWN))
    if unknown:
        message = f"EXTRA_LANGUAGES names {', '.join(unknown)}; known: {', '.join(KNOWN)}."
        raise ImproperlyConfigured(message)
    return [(code, KNOWN[code]) for code in wanted]
