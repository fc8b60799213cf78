"""What a monitor records of their own people: recognised, let off, withdrawn; and who may not."""

from datetime import date, timedelta

import pytest

from accounts.models import AuditEvent
from learning.completions import end_completion, subject_of
from learning.enrolments import begin
from learning.figures import figures_of
from learning.holdings import Holding
from learning.models import Attempt, Completion, Enrolment, Membership, Waiver
from learning.models.people import today
from learning.recognitions import end_waiver, recognise, waive, withdraw
from learning.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db

PEOPLE = "/gemeente/utrecht/mensen/"
RECOGNISE = f"{PEOPLE}erkennen/"
WAIVE = f"{PEOPLE}vrijstellen/"
DAY = date(2026, 9, 1)


@pytest.fixture
def utrecht(home):
    return factories.make_municipality("Utrecht")


@pytest.fixture
def zwolle(home):
    return factories.make_municipality("Zwolle")


@pytest.fixture
def clerk(utrecht):
    return factories.make_monitor(utrecht, name="Gerda Griffier")


@pytest.fixture
def monitor(clerk, signed_in):
    return signed_in(clerk)


@pytest.fixture
def member(utrecht):
    return factories.make_member(utrecht, name="Bo Raadslid")


@pytest.fixture
def requirement(home):
    return factories.make_requirement(factories.make_module("giften", title="Giften"))


def page_of(member):
    return f"{PEOPLE}{member.pk}/"


def module_of(requirement):
    return factories.ModulePage.objects.get(translation_key=requirement.subject_key)


def filled(member, requirement, **changes):
    return {
        "person": [member.person_id],
        "subject": str(requirement.subject_key),
        "day": "1 september 2026",
        "evidence": "Certificaat van een andere cursus",
        "confirm": "1",
    } | changes


def test_earlier_training_is_asked_for_and_then_counts(monitor, clerk, member, requirement):
    asking = monitor.post(RECOGNISE, {"person": member.person_id})
    assert asking.status_code == 200
    assert "Bo Raadslid" in asking.content.decode()
    assert "medische" in asking.content.decode()
    response = monitor.post(RECOGNISE, filled(member, requirement))
    assert response.url == page_of(member)
    completion = Completion.objects.get()
    assert (completion.kind, completion.completed_on) == ("recognised", DAY)
    assert (completion.recorded_by, completion.score) == (clerk, None)
    assert completion.municipality == member.municipality
    assert figures_of(member.municipality, [requirement])[requirement.pk, ""].completed == 1
    html = monitor.get(page_of(member)).content.decode()
    assert "Certificaat van een andere cursus" in html
    assert "erkend" in html


def test_recorded_twice_is_recorded_once(monitor, member, requirement):
    for _ in range(2):
        monitor.post(RECOGNISE, filled(member, requirement))
    assert Completion.objects.count() == 1


