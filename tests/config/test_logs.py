"""Log lines say what happened, never who."""

import json
import logging

import pytest

from config.logs import configure, drop_codes, drop_personal, drop_query, logging_config
from tests import factories
from tests.security.routes import routes


def test_personal_keys_are_left_out():
    event = {"event": "x", "email": "a@b.example", "user": "A", "ip": "1.2.3.4", "status": 200}
    assert drop_personal(None, "info", event) == {"event": "x", "status": 200}


def test_what_was_searched_for_is_cut_off():
    event = {"event": "Not Found: /zoeken/?q=Jansen"}
    assert drop_query(None, "info", event)["event"] == "Not Found: /zoeken/"


@pytest.mark.parametrize(
    "path",
    [
        "/certificaat/{}/",
        "/en/certificaat/{}/",
        "/opfrissen/{}/",
        "/mail/stoppen/{}/",
        "/nieuwsbrief/stoppen/{}/",
        "/en/nieuwsbrief/keuze/{}/",
        "/account-behouden/{}/",
        "/account/password/reset/key/{}/",
    ],
)
def test_what_opens_something_is_cut_from_addresses(path):
    opens = "3k-c9f1:ab_C"
    event = {"event": f"Not Found: {path.format(opens)}", "path": path.format(opens)}
    told = drop_codes(None, "info", event)
    assert told == {"event": f"Not Found: {path.format('…')}", "path": path.format("…")}


def test_no_address_with_a_token_or_a_code_in_it_is_forgotten():
    opens = "3k-c9f1:ab_C"
    secret = [route for route in routes() if {"token", "code"}.intersection(route.parts)]
    assert len(secret) >= 6
    for route in secret:
        path = route.address(token=opens, code=opens)
        assert opens not in drop_codes(None, "info", {"path": path})["path"], route.pattern


def rendered(*names_and_words, broken=None, level="INFO"):
    """An event as the handler writes it."""
    settings = logging_config(level=level, as_json=False)["formatters"]["house"]
    formatter = settings.pop("()")(**settings)
    record = logging.LogRecord(
        "house.test", logging.ERROR, __file__, 1, names_and_words[0], names_and_words[1:], None
    )
    if broken is not None:
        record.exc_info = (type(broken), broken, broken.__traceback__)
    return formatter.format(record)


def test_nobody_writes_a_line_of_their_own_into_the_log():
    line = rendered("Not Found: %s", "/x\r\nevent=signed_in\x1b[2J\u2028")
    assert "\n" not in line
    assert 'event="Not Found: /x��event=signed_in�[2J�"' in line


def test_the_row_that_a_database_quotes_is_left_out():
    row = "DETAIL:  Key (email)=(jan@voorbeeld.example)\nexists"
    try:
        try:
            raise ValueError(f"twice\n{row}")
        except ValueError as error:
            raise RuntimeError("not stored") from error
    except RuntimeError as error:
        said = ("Internal Server Error: %s", "/mijn/")
        line = rendered(*said, broken=error)
        more = rendered(*said, broken=error, level="DEBUG")
    for each in (line, more):
        assert "jan@" not in each
        assert "builtins.ValueError" in each
        assert "builtins.RuntimeError" in each
        assert "test_logs.py" in each
    # What it said stands there only for who asked for everything.
    assert "ValueError: twice" in more
    assert "ValueError: twice" not in line


@pytest.mark.django_db
def test_a_failed_sign_in_leaves_no_name_in_the_log(client, home, caplog):
    person = factories.make_user("iemand@voorbeeld.example")
    with caplog.at_level(logging.DEBUG):
        client.post("/account/login/?bron=mail", {"login": person.email, "password": "fout-fout"})
    assert caplog.records
    assert "iemand" not in caplog.text
    assert "bron=mail" not in caplog.text


def test_lines_can_be_json(capsys):
    config = logging_config(level="INFO", as_json=True)
    configure(config)
    logging.getLogger("house.test").info("hallo %s", "wereld")
    line = capsys.readouterr().err.strip().splitlines()[-1]
    configure(logging_config(level="INFO", as_json=False))
    assert json.loads(line)["event"] == "hallo wereld"
