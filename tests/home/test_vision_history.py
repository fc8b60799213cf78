"""What changed in the visiedocument: from what was published, and from nothing else."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageLogEntry

from home.differences import Change
from home.models import VisionGoal, VisionPage
from home.vision_history import Section, Version, changes_between, history_of, tell
from tests import factories
from tests import factories_field as field

pytestmark = pytest.mark.django_db

FIRST = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def vision(home):
    return field.make_vision()


def move_back(vision, days):
    """Let all that was published until now be older."""
    before = timezone.now() - timedelta(days=days)
    for entry in PageLogEntry.objects.filter(page_id=vision.pk):
        PageLogEntry.objects.filter(pk=entry.pk).update(timestamp=before)
    vision.revisions.filter(created_at__gt=before).update(created_at=before)


def publish(vision, **fields):
    vision = VisionPage.objects.get(pk=vision.pk)
    for name, value in fields.items():
        setattr(vision, name, value)
    vision.save_revision().publish()
    return vision


def version(day, note="", **sections):
    texts = {name: Section(name, text) for name, text in sections.items()}
    return Version(FIRST + timedelta(days=day), note, texts)


def test_a_change_is_told_with_what_came_and_what_went(client, vision):
    move_back(vision, 10)
    publish(vision, introduction="<p>Welke rol dan?</p>", change_note="Scherper gevraagd.")
    page = client.get("/visiedocument/geschiedenis/").content.decode()
    assert "Scherper gevraagd." in page
    came, went = page.split("</ins>")[-2], page.split("</del>")[-2]
    assert came.endswith('toegevoegd: </span>rol dan?<span class="rv-visually-hidden">]</span>')
    assert went.endswith('weggehaald: </span>rol?<span class="rv-visually-hidden">]</span>')
    assert '<time datetime="2017-10-17">' in page
    # The document itself is the first, so it stands last.
    assert page.index("Scherper") < page.index('datetime="2017-10-17"')


def test_a_draft_is_never_shown(client, vision):
    move_back(vision, 10)
    vision = publish(vision, introduction="<p>Wat er staat.</p>")
    vision.introduction = "<p>Nog geheim.</p>"
    vision.change_note = "Ook geheim."
    vision.save_revision()
    page = client.get("/visiedocument/geschiedenis/").content.decode()
    assert "Wat er staat." in page
    assert "geheim" not in page


def test_what_was_written_over_after_it_was_published_is_a_draft_again(client, vision):
    move_back(vision, 10)
    vision = publish(vision, introduction="<p>Wat er staat.</p>")
    vision.introduction = "<p>Nog geheim.</p>"
    vision.save_revision(overwrite_revision=vision.get_latest_revision())
    page = client.get("/visiedocument/geschiedenis/").content.decode()
    assert "geheim" not in page


def test_what_waits_for_its_day_is_not_shown(client, vision):
    move_back(vision, 10)
    vision.introduction = "<p>Pas morgen.</p>"
    vision.go_live_at = timezone.now() + timedelta(days=1)
    vision.save_revision().publish()
    assert "Pas morgen" not in client.get("/visiedocument/geschiedenis/").content.decode()


def test_revisions_that_were_thrown_away_leave_what_is_on_the_site(vision):
    move_back(vision, 10)
    vision = publish(vision, introduction="<p>Nieuw begin.</p>")
    vision.revisions.exclude(pk=vision.latest_revision_id).delete()
    history = history_of(vision)
    assert len(history.entries) == 1
    assert history.entries[0].is_first


def test_nobody_is_named(client, vision):
    move_back(vision, 10)
    editor = factories.make_user(name="Naam Van Iemand", email="iemand@x.example")
    editor.is_superuser = True
    editor.save()
    vision.introduction = "<p>Anders.</p>"
    vision.save_revision(user=editor).publish(user=editor)
    page = client.get("/visiedocument/geschiedenis/").content.decode()
    assert "Anders." in page
    assert "Iemand" not in page
    assert "iemand@" not in page


def test_a_goal_that_came_and_one_that_went(vision):
    move_back(vision, 10)
    goals = [each for each in vision.goals.all() if each.code != "K2"]
    goals.append(
        VisionGoal(
            locale=vision.locale,
            sort_order=9,
            code="L2",
            term="long",
            title="Erbij",
            text="<p>y</p>",
        )
    )
    vision.goals = goals
    vision.save_revision().publish()
    changes = {c.label: c.change for c in history_of(vision).entries[0].changes}
    assert changes == {"L2 – Erbij": Change.ADDED, "K2 – Doel K2": Change.REMOVED}


def test_progress_is_told_in_words(vision):
    move_back(vision, 10)
    goals = list(vision.goals.all())
    goals[0].progress = "done"
    vision.goals = goals
    vision.save_revision().publish()
    change = history_of(vision).entries[0].changes[0]
    assert change.label == "K1 – Doel K1"
    assert [p.text for p in change.pieces if p.change is Change.ADDED] == ["Hoe ver het is: klaar."]


def test_one_day_is_one_entry():
    history = tell(
        [
            version(0, a="een"),
            version(5, a="een twee"),
            version(5, a="een drie"),
            version(9, a="een drie"),
        ]
    )
    assert [entry.day.day for entry in history.entries] == [6, 1]
    words = {piece.text for piece in history.entries[0].changes[0].pieces}
    assert "twee" not in words
    assert history.written_on["a"].day == 6


def test_a_note_is_told_once():
    history = tell(
        [version(0, "Begin.", a="x"), version(1, "Begin.", a="y"), version(2, "Later.", a="y")]
    )
    assert [entry.notes for entry in history.entries] == [["Later."], [], ["Begin."]]


def test_going_back_within_a_day_is_no_change():
    history = tell([version(0, a="x"), version(1, a="y"), version(1, a="x")])
    assert [entry.is_first for entry in history.entries] == [True]


def test_sections_without_a_change_are_left_out():
    before = {"a": Section("a", "x"), "b": Section("b", "y")}
    after = {"a": Section("a", "x"), "b": Section("b", "y  \n")}
    assert changes_between(before, after) == []


def test_a_document_that_was_never_on_the_site_has_no_history(home):
    page = field.make_vision()
    PageLogEntry.objects.filter(page_id=page.pk).delete()
    VisionPage.objects.filter(pk=page.pk).update(live=False)
    page.refresh_from_db()
    assert history_of(page).entries[:1] == []
