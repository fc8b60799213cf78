"""Who looked at people's data is kept, once per hour for lists, and never changed."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from learning import access_log
from learning.models import AccessLog
from tests import factories

pytestmark = pytest.mark.django_db
What = AccessLog.What


@pytest.fixture
def utrecht():
    return factories.make_municipality("Utrecht")


@pytest.fixture
def viewer(utrecht):
    return factories.make_monitor(utrecht)


def kinds():
    return sorted(AccessLog.objects.values_list("what", flat=True))


def test_a_list_is_kept_once_an_hour_and_a_person_every_time(
    utrecht, viewer, django_capture_on_commit_callbacks
):
    person = factories.make_member(utrecht).person
    for _ in range(3):
        with django_capture_on_commit_callbacks(execute=True):
            access_log.record(viewer, utrecht, What.PEOPLE)
        access_log.record(viewer, utrecht, What.PERSON, person=person)
    assert kinds() == ["people", "person", "person", "person"]
    # Another kind, another viewer and another municipality have lines of their own.
    access_log.record(viewer, utrecht, What.SEARCH)
    access_log.record(factories.make_monitor(utrecht), utrecht, What.PEOPLE)
    access_log.record(viewer, factories.make_municipality(), What.PEOPLE)
    assert AccessLog.objects.count() == 7


def test_the_database_keeps_it_to_one_when_the_cache_forgets(utrecht, viewer):
    for _ in range(2):
        cache.clear()
        access_log.record(viewer, utrecht, What.PEOPLE)
    assert kinds() == ["people"]


def test_what_is_remembered_costs_no_query(
    utrecht, viewer, django_assert_num_queries, django_capture_on_commit_callbacks
):
    with django_assert_num_queries(1), django_capture_on_commit_callbacks(execute=True):
        access_log.record(viewer, utrecht, What.PEOPLE)
    with django_assert_num_queries(0):
        access_log.record(viewer, utrecht, What.PEOPLE)


def test_a_line_that_was_rolled_back_is_written_again(utrecht, viewer):
    # Nothing was committed, so nothing may be remembered either.
    access_log.record(viewer, utrecht, What.PEOPLE)
    AccessLog.objects.all().delete()
    access_log.record(viewer, utrecht, What.PEOPLE)
    assert kinds() == ["people"]


def test_lines_are_only_added(utrecht, viewer):
    access_log.record(viewer, utrecht, What.EXPORT)
    line = AccessLog.objects.get()
    for change in (
        line.save,
        line.delete,
        lambda: AccessLog.objects.update(what="x"),
        lambda: AccessLog.objects.bulk_update([line], ["what"]),
    ):
        with pytest.raises(TypeError):
            change()


def test_erasing_somebody_leaves_the_line_without_them(utrecht, viewer):
    person = factories.make_user()
    access_log.record(viewer, utrecht, What.PERSON, person=person)
    person.delete()
    viewer.delete()
    line = AccessLog.objects.get()
    assert (line.viewer, line.person, line.what) == (None, None, "person")


def test_what_is_older_than_a_year_goes(utrecht, viewer):
    access_log.record(viewer, utrecht, What.EXPORT)
    AccessLog.objects.create(
        viewer=viewer,
        municipality=utrecht,
        what=What.EXPORT,
        at=timezone.now() - timedelta(days=366),
    )
    assert AccessLog.objects.of(utrecht).kept().count() == 1
    assert access_log.forget_old() == 1
    assert AccessLog.objects.count() == 1


def test_a_successor_has_the_log_of_who_joined_it(utrecht, viewer):
    access_log.record(viewer, utrecht, What.EXPORT)
    new = factories.make_municipality("Nieuwstad")
    assert not AccessLog.objects.of(new).exists()
    utrecht.successor, utrecht.merged_on = new, timezone.localdate()
    utrecht.save()
    assert AccessLog.objects.of(new).count() == 1


def test_the_pages_of_people_are_recorded(utrecht, viewer, signed_in):
    factories.make_module("eed", roles=["raadslid"])
    factories.make_member(utrecht, name="Anna")
    client = signed_in(viewer)
    client.get("/gemeente/utrecht/")
    client.get("/gemeente/utrecht/")
    client.post("/gemeente/utrecht/", {"name": "Anna"})
    client.get("/gemeente/utrecht/personen.csv")
    assert kinds() == ["export", "people", "search"]
    assert "Anna" not in str(list(AccessLog.objects.values()))
    # Who is kept out has seen nothing.
    stranger = signed_in(factories.make_monitor(factories.make_municipality("Zwolle")))
    assert stranger.get("/gemeente/utrecht/").status_code == 403
    assert stranger.get("/gemeente/utrecht/personen.csv").status_code == 403
    assert AccessLog.objects.count() == 3


def test_the_navigation_marks_where_one_is(utrecht, viewer, signed_in, home):
    html = signed_in(viewer).get("/gemeente/utrecht/").content.decode()
    assert '<a href="/gemeente/utrecht/" aria-current="page">' in html


LOG = "/gemeente/utrecht/logboek/"


def test_monitors_read_the_log_newest_first_and_by_kind(utrecht, viewer, signed_in, home):
    person = factories.make_member(utrecht, name="Anna").person
    access_log.record(viewer, utrecht, What.EXPORT)
    access_log.record(viewer, utrecht, What.PERSON, person=person)
    client = signed_in(viewer)
    lines = client.get(LOG).context["lines"]
    assert [(line.what, name) for line, name in lines] == [("person", "Anna"), ("export", None)]
    only = client.get(f"{LOG}?what=export")
    assert [line.what for line, _name in only.context["lines"]] == ["export"]
    # What means nothing shows everything, and breaks nothing.
    assert len(client.get(f"{LOG}?what=koning&p=99").context["lines"]) == 2


def test_the_log_names_nobody_who_is_no_member_here(utrecht, viewer, signed_in, home):
    elsewhere = factories.make_member(name="Vreemde Vogel").person
    access_log.record(viewer, utrecht, What.PERSON, person=elsewhere)
    assert "Vreemde" not in signed_in(viewer).get(LOG).content.decode()


def test_an_empty_log_says_what_comes(utrecht, viewer, signed_in, home):
    assert "Nog niets" in signed_in(viewer).get(LOG).content.decode()


def test_the_log_is_of_one_municipality(utrecht, viewer, signed_in, home):
    zwolle = factories.make_municipality("Zwolle")
    neighbour = factories.make_monitor(zwolle, name="Buurman")
    access_log.record(viewer, utrecht, What.EXPORT)
    access_log.record(neighbour, zwolle, What.EXPORT)
    assert "Buurman" not in signed_in(viewer).get(LOG).content.decode()


def test_the_log_comes_in_pages_that_keep_the_filter(
    utrecht, viewer, signed_in, home, django_assert_max_num_queries
):
    client = signed_in(viewer)

    def add(many):
        for _ in range(many):
            person = factories.make_member(utrecht).person
            access_log.record(viewer, utrecht, What.PERSON, person=person)

    add(2)
    client.get(LOG)
    with django_assert_max_num_queries(12) as few:
        client.get(LOG)
    add(58)
    client.get(LOG)
    with django_assert_max_num_queries(12) as many:
        page = client.get(f"{LOG}?what=person")
    assert len(many) == len(few)
    assert len(page.context["lines"]) == 50
    assert "?what=person&amp;p=2" in page.content.decode()
    assert len(client.get(f"{LOG}?what=person&p=2").context["lines"]) == 10
