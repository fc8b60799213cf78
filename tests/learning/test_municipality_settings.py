"""What a municipality sets, and how it shows in its members' lessons and in nobody else's."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from learning.memberships import leave
from learning.models import MunicipalitySettings
from learning.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db

ADDRESS = "/gemeente/utrecht/instellingen/"
LESSON = "/leren/eed/les/"
NATIONAL = "De griffier kent de gedragscode."
FILLED = {
    "griffier_name": "Marit Zandstra",
    "griffier_email": "griffie@utrecht.example",
    "griffier_phone": "030 123 45 67",
    "adviser_name": "Bo Linde",
    "gift_limit": "50",
    "code_of_conduct": "https://www.utrecht.example/gedragscode",
    "welcome_text": "Welkom.\n\nFijn dat u er bent.",
    "automatic_reminders": "on",
    "email_domains": "utrecht.example\n@raad.utrecht.example",
    "report_recipients": "Griffie@Utrecht.example",
}


@pytest.fixture
def utrecht(home):
    return factories.make_municipality("Utrecht")


@pytest.fixture
def zwolle(home):
    return factories.make_municipality("Zwolle")


@pytest.fixture
def monitor(utrecht, signed_in):
    return signed_in(factories.make_monitor(utrecht))


def save(client, **changes):
    data = {name: value for name, value in (FILLED | changes).items() if value is not None}
    return client.post(ADDRESS, data)


def box(topic="griffier", text=NATIONAL):
    return (
        "in_your_municipality",
        {"topic": topic, "title": "Wie is uw griffier?", "text": f"<p>{text}</p>"},
    )


@pytest.fixture
def lesson():
    module = factories.make_module("eed", open_to_visitors=True)
    return factories.make_lesson(
        module,
        slug="les",
        body=[
            ("text", "<p>Vooraf.</p>"),
            box(),
            ("text", "<p>Ertussen.</p>"),
            box("gift_limit", "Kijk in uw code."),
            ("text", "<p>Erna.</p>"),
        ],
    )


def set_for(place, **fields):
    return MunicipalitySettings.objects.create(municipality=place, **fields)


def read(client):
    return client.get(LESSON).content.decode()


def test_a_monitor_saves_and_finds_it_again(utrecht, monitor):
    response = save(monitor, still_right="on")
    assert (response.status_code, response.url) == (302, ADDRESS)
    stored = MunicipalitySettings.objects.get()
    assert stored.municipality == utrecht
    assert stored.gift_limit == 50
    assert stored.email_domains == ["utrecht.example", "raad.utrecht.example"]
    assert stored.report_recipients == ["griffie@utrecht.example"]
    assert stored.checked_on == timezone.localdate()
    page = monitor.get(ADDRESS).content.decode()
    assert "Marit Zandstra" in page
    assert "raad.utrecht.example" in page
    assert f"{stored.checked_on.year}" in page


def test_nothing_set_is_how_things_are_by_default(utrecht):
    nothing = MunicipalitySettings.of(utrecht)
    assert nothing.pk is None
    assert nothing.automatic_reminders
    assert nothing.needs_checking(timezone.localdate())
    stored = set_for(utrecht, checked_on=date(2026, 1, 1))
    assert not stored.needs_checking(date(2026, 12, 31))
    assert stored.needs_checking(date(2027, 1, 2))


def test_reminders_can_be_switched_off_and_a_day_of_checking_stays(utrecht, monitor):
    set_for(utrecht, checked_on=date(2026, 1, 1))
    save(monitor, automatic_reminders=None)
    stored = MunicipalitySettings.objects.get()
    assert not stored.automatic_reminders
    assert stored.checked_on == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("email_domains", "gmail.com", "voor iedereen"),
        ("email_domains", "zwolle.nl\nniet goed!", "geen e-maildomein"),
        ("email_domains", "\n".join(f"a{n}.nl" for n in range(21)), "plaats voor 20"),
        ("code_of_conduct", "http://www.utrecht.example/code", "https://"),
        ("code_of_conduct", "javascript:alert(1)", "https://"),
        ("code_of_conduct", "https://utrecht.example@kwaad.example/", "voor de @"),
        ("gift_limit", "-1", ""),
        ("gift_limit", "99999", ""),
        ("gift_limit", "vijftig", ""),
        ("griffier_email", "geen adres", ""),
        ("griffier_phone", "<b>bel</b>", "cijfers"),
        ("report_recipients", "a@b.example, kapot@", "geen e-mailadres"),
        ("welcome_text", "x" * 2001, ""),
    ],
)
def test_what_is_wrong_is_told_and_nothing_typed_is_lost(monitor, field, value, why):
    response = save(monitor, **{field: value}, griffier_name="Wie ik net typte")
    html = response.content.decode()
    assert response.status_code == 422
    assert not MunicipalitySettings.objects.exists()
    assert why in html
    assert "Wie ik net typte" in html
    assert f'href="#id_{field}"' in html


def test_the_database_refuses_an_unsafe_code_of_conduct(utrecht):
    with pytest.raises(IntegrityError), transaction.atomic():
        set_for(utrecht, code_of_conduct="http://utrecht.example/")


def test_only_its_own_monitors_come_here(utrecht, zwolle, signed_in):
    strangers = (
        factories.make_monitor(zwolle),
        factories.make_monitor(),
        factories.make_member(utrecht).person,
    )
    for person in strangers:
        client = signed_in(person)
        assert client.get(ADDRESS).status_code == 403
        assert save(client).status_code == 403
    assert not MunicipalitySettings.objects.exists()


def test_a_neighbour_named_in_the_form_is_not_touched(utrecht, zwolle, monitor):
    other = set_for(zwolle, griffier_name="Wouter")
    save(monitor, municipality=str(zwolle.pk), id=str(other.pk), pk=str(other.pk))
    other.refresh_from_db()
    assert other.griffier_name == "Wouter"
    assert MunicipalitySettings.objects.get(municipality=utrecht).griffier_name == "Marit Zandstra"


def test_a_municipality_that_merged_leads_to_the_settings_of_its_successor(utrecht, signed_in):
    new = factories.make_municipality("Nieuwstad")
    utrecht.successor, utrecht.merged_on = new, timezone.localdate()
    utrecht.save()
    client = signed_in(factories.make_monitor(new))
    assert client.get(ADDRESS).url == "/gemeente/nieuwstad/instellingen/"
    assert save(client).status_code == 302
    assert not MunicipalitySettings.objects.exists()


def test_everybody_else_reads_the_national_text(utrecht, lesson, client, signed_in):
    set_for(utrecht, griffier_name="Marit Zandstra", gift_limit=50)
    for reader in (
        client,
        signed_in(factories.make_user()),
        signed_in(factories.make_member().person),
    ):
        page = read(reader)
        assert NATIONAL in page
        assert "Kijk in uw code." in page
        assert "Marit" not in page
        assert "<!--local" not in page


def test_members_read_what_their_own_municipality_says(utrecht, zwolle, lesson, signed_in):
    set_for(utrecht, griffier_name="Marit Zandstra", gift_limit=50, checked_on=date(2026, 11, 3))
    set_for(zwolle, griffier_name="Wouter Lindeboom")
    of_utrecht = signed_in(factories.make_member(utrecht).person)
    of_zwolle = signed_in(factories.make_member(zwolle).person)
    for _ in range(2):  # the second time from what is kept
        page = read(of_utrecht)
        assert "Marit Zandstra" in page
        assert "3 november 2026" in page
        assert "€ 50" in page
        assert "Wouter" not in page
        assert NATIONAL not in page
        assert page.index("Vooraf.") < page.index("Marit") < page.index("Ertussen.")
        page = read(of_zwolle)
        assert "Wouter Lindeboom" in page
        assert "Marit" not in page
        # Zwolle says nothing about gifts: there the text for everybody stays.
        assert "Kijk in uw code." in page
        assert "€" not in page


def test_somebody_with_two_municipalities_reads_both_by_name(utrecht, zwolle, lesson, signed_in):
    set_for(utrecht, griffier_name="Marit Zandstra", gift_limit=50)
    set_for(zwolle, griffier_name="Wouter Lindeboom")
    person = factories.make_member(utrecht).person
    factories.join(person, zwolle, Role.STAFF)
    page = read(signed_in(person))
    assert page.index(">Utrecht<") < page.index("Marit Zandstra") < page.index("Wouter Lindeboom")
    assert NATIONAL not in page
    # Of gifts only one of the two says something: the text for everybody stands below it.
    assert page.index("€ 50") < page.index("Kijk in uw code.")


def test_a_change_shows_at_once_and_so_does_leaving(utrecht, lesson, signed_in, monitor):
    membership = factories.make_member(utrecht)
    client = signed_in(membership.person)
    assert NATIONAL in read(client)
    save(monitor)
    assert "Marit Zandstra" in read(client)
    save(monitor, griffier_name="Iemand Anders")
    assert "Iemand Anders" in read(client)
    leave(membership, ends_on=timezone.localdate() - timedelta(days=1))
    assert NATIONAL in read(client)


def test_after_a_merger_the_successor_speaks(utrecht, zwolle, lesson, signed_in):
    set_for(utrecht, griffier_name="Marit Zandstra")
    set_for(zwolle, griffier_name="Wouter Lindeboom")
    client = signed_in(factories.make_member(utrecht).person)
    assert "Marit" in read(client)
    utrecht.successor, utrecht.merged_on = zwolle, timezone.localdate()
    utrecht.save()
    page = read(client)
    assert "Wouter Lindeboom" in page
    assert "Marit" not in page


def test_markup_is_shown_and_never_run(utrecht, lesson, signed_in, monitor):
    evil = "<script>alert(1)</script>"
    save(monitor, griffier_name=evil, welcome_text=f"{evil}\n\n\n\nNog iets <b>\u202e")
    lesson.body = [box(), box("general"), ("text", "<p>x<!--local:griffier-->y<!--/local--></p>")]
    lesson.save_revision().publish()
    page = read(signed_in(factories.make_member(utrecht).person))
    assert evil not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<p>Nog iets &lt;b&gt;</p>" in page
    assert "\u202e" not in page


def test_nothing_is_accepted_where_the_limit_is_nought(utrecht, lesson, signed_in):
    set_for(utrecht, gift_limit=0)
    page = read(signed_in(factories.make_member(utrecht).person))
    assert "€ 0" not in page
    assert "Kijk in uw code." not in page


def test_the_box_costs_no_query_once_it_is_known(
    utrecht, lesson, signed_in, django_assert_num_queries
):
    plain = factories.make_lesson(lesson.module, slug="kaal")
    set_for(utrecht, griffier_name="Marit Zandstra")
    client = signed_in(factories.make_member(utrecht).person)
    for address in (LESSON, plain.url):
        client.get(address)
    with CaptureQueriesContext(connection) as without:
        client.get(plain.url)
    with django_assert_num_queries(len(without)):
        assert "Marit" in read(client)
