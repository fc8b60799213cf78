"""What who runs the site hears about background work."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.utils import timezone

from learning.jobs import MOST_ATTEMPTS
from learning.models import Job, ScheduledRun, Worker
from learning.work_state import work_state
from tests import factories

pytestmark = pytest.mark.django_db


def test_all_is_well(capsys):
    Worker.objects.create()
    call_command("check_work")
    assert capsys.readouterr().out == "Werk op de achtergrond: 0 wacht, 0 bezig.\n"


def test_without_a_worker_it_is_said_how_to_start_one():
    with pytest.raises(CommandError, match=r"manage\.py work"):
        call_command("check_work")
    Worker.objects.create(seen_at=timezone.now() - timedelta(minutes=3))
    assert not work_state().has_worker


def test_what_waits_too_long_is_told():
    Worker.objects.create()
    Job.objects.create(kind=Job.Kind.EXPORT)
    assert work_state().problems == []
    Job.objects.update(created_at=timezone.now() - timedelta(minutes=16))
    [problem] = work_state().problems
    assert problem.startswith("Iets wacht sinds")


def test_what_broke_is_told_for_a_day_and_what_a_handler_refused_is_not():
    Worker.objects.create()
    now = timezone.now()
    fields = {"kind": Job.Kind.EXPORT, "status": Job.Status.FAILED}
    Job.objects.create(**fields, attempts=1, finished_at=now)
    Job.objects.create(**fields, attempts=MOST_ATTEMPTS, finished_at=now - timedelta(days=2))
    ScheduledRun.objects.create(task="x", slot="2026-11-24", finished_at=now)
    ScheduledRun.objects.create(task="x", slot="2026-11-25", worker=Worker.objects.get())
    assert work_state().problems == []
    Job.objects.create(**fields, attempts=MOST_ATTEMPTS, finished_at=now)
    ScheduledRun.objects.create(task="x", slot="2026-11-26")
    assert [problem[:2] for problem in work_state().problems] == ["1 ", "1 "]


def test_administrators_see_it_in_their_admin_and_editors_do_not(client):
    factories.make_home()
    client.force_login(factories.make_user(is_superuser=True, is_staff=True))
    assert "manage.py work" in client.get("/beheer/").content.decode()
    editor = factories.make_user()
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(editor)
    response = client.get("/beheer/")
    assert response.status_code == 200
    assert "manage.py work" not in response.content.decode()


def test_it_takes_four_questions(django_assert_num_queries):
    with django_assert_num_queries(4):
        assert work_state().problems
