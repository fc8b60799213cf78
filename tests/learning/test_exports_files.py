"""What a municipality's monitor takes away: people and figures, whole, and of their own alone."""

import csv
import io
import tempfile
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import ConnectionHandler, connection
from django.utils import timezone
from python_calamine import CalamineWorkbook

from accounts.models import AuditEvent
from accounts.models.audit import LOOKS
from learning import access_log, enrolments
from learning.exports import people as people_files
from learning.exports import whole as whole_files
from learning.exports.tables import RowsDifferError
from learning.models import Job, MonitorGrant
from learning.roles import Role
from learning.views import exports as views
from tests import factories

pytestmark = pytest.mark.django_db
PAGE = "/gemeente/utrecht/export/"


def looks():
    """What the log holds of looking at people; that they joined is in it too."""
    return AuditEvent.objects.filter(what__in=LOOKS)


@pytest.fixture
def utrecht():
    return factories.make_municipality("Utrecht", council_seats=9)


@pytest.fixture
def module(catalogue):
    return factories.make_module("eed", title="De eed", roles=["raadslid", "wethouder"])


@pytest.fixture
def requirement(module):
    return factories.make_requirement(module, due_on=date(2026, 5, 1))


@pytest.fixture
def people(utrecht, module, requirement):
    """Four council members and an alderman of whom something is required; staff not."""
    done, begun = (factories.make_member(utrecht, name=name).person for name in ("Anna", "Bas"))
    factories.finish(done, module, completed_on=date(2026, 4, 20))
    enrolments.begin(begun, module.translation_key)
    factories.make_member(utrecht, name="=1+1")
    double = factories.make_member(utrecht, name="cor", starts_on=date(2026, 4, 3))
    factories.join(double.person, utrecht, Role.ALDERMAN, starts_on=date(2026, 4, 2))
    factories.make_member(utrecht, Role.ALDERMAN, name="Dirk")
    factories.make_member(utrecht, Role.STAFF, name="Eva")
    factories.make_member(name="Iemand van elders")
    return done, begun


@pytest.fixture
def clerk(utrecht):
    return factories.make_monitor(utrecht, name="Volger")


@pytest.fixture
def monitor(clerk, signed_in):
    return signed_in(clerk)


def sheet(response, number=0):
    assert response.status_code == 200, response.status_code
    book = CalamineWorkbook.from_filelike(io.BytesIO(response.content))
    return book.get_sheet_by_index(number).to_python()


def rows_of_csv(response):
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def test_everybody_with_a_group_of_columns_per_requirement(people, monitor):
    other = factories.make_requirement(roles=["medewerker"])
    rows = sheet(monitor.post(PAGE, {"file": "xlsx"}))
    assert [row[0] for row in rows[1:]] == ["=1+1", "Anna", "Bas", "cor", "Dirk", "Eva"]
    assert rows[0][:5] == ["Naam", "Rol", "Sinds", "De eed: Status", "De eed: Uiterlijk op"]
    assert len(rows[0]) == 3 + 2 * 6
    assert f"{other.subject_title}: Status" in rows[0]
    anna, bas, cor = rows[2], rows[3], rows[4]
    assert anna[3:8] == ["Klaar", "", "", date(2026, 4, 20), ""]
    assert bas[3:5] == ["Te laat", date(2026, 5, 1)]
    assert cor[1:3] == ["raadslid, wethouder", date(2026, 4, 2)]
    # Of staff another thing is required, and nothing of the council.
    assert rows[6][3:10] == ["", "", "", "", "", "", "Te doen"]


def test_the_second_sheet_says_what_was_chosen_and_when(people, monitor, requirement):
    response = monitor.post(PAGE, {"file": "xlsx", "role": "wethouder", "status": "overdue"})
    text = [cell for row in sheet(response, 1) for cell in row]
    assert timezone.localdate() in text
    assert {"Utrecht", "wethouder", "Te laat", "Alle verplichtingen", 2} <= set(text)
    assert any("Niet verplicht" in str(cell) or "niet verplicht" in str(cell) for cell in text)


def test_a_selection_is_that_of_the_list(people, monitor, utrecht, clerk, requirement):
    for role in ("", *Role.values):
        for status in ("", "overdue", "completed", "to_do", "nonsense"):
            query = {"requirement": requirement.pk, "role": role, "status": status}
            listed = [p.name for p in monitor.get("/gemeente/utrecht/", query).context["page_obj"]]
            response = monitor.post(PAGE, query | {"file": "xlsx"})
            if status == "nonsense":
                assert response.status_code == 422
            else:
                assert [row[0] for row in sheet(response)[1:]] == listed


