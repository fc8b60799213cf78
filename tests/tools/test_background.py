"""The worker beside the server: kept alive, and gone when the server is."""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tools import background

PROGRAM = """
import pathlib, signal, sys, time
{first}
pathlib.Path(sys.argv[1]).touch()
time.sleep(60)
"""
DEAF = "signal.signal(signal.SIGTERM, signal.SIG_IGN)"


@pytest.fixture
def begin(tmp_path: Path):
    """Start a program as the worker; wait until it runs."""
    begun: list[background.Background] = []

    def start(first: str = "") -> background.Background:
        mark = tmp_path / f"runs-{len(begun)}"
        command = [sys.executable, "-c", PROGRAM.format(first=first), str(mark)]
        worker = background.Background(dict(os.environ), command)
        begun.append(worker)
        wait_for(mark.exists)
        return worker

    yield start
    for worker in begun:
        if worker.process.poll() is None:
            worker.process.kill()
            worker.process.wait()


def wait_for(what: Callable[[], object]) -> None:
    end = time.monotonic() + 20
    while not what():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_it_stops_when_asked(begin):
    worker = begin()
    worker.stop()
    assert worker.process.returncode is not None


def test_what_does_not_listen_is_ended_by_force(begin, monkeypatch, capsys):
    monkeypatch.setattr(background, "STOP_SECONDS", 0.2)
    worker = begin(DEAF)
    worker.stop()
    assert worker.process.returncode == -signal.SIGKILL
    assert "done again later" in capsys.readouterr().out


def test_it_is_started_again_when_it_dies(begin, monkeypatch, capsys):
    worker = begin()
    first = worker.process
    first.kill()
    first.wait()
    worker.tend()
    assert worker.process is first
    monkeypatch.setattr(background, "RESTART_SECONDS", 0)
    worker.tend()
    assert worker.process is not first
    assert "started again" in capsys.readouterr().out
    worker.stop()


def test_it_is_not_started_again_while_stopping(begin, monkeypatch):
    monkeypatch.setattr(background, "RESTART_SECONDS", 0)
    worker = begin()
    worker.ask_to_stop()
    worker.process.wait()
    first = worker.process
    worker.tend()
    assert worker.process is first
