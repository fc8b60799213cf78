"""What files are called, and how they are handed over."""

from datetime import date
from typing import IO, Final

from django.http import HttpResponse
from django.utils.text import slugify

from learning.exports import csv_file, report, xlsx

CONTENT_TYPES: Final = {
    "xlsx": xlsx.CONTENT_TYPE,
    "csv": csv_file.CONTENT_TYPE,
    "pdf": report.CONTENT_TYPE,
    "zip": "application/zip",
}


def file_name(whose: str, what: str, day: date, kind: str) -> str:
    """As in utrecht-personen-2026-06-01.xlsx."""
    return f"{slugify(whose)}-{slugify(what)}-{day:%Y-%m-%d}.{kind}"


def handed_over(content: IO[bytes] | bytes, name: str) -> HttpResponse:
    """A whole file as an answer: its length is known before the first byte leaves."""
    if not isinstance(content, bytes):
        with content:
            content = content.read()
    response = HttpResponse(content, content_type=CONTENT_TYPES[name.rpartition(".")[2]])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
