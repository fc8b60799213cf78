"""What changed in the visiedocument, as visitors may know it: from what was published alone.

Wagtail keeps each revision and logs each publication. A revision that was written over after it
was published is a draft again, and is left out; nobody's name is read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import PageLogEntry

from home.differences import Change, Piece, differences, has_changed, shortened
from home.models.vision import VisionGoal, VisionPage
from home.publication import Kept
from home.rich_text_parts import as_text

PUBLISHED: Final = ("wagtail.publish", "wagtail.publish.scheduled")
TEXTS: Final = ("introduction", "occasion", "outcome", "cooperation")
Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the document at one time: what it is called, and its words."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Version:
    """What visitors saw from a moment on."""

    moment: datetime
    note: str
    sections: dict[str, Section]


@dataclass(frozen=True, slots=True)
class SectionChange:
    """How a section changed: `change` says whether it is new, gone, or has other words."""

    key: str
    label: str
    change: Change
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Entry:
    """A day on which something changed, or on which the document came to this site."""

    day: date
    notes: list[str]
    changes: list[SectionChange] = field(default_factory=list)
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class History:
    """The days of change, the latest first, and when each section was last written."""

    entries: list[Entry]
    written_on: dict[str, date]


HISTORIES: Final = Kept[History](most=50)


def history_of(page: VisionPage) -> History:
    """The page's history, worked out once per publication and language."""
    key = (page.pk, get_language())
    return HISTORIES.get(key, lambda: tell(published_versions(page)))


def published_versions(page: VisionPage) -> list[Version]:
    """What was published, oldest first, and at the end what is on the site now."""
    found = (
        PageLogEntry.objects.filter(page_id=page.pk, action__in=PUBLISHED)
        .exclude(revision=None)
        .order_by("timestamp", "pk")
        .select_related("revision")
        .only("timestamp", "revision", "revision__created_at", "revision__content")
    )
    entries = list(found)
    versions = [
        version_of(entry.timestamp, entry.revision.content)
        for entry in entries
        # A log keeps what it says of revisions that are gone.
        if entry.revision is not None and entry.revision.created_at <= entry.timestamp
    ]
    shown = [entry.revision_id for entry in entries][-1:]
    if shown != [page.live_revision_id]:
        versions += version_on_the_site(page.pk, versions)
    return versions


def version_on_the_site(page_id: int | None, versions: list[Version]) -> list[Version]:
    """What visitors see now, where no publication that we know of says so."""
    now = VisionPage.objects.live().filter(pk=page_id).first()
    if now is None:
        return []
    shown = version_of(now.last_published_at or timezone.now(), now.serializable_data())
    return [shown] if not versions or shown.sections != versions[-1].sections else []


def version_of(moment: datetime, content: Content) -> Version:
    return Version(moment, str(content.get("change_note") or "").strip(), sections_of(content))


def sections_of(content: Content) -> dict[str, Section]:
    """The sections of a revision, in the order of the page."""
    labels = {
        "introduction": _("Introduction"),
        "occasion": _("Why there is a document"),
        "outcome": _("What came out"),
        "cooperation": _("Who works together"),
    }
    sections = {"title": Section(_("Title"), str(content.get("title", "")))}
    for name in TEXTS:
        sections[name] = Section(labels[name], as_text(content.get(name) or ""))
    for aspect in in_order(content.get("aspects")):
        label = _("Aspect: %(title)s") % {"title": aspect["title"]}
        sections[str(aspect["translation_key"])] = Section(
            label, f"{aspect['title']}\n{as_text(aspect['text'])}"
        )
    for goal in in_order(content.get("goals")):
        label = f"{goal['code']} – {goal['title']}"
        sections[str(goal["translation_key"])] = Section(label, goal_text(goal))
    return sections


def in_order(children: Iterable[Content] | None) -> list[Content]:
    return sorted(children or (), key=lambda child: child.get("sort_order") or 0)


def goal_text(goal: Content) -> str:
    """All that a goal says, its progress too."""
    progress = goal.get("progress") or ""
    if progress in VisionGoal.Progress.values:
        progress = _("Progress: %(state)s.") % {"state": VisionGoal.Progress(progress).label}
    lines = [
        goal["title"],
        as_text(goal.get("text") or ""),
        as_text(goal.get("on_this_site") or ""),
        str(progress),
        goal.get("progress_text") or "",
    ]
    return "\n".join(line for line in lines if line)


def tell(versions: list[Version]) -> History:
    """The history in days: what changed between one day's last version and the next's."""
    entries: list[Entry] = []
    written: dict[str, date] = {}
    before: Version | None = None
    for day, of_day in by_day(versions):
        after = of_day[-1]
        notes = new_notes(before.note if before else "", of_day)
        changes = changes_between(before.sections, after.sections) if before else []
        changed = [change.key for change in changes] if before else list(after.sections)
        written.update(dict.fromkeys(changed, day))
        if before is None or changes or notes:
            entries.append(Entry(day, notes, changes, is_first=before is None))
        before = after
    return History(entries[::-1], written)


def by_day(versions: list[Version]) -> list[tuple[date, list[Version]]]:
    days: dict[date, list[Version]] = {}
    for version in versions:
        days.setdefault(timezone.localdate(version.moment), []).append(version)
    return list(days.items())


def new_notes(before: str, versions: list[Version]) -> list[str]:
    """Editors' notes that were not there before: one that stood already says nothing new."""
    notes = []
    for version in versions:
        if version.note and version.note != before:
            notes.append(version.note)
        before = version.note
    return notes


def changes_between(
    before: Mapping[str, Section], after: Mapping[str, Section]
) -> list[SectionChange]:
    """What came, what has other words, and what went, in the order of the page."""
    nothing = Section("", "")
    changes = []
    for key in dict.fromkeys((*after, *before)):
        old, new = before.get(key, nothing), after.get(key, nothing)
        pieces = differences(old.text, new.text)
        if not has_changed(pieces):
            continue
        if not old.text:
            change = Change.ADDED
        else:
            change = Change.SAME if new.text else Change.REMOVED
        changes.append(SectionChange(key, new.label or old.label, change, shortened(pieces)))
    return changes
