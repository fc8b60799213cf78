"""Questions as a table, for Excel: a row for each, with Dutch words above the columns.

Which columns there are, and what stands in them for which kind, is told in
docs/question-formats.md and in the template. Only `soort` and `vraag` must be there.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from learning.rules.grading import Kind
from learning.rules.interchange import drafts, markup
from learning.rules.interchange.drafts import Draft
from learning.rules.interchange.items import (
    MOST_QUESTIONS,
    Found,
    Item,
    Option,
    Pair,
    Problem,
    Reading,
    RefusedError,
    Trouble,
    UnreadableError,
    lines_of,
    number,
    one_line,
)
from learning.rules.people_words import plain
from learning.rules.sheets import FileFault, Line, Table, read_tables
from learning.rules.sheets import UnreadableError as UnreadableSheetError

KINDS: Final = {
    Kind.SINGLE_CHOICE: "één antwoord",
    Kind.MULTIPLE_RESPONSE: "meer antwoorden",
    Kind.TRUE_FALSE: "waar of onwaar",
    Kind.MATCHING: "koppelen",
    Kind.ORDERING: "volgorde",
    Kind.FILL_IN: "invullen",
    Kind.NUMBER: "getal",
    Kind.CHOOSE_IN_TEXT: "kies in de tekst",
    Kind.MARK_SENTENCES: "markeer zinnen",
    Kind.REFLECTION: "open vraag",
}
KIND_WORDS: Final = {
    **{plain(word): kind for kind, word in KINDS.items()},
    **{plain(kind): kind for kind in KINDS},
    "enkele keuze": Kind.SINGLE_CHOICE,
    "meerkeuze": Kind.MULTIPLE_RESPONSE,
    "waar onwaar": Kind.TRUE_FALSE,
    "juist onjuist": Kind.TRUE_FALSE,
    "reflectie": Kind.REFLECTION,
}
TRUE, FALSE = "waar", "onwaar"
TRUTHS: Final = {"waar": True, "juist": True, "true": True, "onwaar": False, "onjuist": False}
DIFFICULTIES: Final = {1: "makkelijk", 2: "gemiddeld", 3: "moeilijk"}
COLUMNS: Final = (
    *("id", "soort", "vraag", "tekst", "goed", "marge", "eenheid", "tikfout", "geheel"),
    *("hint", "uitleg", "onderwerpen", "moeilijkheid", "wet", "notitie", "titel"),
)
NUMBERED: Final = ("antwoord", "hoort bij", "feedback")
MOST_ANSWERS: Final = 20
MOST_IN_HEADER: Final = 10
# What separates topics in one cell; within a topic it is doubled.
SEPARATOR: Final = "|"
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
PLAIN_NUMBER: Final = re.compile(r"-?[\d,]+")
THOUSANDS: Final = re.compile(r"[1-9]\d{0,2}(\.\d{3})+(,\d+)?")


def header() -> dict[str, str]:
    """The columns by the word above them, however it is spelled."""
    names = [*COLUMNS, *(f"{name} {n}" for name in NUMBERED for n in range(1, MOST_ANSWERS + 1))]
    return {plain(name): name for name in names}


HEADER: Final = header()


def read(content: bytes) -> Reading:
    """All rows of a CSV file or workbook. Raises UnreadableError."""
    try:
        table, top, columns = best(read_tables(content))
        lines = [line for line in table.read(None) if line.number > top]
    except UnreadableSheetError as error:
        raise UnreadableError(fault(error.fault)) from None
    unknown = [name for name in columns if name.startswith("?")]
    rows = [(line, cells_of(line, columns)) for line in lines]
    rows = [(line, cells) for line, cells in rows if any(cells.values())]
    if not rows:
        raise UnreadableError(Trouble.NO_QUESTIONS)
    if len(rows) > MOST_QUESTIONS:
        raise UnreadableError(Trouble.TOO_MANY)
    words = ", ".join(name[1:] for name in unknown)[:200]
    problems = (Problem(Trouble.COLUMNS, (words,)),) if words else ()
    return Reading([read_row(line.number, cells) for line, cells in rows], problems)


def fault(found: FileFault) -> Trouble:
    return {
        FileFault.EMPTY: Trouble.EMPTY,
        FileFault.TOO_LARGE: Trouble.TOO_LARGE,
        FileFault.UNFOLDS: Trouble.UNFOLDS,
        FileFault.TOO_MANY_ROWS: Trouble.TOO_MANY,
        FileFault.PROTECTED: Trouble.PROTECTED,
        FileFault.NO_HEADER: Trouble.NO_COLUMNS,
    }.get(found, Trouble.DAMAGED_TABLE)


def best(tables: Sequence[Table]) -> tuple[Table, int, list[str]]:
    """The table that has the columns, the line that names them, and those names in order."""
    stopped: UnreadableSheetError | None = None
    for table in tables:
        try:
            lines = table.read(MOST_IN_HEADER)
        except UnreadableSheetError as error:
            stopped = error
            continue
        for line in lines:
            names = [
                HEADER.get(plain(str(cell or "")), f"?{one_line(str(cell or ''))}")
                for cell in line.cells
            ]
            names = ["" if name == "?" else name for name in names]
            if {"soort", "vraag"} <= set(names):
                return table, line.number, names
    raise stopped or UnreadableSheetError(FileFault.NO_HEADER)


def is_table(text: str) -> bool:
    """Whether the first line that says something names our columns."""
    first = next((line for line in text.splitlines()[:MOST_IN_HEADER] if line.strip()), "")
    return {"soort", "vraag"} <= {plain(cell) for cell in re.split("[;,\t]", first)}


def cells_of(line: Line, columns: Sequence[str]) -> dict[str, str]:
    cells: dict[str, str] = {}
    for name, cell in zip(columns, line.cells, strict=False):
        if name and not name.startswith("?"):
            cells.setdefault(name, text_of(cell))
    return cells


def text_of(cell: object) -> str:
    """A cell as text; the apostrophe that keeps it from being a formula is not its own."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return TRUE if cell else FALSE
    if isinstance(cell, float):
        return f"{cell:.6f}".rstrip("0").rstrip(".").replace(".", ",")
    text = str(cell)
    return text[1:] if text.startswith("'") and would_run(text[1:]) else text


