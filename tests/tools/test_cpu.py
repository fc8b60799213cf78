"""Reading CPU time from /proc."""

import os
from pathlib import Path

import pytest

from tools import cpu
from tools.say import Problem

STAT = "812 (gunicorn: (a b)) S 7 812 812 0 -1 4194560 900 100 0 0 120 30 4 6 20 0 1 0 5 6 7"


def test_a_stat_line_is_read_past_any_name() -> None:
    assert cpu.parse_stat(STAT) == (7, 160)


def test_a_tree_counts_its_descendants_and_nobody_else() -> None:
    processes = {1: (0, 1000), 7: (1, 1), 8: (7, 20), 9: (8, 300), 10: (1, 5000)}
    assert cpu.ticks_of_tree(7, processes) == 321


def test_a_process_that_is_gone_is_told() -> None:
    with pytest.raises(Problem, match="no process 99"):
        cpu.ticks_of_tree(99, {1: (0, 1)})


def test_time_is_read_in_milliseconds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "812").mkdir()
    (tmp_path / "812" / "stat").write_text(STAT)
    (tmp_path / "813").mkdir()  # a process that ended meanwhile
    (tmp_path / "uptime").touch()
    monkeypatch.setattr(cpu, "PROC", tmp_path)
    monkeypatch.setattr(os, "sysconf", lambda name: {"SC_CLK_TCK": 100}[name])
    assert cpu.cpu_ms(812) == 1600
    assert cpu.cpu_ms(None) == 0


def test_a_table_adds_server_and_database() -> None:
    figure = cpu.Figure(
        url="http://127.0.0.1/",
        status=200,
        requests=100,
        body_bytes=5,
        server_ms=2,
        database_ms=1.5,
    )
    assert "3.50" in cpu.table([figure])
