"""A certificate as a tagged PDF (PDF/UA-1), set by Typst from `certificate.typ`.

The same certificate is the same file, to the last byte: nothing in it depends on when it is made.
"""

from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from home.chamber import WIDTH, places
from home.qr import draw
from home.typeface import FAMILIES, fonts, written
from home.typesetting import REGIONS, tagged_pdf
from learning.certificate_words import day_label, deed, kind_label, spoken_time
from learning.mail.messages import absolute
from learning.models import Certificate, Completion

TEMPLATE: Final = Path(__file__).with_name("certificate.typ")
AUTHOR: Final = "Raadsleden & Veiligheid"
# What was finished has the title that it has in the site's first language.
TITLE_LANGUAGE: Final = "nl"
SEATS: Final = 45
# The wordmark of the site (components/wordmark.html): x, y and radius.
MARK: Final = (
    *((6, 44, 5), (13, 24, 5), (29, 10, 5), (49, 6, 5), (68, 14, 5), (80, 31, 5)),
    *((27, 44, 4.5), (33, 31, 4.5), (46, 26, 4.5), (58, 33, 4.5), (62, 45, 4.5)),
)


def as_pdf(certificate: Certificate) -> bytes:
    """The file, in the certificate's own language.

    Raises `typst.TypstError` when it would not be accessible.
    """
    with translation.override(certificate.language):
        data = data_of(certificate)
    day = certificate.completion.completed_on
    return tagged_pdf(TEMPLATE, "certificate", data, day, typefaces=fonts())


def check_url(certificate: Certificate) -> str:
    """Where anybody can check it, in the certificate's own language."""
    with translation.override(certificate.language):
        return absolute(reverse("certificate_check", args=[certificate.spelled_code]))


def data_of(certificate: Certificate) -> dict[str, Any]:
    """The certificate as the template takes it."""
    done = certificate.completion
    language = certificate.language
    subject, day, url = written(done.module_title), done.completed_on, check_url(certificate)
    return {
        "title": _("Certificate: %(title)s") % {"title": subject},
        "heading": _("Certificate"),
        "author": AUTHOR,
        "description": f"{written(done.person.name)}, {subject}, {date_format(day, 'j F Y')}",
        "day": [day.year, day.month, day.day],
        "lang": language[:2],
        "region": REGIONS.get(language[:2], "nl"),
        "fonts": FAMILIES,
        "name": written(done.person.name),
        "deed": written(deed(done)),
        "subject": subject,
        "subject_lang": TITLE_LANGUAGE,
        "facts": [{"label": label, "value": value} for label, value in facts(done)],
        "note": _("An example site. Its content is example content and not legally binding."),
        "qr": svg_of(url),
        "qr_alt": _("QR code that leads to the page where this certificate can be checked."),
        "check": _("Check this certificate at"),
        "url": url,
        "address": address_in_words(url, certificate),
        "code": certificate.spelled_code,
        "chamber": drawn(places(SEATS), WIDTH, WIDTH / 2),
        "mark": drawn(MARK, 88, 50),
    }


def facts(done: Completion) -> list[tuple[str, str]]:
    """What stands in the row at the foot, as label and value."""
    found = [(day_label(done.kind), date_format(done.completed_on, "j F Y"))]
    if done.kind != Completion.Kind.FINISHED:
        found.append((pgettext("certificate", "How"), kind_label(done.kind)))
    if done.minutes:
        found.append((pgettext("certificate", "Extent"), spoken_time(done.minutes)))
    if done.last_day is not None:
        found.append(
            (pgettext("certificate", "Valid through"), date_format(done.last_day, "j F Y"))
        )
    return found


def address_in_words(url: str, certificate: Certificate) -> str:
    """The address to type, to which the code is added."""
    parts = urlsplit(url)
    return f"{parts.netloc}{parts.path}".removesuffix(f"{certificate.spelled_code}/")


def svg_of(url: str) -> str:
    qr = draw(url)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {qr.size} {qr.size}">'
        f'<rect width="{qr.size}" height="{qr.size}" fill="#fff"/><path d="{qr.path}"/></svg>'
    )


def drawn(circles: Any, width: float, height: float) -> dict[str, Any]:
    """Circles in a box, as numbers."""
    seats = [{"x": x, "y": y, "r": r} for x, y, r in circles]
    return {"width": width, "height": height, "seats": seats}
