"""*Hulp nodig?*: under lessons for which it is ticked and at `/hulp/`, to each the own people."""

from datetime import timedelta

import pytest
from django.test import override_settings
from django.utils import timezone
from wagtail.models import Site

from config.checks import the_way_out_leads_somewhere_safely
from home.models import NationalSupport, Support
from learning.memberships import leave
from learning.models import MunicipalitySettings
from learning.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db

LESSON = "/leren/veilig/steun/"
CHECK = "Controleer of dit nog klopt."


@pytest.fixture
def lesson(home):
    module = factories.make_module("veilig", open_to_visitors=True)
    factories.make_lesson(module, slug="gewoon")
    return factories.make_lesson(module, slug="steun", shows_help=True)


def make_supports(**fields):
    site = Site.objects.get(is_default_site=True)
    setting = NationalSupport.for_site(site)
    defaults = {"name": "Landelijk steunpunt", "what_for": "Voor een gesprek."}
    setting.supports.add(Support(**(defaults | fields)))
    setting.save()
    return setting


def set_for(place, **fields):
    defaults = {
        "adviser_name": "Ilse Brouwershaven",
        "adviser_phone": "030 000 00 01",
        "griffier_name": "Marit Zandstra",
        "checked_on": timezone.localdate(),
    }
    return MunicipalitySettings.objects.create(municipality=place, **(defaults | fields))


def read(client, address=LESSON):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_lesson_shows_it_when_an_editor_ticked_it(client, lesson):
    assert "Hulp nodig?</h2>" in read(client)
    assert "Snel weg" in read(client)
    plain = read(client, "/leren/veilig/gewoon/")
    assert "Hulp nodig?</h2>" not in plain
    assert "Snel weg" not in plain


def test_danger_comes_first(client, lesson):
    make_supports(phone="0800 1234")
    for address in (LESSON, "/hulp/"):
        page = read(client, address)
        assert page.index('href="tel:112"') < page.index('href="tel:08001234"')


def test_every_page_leads_to_it(client, lesson):
    assert 'href="/hulp/"' in read(client, "/")


def test_members_see_their_own_people_and_nobody_elses(signed_in, lesson):
    utrecht, zwolle = map(factories.make_municipality, ("Utrecht", "Zwolle"))
    set_for(utrecht)
    set_for(zwolle, adviser_name="Bo Linde", griffier_name="Wouter Lindeboom")
    ours = factories.make_member(utrecht).person
    theirs = factories.make_member(zwolle).person
    watcher = factories.make_monitor(utrecht)
    for address in (LESSON, "/hulp/"):
        for person, seen, hidden in (
            (ours, "Ilse Brouwershaven", "Bo Linde"),
            (theirs, "Bo Linde", "Ilse Brouwershaven"),
        ):
            page = read(signed_in(person), address)
            assert seen in page
            assert hidden not in page
        assert "Ilse" not in read(signed_in(watcher), address)


def test_who_serves_two_municipalities_sees_which_is_which(signed_in, lesson):
    utrecht, zwolle = map(factories.make_municipality, ("Utrecht", "Zwolle"))
    set_for(utrecht)
    set_for(zwolle, adviser_name="Bo Linde")
    membership = factories.make_member(utrecht)
    factories.join(membership.person, zwolle, Role.STAFF)
    browser = signed_in(membership.person)
    page = read(browser)
    assert page.index("Utrecht</p>") < page.index("Ilse") < page.index("Zwolle</p>")
    assert page.index("Zwolle</p>") < page.index("Bo Linde")
    leave(membership, ends_on=timezone.localdate() - timedelta(days=1))
    assert "Ilse" not in read(browser)


def test_what_was_changed_shows_at_once(signed_in, lesson):
    stored = set_for(factories.make_municipality("Utrecht"))
    browser = signed_in(factories.make_member(stored.municipality).person)
    assert "Ilse" in read(browser)
    stored.adviser_name = "Joris Nieuwland"
    stored.save()
    assert "Joris Nieuwland" in read(browser)


