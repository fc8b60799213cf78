"""Mail to editors: handed in, sent back, approved, remarks, and a day that comes near."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.utils import timezone
from wagtail.admin.views.pages import edit as wagtails_editor
from wagtail.models import Workflow
from wagtail.users.models import UserProfile

from home.editing.deadlines import set_deadline
from home.models import StandardPage
from home.permissions import CHIEF_EDITORS, EDITORS
from learning.mail.editing import remind_of_deadlines
from learning.mail.sending import deliver_waiting
from learning.models import OutgoingMail
from tests import factories
from tests.mails import link_in

pytestmark = pytest.mark.django_db


def member_of(group, **fields):
    user = factories.make_user(**fields)
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def home(public_site):
    return public_site


@pytest.fixture
def editor(home):
    return member_of(EDITORS, name="Elif")


@pytest.fixture
def chief(home):
    return member_of(CHIEF_EDITORS, name="Chris")


@pytest.fixture
def page(home, editor):
    page = home.add_child(
        instance=StandardPage(title="Plan", slug="plan", body=[], live=False, locale=home.locale)
    )
    page.save_revision(user=editor)
    return page


@pytest.fixture
def state(page, editor, chief):
    return Workflow.objects.get(name="Eindredactie").start(page, editor)


def delivered():
    mail.outbox.clear()
    deliver_waiting()
    return list(mail.outbox)


def test_the_chief_hears_of_what_is_handed_in(state, page, editor, chief):
    set_deadline(page, date(2026, 12, 24))
    factories.make_user(is_superuser=True)
    (sent,) = delivered()
    assert sent.to == [chief.email]
    assert sent.subject == "Wacht op uw oordeel: Plan"
    assert "Elif dient deze pagina in." in sent.body
    assert "24 december 2026" in sent.body
    assert link_in(sent) == f"/beheer/pages/{page.pk}/edit/"
    # What is kept names nobody but the receiver.
    kept = OutgoingMail.objects.get()
    assert "Elif" not in f"{kept.subject}{kept.parameters}"


def test_the_editor_hears_why_it_is_sent_back(state, page, editor, chief):
    delivered()
    state.current_task_state.reject(user=chief, comment="Te lang <b>en</b> saai.")
    (sent,) = delivered()
    assert sent.to == [editor.email]
    assert sent.subject == "Teruggestuurd: Plan"
    assert "Te lang <b>en</b> saai." in sent.body
    assert "<b>en</b>" not in sent.alternatives[0][0]


def test_the_editor_hears_that_it_is_approved(state, page, editor, chief):
    delivered()
    state.current_task_state.approve(user=chief)
    (sent,) = delivered()
    assert (sent.to, sent.subject) == ([editor.email], "Goedgekeurd: Plan")
    page.refresh_from_db()
    assert page.live


def test_what_is_over_before_the_mail_leaves_is_not_sent(state, page, editor, chief):
    state.current_task_state.reject(user=chief)
    state.resume(editor)
    sent = delivered()
    assert [each.subject for each in sent] == ["Wacht op uw oordeel: Plan"]
    page.delete()
    assert delivered() == []


def test_nobody_gets_a_mail_of_their_own_act(page, chief):
    state = Workflow.objects.get(name="Eindredactie").start(page, chief)
    state.current_task_state.reject(user=chief)
    assert delivered() == []


def test_who_switched_it_off_gets_none(page, editor, chief):
    profile = UserProfile.get_for_user(chief)
    profile.submitted_notifications = False
    profile.save()
    Workflow.objects.get(name="Eindredactie").start(page, editor)
    assert delivered() == []


def test_remarks_are_told_without_what_was_said(page, editor, chief):
    context = {"page": page, "editor": chief, "new_comments": []}
    for _again in range(2):
        wagtails_editor.send_notification([editor], "updated_comments", context)
    (sent,) = delivered()
    assert (sent.to, sent.subject) == ([editor.email], "Opmerkingen bij ‘Plan’")
    assert "Chris" not in sent.body


def test_a_day_that_comes_near_is_told_once_to_whose_turn_it_is(state, page, editor, chief):
    delivered()
    today = timezone.localdate()
    set_deadline(page, today + timedelta(days=10))
    remind_of_deadlines(today)
    assert delivered() == []
    set_deadline(page, today + timedelta(days=3))
    remind_of_deadlines(today)
    remind_of_deadlines(today)
    (sent,) = delivered()
    assert (sent.to, sent.subject) == ([chief.email], "Binnenkort nodig: Plan")
    state.current_task_state.reject(user=chief)
    delivered()
    for _again in range(2):
        remind_of_deadlines(today + timedelta(days=4))
    (sent,) = delivered()
    assert sent.to == [editor.email]
    remind_of_deadlines(today + timedelta(days=30))
    assert delivered() == []


def test_a_page_that_is_published_meanwhile_is_not_asked_for(state, page, chief):
    delivered()
    set_deadline(page, timezone.localdate())
    remind_of_deadlines(timezone.localdate())
    state.current_task_state.approve(user=chief)
    assert [each.subject for each in delivered()] == ["Goedgekeurd: Plan"]


def test_a_draft_is_asked_for_from_who_wrote_it(page, editor):
    set_deadline(page, timezone.localdate())
    remind_of_deadlines(timezone.localdate())
    (sent,) = delivered()
    assert sent.to == [editor.email]
