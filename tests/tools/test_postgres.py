"""The parts of the PostgreSQL launcher that need no server."""

import os
import pwd
from pathlib import Path

import pytest

from tools import postgres
from tools.say import Problem


def install(folder: Path, version: str, *, whole: bool = True) -> Path:
    """A folder that looks like PostgreSQL's."""
    folder.mkdir(parents=True)
    program = folder / "postgres"
    program.write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n")
    program.chmod(0o755)
    if whole:
        (folder / "initdb").touch()
    return folder


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", (15, 18)),
        ("postgres (PostgreSQL) 18.4", (18, 4)),
        ("", ()),
    ],
)
def test_versions_are_read(text: str, version: tuple[int, ...]) -> None:
    assert postgres.parse_version(text) == version


def test_the_newest_whole_installation_wins(tmp_path: Path) -> None:
    nine = install(tmp_path / "9", "9.6.24")
    sixteen = install(tmp_path / "16", "16.2")
    client = install(tmp_path / "18", "18.0", whole=False)
    assert postgres.newest([nine, sixteen, client, tmp_path / "nothing"]) == sixteen


def test_what_does_not_run_is_no_installation(tmp_path: Path) -> None:
    broken = install(tmp_path / "bin", "16.2")
    (broken / "postgres").write_text("#!/bin/sh\nexit 1\n")
    assert postgres.newest([broken]) is None
    assert postgres.newest([]) is None


def test_somebody_else_is_needed_for_root_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert postgres.other_user() == {}


def test_root_takes_the_first_account_that_exists(monkeypatch: pytest.MonkeyPatch) -> None:
    nobody = pwd.struct_passwd(("nobody", "x", 65534, 65533, "", "/", "/bin/false"))

    def find(name: str) -> pwd.struct_passwd:
        return {"nobody": nobody}[name]

    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(pwd, "getpwnam", find)
    assert postgres.other_user() == {"user": 65534, "group": 65533, "extra_groups": []}


def test_root_without_another_account_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def find(name: str) -> pwd.struct_passwd:
        raise KeyError(name)

    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(pwd, "getpwnam", find)
    with pytest.raises(Problem, match="user postgres or nobody"):
        postgres.other_user()


def test_closed_binaries_are_copied_with_their_libraries(tmp_path: Path) -> None:
    package = tmp_path / "site-packages" / "server"
    binaries = install(package / "install18" / "bin", "18.4")
    libraries = package.with_suffix(".libs")
    libraries.mkdir()
    (libraries / "libpq.so").touch()
    # initdb is empty and not executable: just what a closed folder looks like.
    copy = postgres.within_reach(binaries, tmp_path / "home", {})
    assert copy == tmp_path / "home" / "python" / "server" / "install18" / "bin"
    assert (copy / "postgres").exists()
    assert (tmp_path / "home" / "python" / "server.libs" / "libpq.so").exists()


def test_a_server_that_does_not_start_tells_why(tmp_path: Path) -> None:
    class Ended:
        def poll(self) -> int:
            return 1

    (tmp_path / "log").write_text("FATAL: no memory\n")
    with pytest.raises(Problem, match="no memory"):
        postgres.wait_until_it_answers(Ended(), tmp_path / "data")  # type: ignore[arg-type]
