"""Files that were made to do harm: refused in plain words, within a second, in bounded memory."""

import io
import stat
import time
import tracemalloc
import zipfile

import pytest

from learning.interchange.texts import why_unreadable
from learning.rules.interchange import formats, markup
from learning.rules.interchange.formats import Format
from learning.rules.interchange.items import RefusedError, Trouble, UnreadableError, number
from learning.rules.interchange.packages import LARGEST_UNFOLDED, beside
from tests.learning.interchange.samples import SAMPLES

MOST_MEMORY = 2 * LARGEST_UNFOLDED
ITEM = formats.write(Format.QTI_21, SAMPLES[:1])


def zipped(files, **attributes):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            part = zipfile.ZipInfo(name)
            part.compress_type = zipfile.ZIP_DEFLATED
            for key, value in attributes.items():
                setattr(part, key, value)
            package.writestr(part, content)
    return target.getvalue()


def lying_zip():
    """A part that says it is small and is not."""
    content = bytearray(zipped({"imsmanifest.xml": b"<m>" + b" " * 30_000_000 + b"</m>"}))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = content.index(mark) + at
        content[start : start + 4] = (2000).to_bytes(4, "little")
    return bytes(content)


def laughs(opening, closing):
    entities = '<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
    )
    return f"<!DOCTYPE x [{entities}]>{opening}&a9;{closing}".encode()


HOSTILE = {
    "a zip bomb": (zipped({"imsmanifest.xml": b"0" * 19_000_000}), Trouble.UNFOLDS),
    "many bombs": (
        zipped({f"{n}.xml": bytes(range(256)) * 78_000 for n in range(4)}),
        Trouble.UNFOLDS,
    ),
    "a bomb that lies": (lying_zip(), None),
    "too many files": (zipped({f"{n}.xml": b"" for n in range(3001)}), Trouble.TOO_MANY_FILES),
    "a path upwards": (zipped({"../../etc/passwd": b"x"}), Trouble.UNSAFE_NAME),
    "an absolute path": (zipped({"/etc/passwd": b"x"}), Trouble.UNSAFE_NAME),
    "a path of Windows": (zipped({"c:\\x.xml": b"x"}), Trouble.UNSAFE_NAME),
    "a deep path": (zipped({"a/" * 30 + "x.xml": b"x"}), Trouble.UNSAFE_NAME),
    "a link": (
        zipped({"imsmanifest.xml": b"/etc/passwd"}, external_attr=(stat.S_IFLNK | 0o777) << 16),
        Trouble.LINK,
    ),
    "billion laughs": (laughs("<quiz>", "</quiz>"), Trouble.DOCTYPE),
    "a file from outside": (
        b'<!DOCTYPE q [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>&x;</quiz>',
        Trouble.DOCTYPE,
    ),
    "a document type from elsewhere": (
        b'<!DOCTYPE quiz SYSTEM "http://127.0.0.1/x.dtd"><quiz/>',
        Trouble.DOCTYPE,
    ),
    "parameter entities": (
        b'<!DOCTYPE q [<!ENTITY % x SYSTEM "file:///etc/passwd">%x;]><quiz/>',
        Trouble.DOCTYPE,
    ),
    "deep nesting": (b"<quiz>" + b"<a>" * 50_000, Trouble.TOO_DEEP),
    "no end of elements": (b"<quiz>" + b"<a/>" * 1_000_000 + b"</quiz>", Trouble.TOO_DEEP),
    "no end of attributes": (
        b"<quiz " + b" ".join(b'a%d=""' % n for n in range(500_000)) + b"/>",
        Trouble.TOO_DEEP,
    ),
    "an encoding that is none": (
        b'<?xml version="1.0" encoding="no-such"?><quiz/>',
        Trouble.DAMAGED_XML,
    ),
    "no end of questions": (
        b"<quiz>" + b'<question type="essay"/>' * 501 + b"</quiz>",
        Trouble.TOO_MANY,
    ),
    "a large file": (b"a" * (20 * 1024 * 1024 + 1), Trouble.TOO_LARGE),
    "a package without questions": (zipped({"imsmanifest.xml": b"<m/>"}), Trouble.NO_QUESTIONS),
    "braces without end": (b"{" * 2_000_000, None),
}


def refusal(content):
    """Why it is refused; or that there is not one question in it."""
    try:
        _format, reading = formats.read(content)
    except UnreadableError as error:
        return error
    assert not any(found.item for found in reading.found)
    return UnreadableError(Trouble.NO_QUESTIONS)


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_soon_and_in_words(name):
    content, trouble = HOSTILE[name]
    tracemalloc.start()
    started = time.process_time()
    try:
        refused = refusal(content)
        took = time.process_time() - started
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert trouble in (None, refused.trouble)
    assert why_unreadable(refused).endswith(".")
    # Measuring memory makes it some five times slower.
    assert took < 5
    assert peak < MOST_MEMORY


@pytest.mark.parametrize("name", HOSTILE)
def test_it_takes_less_than_a_second(name):
    content, _trouble = HOSTILE[name]
    started = time.process_time()
    refusal(content)
    assert time.process_time() - started < 1


def test_an_item_that_does_harm_leaves_the_others_be():
    package = dict.fromkeys(["imsmanifest.xml", "item-001.xml", "kwaad.xml"], b"")
    with zipfile.ZipFile(io.BytesIO(ITEM)) as opened:
        package |= {name: opened.read(name) for name in opened.namelist()}
    package["imsmanifest.xml"] = package["imsmanifest.xml"].replace(
        b"</resources>",
        b'<resource type="imsqti_item_xmlv2p1" href="kwaad.xml"/></resources>',
    )
    package["kwaad.xml"] = laughs("<assessmentItem>", "</assessmentItem>")
    _format, reading = formats.read(zipped(package))
    assert [found.item is not None for found in reading.found] == [True, False]
    assert reading.found[1].problems[0].trouble is Trouble.DOCTYPE


@pytest.mark.parametrize(
    "text", ["1e999999999", "9" * 5000, "1" * 13, "0.00001", "inf", "NaN", "٣"]
)
def test_numbers_without_end_are_refused(text):
    with pytest.raises(RefusedError):
        number(text)


@pytest.mark.parametrize(
    "html",
    [
        "<b>" * 6000,
        "<" * 19_000,
        "<!" * 9_000,
        "<!--" * 4_900,
        "<a " * 6_000,
        "<a href='" * 2_000,
        "</p" * 6_000,
        "&#" * 9_000,
        "<ul><li>" * 2_400,
        "a <br> " * 2_800,
        "<script>" * 2_400,
        "<![CDATA[" * 2_000,
        "<?" * 9_000,
    ],
)
def test_html_that_was_made_to_be_slow_is_not(html):
    started = time.process_time()
    try:
        once = markup.tidy(html).html
    except RefusedError:
        once = ""
    assert markup.tidy(once).html == once
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    ("href", "name"),
    [
        ("images/a.png", "items/images/a.png"),
        ("../a%20b.png", "a b.png"),
        ("../../a.png", ""),
        ("file:///etc/passwd", ""),
        ("https://x.example/a.png", ""),
        ("//x.example/a.png", ""),
        ("/a.png", "a.png"),
    ],
)
def test_what_a_file_refers_to_lies_in_the_package_or_nowhere(href, name):
    assert beside("items/1.xml", href) == name