def test_several_people_at_once(monitor, utrecht, zwolle, member, requirement):
    other = factories.make_member(utrecht, Role.STAFF)
    stranger = factories.make_member(zwolle)
    people = [member.person_id, other.person_id, stranger.person_id]
    monitor.post(RECOGNISE, filled(member, requirement, person=people))
    found = set(Completion.objects.values_list("person", flat=True))
    assert found == {member.person_id, other.person_id}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"day": ""}, "day"),
        ({"day": "1 september 2099"}, "day"),
        ({"day": "gisteren"}, "day"),
        ({"evidence": "  "}, "evidence"),
        ({"evidence": "x" * 251}, "evidence"),
        ({"subject": "nee"}, "subject"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_typed_is_lost(
    monitor, member, requirement, changes, field
):
    response = monitor.post(RECOGNISE, filled(member, requirement, **changes))
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert f"id_{field}_error" in response.content.decode()
    assert f'name="person" value="{member.person_id}"' in response.content.decode()
    assert not Completion.objects.exists()


def test_what_came_later_stands_above_what_is_recorded_now(clerk, member, requirement):
    module = module_of(requirement)
    own = factories.finish(member.person, module, completed_on=date(2026, 10, 1))
    recognise(
        Membership.objects.filter(pk=member.pk), subject_of(module), day=DAY, evidence="x", by=clerk
    )
    assert Completion.objects.current().get() == own
    assert Holding.objects.filter(requirement=requirement).count() == 2


def test_withdrawing_asks_why_and_keeps_what_was(monitor, clerk, member, requirement):
    completion = factories.finish(member.person, module_of(requirement), completed_on=DAY)
    address = f"{page_of(member)}intrekken/{completion.pk}/"
    assert "blijft" in monitor.get(address).content.decode()
    assert monitor.post(address, {"reason": " "}).status_code == 422
    assert monitor.post(address, {"reason": "Door een ander gedaan"}).status_code == 302
    completion.refresh_from_db()
    assert (completion.ended_on, completion.ended_by) == (today(), clerk)
    held = Holding.objects.get(requirement=requirement)
    assert (held.starts_on, held.ends_on) == (DAY, today() - timedelta(days=1))
    figure = figures_of(member.municipality, [requirement])[requirement.pk, ""]
    assert (figure.completed, figure.lapsed) == (0, 1)
    html = monitor.get(page_of(member)).content.decode()
    assert "Ingetrokken" in html
    assert "Door een ander gedaan" in html
    assert monitor.post(address, {"reason": "Nog eens"}).status_code == 302
    completion.refresh_from_db()
    assert completion.ended_because == "Door een ander gedaan"


def test_what_was_replaced_stands_again(member, clerk, requirement):
    module = module_of(requirement)
    first = factories.finish(member.person, module, completed_on=date(2026, 5, 1))
    second = factories.finish(member.person, module, completed_on=DAY)
    end_completion(second, because="Vergissing", by=clerk)
    first.refresh_from_db()
    assert first.archived_at is None


def test_a_withdrawn_recognition_leaves_what_somebody_is_doing(member, clerk, requirement):
    module = module_of(requirement)
    begin(member.person, module.translation_key)
    recognise(
        Membership.objects.filter(pk=member.pk), subject_of(module), day=DAY, evidence="x", by=clerk
    )
    withdraw(
        Completion.objects.get(), municipality=member.municipality, because="Vergissing", by=clerk
    )
    assert Enrolment.objects.get().closed_at is None


def test_what_was_finished_elsewhere_is_seen_and_not_withdrawn(
    monitor, clerk, zwolle, member, requirement
):
    elsewhere = factories.make_member(zwolle, starts_on=date(2026, 1, 1))
    elsewhere.person = member.person
    elsewhere.ends_on = date(2026, 3, 31)
    elsewhere.save()
    completion = factories.finish(
        member.person,
        module_of(requirement),
        completed_on=date(2026, 2, 1),
        evidence="Zwols bewijs",
        kind=Completion.Kind.RECOGNISED,
    )
    assert completion.municipality == zwolle
    html = monitor.get(page_of(member)).content.decode()
    assert "Zwolle" in html
    assert "Zwols bewijs" not in html
    address = f"{page_of(member)}intrekken/{completion.pk}/"
    assert monitor.get(address).status_code == 404
    assert monitor.post(address, {"reason": "x"}).status_code == 404
    with pytest.raises(PermissionError):
        withdraw(completion, municipality=member.municipality, because="x", by=clerk)


def test_letting_off_and_taking_it_back(monitor, member, requirement):
    data = {
        "person": member.person_id,
        "requirement": requirement.pk,
        "starts_on": "2026-09-01",
        "reason": "Vervangt twee maanden",
        "confirm": "1",
    }
    for _ in range(2):
        assert monitor.post(WAIVE, data).url == page_of(member)
    waiver = Waiver.objects.get()
    figure = figures_of(member.municipality, [requirement])[requirement.pk, ""]
    assert (figure.members, figure.waived) == (0, 1)
    html = monitor.get(page_of(member)).content.decode()
    assert "Vrijgesteld" in html
    assert "Vervangt twee maanden" in html
    assert monitor.post(f"{page_of(member)}vrijstelling/{waiver.pk}/beeindigen/").status_code == 302
    waiver.refresh_from_db()
    assert waiver.ends_on == today() - timedelta(days=1)
    figure = figures_of(member.municipality, [requirement])[requirement.pk, ""]
    assert (figure.members, figure.waived) == (1, 0)


def test_a_waiver_says_why_and_its_days_make_sense(monitor, member, requirement):
    data = {"person": member.person_id, "confirm": "1", "starts_on": "2026-09-02"}
    data |= {"ends_on": "2026-09-01", "reason": "", "requirement": "999999"}
    response = monitor.post(WAIVE, data)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"requirement", "reason", "ends_on"}


@pytest.mark.parametrize("begins", [-1, 0, 1])
def test_a_waiver_ends_without_changing_the_past(clerk, member, requirement, begins):
    options = {"municipality": member.municipality, "reason": "x", "by": clerk}
    start = today() + timedelta(days=begins)
    waive([member.person_id], requirement, starts_on=start, ends_on=None, **options)
    end_waiver(Waiver.objects.get())
    left = list(Waiver.objects.values_list("starts_on", "ends_on"))
    assert left == ([] if begins > 0 else [(start, start)])


