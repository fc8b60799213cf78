"""`/mijn/gegevens/`: who sees what, who looked, correcting, choosing."""

from datetime import date, timedelta

import pytest
from allauth.socialaccount.models import SocialApp
from django.utils import timezone

from accounts.models import AuditEvent, User
from learning import access_log, attempts
from learning.models import (
    MailPreference,
    MonitorGrant,
    RefresherSubscription,
    ScimConnection,
    ScimToken,
    SignOn,
)
from learning.models.people import today
from learning.own_data import seen
from learning.own_data.collecting import tables
from learning.own_data.watchers import servings_of
from learning.roles import Role
from learning.rules.retention import BY_KEY
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

ADDRESS = "/mijn/gegevens/"


@pytest.fixture
def place(home):
    return factories.make_municipality("Voorbeeldstad")


@pytest.fixture
def person(place):
    return factories.make_member(place, name="Anna van der Veen").person


@pytest.fixture
def browser(person, signed_in):
    return signed_in(person)


def shown(browser, address=ADDRESS, **query):
    response = browser.get(address, query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def watchers(person):
    return [[monitor.name for monitor in each.monitors] for each in servings_of(person)]


def test_the_monitors_of_now_are_named(person, place, browser):
    factories.make_monitor(place, name="Griet Griffier")
    factories.make_monitor(factories.make_municipality(), name="Van Elders")
    factories.make_monitor(name="Landelijk Kijker")
    MonitorGrant.objects.create(
        person=factories.make_user(name="Vorige Volger"),
        municipality=place,
        scope=MonitorGrant.Scope.MUNICIPALITY,
        withdrawn_at=timezone.now(),
    )
    factories.make_monitor(place, name="Gesloten Account", is_active=False)
    page = shown(browser)
    assert "<li>Griet Griffier" in page
    for name in ("Van Elders", "Landelijk Kijker", "Vorige Volger", "Gesloten Account"):
        assert name not in page


def test_nobody_watches_who_is_no_member_today(person, place):
    factories.make_monitor(place, name="Griet Griffier")
    other = factories.make_user()
    factories.join(other, place, Role.STAFF, starts_on=today() + timedelta(days=1))
    assert watchers(other) == [[]]
    gone = factories.join(other, place, Role.COUNCIL_MEMBER, starts_on=date(2026, 4, 1))
    gone.ends_on = today() - timedelta(days=1)
    gone.save()
    assert watchers(other) == [[], []]
    assert watchers(person) == [["Griet Griffier"]]


def test_who_took_a_municipality_over_watches_its_people(person, place):
    successor = factories.make_municipality()
    factories.make_monitor(place, name="Van vroeger")
    factories.make_monitor(successor, name="Van de nieuwe")
    place.successor, place.merged_on = successor, today() + timedelta(days=1)
    place.save()
    assert watchers(person) == [["Van vroeger"]]
    place.merged_on = today()
    place.save()
    assert watchers(person) == [["Van de nieuwe"]]


def test_a_municipality_with_a_system_of_its_own_is_told(person, place, browser):
    told = "Deze gemeente houdt de lijst van haar mensen bij in een eigen systeem."
    assert told not in shown(browser)
    connection = ScimConnection.objects.create(municipality=place)
    later = timezone.now() + timedelta(days=1)
    key = ScimToken.objects.create(connection=connection, token_hash="x", expires_at=later)
    assert told in shown(browser)
    key.withdrawn_at = timezone.now()
    key.save()
    assert told not in shown(browser)


def test_who_looked_is_told_with_name_and_day(person, place, browser):
    assert "Niemand keek in het afgelopen jaar" in shown(browser)
    monitor = factories.make_monitor(place, name="Griet Griffier")
    access_log.record(monitor, place, AuditEvent.What.PERSON, person=person)
    access_log.record(monitor, place, AuditEvent.What.EXPORT)
    page = shown(browser)
    assert page.count('<th scope="row">Griet Griffier</th>') == 2
    assert "Niemand keek" not in page


def test_looks_are_shown_ten_at_a_time(person, place, browser):
    monitor = factories.make_monitor(place, name="Griet Griffier")
    for _number in range(11):
        access_log.record(monitor, place, AuditEvent.What.PERSON, person=person)
    row = '<th scope="row">Griet Griffier</th>'
    page = shown(browser)
    assert page.count(row) == 10
    assert "?p=2#wie-keek" in page
    assert shown(browser, p="2").count(row) == 1
    assert shown(browser, p="x").count(row) == 10


def test_more_monitors_and_looks_ask_no_more_questions(
    person, place, browser, django_assert_max_num_queries
):
    def add(number):
        for _each in range(number):
            monitor = factories.make_monitor(place)
            access_log.record(monitor, place, AuditEvent.What.PERSON, person=person)

    def asked():
        # The menu is made anew when anybody's rights change.
        browser.get(ADDRESS)
        with django_assert_max_num_queries(20) as questions:
            browser.get(ADDRESS)
        return len(questions)

    add(1)
    few = asked()
    add(8)
    assert asked() == few


def test_who_serves_nowhere_reads_what_will_come(signed_in, home):
    page = shown(signed_in(factories.make_user()))
    assert "U hoort hier bij geen gemeente" in page


def test_every_link_of_contents_leads_somewhere(browser):
    page = shown(browser)
    contents = page.split('class="rv-toc"')[1].split("</nav>")[0]
    targets = [part.split('"')[0] for part in contents.split('href="#')[1:]]
    assert len(targets) == 8
    assert all(f'id="{target}"' in page for target in targets)


def test_a_corrected_name_is_seen_at_once(person, place, browser, signed_in):
    factories.make_requirement(factories.make_module())
    monitor = signed_in(factories.make_monitor(place))
    assert "Anna van der Veen" in monitor.get(place.get_absolute_url()).content.decode()
    response = browser.post(f"{ADDRESS}naam/", {"name": "  Anna   de Wit "}, follow=True)
    assert response.redirect_chain == [(f"{ADDRESS}#klopt-het", 302)]
    assert "Uw naam is gewijzigd" in response.content.decode()
    person.refresh_from_db()
    assert person.name == "Anna de Wit"
    assert "Anna de Wit" in monitor.get(place.get_absolute_url()).content.decode()
    event = AuditEvent.objects.get(what=AuditEvent.What.PERSON_CHANGED)
    assert (event.actor_key, event.subject_key) == (person.audit_key, person.audit_key)
    assert event.details == {"fields": ["name"]}


def test_the_same_name_is_no_change(person, browser):
    browser.post(f"{ADDRESS}naam/", {"name": person.name})
    assert not AuditEvent.objects.filter(what=AuditEvent.What.PERSON_CHANGED).exists()


@pytest.mark.parametrize("name", ["", "   ", "x" * 151, "kijk op https://x.example", "a\nb <b>"])
def test_what_is_no_name_is_said_beside_the_field(person, browser, name):
    response = browser.post(f"{ADDRESS}naam/", {"name": name})
    assert response.status_code == 422
    page = response.content.decode()
    assert "<title>Fout: Mijn gegevens" in page
    assert "rv-field__error" in page
    if name.strip():
        assert f'value="{name}"'.replace("<", "&lt;").replace(">", "&gt;") in page
    person.refresh_from_db()
    assert person.name == "Anna van der Veen"


def test_messages_are_chosen_by_ticks(person, browser):
    response = browser.post(
        f"{ADDRESS}berichten/", {"weekly": "on", "refreshers": "on"}, follow=True
    )
    assert response.redirect_chain == [(f"{ADDRESS}#berichten", 302)]
    chosen = MailPreference.of(person)
    assert (chosen.rhythm, chosen.about_changes) == ("weekly", False)
    assert RefresherSubscription.objects.filter(person=person).exists()
    page = response.content.decode()
    assert page.count(" checked") == 2 + 3  # two ticks, and three of how pages look
    browser.post(f"{ADDRESS}berichten/", {"about_changes": "on"})
    chosen = MailPreference.of(person)
    assert (chosen.rhythm, chosen.about_changes) == ("at_once", True)
    assert not RefresherSubscription.objects.exists()


def test_how_pages_look_holds_on_every_page_of_theirs_alone(person, browser, client):
    assert '<html lang="nl">' in shown(browser)
    choice = {"language": "nl", "text_size": "largest", "contrast": "high"}
    response = browser.post(f"{ADDRESS}weergave/", choice)
    assert response.url == f"{ADDRESS}#weergave"
    wanted = '<html lang="nl" data-text-size="largest" data-contrast="high">'
    for address in (ADDRESS, "/mijn/", "/hulp/"):
        assert wanted in browser.get(address).content.decode()
    assert "data-text-size" not in client.get("/hulp/").content.decode()
    browser.post(f"{ADDRESS}weergave/", choice | {"text_size": "normal", "contrast": "device"})
    assert '<html lang="nl">' in shown(browser)


def test_another_language_goes_on_at_the_same_place(person, browser):
    factories.make_home("en")
    choice = {"language": "en", "text_size": "normal", "contrast": "device"}
    response = browser.post(f"{ADDRESS}weergave/", choice, follow=True)
    assert response.redirect_chain == [("/en/mijn/gegevens/#weergave", 302)]
    assert "Your choice is stored." in response.content.decode()
    person.refresh_from_db()
    assert person.language == "en"


@pytest.mark.parametrize(
    "wrong", [{}, {"text_size": "huge"}, {"contrast": ""}, {"language": "tlh"}]
)
def test_a_look_that_is_not_offered_is_refused(person, browser, wrong):
    good = {"language": "nl", "text_size": "large", "contrast": "high"} if wrong else {}
    response = browser.post(f"{ADDRESS}weergave/", good | wrong)
    assert response.status_code == 422
    assert "rv-field__error" in response.content.decode()
    person.refresh_from_db()
    assert person.text_size == User.TextSize.NORMAL
    # How the page itself looks does not follow a form that was refused.
    assert '<html lang="nl">' in response.content.decode()


def test_extra_time_leads_back_to_its_place(person, browser):
    page = shown(browser)
    assert f'name="next" value="{ADDRESS}#weergave"' in page
    response = browser.post(
        "/mijn/extra-tijd/", {"extra_time": "50", "next": f"{ADDRESS}#weergave"}
    )
    assert response.url == f"{ADDRESS}#weergave"


def test_how_long_it_is_kept_comes_from_the_one_table(browser):
    assert {each.kept for each in tables().values()} <= set(BY_KEY)
    page = shown(browser)
    kept = page.split('id="bewaren"')[1].split("</table>")[0]
    row = kept.split("Gemeenten waar u bij hoort of hoorde")[1].split("</tr>")[0]
    assert ">1</td>" in row
    assert "zolang u een account hebt" in row


def test_a_municipality_with_a_sign_on_of_its_own_is_told(person, place, browser):
    told = "U kunt hier inloggen via deze gemeente."
    assert told not in shown(browser)
    app = SocialApp.objects.create(provider="openid_connect", name="Proef", client_id="x")
    SignOn.objects.create(municipality=place, app=app, is_active=True)
    assert told in shown(browser)


def test_it_is_linked_from_where_one_looks(browser, client):
    page = browser.get("/mijn/").content.decode()
    # On the page, in the menu (which stands there twice) and in the footer.
    assert page.count(f'href="{ADDRESS}"') == 4
    assert ADDRESS not in client.get("/hulp/").content.decode()
    assert "no-store" in browser.get(ADDRESS).headers["Cache-Control"]


def headings_of(response):
    """The headings of a CSV."""
    first = response.content.decode("utf-8-sig").splitlines()[0]
    return {heading.strip('"') for heading in first.split(";")}


def test_the_list_of_what_is_seen_is_what_exports_hold(person, place, signed_in):
    """Each column of each file stands on the page, and the page names none that is nowhere."""
    module = factories.make_module(title="De module")
    factories.make_requirement(module)
    factories.finish(person, module)
    monitor = signed_in(factories.make_monitor(place))
    address = place.get_absolute_url()
    long = headings_of(monitor.get(f"{address}personen.csv"))
    wide = headings_of(monitor.post(f"{address}export/", {"file": "csv"}))
    shown_in_files = long | {heading.removeprefix("De module: ") for heading in wide}
    told = {str(heading) for each in seen.BY_MONITORS for heading in each.headings}
    assert shown_in_files == told


def test_monitors_see_nothing_that_the_page_says_they_never_do(person, place, signed_in):
    """Scores, answers, minutes and the address, on every page and in every file of people."""
    module = factories.make_module(minutes=239)
    factories.make_requirement(module)
    done = factories.finish(person, module)
    done.score = 73
    done.save()
    attempt = attempts.start_attempt(
        person,
        factories.make_quiz(
            module,
            [
                factories.make_question(factories.answers_of("reflection")),
                factories.make_question(),
            ],
        ),
    )
    item = attempt.items.get(version__body__kind="reflection")
    attempts.save_answer(attempt, item, ["Mijn eigen woorden"])
    monitor = signed_in(factories.make_monitor(place))
    address = place.get_absolute_url()
    membership = person.memberships.get()
    for response in (
        monitor.get(address),
        monitor.get(f"{address}mensen/{membership.pk}/"),
        monitor.get(f"{address}personen.csv"),
        monitor.post(f"{address}export/", {"file": "csv"}),
    ):
        assert response.status_code == 200
        text = response.content.decode("utf-8-sig")
        assert person.name in text
        for never in ("73%", ";73;", "239", "Mijn eigen woorden", person.email):
            assert never not in text
