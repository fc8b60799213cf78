"""Translations, without GNU gettext: Babel finds the texts, merges, compiles and checks them.

    python -m tools.messages extract        texts in code and templates → django.po
    python -m tools.messages merge FILE...  fill in what other .po files translate
    python -m tools.messages compile        django.po → django.mo, where it changed
    python -m tools.messages check          fails on anything that is not translated well

Msgids are English; the catalogue holds the Dutch. Entries are sorted by msgid and name
their files without line numbers, so that a change of code changes few lines here.
"""

import argparse
import io
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from tools.paths import CATALOGUE, ROOT, SITE

SOURCES = (
    *(SITE / "accounts", SITE / "config", SITE / "templates"),
    *(ROOT / "home", ROOT / "learning", ROOT / "practice", ROOT / "meetings"),
    *(ROOT / "newsletter", ROOT / "search"),
)
# What each function takes: the position of the msgid, of its plural, and of its context ("c").
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# %(name)s, %s and %d; {name} and {}. A doubled %% is a percent sign.
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[-+#0]*\d*(?:\.\d+)?[sdifr]|\{\w*\}")


def is_code(path: Path) -> bool:
    """Whether a file may hold texts of our own."""
    parts = set(path.parts)
    return path.suffix in {".py", ".html", ".txt"} and not parts & {"migrations", "node_modules"}


def source_files(folders: Iterable[Path]) -> list[Path]:
    """All code and templates in the folders, in a fixed order."""
    return sorted(path for folder in folders for path in folder.rglob("*") if is_code(path))


def readable(path: Path) -> bytes:
    """A file as Python source. Of a template that is its translation tags as calls."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text.encode()
    calls = templatize(text, origin=str(path))
    # What is left of the mark-up has no meaning, but its indentation would confuse a reader.
    return "\n".join(line.lstrip() for line in calls.splitlines()).encode()


def find_messages(files: Iterable[Path], *, root: Path) -> Catalog:
    """A catalogue of every text in the files, untranslated."""
    found = Catalog(locale="nl", domain="django", charset="utf-8")
    for path in files:
        source = io.BytesIO(readable(path))
        for line, text, comments, context in extract(
            "python",
            source,
            keywords=KEYWORDS,
            comment_tags=("Translators:",),
            strip_comment_tags=True,
        ):
            found.add(
                text,
                locations=[(path.relative_to(root).as_posix(), line)],
                auto_comments=comments,
                context=context,
            )
    return found


def entries(catalogue: Catalog) -> Iterator[Message]:
    """Every message but the header."""
    return (message for message in catalogue if message.id)


def key_of(message: Message) -> tuple[str, str | None]:
    """What tells messages apart: the singular and the context."""
    singular = message.id[0] if isinstance(message.id, (list, tuple)) else message.id
    return singular, message.context


def forms(message: Message) -> list[str]:
    """The translations of a message: one, or one per plural form."""
    return (
        list(message.string)
        if isinstance(message.string, (list, tuple))
        else [message.string or ""]
    )


def is_translated(message: Message) -> bool:
    """Whether every form has a text."""
    return all(form.strip() for form in forms(message))


def adopt(message: Message, other: Message) -> bool:
    """Take the translation of another catalogue's message, if it is whole and of the same kind."""
    if (
        other.fuzzy
        or not is_translated(other)
        or bool(other.pluralizable) != bool(message.pluralizable)
    ):
        return False
    message.string = other.string
    message.flags.discard("fuzzy")
    return True


def merged(found: Catalog, old: Catalog) -> Catalog:
    """The texts that were found, with the translations that were there."""
    known = {key_of(message): message for message in entries(old)}
    for message in entries(found):
        before = known.get(key_of(message))
        if before is not None:
            message.user_comments = before.user_comments
            adopt(message, before)
    return found


def read(path: Path) -> Catalog:
    """Read a catalogue; a missing file is an empty one."""
    if not path.exists():
        return Catalog(locale="nl", domain="django", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale="nl", domain="django", abort_invalid=True)


def write(catalogue: Catalog, path: Path) -> bool:
    """Write a catalogue, if that changes it. Returns whether it was written."""
    catalogue.project, catalogue.version = "Raadsleden & Veiligheid", "1"
    catalogue.msgid_bugs_address = "see publiccode.yml"
    catalogue.fuzzy = False
    catalogue.header_comment = "# Dutch texts of Raadsleden & Veiligheid."
    # One fixed time: a header that changes with every run makes every branch conflict.
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    catalogue.last_translator = "Raadsleden & Veiligheid"
    catalogue.language_team = "nl"
    buffer = io.BytesIO()
    write_po(
        buffer,
        catalogue,
        width=100,
        include_lineno=False,
        sort_output=True,
        ignore_obsolete=True,
    )
    if path.exists() and path.read_bytes() == buffer.getvalue():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(buffer.getvalue())
    return True


def compile_catalogue(path: Path) -> bool:
    """Write the .mo beside a .po, where it differs. Returns whether it was written."""
    buffer = io.BytesIO()
    write_mo(buffer, read(path))
    target = path.with_suffix(".mo")
    if target.exists() and target.read_bytes() == buffer.getvalue():
        target.touch()
        return False
    target.write_bytes(buffer.getvalue())
    return True


def placeholders(text: str) -> set[str]:
    """The parts of a text that are filled in later."""
    return set(PLACEHOLDER.findall(text.replace("%%", "")))


def placeholder_faults(message: Message) -> Iterator[str]:
    """Where a translation fills in something else than its original."""
    ids = list(message.id) if isinstance(message.id, (list, tuple)) else [message.id]
    wanted = placeholders(ids[-1])
    for number, form in enumerate(forms(message)):
        have = placeholders(form)
        # "Eén module" needs no number: a singular may leave out what its plural fills in.
        singular = message.pluralizable and number == 0
        if have != wanted and not (singular and have <= wanted):
            yield f"fills in {sorted(have) or 'nothing'}, not {sorted(wanted) or 'nothing'}"


def faults(found: Catalog, catalogue: Catalog) -> Iterator[str]:
    """Everything that is wrong with a catalogue, a line for each."""
    present = {key_of(message): message for message in entries(catalogue)}
    wanted = {key_of(message) for message in entries(found)}
    for text, _context in sorted(wanted - set(present), key=str):
        yield f"not in the catalogue: {text!r}"
    for key, message in sorted(present.items(), key=str):
        if key not in wanted:
            yield f"no longer used: {key[0]!r}"
        elif message.fuzzy:
            yield f"marked fuzzy: {key[0]!r}"
        elif not is_translated(message):
            yield f"not translated: {key[0]!r}"
        else:
            yield from (f"{fault}: {key[0]!r}" for fault in placeholder_faults(message))
    for obsolete in catalogue.obsolete.values():
        yield f"obsolete: {key_of(obsolete)[0]!r}"


def run_extract() -> int:
    """Bring the catalogue up to date with code and templates."""
    catalogue = merged(find_messages(source_files(SOURCES), root=ROOT), read(CATALOGUE))
    write(catalogue, CATALOGUE)
    waiting = sum(not is_translated(message) for message in entries(catalogue))
    print(f"{len(catalogue)} texts, {waiting} still to translate")
    return 0


def run_merge(files: list[Path]) -> int:
    """Fill in what is untranslated from other files. Later files win over earlier ones."""
    catalogue = read(CATALOGUE)
    own = {key_of(message): message for message in entries(catalogue)}
    taken, unknown = 0, []
    for file in files:
        for other in entries(read(file)):
            message = own.get(key_of(other))
            if message is None:
                unknown.append(f"{file.name}: {key_of(other)[0]!r}")
            elif forms(message) != forms(other):
                taken += adopt(message, other)
    write(catalogue, CATALOGUE)
    print(f"{taken} translations taken over, {len(unknown)} not in the catalogue")
    for line in unknown:
        print(f"  {line}")
    return 0


def run_check() -> int:
    """Print what is wrong with the catalogue. Returns 1 when something is."""
    found = find_messages(source_files(SOURCES), root=ROOT)
    problems = list(faults(found, read(CATALOGUE)))
    for line in problems:
        print(line)
    print(f"{len(found)} texts, {len(problems)} problems")
    return 1 if problems else 0


def main(arguments: list[str]) -> int:
    """Do what the command line asks. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.messages")
    parser.add_argument("action", choices=["extract", "merge", "compile", "check"])
    parser.add_argument("files", nargs="*", type=Path, help=".po files to merge")
    options = parser.parse_args(arguments)
    if options.action == "extract":
        return run_extract()
    if options.action == "merge":
        return run_merge(options.files)
    if options.action == "check":
        return run_check()
    compile_catalogue(CATALOGUE)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
