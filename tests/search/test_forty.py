"""Forty searches written by hand, on the demo: what was meant stands on top.

`make bench-search` measures the same forty among 20,000 other pages.
"""

import pytest

from search.models import Entry, Word
from search.setup import load_search_demo, set_up_search
from tests.benchmarks.search import names_in, queries

# What the demo gave when this was written: 36 first, 38 among the first three. Content that is
# added may push one down.
FIRST, IN_THREE = 35, 36


@pytest.mark.django_db
def test_what_was_meant_stands_on_top(demo_modules, client):
    set_up_search()
    load_search_demo()
    entries, words = Entry.objects.count(), Word.objects.count()
    # Safe to repeat.
    load_search_demo()
    assert (Entry.objects.count(), Word.objects.count()) == (entries, words)
    asked = queries()
    assert len(asked) == 40
    places = []
    for query in asked:
        names = names_in(client.get("/zoeken/", {"q": query["text"]}))
        found = names.index(query["first"]) + 1 if query["first"] in names else 0
        places.append((found, query["text"], names[:3]))
    missed = [place for place in places if place[0] != 1]
    assert sum(found == 1 for found, *_rest in places) >= FIRST, missed
    assert sum(1 <= found <= 3 for found, *_rest in places) >= IN_THREE, missed
