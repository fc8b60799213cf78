"""An editor publishes a changed module, and says what that means for those who finished it."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from home.permissions import CHIEF_EDITORS, EDITORS
from learning.changes import (
    Choice,
    announce_change,
    archive_what_ends_today,
    carry_out,
    concerned_by,
)
from learning.enrolments import begin
from learning.figures import figures_of
from learning.models import (
    Completion,
    Enrolment,
    Holding,
    Job,
    ModulePage,
    Municipality,
    OutgoingMail,
)
from learning.models.people import today
from tests import factories

pytestmark = pytest.mark.django_db

TOMORROW = today() + timedelta(days=1)


def in_group(name):
    person = factories.make_user()
    person.groups.add(Group.objects.get(name=name))
    return person


@pytest.fixture
def chief(site):
    return in_group(CHIEF_EDITORS)


@pytest.fixture
def client_of_chief(chief, signed_in):
    return signed_in(chief)


@pytest.fixture
def module(site):
    return factories.make_module("giften", title="Giften")


@pytest.fixture
def lesson(module):
    return factories.make_lesson(module, title="De les")


@pytest.fixture
def finisher(module):
    """Somebody who serves, and finished it."""
    member = factories.make_member(Municipality.objects.get(slug="utrecht"))
    factories.finish(member.person, module, completed_on=date(2026, 9, 1))
    return member


def lesson_data(lesson, title="Een nieuwe titel", **fields):
    return nested_form_data(
        {
            "title": title,
            "slug": lesson.slug,
            "introduction": "Kort.",
            "minutes": "5",
            "source": "Gemeentewet",
            "checked_on": "2026-11-01",
            "is_example": "on",
            "body": streamfield([("text", rich_text("<p>Een tekst.</p>"))]),
            "comments": inline_formset([]),
            **fields,
        }
    )


def publish(client, lesson, **fields):
    data = lesson_data(lesson, **{"action-publish": "yes"} | fields)
    return client.post(f"/beheer/pages/{lesson.pk}/edit/", data)


def test_what_nobody_finished_is_published_at_once(client_of_chief, lesson):
    response = publish(client_of_chief, lesson)
    assert "wijziging" not in response.url
    lesson.refresh_from_db()
    assert lesson.title == "Een nieuwe titel"


def test_the_choice_comes_first_and_nothing_typed_is_lost(client_of_chief, lesson, finisher):
    factories.finish(factories.make_user(), lesson.module)
    response = publish(client_of_chief, lesson)
    assert "/beheer/wijziging/" in response.url
    lesson.refresh_from_db()
    assert lesson.title == "De les"
    assert lesson.get_latest_revision_as_object().title == "Een nieuwe titel"
    page = client_of_chief.get(response.url)
    assert page.context["concerned"].finished == 2
    assert page.context["concerned"].serving == 1
    assert "minder dan 5 mensen" in page.content.decode()

    assert client_of_chief.post(response.url, {"choice": "correction"}).status_code == 302
    lesson.refresh_from_db()
    assert lesson.title == "Een nieuwe titel"
    assert not Job.objects.exists()
    assert not Completion.objects.exclude(ended_on=None).exists()
    assert ModulePage.objects.get().version == 1


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "choice"),
        ({"choice": "again"}, "ended_on"),
        ({"choice": "again", "ended_on": "2020-01-01"}, "ended_on"),
        ({"choice": "again", "ended_on": "volgend jaar"}, "ended_on"),
        ({"choice": "iets"}, "choice"),
        ({"choice": "tell", "note": "x" * 1001}, "note"),
    ],
)
def test_a_wrong_choice_publishes_nothing(client_of_chief, lesson, finisher, data, field):
    choice = publish(client_of_chief, lesson).url
    response = client_of_chief.post(choice, data)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    lesson.refresh_from_db()
    assert lesson.title == "De les"


def test_to_tell_changes_nothing_but_writes(
    client_of_chief, lesson, finisher, django_capture_on_commit_callbacks
):
    choice = publish(client_of_chief, lesson).url
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            client_of_chief.post(choice, {"choice": "tell", "note": "Er is een les bij."})
    assert Job.objects.get().status == Job.Status.DONE
    mail = OutgoingMail.objects.get(kind=OutgoingMail.Kind.CHANGED)
    assert mail.person == finisher.person
    assert Completion.objects.get().ended_on is None


def test_to_ask_again_ends_what_was_finished(
    client_of_chief, chief, lesson, finisher, django_capture_on_commit_callbacks
):
    module = lesson.module
    requirement = factories.make_requirement(module)
    place = finisher.municipality
    assert figures_of(place, [requirement])[requirement.pk, ""].completed == 1
    choice = publish(client_of_chief, lesson).url
    day = today() + timedelta(days=30)
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            client_of_chief.post(choice, {"choice": "again", "ended_on": day.isoformat()})
    completion = Completion.objects.get()
    assert (completion.ended_on, completion.is_asked_again) == (day, True)
    assert (completion.archived_at, completion.ended_by) == (None, chief)
    assert Holding.objects.get().ends_on == day - timedelta(days=1)
    figure = figures_of(place, [requirement])[requirement.pk, ""]
    assert (figure.completed, figure.renewal_open) == (0, 1)
    module = ModulePage.objects.get(pk=module.pk)
    assert module.version == 2
    assert OutgoingMail.objects.filter(kind=OutgoingMail.Kind.AGAIN).count() == 1
    # What is finished anew carries the new version, and counts.
    again = factories.finish(finisher.person, module)
    assert again.module_version == 2
    assert figures_of(place, [requirement])[requirement.pk, ""].completed == 1


def test_a_draft_of_the_module_keeps_the_new_version(
    chief, module, finisher, django_capture_on_commit_callbacks
):
    module.title = "Giften en reizen"
    module.save_revision()
    with django_capture_on_commit_callbacks(execute=True):
        announce_change(module, Choice.AGAIN, by=chief, occasion="x", ended_on=TOMORROW)
    module = ModulePage.objects.get()
    module.get_latest_revision().publish()
    module.refresh_from_db()
    assert (module.version, module.title) == (2, "Giften en reizen")


def test_a_job_that_is_done_anew_ends_nothing_that_came_since(
    chief, module, finisher, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        job = announce_change(module, Choice.AGAIN, by=chief, occasion="x", ended_on=today())
    begin(finisher.person, module.translation_key)
    new = factories.finish(finisher.person, module)
    Job.objects.update(status=Job.Status.RUNNING, finished_at=None)
    job.refresh_from_db()
    carry_out(job)
    new.refresh_from_db()
    assert (new.ended_on, new.archived_at) == (None, None)
    assert OutgoingMail.objects.count() == 1


def test_on_the_day_itself_the_old_round_is_closed(
    chief, module, finisher, django_capture_on_commit_callbacks
):
    person = finisher.person
    Enrolment.objects.create(
        person=person,
        module_key=module.translation_key,
        started_at=Completion.objects.get().completed_at - timedelta(hours=1),
    )
    with django_capture_on_commit_callbacks(execute=True):
        announce_change(module, Choice.AGAIN, by=chief, occasion="x", ended_on=TOMORROW)
    archive_what_ends_today(today())
    assert Enrolment.objects.get().closed_at is None
    Completion.objects.update(ended_on=today())
    archive_what_ends_today(today())
    assert Enrolment.objects.get().closed_at is not None
    assert Completion.objects.get().archived_at is not None


def test_who_may_not_publish_may_not_choose(lesson, finisher, signed_in):
    client = signed_in(in_group(EDITORS))
    for address in (f"/beheer/wijziging/{lesson.pk}/", f"/beheer/wijziging/{lesson.pk}/1/"):
        response = client.post(address, {"choice": "tell"})
        assert response.status_code == 302
        assert response.url == "/beheer/"
    assert not Job.objects.exists()


def test_a_newer_draft_is_looked_at_first(client_of_chief, lesson, finisher):
    choice = publish(client_of_chief, lesson).url
    lesson.title = "Van een ander"
    lesson.save_revision()
    assert client_of_chief.post(choice, {"choice": "correction"}).status_code == 302
    lesson.refresh_from_db()
    assert lesson.title == "De les"


def test_what_is_approved_is_published_and_then_asked_about(
    client_of_chief, lesson, finisher, signed_in
):
    data = lesson_data(lesson, **{"action-submit": "yes"})
    signed_in(in_group(EDITORS)).post(f"/beheer/pages/{lesson.pk}/edit/", data)
    approve = lesson_data(
        lesson, **{"action-workflow-action": "true", "workflow-action-name": "approve"}
    )
    response = client_of_chief.post(f"/beheer/pages/{lesson.pk}/edit/", approve)
    lesson.refresh_from_db()
    assert lesson.title == "Een nieuwe titel"
    assert "/beheer/wijziging/" in response.url
    page = client_of_chief.get(response.url).content.decode()
    assert "kleine correctie" in page


def test_the_menu_of_the_module_leads_there_as_well(client_of_chief, module, finisher):
    address = f"/beheer/wijziging/{module.pk}/"
    assert address in client_of_chief.get(f"/beheer/pages/{module.pk}/edit/").content.decode()
    assert client_of_chief.get(address).status_code == 200


def test_a_translation_follows_and_asks_nothing(module, lesson, finisher):
    from learning.changes import module_changed_by  # noqa: PLC0415  beside what it is about

    factories.make_home("en")
    page = lesson.module.copy_for_translation(factories.locale("en"), copy_parents=True)
    assert module_changed_by(page) is None
    assert module_changed_by(lesson) == module
    assert module_changed_by(Page.objects.get(depth=1)) is None


def test_the_effect_counts_people_once(module, finisher):
    factories.finish(finisher.person, module)
    factories.join(
        finisher.person, Municipality.objects.get(slug="zwolle"), factories.Role.ALDERMAN
    )
    effect = concerned_by(module)
    assert (effect.finished, effect.serving) == (1, 1)
