"""Somebody else's number in one's own address: as if it were not there, and nothing changes.

Each pattern with a number in it is taken from the site's own list. `ROWS` says of each kind of
number how a neighbour's row is made; a number of a kind that is not told there fails.
"""

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.utils import timezone

from learning import attempts, invitations, jobs, joining
from learning.imports.plans import hand_in
from learning.models import Job, Mailing, Membership, ModulePage, MonitorGrant, Waiver
from tests import factories
from tests.practice import builders
from tests.security.routes import routes
from tests.test_access import LIST

pytestmark = pytest.mark.django_db
# What stands in an address beside numbers and is nobody's.
NAMES = {"slug", "position", "step"}
# Not rows of ours: keys of content, tokens, and the names of sign-ons.
ELSEWHERE = {"key", "provider_id", "organization_slug", "uidb36", "token", "code", "version"}
NOT_THERE = {403, 404, 405, 410}


@pytest.fixture
def zwolle(home):
    return factories.make_municipality("Zwolle")


@pytest.fixture
def utrecht(home):
    return factories.make_municipality("Utrecht")


@pytest.fixture
def neighbour(zwolle):
    """A row of each kind at Zwolle, by the name that it has in addresses."""
    clerk = factories.make_monitor(zwolle)
    factories.make_monitor(zwolle)
    member = factories.make_member(zwolle)
    module = factories.make_module("eed")
    factories.make_lesson(module)
    requirement = factories.make_requirement(module, municipality=zwolle)
    invitation = invitations.invite(
        zwolle, by=clerk, email="x@y.example", role=factories.Role.STAFF
    )
    job = Job.objects.create(
        kind=Job.Kind.EXPORT,
        municipality=zwolle,
        status=Job.Status.RUNNING,
        started_at=timezone.now(),
        requested_by=clerk,
    )
    jobs.store_result(job, b"geheim", "lijst.csv")
    attempt = attempts.start_attempt(member.person, factories.make_quiz(module, slug="toets"))
    waiver = Waiver.objects.create(
        person=member.person,
        requirement=requirement,
        reason="elders gevolgd",
        municipality=zwolle,
        starts_on=member.starts_on,
    )
    key = Authenticator.objects.create(
        user=member.person, type=Authenticator.Type.WEBAUTHN, data={"name": "sleutel"}
    )
    return {
        "membership_id": member.pk,
        "requirement_id": requirement.pk,
        "invitation_id": invitation.pk,
        "link_id": joining.make_link(zwolle, factories.Role.STAFF, by=clerk, days=14).pk,
        "grant_id": MonitorGrant.objects.filter(municipality=zwolle).first().pk,
        "run_id": hand_in(LIST, by=clerk, place=zwolle, filename="lijst.csv").pk,
        "mailing_id": Mailing.objects.create(
            municipality=zwolle, key="k", subject="Geheim", text="Geheim", written_by=clerk
        ).pk,
        "job_id": job.pk,
        "completion_id": factories.finish(member.person, factories.make_module("geld")).pk,
        "attempt_id": attempt.pk,
        "waiver_id": waiver.pk,
        "submission_id": builders.make_submission(member.person).pk,
        "pk": key.pk,
    }


def numbered(*areas):
    """Patterns of ours with a number of a row in them."""
    return [
        route
        for route in routes()
        if route.pattern.startswith(areas) and set(route.parts) - NAMES - ELSEWHERE
    ]


def everything() -> dict[str, list]:
    """What the database holds, but for what signing in and asking leave."""
    apart = {"django_session", "usersessions_usersession", "accounts_auditevent"}
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names(cursor)) - apart):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  a table of our own
            names = [column[0] for column in cursor.description]
            rows = (dict(zip(names, row, strict=True)) for row in cursor.fetchall())
            found[table] = sorted(str(row | {"last_login": None}) for row in rows)
    return found


