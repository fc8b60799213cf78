"""Lists of people as municipalities write them, and files that are no such thing."""

import csv
import io
import itertools
import zipfile
from datetime import date, datetime, timedelta

import pytest
import xlsxwriter
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from learning.roles import Role
from learning.rules.people_file import EXAMPLE_EMAIL, Row, read_people
from learning.rules.people_values import (
    EXCEL_EPOCH,
    RowFault,
    read_day,
    read_email,
    read_role,
)
from learning.rules.people_words import HEADERS, MONTHS, ROLES, Field, plain, tidy
from learning.rules.sheets import LARGEST_FILE, MOST_ROWS, FileFault, UnreadableError

HEADER = "Naam;E-mail;Rol;Begindatum;Einddatum\n"
MONTH_NAMES = [names.split(",")[0] for names in MONTHS.values()]


def read(text: str) -> list[Row]:
    return read_people(text.encode()).rows


def faults(row: Row) -> list[RowFault]:
    return [fault.kind for fault in row.faults]


def workbook(rows, *, sheets=1) -> bytes:
    """A file of Excel, days as days."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(
        buffer, {"in_memory": True, "default_date_format": "dd-mm-yyyy"}
    ) as book:
        for _ in range(sheets):
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(number, column, cell)
                    elif isinstance(cell, str):
                        sheet.write_string(number, column, cell)
                    else:
                        sheet.write(number, column, cell)
    return buffer.getvalue()


def repacked(content: bytes, **changed: bytes) -> bytes:
    """The same workbook, with parts replaced: `sheet1=…` for `xl/worksheets/sheet1.xml`."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", 8) as new:
        for name in old.namelist():
            stem = name.rpartition("/")[2].removesuffix(".xml")
            new.writestr(name, changed.get(stem) or old.read(name))
    return target.getvalue()


def sheet_xml(rows: str) -> bytes:
    return (
        '<?xml version="1.0"?><worksheet '
        'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{rows}</sheetData></worksheet>"
    ).encode()


# What is written comes back


@st.composite
def people(draw: st.DrawFn) -> Row:
    letters = st.sampled_from("abcdefghijklmnopqrstuvwxyzABCXYZéëïöüçñÅ'’-.,; \"()=&")
    name = tidy(draw(st.text(letters, min_size=1, max_size=40)))
    assume(name)
    local = draw(st.from_regex(r"[a-z][a-z0-9]{0,8}(\.[a-z0-9]{1,8})?", fullmatch=True))
    domain = draw(st.sampled_from(["utrecht.nl", "raad.zwolle.nl", "a-b.example"]))
    start = draw(st.none() | st.dates(date(1970, 1, 1), date(2069, 12, 31)))
    length = draw(st.none() | st.integers(0, 2000))
    end = None
    if length is not None and (start or date(2026, 1, 1)) + timedelta(length) < date(2070, 1, 1):
        end = (start or date(2026, 1, 1)) + timedelta(length)
    role = draw(st.sampled_from(list(ROLES)))
    return Row(0, f"{local}@{domain}", name, role, start, end)


def day_forms(day: date) -> list[str]:
    return [
        f"{day.day}-{day.month}-{day.year}",
        f"{day:%d-%m-%Y}",
        f"{day:%d/%m/%y}",
        f"{day:%d-%m-%y}",
        f"{day.day}.{day.month}.{day.year}",
        f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}",
        f"{day.day} {MONTH_NAMES[day.month - 1][:3]}. {day.year}",
        f"{day.isoformat()}",
        f"{day.isoformat()} 00:00:00",
        f"{day.isoformat()}T00:00:00",
        str((day - EXCEL_EPOCH).days),
    ]


@st.composite
def written(draw: st.DrawFn) -> tuple[list[Row], list[Field], list[list[str]]]:
    """People, and a table of them with its columns in some order, under some header."""
    rows = draw(st.lists(people(), min_size=1, max_size=6))
    fields = draw(st.permutations([Field.EMAIL, Field.NAME, Field.ROLE, Field.STARTS, Field.ENDS]))
    header = [draw(st.sampled_from(HEADERS[field].split(","))).strip() for field in fields]
    if draw(st.booleans()):
        header = [word.upper() for word in header]
    body = []
    for row in rows:
        cells = {
            Field.EMAIL: draw(st.sampled_from([str.upper, str.title, str]))(row.email),
            Field.NAME: row.name,
            Field.ROLE: draw(st.sampled_from(ROLES[row.role].split(","))).strip(),
            Field.STARTS: draw(st.sampled_from(day_forms(row.starts_on))) if row.starts_on else "",
            Field.ENDS: draw(st.sampled_from(day_forms(row.ends_on))) if row.ends_on else "-",
        }
        body.append([cells[field] for field in fields])
    return rows, fields, [header, *body]


