"""Lines of the audit log in words: what happened, to which page, question or setting.

What a line holds are numbers and names of fields; what these are called is looked up here, for a
whole page of lines at once. What is gone by now is told by its kind alone.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.contrib.auth.models import Group
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from accounts.models import AuditEvent, User
from learning.models import Question, Requirement

What = AuditEvent.What
# Kinds of which a line says more closely what was done ("change" in its details).
CHANGES: Final[dict[tuple[str, str], Promise]] = {
    (What.MEMBERSHIP, "begun"): gettext_lazy("membership begun"),
    (What.MEMBERSHIP, "changed"): gettext_lazy("membership changed"),
    (What.MEMBERSHIP, "ended"): gettext_lazy("membership ended"),
    (What.MEMBERSHIP, "removed"): gettext_lazy("membership taken back"),
    (What.REQUIREMENT, "created"): gettext_lazy("requirement set"),
    (What.REQUIREMENT, "changed"): gettext_lazy("requirement changed"),
    (What.REQUIREMENT, "ended"): gettext_lazy("requirement ended"),
    (What.REQUIREMENT, "removed"): gettext_lazy("requirement removed"),
    (What.REQUIREMENT, "resumed"): gettext_lazy("requirement asked again"),
    (What.IMPORTED, "applied"): gettext_lazy("list of people imported"),
    (What.IMPORTED, "undone"): gettext_lazy("import of people undone"),
    (What.CASE, "sent"): gettext_lazy("example from practice handed in"),
    (What.CASE, "consent"): gettext_lazy("consent for an example from practice changed"),
    (What.CASE, "consent_withdrawn"): gettext_lazy(
        "consent for an example from practice taken back"
    ),
    (What.CASE, "withdrawn"): gettext_lazy("example from practice taken back"),
    (What.CASE, "taken_up"): gettext_lazy("began to look at an example from practice"),
    (What.CASE, "asked"): gettext_lazy("question asked about an example from practice"),
    (What.CASE, "declined"): gettext_lazy("example from practice not published"),
    (What.ERASURE, "asked"): gettext_lazy("erasing of an account asked"),
    (What.ERASURE, "undone"): gettext_lazy("erasing of an account undone"),
    (What.ERASURE, "done"): gettext_lazy("account erased"),
}
WAYS: Final = {
    "admin": gettext_lazy("in the administration"),
    "import": gettext_lazy("by an import"),
    "undo": gettext_lazy("by undoing an import"),
    "invitation": gettext_lazy("by an invitation"),
    "link": gettext_lazy("by a join link"),
    "request": gettext_lazy("after a request"),
    "monitor": gettext_lazy("on the page of the municipality"),
    "sign_on": gettext_lazy("by the municipality’s sign-on"),
    "provisioning": gettext_lazy("by the municipality’s own system"),
    "oneself": gettext_lazy("by themselves"),
    "leaving_undone": gettext_lazy("left and came back"),
    "erasing": gettext_lazy("because the account was erased"),
}
SCOPES: Final = {
    "municipality": gettext_lazy("follow a municipality"),
    "nation": gettext_lazy("follow the nation"),
    "meeting": gettext_lazy("see who takes part in a meeting"),
}
# What forms ask that is no field of a model.
FIELDS: Final = {
    "still_right": gettext_lazy("checked"),
    "password": gettext_lazy("password"),
    "view_restriction": gettext_lazy("who may see it"),
}
# Where what a kind is about is edited.
EDITED_AT: Final = {
    "accounts.user": "wagtailusers_users:edit",
    "auth.group": "wagtailusers_groups:edit",
    "wagtailimages.image": "wagtailimages:edit",
    "wagtaildocs.document": "wagtaildocs:edit",
    "learning.municipality": "municipality:edit",
}
# Of people no line says more than it names by their key.
NAMELESS: Final = (User,)


@dataclass(frozen=True, slots=True)
class Told:
    """A line in words, and where what it is about is found (for administrators)."""

    text: str
    thing: str = ""
    url: str = ""

    def __str__(self) -> str:
        return f"{self.text}: {self.thing}" if self.thing else self.text


def told(events: Iterable[AuditEvent]) -> list[Told]:
    """Lines in words, in a question per kind of thing that they are about."""
    lines = list(events)
    things = Things(lines)
    return [Told(sentence(line, things), *things.of(line)) for line in lines]


class Things:
    """What lines are about, looked up for all of them at once."""

    def __init__(self, lines: Iterable[AuditEvent]) -> None:
        wanted: dict[str, set[Any]] = defaultdict(set)
        for line in lines:
            for name in ("page", "requirement", "question"):
                if name in line.details:
                    wanted[name].add(line.details[name])
            if "object" in line.details:
                wanted[line.details["model"]].add(line.details["object"])
            wanted["groups"].update(line.details.get("groups", ()))
        self.pages = titles(Page.objects.filter(pk__in=wanted.pop("page", ())), "title")
        asked = Requirement.objects.filter(pk__in=wanted.pop("requirement", ()))
        self.requirements = titles(asked, "subject_title")
        self.groups = titles(Group.objects.filter(pk__in=wanted.pop("groups", ())), "name")
        self.questions = {
            str(question.translation_key): str(question)
            for question in Question.objects.filter(
                translation_key__in=wanted.pop("question", ())
            ).order_by("-pk")
        }
        self.objects = {
            (label, str(thing.pk)): thing
            for label, keys in wanted.items()
            for thing in found(label, keys)
        }

    def of(self, line: AuditEvent) -> tuple[str, str]:
        """How the thing is called, and its address in `/beheer/`; empty when it is gone."""
        details = line.details
        title = at = ""
        if "page" in details:
            title, at = self.pages.get(details["page"], ""), "wagtailadmin_pages:edit"
        elif "requirement" in details:
            title = self.requirements.get(details["requirement"], "")
            # What a municipality asks itself is no business of administrators.
            at = "" if line.municipality_code else "requirement:edit"
        elif "question" in details:
            title, at = self.questions.get(details["question"], ""), "remark_question"
        if at or title:
            key = details.get("page") or details.get("requirement") or details.get("question")
            return title, reverse(at, args=[key]) if title and at else ""
        thing = self.objects.get((details.get("model", ""), details.get("object", "")))
        return (str(thing), address_of(thing)) if thing is not None else ("", "")


def titles(things: Any, name: str) -> dict[Any, str]:
    return dict(things.values_list("pk", name))


def model_named(label: str) -> type[Model] | None:
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


def found(label: str, keys: set[str]) -> list[Model]:
    model = model_named(label)
    if model is None or issubclass(model, NAMELESS):
        return []
    return list(model._default_manager.filter(pk__in=keys))


def address_of(thing: Model) -> str:
    """Where something is edited in `/beheer/`."""
    viewset = getattr(thing, "snippet_viewset", None)
    name = viewset.get_url_name("edit") if viewset else EDITED_AT.get(thing._meta.label_lower, "")
    try:
        return reverse(name, args=[thing.pk]) if name else ""
    except NoReverseMatch:
        return ""


def sentence(line: AuditEvent, things: Things) -> str:
    """What happened, by which way and to which fields; not who did it and about whom."""
    details = line.details
    text = str(CHANGES.get((line.what, details.get("change", "")), line.label))
    if details.get("model") and "change" not in details:
        model = model_named(details["model"])
        if model is not None:
            text = f"{text} – {model._meta.verbose_name}"
    more = [
        *(str(SCOPES[scope]) for scope in [details.get("scope")] if scope in SCOPES),
        *(things.groups.get(pk, _("a group that is gone")) for pk in details.get("groups", ())),
        *([_("administrator")] if details.get("superuser") else []),
        *(field_name(line, name) for name in details.get("fields", ())),
        *(str(WAYS[way]) for way in [details.get("via")] if way in WAYS),
    ]
    text = f"{text} ({', '.join(more)})" if more else text
    return text[:1].upper() + text[1:]


def field_name(line: AuditEvent, name: str) -> str:
    """How a field is called on screen; its own name where nobody says."""
    if name in FIELDS:
        return str(FIELDS[name])
    label = line.details.get("model") or (
        "accounts.user" if line.what == What.PERSON_CHANGED else "learning.membership"
    )
    model = model_named(label)
    try:
        return str(getattr(model._meta.get_field(name), "verbose_name", name)) if model else name
    except FieldDoesNotExist:
        return name
