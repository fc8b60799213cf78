"""What follows from storing waits in tests, and nobody can tell."""

import pytest
from wagtail.search.models import IndexEntry

from search.models import Entry
from tests import factories, later

pytestmark = pytest.mark.django_db


def test_what_was_published_is_there_for_whoever_asks(home):
    news = factories.make_news("Een bericht")
    assert Entry.objects.get(page=news).name == "Een bericht"
    assert IndexEntry.objects.filter(object_id=str(news.pk), title__contains="bericht").exists()


def test_storing_often_is_followed_once(home, monkeypatch):
    news = factories.make_news()
    assert Entry.objects.filter(page=news).exists()
    done = []
    monkeypatch.setattr(later, "refresh_page", done.append)
    for title in ("Eerst", "Daarna"):
        news.title = title
        news.save()
    assert done == []
    assert Entry.objects.filter(page=news).exists()
    assert done == [news.pk]


def test_what_waited_is_nobodys_question(home, django_assert_num_queries):
    factories.make_news()
    with django_assert_num_queries(1):
        Entry.objects.count()


def test_what_is_deleted_is_not_followed(home):
    news = factories.make_news()
    pk = news.pk
    news.delete()
    assert not Entry.objects.filter(page_id=pk).exists()
    assert not IndexEntry.objects.filter(object_id=str(pk)).exists()