def would_run(text: str) -> bool:
    """Whether a spreadsheet would take it for a formula; or for one that is guarded already."""
    while text.startswith("'"):
        text = text[1:]
    return text.lstrip(" ").startswith(FORMULA_STARTS)


def dutch_number(text: str) -> Decimal:
    """With a comma, and a point between thousands. Raises RefusedError."""
    text = text.strip()
    return number(text.replace(".", "") if THOUSANDS.fullmatch(text.lstrip("+-")) else text)


def read_row(position: int, cells: dict[str, str]) -> Found:
    label = f"{position}: {one_line(cells.get('vraag', ''))[:60]}"
    return drafts.found(label, Draft(), lambda draft: fill(draft, cells))


def fill(draft: Draft, cells: dict[str, str]) -> None:
    word = cells.get("soort", "")
    kind = KIND_WORDS.get(plain(word))
    if kind is None:
        raise RefusedError(Trouble.UNKNOWN_KIND, one_line(word)[:40])
    draft.stem(rich(cells.get("vraag", "")))
    if not draft.fields["stem"] and kind != Kind.CHOOSE_IN_TEXT:
        raise RefusedError(Trouble.NO_STEM)
    level = one_line(cells.get("moeilijkheid", ""))
    levels = {plain(name): value for value, name in DIFFICULTIES.items()} | {
        str(n): n for n in DIFFICULTIES
    }
    if level and plain(level) not in levels:
        draft.leave(Trouble.SETTINGS, level)
    draft.set(
        kind=kind,
        identifier=one_line(cells.get("id", "")),
        title=one_line(cells.get("titel", "")),
        hint=one_line(cells.get("hint", "")),
        feedback=draft.rich(rich(cells.get("uitleg", ""))),
        all_or_nothing=is_yes(cells.get("geheel", "")),
        note=lines_of(cells.get("notitie", "")),
        difficulty=levels.get(plain(level), 2),
    )
    READERS[kind](draft, cells)
    draft.tags = [*parts(cells.get("onderwerpen", ""))]
    draft.tags += [f"{drafts.LAW_TAG}{law}" for law in parts(cells.get("wet", ""))]


def is_yes(text: str) -> bool:
    return plain(text) in ("ja", "1", "waar", "true", "x")


def rich(text: str) -> str:
    """HTML as we write it, or else words as somebody typed them."""
    return text if re.match(r"\s*<(p|ul|ol)>", text) else markup.paragraphs(text)


def parts(text: str) -> Iterator[str]:
    for part in re.split(r"(?<!\|)\|(?!\|)", text):
        if one_line(part):
            yield one_line(part.replace("||", "|"))


def numbered(cells: dict[str, str], name: str) -> dict[int, str]:
    found = {n: one_line(cells.get(f"{name} {n}", "")) for n in range(1, MOST_ANSWERS + 1)}
    return {n: text for n, text in found.items() if text}


def read_options(draft: Draft, cells: dict[str, str]) -> None:
    answers, feedback = numbered(cells, "antwoord"), numbered(cells, "feedback")
    right = {each for each in re.split(r"[\s,;.+&]+|\ben\b", cells.get("goed", "")) if each}
    if not all(each.isdecimal() and int(each[:4]) in answers for each in right):
        raise RefusedError(Trouble.NO_RIGHT)
    chosen = {int(each[:4]) for each in right}
    options = [
        Option(text, correct=n in chosen, feedback=feedback.get(n, ""))
        for n, text in answers.items()
    ]
    asked = Kind(str(draft.fields["kind"]))
    several = asked != Kind.SINGLE_CHOICE
    drafts.right_or_wrong(options, several=several, tagged="")
    if not several and len(chosen) > 1:
        raise RefusedError(Trouble.BROKEN)
    draft.set(options=tuple(options))