def attack(person, found, values) -> list:
    """GET and POST of each address; returns what answered as if it were one's own."""
    browser = Client(raise_request_exception=False)
    browser.force_login(person)
    # Some ask first who one is: whoever knows their own password may still have nothing of others.
    browser.post("/account/reauthenticate/", {"password": factories.PASSWORD})
    data = {"sure": "1", "confirm": "1", "decision": "approve", "name": "Anders", "email": "a@b.nl"}
    wrong = []
    for route in found:
        address = route.address(**values)
        for method in ("get", "post"):
            answer = getattr(browser, method)(address, data)
            if answer.status_code not in NOT_THERE:
                wrong.append((method, route.pattern, answer.status_code, answer.get("Location")))
    return wrong


def test_each_number_is_of_a_kind_that_is_tried(neighbour):
    found = numbered("gemeente/", "mijn/", "landelijk/", "account/")
    assert len(found) > 25
    assert {part for route in found for part in route.parts} - NAMES - ELSEWHERE <= set(neighbour)


def test_whose_they_are_does_reach_them(neighbour, zwolle):
    """Else what follows would show nothing: the rows are there, and their addresses are right."""
    browser = Client()
    browser.force_login(factories.make_monitor(zwolle))
    values = neighbour | {"slug": "zwolle"}
    answers = [browser.get(r.address(**values)).status_code for r in numbered("gemeente/")]
    assert answers.count(200) >= 10


def test_a_monitor_reaches_nothing_of_the_neighbours(neighbour, utrecht):
    monitor = factories.make_monitor(utrecht)
    before = everything()
    found = numbered("gemeente/")
    # In one's own municipality's address, and in the neighbour's.
    assert attack(monitor, found, neighbour | {"slug": "utrecht"}) == []
    assert attack(monitor, found, neighbour | {"slug": "zwolle"}) == []
    assert everything() == before


def test_the_nations_monitor_reaches_nothing_of_a_municipality(neighbour):
    national = factories.make_monitor()
    before = everything()
    found = numbered("landelijk/", "gemeente/")
    assert attack(national, found, neighbour | {"slug": "zwolle"}) == []
    assert everything() == before


def test_a_colleague_reaches_nothing_of_a_person(neighbour, zwolle):
    """Not the colleague, and not their monitor either: what one learns is one's own."""
    colleague = factories.make_member(zwolle).person
    clerk = factories.make_monitor(zwolle)
    before = everything()
    found = numbered("mijn/", "account/2fa/")
    for person in (colleague, clerk):
        assert attack(person, found, neighbour) == []
    assert everything() == before


def test_numbers_in_a_form_are_looked_at_as_those_in_an_address(neighbour, utrecht, zwolle):
    """Many at once, of another municipality: nobody is ended, required, reminded or let in."""
    monitor = factories.make_monitor(utrecht)
    other = factories.make_user()
    request = joining.settle(other, zwolle, factories.Role.STAFF, link=None)
    browser = Client(raise_request_exception=False)
    browser.force_login(monitor)
    before = everything()
    somebody = Membership.objects.get(pk=neighbour["membership_id"]).person_id
    today = f"{timezone.localdate()}"
    subject = str(ModulePage.objects.get(slug="eed").translation_key)
    theirs = {"person": [somebody], "confirm": "1"}
    for address, data in (
        ("mensen/beeindigen/", theirs | {"ends_on": today}),
        ("mensen/verplichten/", theirs | {"subject": subject}),
        ("uitnodigen/aanvragen/", {"request": [request.pk], "decision": "approve"}),
        ("uitnodigen/aanvragen/", {"request": [request.pk], "decision": "refuse", "sure": "1"}),
    ):
        browser.post(f"/gemeente/utrecht/{address}", data)
    assert everything() == before
    assert not Membership.objects.filter(person=other).exists()


def test_the_same_form_does_end_ones_own_people(utrecht):
    """Else the form above would have been refused for what it holds, not for whom."""
    member = factories.make_member(utrecht)
    browser = Client()
    browser.force_login(factories.make_monitor(utrecht))
    today = timezone.localdate()
    data = {"person": [member.person_id], "confirm": "1", "ends_on": f"{today}"}
    browser.post("/gemeente/utrecht/mensen/beeindigen/", data)
    member.refresh_from_db()
    assert member.ends_on == today
