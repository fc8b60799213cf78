"""Log lines say what happened, never who."""

import json
import logging

import pytest

from config.logs import configure, drop_personal, drop_query, logging_config
from tests import factories


def test_personal_keys_are_left_out():
    event = {"event": "x", "email": "a@b.example", "user": "A", "ip": "1.2.3.4", "status": 200}
    assert drop_personal(None, "info", event) == {"event": "x", "status": 200}


def test_what_was_searched_for_is_cut_off():
    event = {"event": "Not Found: /zoeken/?q=Jansen"}
    assert drop_query(None, "info", event)["event"] == "Not Found: /zoeken/"


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
