"""A municipality's own list of people, as rows. Knows no database and speaks no language.

people = read_people(content)      # raises UnreadableError
for row in people.rows: row.email, row.name, row.role, row.starts_on, row.ends_on, row.faults
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Final

from learning.rules.people_values import (
    LONGEST_NAME,
    Cell,
    RowFault,
    read_day,
    read_email,
    read_role,
    text_of,
)
from learning.rules.people_words import HEADERS, Field, by_word, plain
from learning.rules.sheets import (
    MOST_ROWS,
    SAMPLE,
    FileFault,
    Line,
    Table,
    UnreadableError,
    read_tables,
)

HEADER_WORDS: Final = by_word(HEADERS)
# The template's example says by its address that it is nobody.
EXAMPLE_EMAIL: Final = "voorbeeldrij@voorbeeld.example"
LONGEST_SHOWN: Final = 80


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row, and what stood there."""

    kind: RowFault
    found: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody in a role. What could not be read is empty and named in `faults`."""

    number: int
    email: str
    name: str
    role: str
    starts_on: date | None
    ends_on: date | None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class PeopleFile:
    """The rows, and what was in the file besides."""

    rows: list[Row]
    has_ends: bool
    ignored_columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Header:
    """Which column holds what, and what stands above the columns that are not used."""

    number: int
    columns: dict[Field, int]
    ignored: tuple[str, ...]
    width: int


def read_people(content: bytes) -> PeopleFile:
    """Read a file, CSV or XLSX. Raises UnreadableError, and nothing else, whatever it is given."""
    table, header = best_table(read_tables(content))
    lines = [line for line in table.read(None) if line.number > header.number]
    rows = [
        row
        for line in lines
        if (row := read_row(line, header, is_text=table.is_text)) is not None
        and row.email != EXAMPLE_EMAIL
    ]
    if not rows:
        raise UnreadableError(FileFault.NO_ROWS)
    if len(rows) > MOST_ROWS:
        raise UnreadableError(FileFault.TOO_MANY_ROWS)
    return PeopleFile(rows, Field.ENDS in header.columns, header.ignored)


# The header


def best_table(tables: list[Table]) -> tuple[Table, Header]:
    """The table whose header says most, and that header. Raises UnreadableError."""
    found: list[tuple[Table, Line, dict[Field, list[int]]]] = []
    stopped: UnreadableError | None = None
    for table in tables:
        try:
            lines = table.read(SAMPLE)
        except UnreadableError as error:
            # With another sign between the columns it may read well.
            stopped = error
            continue
        found += [(table, line, meanings) for line in lines if (meanings := meanings_of(line))]
    if not found:
        raise stopped or UnreadableError(FileFault.NO_HEADER)
    # The first of equals: the topmost line of the first sheet.
    table, line, meanings = max(found, key=lambda each: len(each[2]))
    return table, header_of(line, meanings)


def meanings_of(line: Line) -> dict[Field, list[int]]:
    """Which columns this line would name, if it were the header."""
    meanings: dict[Field, list[int]] = defaultdict(list)
    for column, cell in enumerate(line.cells):
        if isinstance(cell, str) and (field := HEADER_WORDS.get(plain(cell))) is not None:
            meanings[field].append(column)
    return dict(meanings)


def header_of(line: Line, meanings: dict[Field, list[int]]) -> Header:
    """Raises UnreadableError when columns are missing, or two say the same."""
    titles = [text_of(cell)[:LONGEST_SHOWN] for cell in line.cells]
    for same in meanings.values():
        if len(same) > 1:
            raise UnreadableError(FileFault.DOUBLE_COLUMNS, *(titles[column] for column in same))
    columns = {field: each[0] for field, each in meanings.items()}
    if Field.NAME in columns and Field.SURNAME not in columns and Field.GIVEN in columns:
        # "Voornaam, tussenvoegsel, naam": there the last is the family name.
        columns[Field.SURNAME] = columns.pop(Field.NAME)
    missing = [field for field in (Field.EMAIL, Field.ROLE) if field not in columns]
    if Field.NAME not in columns and Field.SURNAME not in columns:
        missing.insert(0, Field.NAME)
    if missing:
        raise UnreadableError(FileFault.MISSING_COLUMNS, *missing)
    used = set(columns.values())
    ignored = tuple(title for n, title in enumerate(titles) if title and n not in used)
    width = max(n for n, title in enumerate(titles) if title) + 1
    return Header(line.number, columns, ignored, width)


# The rows


def read_row(line: Line, header: Header, *, is_text: bool) -> Row | None:
    """A row with what is wrong with it; None for one that is empty."""
    cells = {
        field: line.cells[column]
        for field, column in header.columns.items()
        if column < len(line.cells)
    }
    if not any(map(text_of, line.cells)):
        return None
    faults: list[Fault] = []
    if is_text and any(map(text_of, line.cells[header.width :])):
        # One comma too many, and everything after it stands under the wrong word.
        faults.append(Fault(RowFault.EXTRA_CELLS))
    email = email_in(cells, faults)
    name = name_in(cells, faults)
    role = role_in(cells, faults)
    starts_on = day_in(cells, Field.STARTS, RowFault.UNKNOWN_START, faults)
    ends_on = day_in(cells, Field.ENDS, RowFault.UNKNOWN_END, faults)
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        faults.append(Fault(RowFault.ENDS_TOO_EARLY))
    return Row(line.number, email, name, role, starts_on, ends_on, tuple(faults))


def email_in(cells: dict[Field, Cell], faults: list[Fault]) -> str:
    text = text_of(cells.get(Field.EMAIL))
    email = read_email(text)
    if email is None:
        kind = RowFault.WRONG_EMAIL if text else RowFault.NO_EMAIL
        faults.append(Fault(kind, text[:LONGEST_SHOWN]))
    return email or ""


def name_in(cells: dict[Field, Cell], faults: list[Fault]) -> str:
    """The whole name; made of its parts where there is no column for the whole."""
    name = text_of(cells.get(Field.NAME))
    if not name:
        given = text_of(cells.get(Field.GIVEN)) or text_of(cells.get(Field.INITIALS))
        rest = (text_of(cells.get(field)) for field in (Field.INFIX, Field.SURNAME))
        name = " ".join(part for part in (given, *rest) if part)
    if not name:
        faults.append(Fault(RowFault.NO_NAME))
    elif len(name) > LONGEST_NAME:
        faults.append(Fault(RowFault.LONG_NAME, name[:LONGEST_SHOWN]))
        return ""
    return name


def role_in(cells: dict[Field, Cell], faults: list[Fault]) -> str:
    text = text_of(cells.get(Field.ROLE))
    role = read_role(text) if text else None
    if role is None:
        kind = RowFault.UNKNOWN_ROLE if text else RowFault.NO_ROLE
        faults.append(Fault(kind, text[:LONGEST_SHOWN]))
    return role or ""


def day_in(
    cells: dict[Field, Cell], field: Field, unknown: RowFault, faults: list[Fault]
) -> date | None:
    cell = cells.get(field)
    try:
        return read_day(cell)
    except ValueError:
        faults.append(Fault(unknown, text_of(cell)[:LONGEST_SHOWN]))
        return None
