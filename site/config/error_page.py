"""The page for when something goes wrong with us, which must not need what went wrong.

Its words are the editors' (home/models/settings.py). Each process that reads them remembers them,
and writes them beside the database, for a process that begins when there is none.
"""

import json
import sys
from http import HTTPStatus
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template.loader import render_to_string
from django.utils import translation

Words = dict[str, dict[str, str]]
_known: Words | None = None
NAME: Final = "error-page.json"
# What is raised when there is no database to ask.
AWAY: Final = (InterfaceError, OperationalError)
SECONDS_AWAY: Final = 120


def file() -> Path:
    return Path(settings.VAR_DIR) / NAME


def remember(words: Words) -> None:
    """Keep what an editor wrote, by language: {"nl": {"title": …, "text": …}}."""
    global _known  # noqa: PLW0603  it must outlive every request, and the database
    if words == _known:
        return
    if words != stored():
        try:
            with NamedTemporaryFile("w", dir=file().parent, delete=False, encoding="utf-8") as new:
                json.dump(words, new, ensure_ascii=False)
            Path(new.name).replace(file())
        except OSError:
            # A folder that cannot be written to: this process knows them all the same.
            pass
    _known = words


def stored() -> Words:
    """What was written down, or nothing."""
    try:
        words = json.loads(file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return words if isinstance(words, dict) else {}


def server_error(request: HttpRequest) -> HttpResponse:
    """The page: no database, no cache, no context processor.

    Without a database the site is away for a while (503): search engines then keep what they know.
    """
    words = stored() if _known is None else _known
    language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    others = {code: text for code, text in words.items() if code != language}
    # Written out: to ask for an address would ask which language is the current one.
    shown = {"language": language, "home": f"/{language}/", "others": others}
    html = render_to_string("500.html", shown | {"words": words.get(language, {})})
    if isinstance(sys.exc_info()[1], AWAY):
        away = HTTPStatus.SERVICE_UNAVAILABLE
        return HttpResponse(html, status=away, headers={"Retry-After": str(SECONDS_AWAY)})
    return HttpResponseServerError(html)
