"""A list of earlier training as rows of text. Knows no database and speaks no language."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from learning.rules.people_values import text_of
from learning.rules.people_words import HEADERS, Field, by_word, plain
from learning.rules.sheets import SAMPLE, FileFault, Line, Table, UnreadableError, read_tables

MOST_ROWS: Final = 500


class Column(StrEnum):
    """What a column holds."""

    EMAIL = "email"
    SUBJECT = "subject"
    DAY = "day"
    EVIDENCE = "evidence"


WORDS: Final = by_word(
    {
        Column.EMAIL: HEADERS[Field.EMAIL],
        Column.SUBJECT: "module, modules, leerlijn, training, cursus, onderwerp, course, subject",
        Column.DAY: (
            "dag, datum, afgerond op, afgerond, datum afgerond, afrondingsdatum, behaald op, "
            "datum behaald, day, date, completed on, finished on"
        ),
        Column.EVIDENCE: "bewijs, bewijsstuk, certificaat, toelichting, evidence, proof",
    }
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row as text, with the number that a spreadsheet shows beside it."""

    number: int
    email: str
    subject: str
    day: str
    evidence: str


def read_recognitions(content: bytes) -> list[Row]:
    """Read a file, CSV or XLSX. Raises UnreadableError, and nothing else, whatever it is given."""
    table, header, columns = best_table(read_tables(content))
    if missing := [column.value for column in Column if column not in columns]:
        raise UnreadableError(FileFault.MISSING_COLUMNS, *missing)
    lines = [line for line in table.read(None) if line.number > header.number]
    rows = [row_of(line, columns) for line in lines if any(map(text_of, line.cells))]
    if not rows:
        raise UnreadableError(FileFault.NO_ROWS)
    if len(rows) > MOST_ROWS:
        raise UnreadableError(FileFault.TOO_MANY_ROWS)
    return rows


def best_table(tables: list[Table]) -> tuple[Table, Line, dict[Column, int]]:
    """The table and line that name most of the columns. Raises UnreadableError."""
    found: list[tuple[Table, Line, dict[Column, int]]] = []
    stopped: UnreadableError | None = None
    for table in tables:
        try:
            lines = table.read(SAMPLE)
        except UnreadableError as error:
            # With another sign between the columns it may read well.
            stopped = error
            continue
        found += [(table, line, named) for line in lines if (named := columns_of(line))]
    if not found:
        raise stopped or UnreadableError(FileFault.NO_HEADER)
    return max(found, key=lambda each: len(each[2]))


def columns_of(line: Line) -> dict[Column, int]:
    """Which columns this line would name; the first where two say the same."""
    columns: dict[Column, int] = {}
    for number, cell in enumerate(line.cells):
        if isinstance(cell, str) and (column := WORDS.get(plain(cell))) is not None:
            columns.setdefault(column, number)
    return columns


def row_of(line: Line, columns: dict[Column, int]) -> Row:
    cells = {
        column: text_of(line.cells[place]) if place < len(line.cells) else ""
        for column, place in columns.items()
    }
    return Row(line.number, *(cells[column] for column in Column))
