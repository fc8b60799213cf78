"""A document is what its name says, or it is refused."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.file_kinds import (
    LONGEST_NAME,
    OOXML_MAIN,
    OPEN_DOCUMENT,
    RATIO_COUNTS_FROM,
    Fault,
    clean_name,
    fault_of,
)

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
KINDS = ("csv", "docx", "ods", "odt", "pdf", "pptx", "txt", "xlsx")


def zipped(*parts, compression=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return buffer.getvalue()


def office(kind, *more, types=""):
    if kind in OPEN_DOCUMENT:
        return zipped(("mimetype", OPEN_DOCUMENT[kind]), ("content.xml", "<x/>"), *more)
    listed = f'<Types><Override ContentType="{OOXML_MAIN[kind]}"/>{types}</Types>'
    return zipped(("[Content_Types].xml", listed), ("word/document.xml", "<x/>"), *more)


WHOLE = {
    "pdf": PDF,
    "csv": "Naam;Rol\nAnna;raadslid – één\n".encode(),
    "txt": "﻿Beste griffier,\r\n\tmet een tab.\f".encode(),
    **{kind: office(kind) for kind in (*OOXML_MAIN, *OPEN_DOCUMENT)},
}


def fault(name, content):
    return fault_of(name, io.BytesIO(content))


@pytest.mark.parametrize("kind", KINDS)
def test_a_whole_file_is_taken_as_what_it_is_and_as_nothing_else(kind):
    assert fault(f"a.{kind}", WHOLE[kind]) is None
    assert fault(f"A.{kind.upper()}", WHOLE[kind]) is None
    text = {"csv", "txt", "pdf"}
    for other in {*KINDS, "exe", "html", "svg", "docm", ""} - {kind}:
        # Text is text, and a PDF of plain characters is too: it is given as text then.
        if not (other in text and kind in text and other != "pdf"):
            assert fault(f"a.{other}", WHOLE[kind]) is Fault.OTHER_KIND, other


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00\x03",
        b"\x7fELF\x02",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"PK\x03\x04",
        b"PK\x03\x04" + b"\xff" * 200,
        b"\xff\xfea\x00",
        b"a\x00b",
    ],
)
def test_what_is_no_such_file_is_refused(kind, content):
    empty_text = not content and kind in {"csv", "txt"}
    assert fault(f"a.{kind}", content) is (None if empty_text else Fault.OTHER_KIND)


@pytest.mark.parametrize("kind", ["docx", "odt", "pdf", "xlsx"])
def test_half_a_file_is_refused(kind):
    assert fault(f"a.{kind}", WHOLE[kind][: len(WHOLE[kind]) // 2]) is Fault.OTHER_KIND


@pytest.mark.parametrize(
    "part",
    [
        *("word/vbaProject.bin", "xl/VBAPROJECT.BIN", "word/vbaData.xml"),
        *("word/activeX/activeX1.xml", "word/embeddings/oleObject1.bin"),
    ],
)
@pytest.mark.parametrize("kind", list(OOXML_MAIN))
def test_a_program_in_a_document_is_refused(kind, part):
    assert fault(f"a.{kind}", office(kind, (part, "x"))) is Fault.PROGRAM


def test_a_document_that_calls_itself_one_with_macros_is_refused():
    types = '<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
    assert fault("a.docx", office("docx", types=types)) is Fault.PROGRAM


@pytest.mark.parametrize("kind", list(OPEN_DOCUMENT))
@pytest.mark.parametrize("part", ["Basic/Standard/Module1.xml", "Scripts/python/x.py"])
def test_a_macro_in_an_open_document_is_refused(kind, part):
    assert fault(f"a.{kind}", office(kind, (part, "x"))) is Fault.PROGRAM


def test_what_unpacks_without_end_is_refused_unread():
    bomb = office("docx", ("word/media/a.xml", b"\0" * (RATIO_COUNTS_FROM + 1)))
    assert len(bomb) < 20_000
    assert fault("a.docx", bomb) is Fault.OVERFLOWS
    many = office("xlsx", *((f"xl/{number}.xml", "") for number in range(5_001)))
    assert fault("a.xlsx", many) is Fault.OVERFLOWS


def test_a_locked_document_is_refused():
    content = bytearray(office("docx"))
    start = content.index(b"PK\x01\x02")
    content[start + 8] |= 1
    assert fault("a.docx", bytes(content)) is Fault.LOCKED


@pytest.mark.parametrize("part", ["/etc/passwd", "../../x", "word/../../x"])
def test_parts_that_would_land_elsewhere_are_refused(part):
    assert fault("a.docx", office("docx", (part, "x"))) is Fault.OTHER_KIND


def test_memory_hungry_compression_is_refused():
    parts = (("mimetype", OPEN_DOCUMENT["odt"]), ("content.xml", "<x/>"))
    assert fault("a.odt", zipped(*parts, compression=zipfile.ZIP_LZMA)) is Fault.OTHER_KIND


@given(kind=st.sampled_from(KINDS), content=st.binary(max_size=300))
def test_no_bytes_at_all_make_it_fall_over(kind, content):
    fault(f"a.{kind}", content)
    fault(f"a.{kind}", b"PK\x03\x04" + content)


@given(kind=st.sampled_from(["docx", "odt"]), at=st.integers(0, 400), byte=st.integers(0, 255))
def test_nor_does_a_damaged_document(kind, at, byte):
    content = bytearray(WHOLE[kind])
    content[at % len(content)] = byte
    fault(f"a.{kind}", bytes(content))


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("Gedragscode 2026.PDF", "Gedragscode-2026.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\anna\\brief.docx", "brief.docx"),
        ("factuur.exe.pdf", "factuur-exe.pdf"),
        ("a\u202efdp.exe.txt", "afdp-exe.txt"),
        ("één & twee.csv", "één-twee.csv"),
        ("....txt", "bestand.txt"),
    ],
)
def test_names_are_plain(name, clean):
    assert clean_name(name) == clean


@given(st.text(max_size=300))
def test_a_name_is_short_and_stays_where_it_is(stem):
    clean = clean_name(f"{stem}.pdf")
    assert clean.endswith(".pdf")
    assert len(clean) <= LONGEST_NAME + len(".pdf")
    assert not set(clean) & set("/\\\x00\n\r\"'<>; ")
    assert clean.count(".") == 1