def test_a_visitor_is_told_to_sign_in_and_gets_a_page_that_is_everybodys(client, lesson):
    set_for(factories.make_municipality("Utrecht"))
    page = client.get("/hulp/")
    assert "Ilse" not in page.content.decode()
    assert 'href="/account/login/?next=/hulp/"' in page.content.decode()
    assert not page.cookies
    assert page["Cache-Control"] == "no-cache"


def test_a_signed_in_page_is_kept_nowhere(signed_in, lesson):
    browser = signed_in(factories.make_member(factories.make_municipality()).person)
    assert "no-store" in browser.get("/hulp/")["Cache-Control"]


@pytest.mark.parametrize("days", [None, 400, 3])
def test_what_was_not_checked_within_a_year_says_so(client, signed_in, lesson, days):
    checked_on = timezone.localdate() - timedelta(days=days) if days is not None else None
    make_supports(checked_on=checked_on)
    place = set_for(factories.make_municipality("Utrecht"), checked_on=checked_on).municipality
    stale = days != 3
    assert (CHECK in read(client)) is stale
    page = read(signed_in(factories.make_member(place).person))
    assert page.count(CHECK) == (2 if stale else 0)
    if checked_on:
        assert page.count("Laatst gecontroleerd op") == 2
        assert f"{checked_on.year}" in page


def test_nobody_filled_in_is_told_what_to_do(signed_in, lesson):
    place = factories.make_municipality("Utrecht")
    browser = signed_in(factories.make_member(place).person)
    assert "Vraag uw griffier of burgemeester" in read(browser)
    set_for(place, adviser_name="", adviser_phone="")
    page = read(browser)
    assert "Marit Zandstra" in page
    assert "Uw gemeente heeft dit nog niet ingevuld." in page


def test_a_support_is_said_in_the_language_of_the_page(client, lesson):
    factories.make_home("en")
    make_supports(what_for_english="For a talk.")
    make_supports(name="Ander steunpunt", what_for="Alleen in het Nederlands.")
    page = read(client, "/en/hulp/")
    assert "For a talk." in page
    assert '<p lang="nl">Alleen in het Nederlands.</p>' in page
    assert "Hulp nodig?" not in page


def test_the_way_out_asks_nothing_of_anybody_before_it_is_taken(client, lesson):
    with override_settings(QUICK_EXIT_URL="https://weer.example/"):
        page = read(client, "/hulp/")
    assert page.count("https://weer.example/") == 1
    assert 'href="https://weer.example/" rel="noreferrer nofollow"' in page


@pytest.mark.parametrize("url", ["http://weer.example/", "weer", "", "javascript:alert(1)"])
def test_the_way_out_leads_somewhere_safely(url):
    with override_settings(QUICK_EXIT_URL=url):
        assert [each.id for each in the_way_out_leads_somewhere_safely(None)] == ["house.E003"]
    assert the_way_out_leads_somewhere_safely(None) == []


def test_an_editor_sees_it_in_the_preview(lesson, rf):
    make_supports()
    request = rf.get("/")
    request.user = factories.make_user()
    response = lesson.serve_preview(request, "")
    assert "Landelijk steunpunt" in response.render().content.decode()


def test_questions_to_the_database_do_not_grow(signed_in, lesson, django_assert_max_num_queries):
    place = set_for(factories.make_municipality("Utrecht")).municipality
    browser = signed_in(factories.make_member(place).person)
    make_supports()
    read(browser, "/hulp/")
    with django_assert_max_num_queries(4) as before:
        read(browser, "/hulp/")
    for number in range(8):
        make_supports(name=f"Steunpunt {number}")
    read(browser, "/hulp/")
    with django_assert_max_num_queries(4) as after:
        read(browser, "/hulp/")
    assert len(after) == len(before)
