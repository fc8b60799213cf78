"""Counting what ran, and saying it."""

from pathlib import Path

import pytest

from tools import lanes
from tools.say import Problem

REPORT = """<testsuites><testsuite tests="10" failures="1" errors="2" skipped="3"/></testsuites>"""


def test_a_report_is_counted(tmp_path: Path) -> None:
    file = tmp_path / "report.xml"
    file.write_text(REPORT)
    assert lanes.read_report(file) == (4, 3, 3)


def test_a_missing_report_is_a_failure(tmp_path: Path) -> None:
    assert lanes.read_report(tmp_path / "report.xml") == (0, 1, 0)


def test_a_lane_without_tests_is_not_good() -> None:
    assert not lanes.Outcome().good
    assert not lanes.Outcome(skipped=4).good
    assert lanes.Outcome(passed=1).good


def test_a_lane_that_cannot_run_has_failed_and_the_next_one_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> lanes.Outcome:
        message = "no server\nand more"
        raise Problem(message)

    monkeypatch.setitem(lanes.LANES, "sqlite", broken)
    monkeypatch.setitem(lanes.LANES, "browser", lambda: lanes.Outcome(where="here", passed=3))
    assert lanes.run_lanes(["sqlite", "browser"]) == 1
    output = capsys.readouterr().out
    assert "FAILED" in output
    assert "(no server)" in output
    assert output.rstrip().splitlines()[-1] == "3 passed, 1 failed"


def test_all_good_lanes_make_a_good_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(lanes.LANES, "lint", lambda: lanes.Outcome(where="here", passed=9))
    assert lanes.run_lanes(["lint"]) == 0
    assert capsys.readouterr().out.rstrip().splitlines()[-1] == "9 passed, 0 failed"


def test_a_site_s_settings_do_not_reach_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://production/")
    monkeypatch.setenv("SECRET_KEY", "real")
    monkeypatch.setenv("HOME", "/home/somebody")
    env = lanes.clean_environment()
    assert "DATABASE_URL" not in env
    assert "SECRET_KEY" not in env
    assert env["HOME"] == "/home/somebody"


def test_processes_that_tests_start_need_not_compile_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert "PYTHONDONTWRITEBYTECODE" not in lanes.clean_environment()
