"""When something breaks, what somebody typed is told to nobody."""

import logging

import pytest
from django.conf import settings
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import User
from config.logs import configure, lines_of, logging_config
from tests import factories

pytestmark = pytest.mark.django_db
NAME = "Jansen-Achternaam"


def as_logged(capsys, do):
    """All that the site's own way of logging writes, every library's lines with it."""
    capsys.readouterr()
    configure(logging_config(level="INFO", as_json=False))
    try:
        do()
    finally:
        written = capsys.readouterr().err
        configure(logging_config(level="INFO", as_json=False))
    return written


def test_an_error_with_a_name_in_it_leaves_no_name(home, monkeypatch, capsys):
    def broken(request, *_args, **_kwargs):
        raise ValueError(f"cannot keep {request.POST['login']}") from KeyError(NAME)

    monkeypatch.setattr("allauth.account.views.LoginView.post", lambda _view, r: broken(r))
    browser = Client(raise_request_exception=False, headers={"user-agent": NAME})
    browser.cookies["naam"] = NAME

    def post():
        answer = browser.post(f"/account/login/?bron={NAME}", {"login": NAME, "password": NAME})
        assert answer.status_code == 500
        assert NAME not in answer.content.decode()

    written = as_logged(capsys, post)
    assert "builtins.ValueError" in written
    assert "builtins.KeyError" in written
    assert "test_errors.py" in written
    assert NAME not in written
    assert mail.outbox == []


def test_what_a_database_repeats_is_not_repeated():
    factories.make_user("jansen@voorbeeld.example")
    person = User(email="jansen@voorbeeld.example")
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        person.save()
    assert "jansen" not in "\n".join(lines_of(caught.value, keep_words=False))


def test_nobody_is_mailed_a_page_of_an_error():
    assert settings.ADMINS == []
    assert settings.MANAGERS == []
    handlers = [logging.getLogger(), *map(logging.getLogger, ("django", "django.request"))]
    kinds = {type(h).__name__ for logger in handlers for h in logger.handlers}
    assert "AdminEmailHandler" not in kinds
