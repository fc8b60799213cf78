"""The nation's figures as a file: what the page shows, and nothing that it hides."""

import csv
import io
import re

import pytest
from python_calamine import CalamineWorkbook

from learning.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db
FILES = ("/landelijk/cijfers.xlsx", "/landelijk/cijfers.csv")


@pytest.fixture
def module(catalogue):
    return factories.make_module("eed", title="De eed", roles=["raadslid", "wethouder", "griffie"])


@pytest.fixture
def places(module):
    """One of seven council members; one of seven and two aldermen; one too small."""
    large, mixed, small = (
        factories.make_municipality(name, province=province)
        for name, province in (("Groot", "Utrecht"), ("Gemengd", "Zeeland"), ("Klein", "Zeeland"))
    )
    for place, count in ((large, 7), (mixed, 7), (small, 3)):
        people = [factories.make_member(place).person for _ in range(count)]
        factories.finish(people[0], module)
    for _ in range(2):
        factories.make_member(mixed, Role.ALDERMAN)
    return large, mixed, small


@pytest.fixture
def monitor(signed_in):
    return signed_in(factories.make_monitor(name="Landelijk"))


def rows_of(response):
    assert response.status_code == 200
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def named(rows):
    return {(row[0], row[1]): row[3:] for row in rows[1:]}


def test_it_holds_the_total_its_parts_and_the_municipalities(places, monitor):
    rows = rows_of(monitor.get("/landelijk/cijfers.csv"))
    assert rows[0][:5] == ["Wat", "Naam", "Provincie", "Mensen", "Klaar"]
    found = named(rows)
    assert found["Totaal", "Heel Nederland"][:2] == ["16", "2"]
    assert found["Totaal", "Heel Nederland"][-1] == "Zonder 1 gemeente die te klein is"
    assert found["Gemeente", "Groot"][:2] == ["7", "1"]
    assert found["Gemeente", "Groot"][6] == "14%"
    assert found["Provincie", "Zeeland"][:2] == ["9", "1"]


def test_what_is_too_small_is_not_in_it(places, monitor):
    found = named(rows_of(monitor.get("/landelijk/cijfers.csv")))
    assert found["Gemeente", "Klein"] == [*[""] * 7, "Te klein om te tonen"]
    assert found["Rol", "Wethouder"] == [*[""] * 7, "Te klein om te tonen"]
    by_role = named(rows_of(monitor.get("/landelijk/cijfers.csv?role=wethouder")))
    assert by_role["Gemeente", "Gemengd"][0] == ""
    assert by_role["Totaal", "Wethouder"][0] == ""


@pytest.mark.parametrize(
    "query", ["", "?role=raadslid", "?province=Zeeland", "?size=50-100&sort=-percentage&role=x"]
)
def test_every_number_stands_on_the_page(places, monitor, query):
    page = monitor.get(f"/landelijk/{query}").content.decode()
    assert "/landelijk/cijfers.xlsx?" in page
    on_page = set(re.findall(r"\d+", re.sub(r"<[^>]+>", " ", page)))
    for row in rows_of(monitor.get(f"/landelijk/cijfers.csv{query}"))[1:]:
        assert {cell.strip("%") for cell in row[3:10] if cell} <= on_page


def test_both_files_are_the_same_table(places, monitor):
    content = monitor.get("/landelijk/cijfers.xlsx").content
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    table = book.get_sheet_by_index(0).to_python()
    as_csv = rows_of(monitor.get("/landelijk/cijfers.csv"))
    assert [row[:3] for row in table] == [row[:3] for row in as_csv]
    assert table[1][3] == 16
    explained = [cell for row in book.get_sheet_by_index(1).to_python() for cell in row]
    assert {"De eed", "Heel Nederland"} <= set(explained)


@pytest.mark.parametrize("address", FILES)
def test_only_for_the_national_monitor(places, signed_in, client, address):
    for viewer in (factories.make_monitor(places[0]), factories.make_user()):
        assert signed_in(viewer).get(address).status_code == 403
    assert client.get(address).status_code == 302


@pytest.mark.parametrize("address", FILES)
def test_without_requirements_or_disk_there_is_no_file(home, monitor, monkeypatch, address):
    assert monitor.get(address).status_code == 404
    factories.make_requirement()

    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("learning.exports.whole.TemporaryFile", full)
    response = monitor.get(address)
    assert response.status_code == 503
    assert "Er is niets gedownload" in response.content.decode()