def same(found: list[Row], expected: list[Row]) -> None:
    assert [(r.email, r.name, r.role, r.starts_on, r.ends_on, r.faults) for r in found] == [
        (r.email, r.name, r.role, r.starts_on, r.ends_on, ()) for r in expected
    ]


@given(
    written(),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    st.sampled_from(";,\t"),
    st.sampled_from(["\r\n", "\n"]),
    st.sampled_from(["", "sep", "title"]),
)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_people_written_as_text_come_back(table, encoding, mark, newline, above):
    rows, _fields, cells = table
    buffer = io.StringIO()
    buffer.write({"": "", "sep": f"sep={mark}{newline}", "title": f"Lijst{newline * 2}"}[above])
    csv.writer(buffer, delimiter=mark, lineterminator=newline).writerows(cells)
    found = read_people(buffer.getvalue().encode(encoding)).rows
    same(found, rows)
    assert found[0].number == (4 if above == "title" else 2)


@given(written(), st.booleans())
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=40)
def test_people_written_in_excel_come_back(table, real_days):
    rows, fields, cells = table
    if real_days:
        for row, line in zip(rows, cells[1:], strict=True):
            for field, day in ((Field.STARTS, row.starts_on), (Field.ENDS, row.ends_on)):
                if day is not None:
                    line[fields.index(field)] = day
    same(read_people(workbook(cells)).rows, rows)


def test_a_name_in_parts_is_made_whole():
    rows = read(
        "Voorletters;Voornaam;Tussenvoegsel;Achternaam;Mail;Functie\n"
        "J.P.;Jan;van der;Berg;jan@x.nl;raadslid\nA.;;;Smit;a@x.nl;griffier\n"
    )
    assert [row.name for row in rows] == ["Jan van der Berg", "A. Smit"]
    [row] = read("Voornaam;Tussenvoegsel;Naam;Mail;Functie\nEva;de;Wit;eva@x.nl;mayor\n")
    assert (row.name, row.role) == ("Eva de Wit", "burgemeester")


def test_rows_keep_the_number_of_the_spreadsheet():
    rows = read(f'\n\n{HEADER}Anna;a@x.nl;raadslid;;\n;;;;\n"Bas\nBos";b@x.nl;raadslid;;\n')
    assert [(row.number, row.name) for row in rows] == [(4, "Anna"), (6, "Bas Bos")]
    assert (
        read_people(workbook([[], ["naam", "mail", "rol"], [], ["A", "a@x.nl", "raadslid"]]))
        .rows[0]
        .number
        == 4
    )


def test_columns_that_mean_nothing_are_left_out_and_named():
    people = read_people(b"Naam,Partij,E-mail,Rol,Tel\nAnna,x,a@x.nl,raadslid,06\n")
    assert people.ignored_columns == ("Partij", "Tel")
    assert not people.has_ends
    assert people.rows[0].faults == ()


def test_the_template_s_example_is_nobody():
    rows = read(f"{HEADER}Voorbeeld;{EXAMPLE_EMAIL};raadslid;;\nAnna;a@x.nl;raadslid;;\n")
    assert [row.name for row in rows] == ["Anna"]


