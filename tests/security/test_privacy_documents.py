"""What municipalities are told about keeping data is what the code does (ADR 0031)."""

import re
from pathlib import Path

from learning.rules.retention import LINES, How

PRIVACY = Path(__file__).parents[2] / "docs" / "privacy"
AFTERWARDS = {
    How.DELETED: "verwijderd",
    How.ANSWERS_REMOVED: "antwoorden weg, uitslag blijft",
    How.ANONYMISED: "anoniem",
    How.WITH_ACCOUNT: "met het account",
    How.UNTIL_LEFT: "verwijderd",
    How.WITH_CONTENT: "met de inhoud; na wissen zonder naam",
}


def cells_of(document: str) -> list[list[str]]:
    lines = (PRIVACY / document).read_text().splitlines()
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in lines
        if line.startswith("| ")
    ]


def period(line) -> str:
    if line.how is How.UNTIL_LEFT:
        return "tot opzegging"
    if line.period is None:
        return "met de inhoud" if line.how is How.WITH_CONTENT else "met het account"
    return f"{line.period.days} {'dag' if line.period.days == 1 else 'dagen'}"


def test_periods_are_those_of_the_code():
    told = {cells[0].strip("`"): cells[2:] for cells in cells_of("bewaartermijnen.md")[1:]}
    assert told == {
        line.key: [period(line), AFTERWARDS[line.how], line.law.value] for line in LINES
    }


def test_every_period_belongs_to_a_processing_and_the_other_way_round():
    named = set()
    for cells in cells_of("verwerkingsregister.md"):
        named.update(re.findall(r"`(\w+)`", cells[-1]))
    assert named == {line.key for line in LINES}


def test_what_is_not_ours_to_say_is_marked():
    for document in ("dpia.md", "verwerkingsregister.md", "bewaartermijnen.md", "rechten.md"):
        text = (PRIVACY / document).read_text()
        assert "[gemeente" in text
        assert "[juridisch te toetsen]" in text
