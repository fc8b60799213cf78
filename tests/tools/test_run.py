"""What `make run` says and decides before it starts anything."""

import socket
from pathlib import Path

import pytest

from tools import frontend, python_env, serve
from tools.say import Problem


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOST", "PORT", "DEMO", "BASE_URL", "ALLOWED_HOSTS"):
        monkeypatch.delenv(name, raising=False)


def test_the_address_has_defaults_and_can_be_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    assert serve.address() == ("127.0.0.1", 8000)
    monkeypatch.setenv("HOST", "localhost")
    monkeypatch.setenv("PORT", "8080")
    assert serve.address() == ("localhost", 8080)


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1"])
def test_nonsense_is_no_port(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(Problem, match="is not a port"):
        serve.address()


def test_a_taken_port_is_named_with_the_way_out() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Problem, match=f"PORT={port + 1} make run"):
            serve.check_port("127.0.0.1", port)
    serve.check_port("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(Problem, match="not an address of this machine"):
        serve.check_port("192.0.2.1", 8000)


def test_the_demo_is_on_unless_it_is_put_off(monkeypatch: pytest.MonkeyPatch) -> None:
    assert serve.environment("127.0.0.1", 8001)["DEMO"] == "1"
    assert serve.environment("127.0.0.1", 8001)["BASE_URL"] == "http://127.0.0.1:8001"
    monkeypatch.setenv("DEMO", "0")
    assert serve.environment("127.0.0.1", 8001)["DEMO"] == "0"


def test_a_host_of_one_s_own_is_allowed() -> None:
    assert "ALLOWED_HOSTS" not in serve.environment("127.0.0.1", 8000)
    assert serve.environment("10.0.0.5", 8000)["ALLOWED_HOSTS"].endswith(",10.0.0.5")


def test_the_demo_accounts_are_told() -> None:
    lines = "\n".join(serve.demo_lines("http://127.0.0.1:8000"))
    assert "griffier@voorbeeld.example" in lines
    assert "demo-Weerbaar-2026" in lines


def test_a_fingerprint_follows_the_contents(tmp_path: Path) -> None:
    file = tmp_path / "requirements.txt"
    file.write_text("one==1\n")
    before = python_env.fingerprint(file)
    assert python_env.fingerprint(file) == before
    file.write_text("one==2\n")
    assert python_env.fingerprint(file) != before


def test_the_front_end_s_packages_are_no_sources_of_ours(tmp_path: Path) -> None:
    (tmp_path / "css").mkdir()
    (tmp_path / "node_modules" / "one").mkdir(parents=True)
    (tmp_path / "css" / "own.css").write_text("a {}")
    (tmp_path / "node_modules" / "one" / "theirs.css").write_text("b {}")
    found = frontend.sources(tmp_path)
    assert [path.name for path in found] == ["own.css"]
    before = frontend.digest_of(found)
    (tmp_path / "css" / "own.css").write_text("a { color: red }")
    assert frontend.digest_of(found) != before


def test_a_program_that_is_not_node_has_no_version(tmp_path: Path) -> None:
    fake = tmp_path / "node"
    fake.write_text("#!/bin/sh\necho v22.1.0\n")
    fake.chmod(0o755)
    assert frontend.node_version(str(fake)) == 22
    assert frontend.node_version(str(tmp_path / "nothing")) == 0