def test_one_open_waiver_that_begins_sooner(clerk, member, requirement):
    options = {"municipality": member.municipality, "reason": "x", "by": clerk, "ends_on": None}
    for start in (date(2026, 9, 1), date(2026, 8, 1), date(2026, 10, 1)):
        waive([member.person_id], requirement, starts_on=start, **options)
    assert Waiver.objects.get().starts_on == date(2026, 8, 1)


def test_the_page_says_status_and_dates_and_no_more(monitor, member, requirement):
    module = module_of(requirement)
    Attempt.objects.create(
        person=member.person,
        module_key=module.translation_key,
        quiz_key=module.translation_key,
        quiz_title="Toets",
        number=1,
        pass_mark=70,
        percentage=87,
        passed=True,
        submitted_at=member.person.date_joined,
    )
    factories.finish(member.person, module, completed_on=DAY)
    factories.join(member.person, member.municipality, Role.ALDERMAN, starts_on=date(2026, 8, 1))
    html = monitor.get(page_of(member)).content.decode()
    for text in ("Bo Raadslid", "Raadslid", "Wethouder", "Giften", "1 september 2026", "Klaar"):
        assert text in html
    assert "87" not in html.split("<main")[1].split("</main>")[0].replace("utrecht", "")
    assert (
        AuditEvent.objects.filter(what="person", subject_key=member.person.audit_key).count() == 1
    )


def test_the_page_costs_no_more_with_more_requirements(
    monitor, member, django_assert_max_num_queries
):
    for _ in range(3):
        factories.finish(member.person, module_of(factories.make_requirement()))
    monitor.get(page_of(member))
    with django_assert_max_num_queries(16):
        monitor.get(page_of(member))
    for _ in range(5):
        factories.finish(member.person, module_of(factories.make_requirement()))
    monitor.get(page_of(member))
    with django_assert_max_num_queries(16):
        monitor.get(page_of(member))


def test_a_membership_ends_on_a_day(monitor, member):
    address = f"{page_of(member)}beeindigen/"
    assert monitor.get(address).status_code == 200
    assert monitor.post(address, {"ends_on": "2026-01-01"}).status_code == 422
    assert monitor.post(address, {"ends_on": "2026-11-01"}).status_code == 302
    member.refresh_from_db()
    assert member.ends_on == date(2026, 11, 1)


def test_people_of_others_are_not_there(monitor, zwolle, member, requirement):
    stranger = factories.make_member(zwolle)
    completion = factories.finish(stranger.person, module_of(requirement))
    waiver = Waiver.objects.create(
        person=stranger.person, requirement=requirement, municipality=zwolle, reason="x"
    )
    theirs = page_of(stranger)
    for address in ("", "beeindigen/", f"intrekken/{completion.pk}/"):
        assert monitor.get(theirs + address).status_code == 404
    own = page_of(member)
    for address in (
        f"{theirs}beeindigen/",
        f"{theirs}intrekken/{completion.pk}/",
        f"{theirs}vrijstelling/{waiver.pk}/beeindigen/",
        f"{own}intrekken/{completion.pk}/",
        f"{own}vrijstelling/{waiver.pk}/beeindigen/",
    ):
        assert monitor.post(address, {"reason": "x", "ends_on": "2026-11-01"}).status_code == 404
    assert monitor.get(f"/gemeente/zwolle/mensen/{stranger.pk}/").status_code == 403
    data = filled(stranger, requirement)
    assert monitor.post(RECOGNISE, data).status_code == 302
    assert monitor.post(WAIVE, data | {"requirement": requirement.pk}).status_code == 302
    assert Completion.objects.count() == Waiver.objects.count() == 1
    assert Membership.objects.filter(ends_on=None).count() == 2


def test_who_left_is_no_longer_there(monitor, member):
    member.ends_on = today() - timedelta(days=1)
    member.save()
    assert monitor.get(page_of(member)).status_code == 404


def test_only_monitors_come_here(member, zwolle, signed_in, requirement):
    for person in (member.person, factories.make_monitor(zwolle), factories.make_monitor()):
        client = signed_in(person)
        assert client.get(page_of(member)).status_code == 403
        assert client.post(RECOGNISE, filled(member, requirement)).status_code == 403
        assert client.post(WAIVE, filled(member, requirement)).status_code == 403
    assert not Completion.objects.exists()