def test_the_second_sheet_is_read_when_the_list_stands_there():
    book = workbook([["Naam", "E-mail", "Rol"], ["Anna", "a@x.nl", "raadslid"]], sheets=2)
    content = repacked(book, sheet1=sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>'))
    assert [row.name for row in read_people(content).rows] == ["Anna"]


# Single values


@pytest.mark.parametrize("role", list(Role.values))
def test_every_role_has_its_words(role):
    assert {read_role(word.strip().title()) for word in ROLES[role].split(",")} == {role}


def test_a_word_has_one_meaning():
    for meanings in (HEADERS, ROLES, MONTHS):
        words = [plain(word) for words in meanings.values() for word in set(words.split(","))]
        by_meaning = [{plain(w) for w in words.split(",")} for words in meanings.values()]
        assert "" not in words
        assert not any(one & other for one, other in itertools.combinations(by_meaning, 2))


@pytest.mark.parametrize(
    "text",
    [
        *("1-4-2026", "01-04-26", "1 april 2026", "1 apr. 2026", "2026-04-01", "1/4/2026"),
        *("1.4.2026", "01 04 2026", "woensdag 1 april 2026", "wo 1 apr 2026", "1 April 2026"),
        *("46113", "46113.0", "2026-04-01 00:00:00", "1 april ’26", "1-apr-2026", "1-apr-26"),
        *("2026/4/1", "1 apr 2026 12:30", "1e april 2026", " 1 april 2026 "),
    ],
)
def test_days_as_people_write_them(text):
    assert read_day(text) == date(2026, 4, 1)


def test_days_of_excel():
    assert read_day(46113) == read_day(46113.0) == date(2026, 4, 1)
    assert read_day(datetime(2026, 4, 1, 12)) == date(2026, 4, 1)  # noqa: DTZ001  as Excel gives it
    assert read_day("1-2-98") == date(1998, 2, 1)
    assert read_day("1 mrt 2026") == date(2026, 3, 1)
    assert [read_day(text) for text in ("", "-", "n.v.t.", "heden", None, "  ")] == [None] * 6


@pytest.mark.parametrize(
    "text",
    [
        *("31-2-2026", "04/13/2026", "1-4", "april", "2026", "1-4-1026", "1-1-2199", "morgen"),
        *("1 foo 2026", "99999", "0-0-00", "1-4-202", "٣", "1-4-2026 of later", "12:30", 1e300),
    ],
)
def test_what_is_no_day(text):
    with pytest.raises(ValueError, match=r"day|month"):
        read_day(text)


@given(st.text(max_size=30))
@example("31-02-2026")
def test_any_text_is_a_day_or_none_or_refused(text):
    try:
        day = read_day(text)
    except ValueError:
        return
    assert day is None or date(1945, 1, 1) <= day <= date(2100, 12, 31)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Jan.Jansen@Utrecht.NL", "jan.jansen@utrecht.nl"),
        ("mailto:a@x.nl", "a@x.nl"),
        ("Jan Jansen <jan@x.nl>", "jan@x.nl"),
        ("o'neill+raad@x.co.uk;", "o'neill+raad@x.co.uk"),
        *((wrong, None) for wrong in ("jan", "jan@", "@x.nl", "jan@x", "a b@x.nl", "a@x..nl")),
        *((wrong, None) for wrong in ("a@x.nl, b@x.nl", "ä@x.nl", ".a@x.nl", "a@-x.nl", "")),
        (f"{'a' * 65}@x.nl", None),
    ],
)
def test_addresses(text, address):
    assert read_email(text) == address


@given(
    st.emails() | st.from_regex(r"[a-z.!']{1,5}@[a-z0-9.-]{1,8}\.[a-z0-9-]{2,4}", fullmatch=True)
)
def test_no_address_is_let_through_that_django_refuses(text):
    address = read_email(text)
    if address is not None:
        try:
            validate_email(address)
        except ValidationError:
            pytest.fail(f"Django refuses {address}")


# Rows that are wrong


