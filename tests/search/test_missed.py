"""What was searched in vain: counted, without who, for editors."""

from datetime import timedelta

import pytest
from django.utils import timezone

from learning.retention import apply_retention
from learning.rules.retention import period
from search import missed
from search.models import MissedWord
from search.setup import set_up_search
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson(db):
    return factories.make_lesson(title="Melden")


def search(client, text, times=1):
    for _ in range(times):
        client.get("/zoeken/", {"q": text})


def counted():
    return dict(MissedWord.objects.values_list("text", "times"))


def test_a_word_that_the_site_does_not_use_is_counted(client, lesson):
    search(client, "parkeervergunning", 3)
    search(client, "Parkeervergunning aanvragen")
    assert counted() == {"parkeervergunning": 4, "aanvragen": 1}


def test_a_long_word_of_words_that_the_site_does_use_is_counted(client, lesson):
    factories.make_lesson(title="Honden")
    factories.make_lesson(title="Belasting")
    search(client, "hondenbelasting")
    assert counted() == {"hondenbelasting": 1}
    factories.make_lesson(title="Belasting op honden")
    search(client, "hondenbelasting")
    assert counted() == {"hondenbelasting": 1}


def test_what_is_found_or_only_looked_at_is_not(client, lesson):
    search(client, "melden")
    search(client, "meldne")
    search(client, "melden parkeervergunning")
    client.get("/zoeken/suggesties/", {"q": "parkeervergunning"})
    assert counted() == {}


def test_names_numbers_and_addresses_are_not_kept(client, lesson):
    factories.make_user(name="Quirijn Zwanenburgh")
    for text in ("zwanenburgh", "piet qwxyz", "qwxyz@voorbeeld.example", "0612345678", "a1b2c3"):
        search(client, text)
    assert counted() == {}


def test_nobody_fills_the_table(client, lesson, monkeypatch):
    monkeypatch.setattr(missed, "MOST_A_DAY", 2)
    for word in ("qqwwee", "rrttyy", "uuiioo"):
        search(client, word)
    search(client, "qqwwee")
    assert counted() == {"qqwwee": 2, "rrttyy": 1}


def test_editors_see_what_was_searched_often_enough(client, signed_in, lesson):
    from django.contrib.auth.models import Group  # noqa: PLC0415  only here

    from home.permissions import EDITORS, set_up_groups  # noqa: PLC0415

    set_up_groups()
    set_up_search()
    editor = factories.make_user()
    editor.groups.add(Group.objects.get(name=EDITORS))
    search(client, "parkeervergunning", missed.SHOWN_FROM)
    search(client, "hondenbelasting", missed.SHOWN_FROM - 1)
    page = signed_in(editor).get("/beheer/vergeefs-gezocht/").content.decode()
    assert "parkeervergunning" in page
    assert "hondenbelasting" not in page


def test_old_counts_go(lesson):
    today = timezone.localdate()
    for days in (0, period("missed_words").days, period("missed_words").days + 1):
        MissedWord.objects.create(
            day=today - timedelta(days=days), language="nl", text=f"woord{days}"
        )
    apply_retention()
    assert MissedWord.objects.count() == 2
