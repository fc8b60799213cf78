"""Numbers that say since when nothing changed: once per request, and always anew outside one."""

import pytest
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from home.publication import ChangeNumber, Kept


@pytest.fixture
def in_request():
    # What Django does with connections at both moments is not for a test's transaction.
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    request_started.send(sender=None, environ={})
    yield
    request_finished.send(sender=None)
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


def changed_by_somebody_else(number: ChangeNumber) -> None:
    cache.set(number.key, number.current() + 1)


def test_a_request_is_made_from_one_state(in_request):
    number = ChangeNumber("a")
    first = number.current()
    changed_by_somebody_else(number)
    assert number.current() == first


def test_a_request_sees_its_own_change(in_request):
    number = ChangeNumber("b")
    first = number.current()
    assert number.advance() > first
    assert number.current() > first


def test_a_worker_sees_every_change():
    number = ChangeNumber("c")
    first = number.current()
    changed_by_somebody_else(number)
    assert number.current() > first


def test_the_next_request_sees_it_too(in_request):
    number = ChangeNumber("d")
    kept: Kept[str] = Kept(number)
    assert kept.get("x", lambda: "old") == "old"
    changed_by_somebody_else(number)
    assert kept.get("x", lambda: "new") == "old"
    request_finished.send(sender=None)
    request_started.send(sender=None, environ={})
    assert kept.get("x", lambda: "new") == "new"
