"""docs/security/asvs.md leaves nothing out and names only what exists (ADR 0031)."""

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs" / "security"
STATES = ("met", "partly", "not met", "operator")
ROW = re.compile(r"\| (\d+\.\d+\.\d+) \| ([12]) \|")
FILE = re.compile(r"`([\w./-]+\.(?:py|md|txt|json|toml))`")
TEST = re.compile(r"`([\w./-]+\.py)(?:::(\w+))?`")


def asked() -> dict[str, int]:
    """The numbers of levels 1 and 2 with their level, as ASVS 5.0.0 was published."""
    lines = (DOCS / "asvs-5.0-level-2.txt").read_text().split("\n")
    return {number: int(level) for number, level in map(str.split, filter(None, lines))}


def rows() -> dict[str, list[str]]:
    """The cells of every requirement that applies, by its number."""
    lines = [line for line in (DOCS / "asvs.md").read_text().splitlines() if ROW.match(line)]
    return {(cells := [c.strip() for c in line.strip("|").split("|")])[0]: cells for line in lines}


def left_out() -> list[str]:
    text = (DOCS / "asvs.md").read_text().partition("## What does not apply")[2]
    return re.findall(r"\b\d+\.\d+\.\d+\b", text)


@cache
def defined_in(path: str) -> frozenset[str]:
    return frozenset(re.findall(r"^\s*def (test_\w+)", (ROOT / path).read_text(), re.MULTILINE))


def test_the_list_is_that_of_the_standard():
    levels = list(asked().values())
    assert (levels.count(1), levels.count(2)) == (70, 183)


def test_every_requirement_is_answered_once():
    answered = [*rows(), *left_out()]
    assert sorted(answered) == sorted(set(answered))
    assert set(answered) == set(asked())


def test_levels_are_those_of_the_standard():
    assert {number: int(cells[1]) for number, cells in rows().items()} == {
        number: level for number, level in asked().items() if number in rows()
    }


@pytest.mark.parametrize("number", rows())
def test_what_is_named_exists(number):
    cells = rows()[number]
    assert len(cells) == 6
    state, how, shown = cells[3:]
    assert state in STATES
    assert how not in ("", "–") or state == "operator"
    missing = [path for path in FILE.findall(how) if not (ROOT / path).exists()]
    for path, name in TEST.findall(shown):
        file = f"tests/{path}"
        if not (ROOT / file).exists() or (name and name not in defined_in(file)):
            missing.append(f"{path}::{name}")
    assert missing == []


@pytest.mark.parametrize("name", ["threat-model.md", "README.md"])
def test_other_documents_name_what_exists(name):
    text = (DOCS / name).read_text()
    missing = [
        f"{path}::{test}"
        for path, test in TEST.findall(text)
        if test and test not in defined_in(f"tests/{path}")
    ]
    missing += [
        path
        for path in FILE.findall(text)
        if "/" in path.strip("/.") and path[0] not in "/." and not (ROOT / path).exists()
    ]
    assert missing == []


@pytest.mark.parametrize("folder", ["security", "privacy"])
def test_links_lead_somewhere(folder):
    missing = []
    for document in sorted((ROOT / "docs" / folder).glob("*.md")):
        for target in re.findall(r"\]\(([^)\s]+)\)", document.read_text()):
            path, _hash, anchor = target.partition("#")
            if "://" in path or path.startswith("mailto:"):
                continue
            found = (document.parent / path) if path else document
            if not found.exists() or (anchor and anchor not in anchors(found)):
                missing.append(f"{document.name}: {target}")
    assert missing == []


def anchors(document: Path) -> set[str]:
    """Where a link within a page may lead, as GitHub and Forgejo make them of headings."""
    headings = re.findall(r"^#+ (.+)$", document.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
