"""What to read next: a plain rule, and what an editor chose instead."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.models import RelatedNews, Theme
from home.relatedness import Subject, closest
from tests import factories

DAY = date(2026, 11, 26)
KEYS = st.frozensets(st.integers(1, 4), max_size=3)
DAYS = st.dates(date(2017, 1, 1), date(2026, 12, 31))
SUBJECTS = st.builds(Subject, key=st.integers(1, 12), day=DAYS, themes=KEYS, goals=KEYS)


def subject(key, *themes, goals=(), ago=0):
    day = DAY - timedelta(days=ago)
    return Subject(key=key, day=day, themes=frozenset(themes), goals=frozenset(goals))


def test_what_shares_more_comes_first():
    page = subject(1, 1, 2, goals=[1])
    others = [subject(2, goals=[1]), subject(3, 1), subject(4, 1, 2), subject(5, 1, goals=[1])]
    assert closest(page, others, most=9) == [4, 5, 3, 2]


def test_what_shares_nothing_is_not_related():
    assert closest(subject(1, 1), [subject(2, 2), subject(3), subject(1, 1)], most=9) == []


def test_of_what_shares_as_much_the_newest_comes_first():
    others = [subject(2, 1, ago=30), subject(3, 1), subject(4, 1, ago=4)]
    assert closest(subject(1, 1), others, most=9) == [3, 4, 2]


def test_old_news_gives_way_even_when_it_shares_more():
    page = subject(1, 1, 2)
    assert closest(page, [subject(2, 1, 2, ago=3000), subject(3, 1)], most=9) == [3, 2]
    assert closest(page, [subject(2, 1, 2, ago=300), subject(3, 1)], most=9) == [2, 3]


@given(SUBJECTS, st.lists(SUBJECTS, max_size=12), st.integers(0, 5), st.randoms())
def test_whatever_there_is(page, others, most, random):
    others = list({each.key: each for each in others}.values())
    found = closest(page, others, most=most)
    by_key = {each.key: each for each in others}
    assert len(found) <= most
    assert len(set(found)) == len(found)
    assert page.key not in found
    assert all(page.shares(by_key[key]) for key in found)
    random.shuffle(others)
    assert closest(page, others, most=most) == found
    # Nothing that is left out beats what is shown in both ways at once.
    left_out = [each for each in others if each.key not in {*found, page.key}]
    for key in found:
        for other in left_out:
            better = page.shares(other) > page.shares(by_key[key])
            assert not (better and other.day > by_key[key].day)


@pytest.fixture
def themes(home):
    return [
        Theme.objects.create(name=name, slug=name.lower(), locale=factories.locale())
        for name in ("Integriteit", "Samenwerking")
    ]


def titles(page):
    return [each.title for each in page.related()]


@pytest.mark.django_db
def test_related_news_is_public_live_and_in_the_same_language(themes, client):
    page = factories.make_news("Dit", themes=themes[:1])
    factories.make_news("Hoort erbij", themes=themes[:1])
    factories.make_news("Andere zaak", themes=themes[1:])
    factories.make_news("Concept", themes=themes[:1]).unpublish()
    closed = factories.make_news("Besloten", themes=themes[:1])
    closed.view_restrictions.create(restriction_type="login")
    english = factories.make_news("In English", code="en")
    english.themes.set(themes[:1])
    english.save_revision().publish()
    assert titles(page) == ["Hoort erbij"]
    shown = client.get(page.url).content.decode()
    assert "Lees ook" in shown
    assert "Hoort erbij" in shown
    assert "Besloten" not in shown


@pytest.mark.django_db
def test_an_editor_puts_others_first_or_alone(themes):
    page = factories.make_news("Dit", themes=themes[:1])
    factories.make_news("Vanzelf", themes=themes[:1])
    chosen = factories.make_news("Gekozen", themes=themes[1:])
    gone = factories.make_news("Weg")
    page.related_by_hand = [RelatedNews(related=each) for each in (gone, chosen, page, chosen)]
    page.save_revision().publish()
    gone.unpublish()
    assert titles(page) == ["Gekozen", "Vanzelf"]
    page.only_by_hand = True
    page.save_revision().publish()
    assert titles(page) == ["Gekozen"]
    # With nothing left of what was chosen, it follows from the themes again.
    chosen.unpublish()
    assert titles(page) == ["Vanzelf"]


@pytest.mark.django_db
def test_the_choice_holds_in_the_language_of_the_page(themes):
    page = factories.make_news("Dit")
    chosen = factories.make_news("Gekozen")
    page.related_by_hand = [RelatedNews(related=chosen)]
    page.save_revision().publish()
    english = factories.translated_news(page, "This")
    assert titles(english) == []
    factories.translated_news(chosen, "Chosen")
    assert titles(english) == ["Chosen"]


@pytest.mark.django_db
def test_questions_to_the_database_do_not_grow(themes, client, django_assert_max_num_queries):
    page = factories.make_news("Dit", themes=themes)
    page.related_by_hand = [RelatedNews(related=factories.make_news("Gekozen"))]
    page.save_revision().publish()
    for number in range(12):
        factories.make_news(f"Bericht {number}", themes=themes)
    # What frames every page is asked once per publication.
    client.get("/hulp/")
    with django_assert_max_num_queries(20):
        client.get(page.url)
