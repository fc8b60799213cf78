"""What somebody has to do, and doing it again: renewal, the test alone, asked again."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learning import attempts, enrolments
from learning.completions import end_completion
from learning.duties import by_subject, duties_of
from learning.models import Completion, Enrolment, Membership, Waiver
from learning.models.people import today
from learning.requirements import require_of_people
from learning.roles import Role
from learning.rules.due import Standing
from learning.rules.validity import ValidityKind
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def module(catalogue):
    module = factories.make_module("eed", title="De eed", roles=["raadslid"])
    factories.make_lesson(module, slug="les")
    factories.make_quiz(module, slug="toets")
    return module


@pytest.fixture
def member(module):
    return factories.make_member(name="Anna", starts_on=today() - timedelta(days=100))


@pytest.fixture
def browser(member, signed_in):
    return signed_in(member.person)


def duty(person, module):
    memberships = list(
        Membership.objects.current().filter(person=person).select_related("municipality__successor")
    )
    return by_subject(duties_of(person, memberships)).get(module.translation_key)


def yearly(module, **fields):
    return factories.make_requirement(
        module, validity=ValidityKind.FROM_PREVIOUS_END, valid_months=12, **fields
    )


def pass_the_test(person, module):
    quiz = factories.QuizPage.objects.child_of(module).get()
    attempt = attempts.start_attempt(person, quiz)
    for item in attempt.items.select_related("version"):
        attempts.save_answer(attempt, item, sorted(item.version.marking_key.correct))
    return attempts.submit_attempt(attempt)


def test_a_day_that_has_passed_is_told_on_the_page(member, module, browser):
    factories.make_requirement(module, due_days=30, starts_on=today() - timedelta(days=90))
    assert duty(member.person, module).position.standing is Standing.OVERDUE
    for address in ("/mijn/", "/leren/eed/"):
        assert "Te laat: dit moest klaar zijn op" in browser.get(address).content.decode()


def test_what_another_municipality_asks_is_not_asked(member, module):
    elsewhere = factories.make_municipality()
    extra = factories.make_module("extra", roles=["wethouder"])
    requirement = factories.make_requirement(extra, elsewhere, roles=["raadslid"])
    assert duty(member.person, extra) is None
    factories.join(member.person, elsewhere, Role.COUNCIL_MEMBER, starts_on=date(2026, 4, 1))
    assert duty(member.person, extra).requirement == requirement


def test_after_a_merger_the_successor_asks(member, module):
    new = factories.make_municipality("Nieuwstad")
    extra = factories.make_module("extra", roles=["wethouder"])
    factories.make_requirement(extra, new, roles=["raadslid"])
    old = member.municipality
    old.successor, old.merged_on = new, today() + timedelta(days=1)
    old.save()
    assert duty(member.person, extra) is None
    old.merged_on = today()
    old.save()
    assert duty(member.person, extra) is not None


def test_who_is_let_off_has_nothing_to_do(member, module):
    requirement = factories.make_requirement(module)
    Waiver.objects.create(
        requirement=requirement,
        person=member.person,
        municipality=member.municipality,
        reason="Was jurist bij de provincie",
    )
    assert duty(member.person, module) is None


def test_named_people_alone(member, module):
    other = factories.make_member(member.municipality)
    extra = factories.make_module("extra", roles=["wethouder"])
    by = factories.make_monitor(member.municipality)
    require_of_people(member.municipality, extra, [member.person_id], due_on=None, by=by)
    assert duty(member.person, extra).position.standing is Standing.TO_DO
    assert duty(other.person, extra) is None


def test_renewing_early_keeps_the_old_proof_and_adds_to_it(member, module, browser):
    yearly(module, renewal_days=60)
    first = factories.finish(member.person, module, completed_on=today() - timedelta(days=330))
    enrolments.begin(member.person, module.translation_key)
    Enrolment.objects.update(started_at=first.completed_at - timedelta(days=331))
    found = duty(member.person, module).position
    assert found.standing is Standing.RENEWAL_OPEN
    page = browser.get("/leren/eed/").content.decode()
    assert "Opnieuw doen" in page
    # Twice pressed is begun once.
    for _ in range(2):
        assert browser.post("/leren/eed/", {"again": "1"}).status_code == 302
    assert Enrolment.objects.filter(person=member.person).count() == 2
    browser.post("/leren/eed/les/", {"done": "1"})
    assert Completion.objects.filter(person=member.person).current().get() == first
    assert pass_the_test(member.person, module).passed
    first.refresh_from_db()
    assert first.archived_at is not None
    renewed = Completion.objects.filter(person=member.person).current().get()
    assert renewed != first
    now = duty(member.person, module).position
    assert now.standing is Standing.COMPLETED
    # A whole year more than the first, though it was renewed before that had ended.
    assert now.valid_through.replace(year=found.valid_through.year) == found.valid_through
    assert renewed.valid_until == now.valid_through


def test_renewing_by_the_test_alone(member, module, browser):
    yearly(module, renewal_by="test", renewal_days=60)
    factories.finish(member.person, module, completed_on=today() - timedelta(days=400))
    assert duty(member.person, module).position.standing is Standing.LAPSED
    assert "Verleng: maak de toets" in browser.get("/leren/eed/").content.decode()
    response = browser.post("/leren/eed/", {"again": "1"})
    assert response.url.endswith("/toets/")
    pass_the_test(member.person, module)
    assert duty(member.person, module).position.standing is Standing.COMPLETED


def test_what_is_still_valid_cannot_be_begun_again(member, module, browser):
    yearly(module, renewal_days=30)
    factories.finish(member.person, module)
    assert "Opnieuw doen" not in browser.get("/leren/eed/").content.decode()
    browser.post("/leren/eed/", {"again": "1"})
    assert not Enrolment.objects.filter(person=member.person).exists()


def test_another_module_renews(member, module, browser):
    short = factories.make_module("opfris", title="Opfrissen", roles=["raadslid"])
    factories.make_lesson(short, slug="les")
    yearly(module, renewal_by="other", renewal_key=short.translation_key, renewal_days=60)
    factories.finish(member.person, module, completed_on=today() - timedelta(days=400))
    assert "Verleng met ‘Opfrissen’" in browser.get("/leren/eed/").content.decode()
    factories.finish(member.person, short)
    assert duty(member.person, module).position.standing is Standing.COMPLETED


def test_who_passes_the_test_first_skips_the_lessons(member, module, browser):
    module.allows_test_out = True
    module.save()
    assert "Ik weet dit al" in browser.get("/leren/eed/").content.decode()
    assert browser.post("/leren/eed/", {"test": "1"}).url.endswith("/toets/")
    pass_the_test(member.person, module)
    completion = Completion.objects.get(person=member.person)
    assert completion.kind == Completion.Kind.TESTED_OUT
    assert duty(member.person, module).position.standing is Standing.COMPLETED


def test_the_test_alone_is_not_enough_where_the_module_does_not_say_so(member, module, browser):
    assert "Ik weet dit al" not in browser.get("/leren/eed/").content.decode()
    pass_the_test(member.person, module)
    assert not Completion.objects.exists()


def test_withdrawn_is_to_be_done_anew(member, module, browser):
    factories.make_requirement(module)
    enrolments.begin(member.person, module.translation_key)
    completion = factories.finish(member.person, module)
    end_completion(completion, because="Vergissing", by=None)
    assert duty(member.person, module).position.standing is not Standing.COMPLETED
    browser.post("/leren/eed/")
    browser.post("/leren/eed/les/", {"done": "1"})
    pass_the_test(member.person, module)
    assert Completion.objects.filter(person=member.person).current().count() == 1
    completion.refresh_from_db()
    assert completion.ended_because == "Vergissing"


def test_a_learning_path_is_finished_with_its_last_module(member, module, browser):
    second = factories.make_module("tweede", roles=["raadslid"])
    path = factories.make_path([module, second], title="Nieuw in de raad", slug="nieuw")
    requirement = factories.make_requirement(
        module,
        member.municipality,
        subject_key=path.translation_key,
        subject_title=path.title,
        is_path=True,
    )
    assert "Nieuw in de raad" in browser.get("/mijn/").content.decode()
    factories.finish(member.person, module)
    assert "1 van 2 modules gedaan" in browser.get("/mijn/").content.decode()
    assert not Completion.objects.filter(module_key=path.translation_key).exists()
    for _ in range(2):
        factories.finish(member.person, second)
    proof = Completion.objects.filter(module_key=path.translation_key).current().get()
    assert (proof.module_title, proof.is_path) == ("Nieuw in de raad", True)
    found = by_subject(duties_of(member.person, [member]))[path.translation_key]
    assert (found.requirement, found.position.standing) == (requirement, Standing.COMPLETED)
    page = browser.get("/leren/nieuw/").content.decode()
    assert "U hebt deze leerlijn afgerond op" in page


def queries_of(browser):
    browser.get("/mijn/")
    with CaptureQueriesContext(connection) as asked:
        browser.get("/mijn/")
    return len(asked)


def test_duties_cost_the_same_however_many_there_are(member, browser, module):
    before = queries_of(browser)
    for _ in range(4):
        factories.make_requirement(factories.make_module(roles=["raadslid"]), due_days=5)
    assert queries_of(browser) == before
