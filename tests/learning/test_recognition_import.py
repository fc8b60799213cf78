"""A list of earlier training: looked at row by row, then all of it or nothing."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from learning.models import Completion
from learning.rules.recognition_file import read_recognitions
from learning.rules.sheets import UnreadableError
from tests import factories

ADDRESS = "/gemeente/utrecht/erkenningen/inlezen/"
HEADER = "Bewijs;E-mailadres;Datum;Module\n"


@pytest.fixture
def utrecht(home):
    return factories.make_municipality("Utrecht")


@pytest.fixture
def monitor(utrecht, signed_in):
    return signed_in(factories.make_monitor(utrecht))


@pytest.fixture
def people(utrecht):
    factories.make_module("giften", title="Giften én reizen")
    return [
        factories.make_member(utrecht, email=f"{name}@voorbeeld.example") for name in ("an", "bo")
    ]


def choose(client, text, encoding="utf-8"):
    file = SimpleUploadedFile("lijst.csv", text.encode(encoding), content_type="text/csv")
    return client.post(ADDRESS, {"file": file})


GOOD = (
    HEADER
    + "Presentielijst;AN@voorbeeld.example;1 april 2026;giften en reizen\n"
    + "Presentielijst;bo@voorbeeld.example;1-4-2026;giften\n"
)


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_list_is_looked_at_and_then_recorded(monitor, people, encoding):
    page = choose(monitor, GOOD, encoding)
    assert page.status_code == 200
    assert page.context["new"] == 2
    assert not Completion.objects.exists()
    rows = page.context["rows"]
    for _ in range(2):
        assert monitor.post(ADDRESS, {"rows": rows}).status_code == 302
    found = Completion.objects.all()
    assert {each.person_id for each in found} == {member.person_id for member in people}
    assert {(each.kind, each.completed_on) for each in found} == {("recognised", date(2026, 4, 1))}
    again = choose(monitor, GOOD)
    assert again.context["new"] == 0
    assert "al vastgelegd" in again.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Lijst;vreemd@elders.example;1-4-2026;giften", "Niemand van uw mensen"),
        ("Lijst;zw@voorbeeld.example;1-4-2026;giften", "Niemand van uw mensen"),
        ("Lijst;an@voorbeeld.example;1-4-2026;Vissen", "geen module"),
        ("Lijst;an@voorbeeld.example;1-4-2099;giften", "een dag die voorbij is"),
        ("Lijst;an@voorbeeld.example;;giften", "een dag die voorbij is"),
        (";an@voorbeeld.example;1-4-2026;giften", "waarop dit berust"),
        (f"{'x' * 251};an@voorbeeld.example;1-4-2026;giften", "250"),
        ("Lijst;bo@voorbeeld.example;1-4-2026;giften", "rij 3"),
    ],
)
def test_one_wrong_row_and_nothing_is_recorded(monitor, people, row, why):
    factories.make_member(factories.make_municipality(), email="zw@voorbeeld.example")
    page = choose(monitor, f"{GOOD}{row}\n")
    assert page.context["wrong"] == 1
    assert why in page.content.decode()
    assert monitor.post(ADDRESS, {"rows": page.context["rows"]}).status_code == 422
    assert not Completion.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "leeg"),
        ("naam;rol\nAn;raadslid\n", "bewijs"),
        ("e-mail;module;dag\nan@voorbeeld.example;giften;1-4-2026\n", "bewijs"),
        (HEADER, ""),
        (HEADER + "x;an@voorbeeld.example;1-4-2026;giften\n" * 501, "500"),
    ],
)
def test_a_file_that_is_none_says_what_to_do(monitor, people, text, why):
    response = choose(monitor, text)
    assert response.status_code == 422
    assert why in response.content.decode()


@pytest.mark.django_db
def test_what_was_made_up_is_not_recorded(monitor, people):
    assert monitor.post(ADDRESS, {"rows": "verzonnen"}).url == ADDRESS
    assert monitor.post(ADDRESS, {}).status_code == 422
    assert not Completion.objects.exists()


@given(content=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_whatever_the_file_holds_it_is_read_or_refused(content):
    try:
        rows = read_recognitions(content)
    except UnreadableError:
        return
    assert rows