def test_a_status_of_one_requirement_or_more(people, monitor):
    other = factories.make_requirement(roles=["medewerker"], due_on=date(2026, 5, 2))
    rows = sheet(monitor.post(PAGE, {"file": "xlsx", "status": "overdue"}))
    assert [row[0] for row in rows[1:]] == ["=1+1", "Bas", "cor", "Dirk", "Eva"]
    chosen = {"file": "xlsx", "status": "overdue", "requirement": other.pk}
    assert [row[0] for row in sheet(monitor.post(PAGE, chosen))[1:]] == ["Eva"]


def test_csv_is_the_same_table_and_runs_nothing(people, monitor):
    response = monitor.post(PAGE, {"file": "csv"})
    rows = rows_of_csv(response)
    assert [row[0] for row in rows[1:]] == ["'=1+1", "Anna", "Bas", "cor", "Dirk", "Eva"]
    assert rows[2][3:8] == ["Klaar", "", "", "20-04-2026", ""]
    day = timezone.localdate()
    named = f'attachment; filename="utrecht-mensen-{day:%Y-%m-%d}.csv"'
    assert response.headers["Content-Disposition"] == named
    assert int(response.headers["Content-Length"]) == len(response.content)


def test_two_requirements_of_one_name_have_columns_of_their_own(people, monitor, utrecht, module):
    factories.make_requirement(module, utrecht, due_days=30)
    headings = sheet(monitor.post(PAGE, {"file": "xlsx"}))[0]
    assert len(set(headings)) == len(headings) == 15
    assert "De eed (2): Status" in headings


def test_no_score_answer_or_address_leaves(people, monitor):
    for file in ("xlsx", "csv"):
        content = monitor.post(PAGE, {"file": file}).content
        assert b"voorbeeld.example" not in content
    headings = " ".join(rows_of_csv(monitor.post(PAGE, {"file": "csv"}))[0]).lower()
    assert "score" not in headings
    assert "mail" not in headings


def test_the_figures_are_those_of_the_page(people, monitor):
    chosen = monitor.get("/gemeente/utrecht/").context["chosen"]
    rows = sheet(monitor.get("/gemeente/utrecht/cijfers.xlsx"))
    assert rows[0][:4] == ["Verplichting", "Rol", "Mensen", "Klaar"]
    assert rows[1][:4] == ["De eed", "Iedereen", chosen.total.members, chosen.total.completed]
    assert rows[1][11] == chosen.total.percentage / 100
    assert rows[0][12:] == ["Deel een maand eerder", "Deel, deze omvang", "Deel, heel het land"]
    assert {row[1] for row in rows[2:]} == {"raadslid", "wethouder"}
    as_csv = rows_of_csv(monitor.get("/gemeente/utrecht/cijfers.csv"))
    assert as_csv[1][11] == f"{chosen.total.percentage}%"
    assert len(as_csv) == len(rows)
    assert monitor.get("/gemeente/utrecht/cijfers.pdf").status_code == 404


def test_the_page_takes_over_what_one_looked_at(people, monitor, requirement):
    listed = monitor.get("/gemeente/utrecht/?role=raadslid").content.decode()
    assert f"/export/?requirement={requirement.pk}&amp;role=raadslid&amp;#mensen" in listed
    page = monitor.get(f"{PAGE}?requirement={requirement.pk}&role=raadslid&status=x").content
    assert f'value="{requirement.pk}" selected' in page.decode()
    assert 'value="raadslid" selected' in page.decode()


def test_without_requirements_there_are_people_and_a_report_still(utrecht, home, monitor):
    factories.make_catalogue()
    factories.make_member(utrecht, name="Anna")
    assert [row[0] for row in sheet(monitor.post(PAGE, {"file": "xlsx"}))] == ["Naam", "Anna"]
    assert len(sheet(monitor.get("/gemeente/utrecht/cijfers.xlsx"))) == 1
    assert monitor.get("/gemeente/utrecht/verslag.pdf").content.startswith(b"%PDF")
    assert monitor.get("/gemeente/utrecht/personen.csv").status_code == 200


def test_what_is_chosen_wrongly_is_told_and_kept(people, monitor):
    response = monitor.post(PAGE, {"file": "exe", "role": "raadslid"})
    assert response.status_code == 422
    assert "Kies een soort bestand" in response.content.decode()
    assert 'value="raadslid" selected' in response.content.decode()
    assert monitor.post(PAGE, {"file": "xlsx", "requirement": "99999"}).status_code == 422
    assert monitor.put(PAGE).status_code == 405