@pytest.mark.parametrize(
    ("row", "kinds"),
    [
        ("Anna;;raadslid;;", [RowFault.NO_EMAIL]),
        ("Anna;anna;raadslid;;", [RowFault.WRONG_EMAIL]),
        (";a@x.nl;raadslid;;", [RowFault.NO_NAME]),
        (f"{'a' * 151};a@x.nl;raadslid;;", [RowFault.LONG_NAME]),
        ("Anna;a@x.nl;;;", [RowFault.NO_ROLE]),
        ("Anna;a@x.nl;koning;;", [RowFault.UNKNOWN_ROLE]),
        ("Anna;a@x.nl;raadslid;gisteren;", [RowFault.UNKNOWN_START]),
        ("Anna;a@x.nl;raadslid;;31-2-2026", [RowFault.UNKNOWN_END]),
        ("Anna;a@x.nl;raadslid;2-1-2026;1-1-2026", [RowFault.ENDS_TOO_EARLY]),
        ("Anna;a@x.nl;raadslid;;;extra", [RowFault.EXTRA_CELLS]),
        (";;;x;y", [*(RowFault.NO_EMAIL, RowFault.NO_NAME, RowFault.NO_ROLE),
                    *(RowFault.UNKNOWN_START, RowFault.UNKNOWN_END)]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_row(row, kinds):
    [found] = read(HEADER + row + "\n")
    assert faults(found) == kinds


# Files that are wrong


def refused(content: bytes) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        read_people(content)
    return caught.value


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", FileFault.EMPTY),
        (b"\xef\xbb\xbf \r\n", FileFault.EMPTY),
        (b"x" * (LARGEST_FILE + 1), FileFault.TOO_LARGE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", FileFault.OLD_EXCEL),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            FileFault.PROTECTED,
        ),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", FileFault.WRONG_TYPE),
        (b"%PDF-1.7 naam;e-mail;rol", FileFault.WRONG_TYPE),
        (b"<html><table><tr><td>Naam", FileFault.WRONG_TYPE),
        (b"PK\x03\x04rest", FileFault.DAMAGED),
        (b"Anna;a@x.nl;raadslid\nBas;b@x.nl;raadslid\n", FileFault.NO_HEADER),
        (b"Naam;E-mail;Rol\n", FileFault.NO_ROWS),
        (b'Naam;E-mail;Rol\nA;"' + b"a@x.nl;raadslid\n" * 20_000, FileFault.STRAY_QUOTE),
        (b"Naam;E-mail;Rol\n" + b"A;a@x.nl;raadslid\n" * (MOST_ROWS + 1), FileFault.TOO_MANY_ROWS),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content, fault):
    assert refused(content).fault == fault


def test_what_is_missing_or_double_is_named():
    error = refused(b"Naam;Telefoon\nAnna;06\n")
    assert (error.fault, error.details) == (FileFault.MISSING_COLUMNS, ("email", "role"))
    error = refused(b"E-mail;Rol\na@x.nl;raadslid\n")
    assert error.details == ("name",)
    error = refused(b"Naam;E-mail;Mailadres;Rol\nAnna;a@x.nl;b@x.nl;raadslid\n")
    assert (error.fault, error.details) == (FileFault.DOUBLE_COLUMNS, ("E-mail", "Mailadres"))
    # What went wrong may be logged; what stood in the file may not.
    assert str(error) == "double_columns"


def test_other_office_files_are_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as letter:
        letter.writestr("word/document.xml", "<document/>")
    assert refused(buffer.getvalue()).fault == FileFault.WRONG_TYPE


SMALL = [["Naam", "E-mail", "Rol"], ["Anna", "a@x.nl", "raadslid"]]


def test_a_zip_that_unfolds_without_end_is_refused():
    bomb = repacked(workbook(SMALL), sharedStrings=b" " * (41 * 1024 * 1024))
    assert len(bomb) < 100_000
    assert refused(bomb).fault == FileFault.UNFOLDS


def test_a_zip_that_lies_about_its_size_is_not_believed():
    content = bytearray(repacked(workbook(SMALL), sharedStrings=b" " * (41 * 1024 * 1024)))
    size = (41 * 1024 * 1024).to_bytes(4, "little")
    assert size in content
    assert refused(bytes(content.replace(size, (99).to_bytes(4, "little")))).fault == (
        FileFault.DAMAGED
    )


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', FileFault.TOO_MANY_ROWS),
        ('<row r="1"><c r="XFD1"><v>1</v></c></row>', FileFault.TOO_WIDE),
        (f"<row>{'<c><v>1</v></c>' * 300}</row>", FileFault.TOO_WIDE),
        ("<row><c><v>1</v></c></row>" * 25_000, FileFault.TOO_MANY_ROWS),
        ('<row r="1"><c r="!"><v>1</v></c></row>', FileFault.DAMAGED),
        ('<row r="x"><c><v>1</v></c></row>', FileFault.DAMAGED),
        ("<row><c>", FileFault.DAMAGED),
    ],
)
def test_a_sheet_whose_cells_reach_too_far_is_refused_before_it_is_read(rows, fault):
    assert refused(repacked(workbook(SMALL), sheet1=sheet_xml(rows))).fault == fault


def test_formats_without_content_may_reach_as_far_as_they_like():
    book = workbook(SMALL)
    with zipfile.ZipFile(io.BytesIO(book)) as opened:
        sheet = opened.read("xl/worksheets/sheet1.xml")
    far = b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    content = repacked(book, sheet1=sheet.replace(b"</sheetData>", far))
    assert [row.name for row in read_people(content).rows] == ["Anna"]


def test_a_workbook_that_declares_entities_is_refused():
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><sst>&b;</sst>'
    assert refused(repacked(workbook(SMALL), sharedStrings=laughs)).fault == FileFault.DAMAGED


# Whatever bytes


def rows_or_an_error(content: bytes) -> None:
    try:
        people = read_people(content)
    except UnreadableError:
        return
    assert people.rows
    assert all(row.faults or (row.email and row.name and row.role) for row in people.rows)


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_any_bytes_give_rows_or_a_clear_error(content):
    rows_or_an_error(content)
    rows_or_an_error(HEADER.encode() + content)
    rows_or_an_error(HEADER.encode("utf-16") + content)


WHOLE = workbook([*SMALL, ["Bas", "b@x.nl", "wethouder", 46113, date(2026, 4, 1)]])


@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=6))
@settings(deadline=None)
def test_a_damaged_workbook_gives_rows_or_a_clear_error(changes):
    content = bytearray(WHOLE)
    for place, byte in changes:
        content[place] = byte
    rows_or_an_error(bytes(content))


@given(st.data())
@settings(deadline=None)
def test_a_workbook_with_a_damaged_part_gives_rows_or_a_clear_error(data):
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as opened:
        name = data.draw(st.sampled_from(["sheet1", "sharedStrings", "styles", "workbook"]))
        folder = "xl/worksheets" if name == "sheet1" else "xl"
        part = bytearray(opened.read(f"{folder}/{name}.xml"))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(part) - 1))
        part[place] = data.draw(st.integers(32, 126))
    rows_or_an_error(repacked(WHOLE, **{name: bytes(part)}))