def read_true_false(draft: Draft, cells: dict[str, str]) -> None:
    is_true = TRUTHS.get(plain(cells.get("goed", "")))
    if is_true is None:
        raise RefusedError(Trouble.NO_RIGHT)
    said = numbered(cells, "feedback")
    draft.set(
        options=(
            Option("true", correct=is_true, feedback=said.get(1, "")),
            Option("false", correct=not is_true, feedback=said.get(2, "")),
        )
    )


def read_matching(draft: Draft, cells: dict[str, str]) -> None:
    left, right = numbered(cells, "antwoord"), numbered(cells, "hoort bij")
    feedback = numbered(cells, "feedback")
    drafts.matching(
        draft, [Pair(left.get(n, ""), text, feedback.get(n, "")) for n, text in right.items()]
    )


def read_ordering(draft: Draft, cells: dict[str, str]) -> None:
    drafts.ordering(draft, list(numbered(cells, "antwoord").values()))


def read_fill_in(draft: Draft, cells: dict[str, str]) -> None:
    draft.set(typo_allowed=is_yes(cells.get("tikfout", "")))
    answers = numbered(cells, "antwoord").values()
    drafts.accepted(draft, [(text, Decimal(1), "") for text in answers])


def read_number(draft: Draft, cells: dict[str, str]) -> None:
    draft.set(
        value=dutch_number(cells.get("goed", "")),
        tolerance=abs(dutch_number(cells.get("marge", "") or "0")),
        unit=one_line(cells.get("eenheid", "")),
    )


def read_text(draft: Draft, cells: dict[str, str]) -> None:
    draft.set(text=lines_of(cells.get("tekst", "")))


READERS: Final[dict[Kind, Callable[[Draft, dict[str, str]], None]]] = {
    Kind.SINGLE_CHOICE: read_options,
    Kind.MULTIPLE_RESPONSE: read_options,
    Kind.TRUE_FALSE: read_true_false,
    Kind.MATCHING: read_matching,
    Kind.ORDERING: read_ordering,
    Kind.FILL_IN: read_fill_in,
    Kind.NUMBER: read_number,
    Kind.CHOOSE_IN_TEXT: read_text,
    Kind.MARK_SENTENCES: read_options,
    Kind.REFLECTION: read_text,
}


# Writing


def write(items: Sequence[Item], *, columns: Sequence[str] = ()) -> bytes:
    """As Dutch Excel opens it with a double click; only columns in which something stands."""
    rows = [row_of(item) for item in items]
    used = {name for row in rows for name, text in row.items() if text} | {
        "soort",
        "vraag",
        *columns,
    }
    order = [*COLUMNS]
    order[4:4] = [f"{name} {n}" for n in range(1, MOST_ANSWERS + 1) for name in NUMBERED]
    names = [name for name in order if name in used]
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([[cell(row.get(name, "")) for name in names] for row in rows])
    return buffer.getvalue().encode("utf-8-sig")


def cell(text: str) -> str:
    """A text that a spreadsheet shows and never runs (OWASP, CSV injection)."""
    return f"'{text}" if would_run(text) and not PLAIN_NUMBER.fullmatch(text) else text


def row_of(item: Item) -> dict[str, str]:
    return {
        "id": item.identifier,
        "soort": KINDS[item.kind],
        "vraag": words(item.stem),
        "hint": item.hint,
        "uitleg": words(item.feedback),
        "onderwerpen": f" {SEPARATOR} ".join(each.replace("|", "||") for each in item.topics),
        "moeilijkheid": DIFFICULTIES[item.difficulty],
        "wet": f" {SEPARATOR} ".join(each.replace("|", "||") for each in item.law),
        "notitie": item.note,
        "titel": item.title,
        "geheel": "ja" if item.all_or_nothing else "",
        **answers_of(item),
    }


def words(html: str) -> str:
    """Words alone where there is nothing else: that reads better in a cell."""
    text = markup.plain(html).replace("\n", "\n\n")
    return text if rich(text) == html else html


def answers_of(item: Item) -> dict[str, str]:
    if item.kind == Kind.TRUE_FALSE:
        return {
            "goed": TRUE if item.options[0].correct else FALSE,
            "feedback 1": item.options[0].feedback,
            "feedback 2": item.options[1].feedback,
        }
    if item.kind == Kind.NUMBER:
        value, tolerance = (f"{each:f}".replace(".", ",") for each in (item.value, item.tolerance))
        return {"goed": value, "marge": tolerance, "eenheid": item.unit}
    cells = {"tekst": item.text, "tikfout": "ja" if item.typo_allowed else ""}
    right = [str(n) for n, option in enumerate(item.options, start=1) if option.correct]
    cells["goed"] = ", ".join(right)
    for n, option in enumerate(item.options, start=1):
        cells |= {f"antwoord {n}": option.text, f"feedback {n}": option.feedback}
    for n, line in enumerate(item.lines, start=1):
        cells[f"antwoord {n}"] = line
    for n, pair in enumerate(item.pairs, start=1):
        cells |= {
            f"antwoord {n}": pair.left,
            f"hoort bij {n}": pair.right,
            f"feedback {n}": pair.feedback,
        }
    for n, decoy in enumerate(item.decoys, start=len(item.pairs) + 1):
        cells[f"hoort bij {n}"] = decoy
    return cells
