"""Reading and writing exact versions."""

from tools.paths import ROOT
from tools.pins import FILES, pins_of, pins_of_report


def test_pins_are_read_and_other_lines_left_out() -> None:
    assert pins_of("# made\n-r requirements.txt\nDjango==5.2.1\n") == {"django": "5.2.1"}


def test_names_in_a_report_are_made_alike() -> None:
    report = {"install": [{"metadata": {"name": "Typing_Extensions", "version": "4.1"}}]}
    assert pins_of_report(report) == {"typing-extensions": "4.1"}


def test_everything_that_is_installed_is_pinned() -> None:
    for name in FILES:
        lines = (ROOT / f"{name}.txt").read_text().splitlines()
        loose = [line for line in lines if "==" not in line and line[0] not in "#-"]
        assert loose == []
