"""Who looked at people's data is kept, once per hour for lists, and told to whom it concerns."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent
from learning import access_log
from learning.memberships import join, leave
from tests import factories

pytestmark = pytest.mark.django_db
What = access_log.What


@pytest.fixture
def utrecht():
    return factories.make_municipality("Utrecht")


@pytest.fixture
def viewer(utrecht):
    return factories.make_monitor(utrecht)


@pytest.fixture
def on(monkeypatch):
    """Let what follows happen on a day, at noon."""

    def set_day(day):
        moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        monkeypatch.setattr("accounts.audit.timezone.now", lambda: moment)
        cache.clear()

    yield set_day
    monkeypatch.undo()


def kinds():
    looks = AuditEvent.objects.filter(what__in=access_log.LOOKS)
    return sorted(looks.values_list("what", flat=True))


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
    assert len(kinds()) == 7


def test_the_database_keeps_it_to_one_when_the_cache_forgets(utrecht, viewer):
    for _ in range(2):
        cache.clear()
        access_log.record(viewer, utrecht, What.PEOPLE)
    assert kinds() == ["people"]


def test_what_is_remembered_costs_no_query(
    utrecht, viewer, django_assert_num_queries, django_capture_on_commit_callbacks
):
    audit.seal()
    with django_capture_on_commit_callbacks() as after, django_assert_num_queries(1):
        access_log.record(viewer, utrecht, What.PEOPLE)
    # The seal: a transaction, its head and what waits, and a change of both.
    with django_assert_num_queries(6):
        for each in after:
            each()
    with django_assert_num_queries(0):
        access_log.record(viewer, utrecht, What.PEOPLE)


def test_a_line_that_was_rolled_back_is_written_again(utrecht, viewer):
    # Nothing was committed, so nothing may be remembered either.
    access_log.record(viewer, utrecht, What.PEOPLE)
    access_log.record(viewer, utrecht, What.PEOPLE)
    key = f"looked:{viewer.audit_key}:{utrecht.code}:people:"
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    assert cache.get(f"{key}{hour:%Y%m%d%H}") is None
    assert kinds() == ["people"]


def test_erasing_somebody_leaves_the_line_without_them(utrecht, viewer):
    person = factories.make_user(name="Anna")
    access_log.record(viewer, utrecht, What.PERSON, person=person)
    viewer.delete()
    audit.cut_loose(person)
    (line,) = access_log.named(access_log.of(utrecht).filter(what="person"), person)
    assert (line.who, line.whom, line.municipality) == ("iemand die er niet meer is", "", "Utrecht")


def test_a_successor_has_the_log_of_who_joined_it(utrecht, viewer):
    access_log.record(viewer, utrecht, What.EXPORT)
    new = factories.make_municipality("Nieuwstad")
    assert not access_log.of(new).exists()
    utrecht.successor, utrecht.merged_on = new, timezone.localdate()
    utrecht.save()
    assert access_log.of(new).filter(what="export").count() == 1


def test_the_pages_of_people_are_recorded(utrecht, viewer, signed_in):
    factories.make_module("eed", roles=["raadslid"])
    factories.make_member(utrecht, name="Anna")
    client = signed_in(viewer)
    client.get("/gemeente/utrecht/")
    client.get("/gemeente/utrecht/")
    client.post("/gemeente/utrecht/", {"name": "Anna"})
    client.get("/gemeente/utrecht/personen.csv")
    assert kinds() == ["export", "people", "search"]
    assert "Anna" not in str(list(AuditEvent.objects.values()))
    # Who is kept out has seen nothing.
    stranger = signed_in(factories.make_monitor(factories.make_municipality("Zwolle")))
    assert stranger.get("/gemeente/utrecht/").status_code == 403
    assert stranger.get("/gemeente/utrecht/personen.csv").status_code == 403
    assert len(kinds()) == 3


# What a person reads of looks at their own data.


def seen_by(person):
    return [line.what for line in access_log.looks_at(person).order_by("at", "pk")]


def test_one_reads_who_looked_at_oneself_and_at_lists_in_ones_own_time(utrecht, viewer, on):
    anna = factories.make_member(utrecht, starts_on=date(2026, 4, 1), name="Anna")
    colleague = factories.make_member(utrecht).person
    for day in (date(2026, 3, 31), date(2026, 4, 1), date(2026, 5, 1), date(2026, 9, 1)):
        on(day)
        access_log.record(viewer, utrecht, What.PEOPLE)
    leave(anna, ends_on=date(2026, 5, 1))
    on(date(2026, 9, 2))
    access_log.record(viewer, utrecht, What.PERSON, person=anna.person)
    access_log.record(viewer, utrecht, What.PERSON, person=colleague)
    access_log.record(viewer, factories.make_municipality(), What.EXPORT)
    access_log.record(anna.person, utrecht, What.EXPORT)
    audit.record(What.SIGNED_IN, by=viewer, about=anna.person)
    assert seen_by(anna.person) == ["people", "people", "person"]
    days = [timezone.localdate(line.at) for line in access_log.looks_at(anna.person)]
    assert days == [date(2026, 9, 2), date(2026, 5, 1), date(2026, 4, 1)]
    (line, *_rest) = access_log.named(access_log.looks_at(anna.person), anna.person)
    assert (line.who, line.whom, line.municipality) == (viewer.name, "Anna", "Utrecht")
    assert line.what == "pagina van iemand bekeken"


def test_the_last_moment_of_a_day_is_that_of_the_netherlands(utrecht, viewer, monkeypatch):
    anna = factories.make_member(utrecht, starts_on=date(2026, 7, 1))
    leave(anna, ends_on=date(2026, 7, 1))
    for hour, minute, day in ((21, 59, 30), (22, 0, 30), (21, 59, 1), (22, 0, 1)):
        month = 6 if day == 30 else 7
        moment = datetime(2026, month, day, hour, minute, tzinfo=UTC)
        monkeypatch.setattr("accounts.audit.timezone.now", lambda moment=moment: moment)
        access_log.record(viewer, utrecht, What.EXPORT)
    monkeypatch.undo()
    moments = [line.at.strftime("%d %H:%M") for line in access_log.looks_at(anna.person)]
    assert moments == ["01 21:59", "30 22:00"]


def test_after_a_merger_the_successor_s_lists_hold_its_people(utrecht, viewer, on):
    anna = factories.make_member(utrecht, starts_on=date(2026, 4, 1)).person
    own = factories.make_municipality("Nieuwstad")
    monitor = factories.make_monitor(own)
    utrecht.successor, utrecht.merged_on = own, date(2026, 7, 1)
    utrecht.save()
    for day in (date(2026, 6, 30), date(2026, 7, 1)):
        on(day)
        access_log.record(viewer, utrecht, What.PEOPLE)
        access_log.record(monitor, own, What.SEARCH)
    assert seen_by(anna) == ["people", "search"]
    joined_later = factories.make_member(utrecht, starts_on=date(2026, 8, 1)).person
    assert seen_by(joined_later) == []


def test_two_memberships_are_two_lists_and_a_year_is_all(utrecht, viewer, on):
    anna = factories.make_member(utrecht, starts_on=date(2024, 4, 1)).person
    zwolle = factories.make_municipality("Zwolle")
    join(anna, zwolle, "raadslid", starts_on=date(2024, 4, 1))
    for day in (date(2025, 11, 1), date(2026, 11, 1)):
        on(day)
        access_log.record(viewer, utrecht, What.PEOPLE)
        access_log.record(factories.make_monitor(zwolle), zwolle, What.EXPORT)
    assert seen_by(anna) == ["people", "export"]


def test_names_cost_no_more_for_many_lines(utrecht, django_assert_num_queries):
    anna = factories.make_member(utrecht).person
    for _ in range(10):
        access_log.record(factories.make_monitor(utrecht), utrecht, What.PERSON, person=anna)
    with django_assert_num_queries(5):
        lines = access_log.named(access_log.looks_at(anna), anna)
    assert len({line.who for line in lines}) == 10


# The municipality's own page of it.

LOG = "/gemeente/utrecht/logboek/"


def told(client, query=""):
    lines = client.get(f"{LOG}{query}").context["lines"]
    return [(line.event.what, line.whom) for line, _sentence in lines]


def test_monitors_read_the_log_newest_first_and_by_kind(utrecht, viewer, signed_in, home):
    person = factories.make_member(utrecht, name="Anna").person
    access_log.record(viewer, utrecht, What.EXPORT)
    access_log.record(viewer, utrecht, What.PERSON, person=person)
    client = signed_in(viewer)
    assert told(client)[:2] == [("person", "Anna"), ("export", "")]
    assert told(client, "?what=export") == [("export", "")]
    # What means nothing shows everything, and breaks nothing.
    assert len(told(client, "?what=koning&p=99&who=x&first=zz")) == len(told(client))


def test_the_log_is_narrowed_by_who_did_it_and_by_period(utrecht, viewer, signed_in, home, on):
    colleague = factories.make_monitor(utrecht, name="Bert")
    on(date(2026, 6, 1))
    access_log.record(colleague, utrecht, What.EXPORT)
    on(date(2026, 6, 2))
    access_log.record(viewer, utrecht, What.EXPORT)
    client = signed_in(viewer)
    page = client.get(f"{LOG}?who={colleague.pk}&what=export")
    assert [line.who for line, _sentence in page.context["lines"]] == ["Bert"]
    page = client.get(f"{LOG}?first=2-6-2026&last=2026-06-02")
    assert [line.who for line, _sentence in page.context["lines"]] == [viewer.name]
    assert "Niets past hierbij" in client.get(f"{LOG}?last=2026-05-31").content.decode()


def test_when_somebody_signed_in_is_no_business_of_their_municipality(
    utrecht, viewer, signed_in, home
):
    anna = factories.make_member(utrecht).person
    audit.record(What.SIGNED_IN, by=anna, municipality_code=utrecht.code)
    audit.record(What.ERASURE, by=anna, about=anna, municipality_code=utrecht.code)
    shown = {what for what, _whom in told(signed_in(viewer))}
    assert not shown & {"sign_in", "erasure"}


def test_the_log_names_nobody_who_is_no_member_here(utrecht, viewer, signed_in, home):
    elsewhere = factories.make_member(name="Vreemde Vogel").person
    access_log.record(viewer, utrecht, What.PERSON, person=elsewhere)
    client = signed_in(viewer)
    assert "Vreemde" not in client.get(LOG).content.decode()
    assert "Vreemde" not in client.get("/gemeente/utrecht/logboek.csv").content.decode()


def test_an_empty_log_says_what_comes(utrecht, viewer, signed_in, home):
    assert "Nog niets" in signed_in(viewer).get(LOG).content.decode()


def test_the_log_is_of_one_municipality(utrecht, viewer, signed_in, home):
    zwolle = factories.make_municipality("Zwolle")
    neighbour = factories.make_monitor(zwolle, name="Buurman")
    access_log.record(viewer, utrecht, What.EXPORT)
    access_log.record(neighbour, zwolle, What.EXPORT)
    assert "Buurman" not in signed_in(viewer).get(LOG).content.decode()
    stranger = signed_in(neighbour)
    assert stranger.get(LOG).status_code == 403
    assert stranger.get("/gemeente/utrecht/logboek.csv").status_code == 403


def test_the_file_holds_what_was_chosen_and_is_a_line_itself(utrecht, viewer, signed_in, home):
    access_log.record(viewer, utrecht, What.EXPORT)
    access_log.record(viewer, utrecht, What.PEOPLE)
    client = signed_in(viewer)
    response = client.get("/gemeente/utrecht/logboek.csv?what=export")
    assert response.headers["Content-Disposition"].startswith('attachment; filename="utrecht-log')
    head, row = response.content.decode("utf-8-sig").splitlines()
    assert head == "Wanneer;Wie;Wat;Over wie"
    assert row.endswith(f";{viewer.name};Gegevens van mensen gedownload;")
    assert told(client, "?what=log_file") == [("log_file", "")]


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
    with django_assert_max_num_queries(13) as few:
        client.get(LOG)
    add(58)
    client.get(LOG)
    with django_assert_max_num_queries(13) as many:
        page = client.get(f"{LOG}?what=person")
    assert len(many) == len(few)
    assert len(page.context["lines"]) == 50
    assert "?what=person&amp;p=2" in page.content.decode()
    assert len(client.get(f"{LOG}?what=person&p=2").context["lines"]) == 10


def test_the_navigation_marks_where_one_is(utrecht, viewer, signed_in, home):
    html = signed_in(viewer).get("/gemeente/utrecht/").content.decode()
    assert '<a href="/gemeente/utrecht/" aria-current="page">' in html


def test_who_did_it_is_the_site_or_a_municipality_s_own_system_when_nobody_did(utrecht):
    audit.record(What.IMPORTED, by=None, municipality_code=utrecht.code)
    audit.record(What.PROVISIONING, by=None, municipality_code=utrecht.code)
    AuditEvent.objects.bulk_create(
        [AuditEvent(what="export", actor_key=uuid.uuid4(), municipality_code="V9", seal="x")]
    )
    lines = access_log.named(AuditEvent.objects.order_by("pk"), factories.make_user())
    assert [line.who for line in lines][-3:] == [
        "de site zelf",
        "het eigen systeem van de gemeente",
        "iemand die er niet meer is",
    ]
    assert lines[-1].municipality == ""


@pytest.mark.parametrize("days", [0, 364])
def test_old_lines_go_after_a_year(utrecht, viewer, on, days):
    on(timezone.localdate() - timedelta(days=days))
    access_log.record(viewer, utrecht, What.EXPORT)
    assert access_log.of(utrecht).filter(what="export").exists()
