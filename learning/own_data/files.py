"""Everything of somebody as a zip: JSON for programs, HTML for people, certificates as PDF."""

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any, Final

import structlog
import typst
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from learning.certificates import certificate_for
from learning.exports.certificate import as_pdf
from learning.exports.whole import one_moment, whole
from learning.models import Certificate, Completion
from learning.own_data.collecting import SCHEMA, Row, collect, tables
from learning.own_data.keys import KEYS
from learning.rules.certificates import Standing

# So many rows go together into the file while it is made.
FORMAT: Final = "raadsleden-veiligheid/own-data"

log = structlog.stdlib.get_logger("house.own_data")


def zip_name(day: date) -> str:
    return f"{slugify(_('my data'))}-{day:%Y-%m-%d}.zip"


def everything_file(person: User) -> IO[bytes]:
    """The zip, whole, in the language that is active.

    Raises `learning.exports.tables.NotWholeError`.
    """
    certificates = certificates_of(person)

    def write(file: IO[bytes]) -> None:
        with one_moment():
            collected = collect(person)
        name = slugify(_("my data"))
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"{name}.json", as_json(collected))
            archive.writestr(f"{name}.html", as_html(collected))
            for certificate in certificates:
                add_certificate(archive, certificate)

    return whole(write)


def certificates_of(person: User) -> list[Certificate]:
    """Of what was finished and not withdrawn; made now where nobody had looked at it yet."""
    finished = Completion.objects.filter(person=person).select_related("person", "certificate")
    return [
        certificate_of(done)
        for done in finished.order_by("completed_on", "pk")
        if done.standing is not Standing.WITHDRAWN
    ]


def certificate_of(done: Completion) -> Certificate:
    made: Model | None = getattr(done, "certificate", None)
    return made if isinstance(made, Certificate) else certificate_for(done)


def add_certificate(archive: zipfile.ZipFile, certificate: Certificate) -> None:
    """The rest of somebody's data does not wait for one PDF that cannot be made."""
    done = certificate.completion
    try:
        content = as_pdf(certificate)
    except (typst.TypstError, OSError) as error:
        # The words of the error may hold a name.
        log.warning("certificate not made", error=type(error).__name__)
        return
    title = slugify(done.module_title)[:60]
    folder = slugify(_("certificates"))
    name = f"{folder}/{title}-{done.completed_on:%Y-%m-%d}-{done.pk}.pdf"
    archive.writestr(zipfile.ZipInfo(name, zip_moment(done.completed_on)), content)


def zip_moment(day: date) -> tuple[int, int, int, int, int, int]:
    return (max(day.year, 1980), day.month, day.day, 0, 0, 0)


def as_json(collected: dict[str, list[Row]]) -> str:
    """For programs: dates by ISO 8601, times in UTC."""
    whole_file = {
        "format": FORMAT,
        "schema": SCHEMA,
        "made_at": timezone.now(),
        "language": translation.get_language(),
        "tables": {key: str(each.title) for key, each in tables().items()},
        "keys": {key: str(label) for key, label in sorted(KEYS.items())},
        "data": collected,
    }
    return json.dumps(whole_file, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)


@dataclass(frozen=True, slots=True)
class Line:
    """A key and its value, ready to be shown; `rows` are rows within it."""

    label: str
    value: str
    rows: list[list["Line"]]


def as_html(collected: dict[str, list[Row]]) -> str:
    """For people: one file that asks nothing of the network."""
    sections = [
        {
            "key": key,
            "title": str(tables()[key].title),
            "rows": [lines_of(row) for row in rows],
        }
        for key, rows in collected.items()
    ]
    context = {
        "language": translation.get_language(),
        "filled": [each for each in sections if each["rows"]],
        "empty": [each for each in sections if not each["rows"]],
        "made_at": timezone.now(),
        "person": collected["profile"][0]["name"],
    }
    return render_to_string("learning/own_data/file.html", context)


def lines_of(row: Row) -> list[Line]:
    """A row without what is empty."""
    return [
        Line(str(KEYS[key]), in_words(value), list(inner_rows(value)))
        for key, value in row.items()
        if value not in (None, "", [])
    ]


def inner_rows(value: Any) -> Iterator[list[Line]]:
    if isinstance(value, list):
        for each in value:
            if isinstance(each, dict):
                yield lines_of(each)


def in_words(value: Any) -> str:
    match value:
        case list():
            return ", ".join(in_words(each) for each in value if not isinstance(each, dict))
        case bool():
            return pgettext("answer", "Yes") if value else pgettext("answer", "No")
        case datetime():
            return date_format(timezone.localtime(value), "j F Y, H:i")
        case date():
            return date_format(value, "j F Y")
        case float():
            return (
                f"{value:g}".replace(".", ",")
                if translation.get_language() == "nl"
                else f"{value:g}"
            )
        case _:
            return str(value)