def test_the_old_address_gives_a_row_per_requirement(people, monitor, requirement):
    factories.make_requirement(roles=["raadslid"])
    rows = rows_of_csv(monitor.get("/gemeente/utrecht/personen.csv"))
    assert len(rows) == 1 + 5 + 4
    assert len(rows[0]) == 7
    query = f"?requirement={requirement.pk}&status=completed&role=koning"
    assert len(rows_of_csv(monitor.get(f"/gemeente/utrecht/personen.csv{query}"))) == 2


ADDRESSES = ["export/", "personen.csv", "cijfers.xlsx", "cijfers.csv", "verslag.pdf"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_only_for_the_municipality_s_own_monitors(people, signed_in, client, address):
    elsewhere = factories.make_municipality("Zwolle")
    for viewer in (factories.make_monitor(elsewhere), factories.make_monitor(), people[0]):
        assert signed_in(viewer).get(f"/gemeente/utrecht/{address}").status_code == 403
    assert client.get(f"/gemeente/utrecht/{address}").status_code == 302
    assert looks().count() == 0


def test_a_neighbour_s_requirement_chooses_nothing(people, monitor, signed_in):
    zwolle = factories.make_municipality("Zwolle")
    own = factories.make_requirement(municipality=zwolle, roles=["raadslid"])
    assert monitor.post(PAGE, {"file": "csv", "requirement": own.pk}).status_code == 422
    stranger = signed_in(factories.make_monitor(zwolle))
    assert stranger.post(PAGE, {"file": "csv"}).status_code == 403
    assert stranger.post("/gemeente/zwolle/export/", {"file": "csv"}).content.count(b"\r\n") == 1


def test_a_download_of_people_is_in_the_log_and_figures_are_not(people, monitor, utrecht):
    monitor.get(PAGE)
    monitor.get("/gemeente/utrecht/cijfers.xlsx")
    monitor.get("/gemeente/utrecht/verslag.pdf")
    assert looks().count() == 0
    monitor.post(PAGE, {"file": "csv"})
    monitor.post(PAGE, {"file": "xlsx"})
    monitor.get("/gemeente/utrecht/personen.csv")
    assert list(looks().values_list("what", flat=True)) == ["export"] * 3


def test_a_municipality_that_merged_leads_to_its_successor(people, utrecht, signed_in):
    new = factories.make_municipality("Nieuwstad")
    utrecht.successor, utrecht.merged_on = new, timezone.localdate() - timedelta(days=1)
    utrecht.save()
    client = signed_in(factories.make_monitor(new))
    assert client.get(PAGE).url == "/gemeente/nieuwstad/export/"
    rows = sheet(client.post("/gemeente/nieuwstad/export/", {"file": "xlsx"}))
    assert len(rows) == 1 + 6


# Files that cannot be made


@pytest.mark.parametrize(
    ("ask", "address"),
    [("post", PAGE), *(("get", f"/gemeente/utrecht/{each}") for each in ADDRESSES[1:])],
)
def test_a_disk_that_is_full_gives_a_page_and_no_file(people, monitor, monkeypatch, ask, address):
    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("learning.exports.whole.TemporaryFile", full)
    monkeypatch.setattr("home.typesetting.fonts", full)
    response = getattr(monitor, ask)(address, {"file": "xlsx"})
    assert response.status_code == 503
    assert "Content-Disposition" not in response.headers
    assert "Er is niets gedownload" in response.content.decode()
    assert looks().count() == 0


@pytest.mark.parametrize("file", ["xlsx", "csv"])
def test_a_disk_that_fails_on_the_way_leaves_nothing(people, monitor, monkeypatch, tmp_path, file):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def breaks(*_args):
        yield ["Anna", "raadslid", None, *[None] * 6]
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(people_files.People, "rows", breaks)
    response = monitor.post(PAGE, {"file": file})
    assert response.status_code == 503
    assert list(tmp_path.iterdir()) == []


def test_a_row_that_is_missing_gives_a_page_and_no_file(people, monitor, monkeypatch):
    whole = people_files.People.keys
    monkeypatch.setattr(people_files.People, "keys", lambda self: whole(self)[:-1])
    response = monitor.post(PAGE, {"file": "csv"})
    assert response.status_code == 503
    assert "Anna" not in response.content.decode()


# Long lists


@pytest.fixture
def long(monkeypatch):
    monkeypatch.setattr(views, "MOST_AT_ONCE", 3)


def test_a_long_list_is_made_in_the_background(
    people, monitor, long, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        response = monitor.post(PAGE, {"file": "xlsx", "role": "raadslid"})
    job = Job.objects.get()
    assert response.url == f"/gemeente/utrecht/taken/{job.pk}/"
    assert job.status == Job.Status.DONE
    assert job.message == "Er staan 4 mensen in het bestand."
    assert "4 mensen" in monitor.get(response.url).content.decode()
    file = monitor.get(f"{response.url}bestand/")
    content = b"".join(file.streaming_content)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert len(book.get_sheet_by_index(0).to_python()) == 1 + 4
    assert f"utrecht-mensen-{timezone.localdate():%Y-%m-%d}.xlsx" in file["Content-Disposition"]
    # What is due within a second is not sent to the queue.
    assert monitor.post(PAGE, {"file": "xlsx", "role": "wethouder"}).status_code == 200


def test_a_download_of_a_background_file_is_in_the_log(
    people, monitor, long, utrecht, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        monitor.post(PAGE, {"file": "csv"})
    colleague = factories.make_monitor(utrecht)
    monitor.force_login(colleague)
    monitor.get(f"/gemeente/utrecht/taken/{Job.objects.get().pk}/bestand/")
    logged = access_log.of(utrecht).filter(what__in=LOOKS).get()
    assert (logged.actor_key, logged.what) == (colleague.audit_key, "export")


def test_pressing_twice_makes_one_file(people, monitor, long):
    first = monitor.post(PAGE, {"file": "xlsx"})
    assert monitor.post(PAGE, {"file": "xlsx"}).url == first.url
    assert monitor.post(PAGE, {"file": "csv"}).url != first.url
    assert Job.objects.count() == 2


def test_who_lost_their_access_gets_no_file(
    people, monitor, long, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as callbacks:
        monitor.post(PAGE, {"file": "xlsx"})
    MonitorGrant.objects.update(withdrawn_at=timezone.now())
    for callback in callbacks:
        callback()
    job = Job.objects.get()
    assert (job.status, bool(job.result)) == (Job.Status.FAILED, False)
    assert "niet meer" in job.message
    assert monitor.get(f"/gemeente/utrecht/taken/{job.pk}/").status_code == 403


def test_a_background_file_that_breaks_is_no_file(
    people, monitor, long, monkeypatch, django_capture_on_commit_callbacks
):
    def breaks(*_args):
        raise RowsDifferError

    monkeypatch.setattr(people_files.People, "rows", breaks)
    with django_capture_on_commit_callbacks(execute=True):
        monitor.post(PAGE, {"file": "xlsx"})
    job = Job.objects.get()
    assert (job.status, bool(job.result)) == (Job.Status.FAILED, False)


def test_queries_do_not_grow_with_people(people, monitor, utrecht, django_assert_max_num_queries):
    monitor.post(PAGE, {"file": "csv"})
    with django_assert_max_num_queries(40) as before:
        monitor.post(PAGE, {"file": "csv"})
    for _ in range(8):
        factories.make_member(utrecht)
    # What is remembered of people's rights is asked anew when there are more people.
    monitor.get("/hulp/")
    with django_assert_max_num_queries(40) as after:
        monitor.post(PAGE, {"file": "csv"})
    assert len(after) == len(before)


@pytest.mark.django_db(transaction=True)
def test_what_is_read_is_of_one_moment(two_connections):
    mine, other = two_connections

    def count():
        with mine.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM moment")
            return cursor.fetchone()[0]

    with other.cursor() as cursor:
        cursor.execute("CREATE TABLE moment (n integer)")
        try:
            with whole_files.one_moment():
                assert count() == 0
                # Who writes does not wait, and is not seen.
                cursor.execute("INSERT INTO moment VALUES (1)")
                assert count() == 0
            assert count() == 1
        finally:
            cursor.execute("DROP TABLE moment")


@pytest.fixture
def two_connections(tmp_path, monkeypatch):
    """Two connections to one database; to a file where the tests' own is in memory."""
    if connection.vendor == "postgresql":
        mine, other = connection, connection.copy()
    else:
        options = settings.DATABASES["default"] | {"NAME": tmp_path / "moment.sqlite3"}
        mine = ConnectionHandler({"default": options})["default"]
        other = mine.copy()
        monkeypatch.setattr(whole_files, "connection", mine)
    yield mine, other
    other.close()
    if mine is not connection:
        mine.close()
