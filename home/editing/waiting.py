"""What waits for whoever opens `/beheer/`: one list, to which every part of the site adds lines.

    @register_waiting
    def cases_with_questions(user: User) -> Iterable[Waiting]:
        yield Waiting(_("Cases with a question for you"), count, link, order=60)

A line without anything to count is left out. A source asks few questions, whatever there is: it
is asked each time that somebody opens the start page.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component

from accounts.models import User


@dataclass(frozen=True, slots=True)
class Waiting:
    """A line: how much of what, and where that is to be seen. Late lines come first."""

    title: str
    count: int
    link: str
    detail: str = ""
    is_late: bool = False
    order: int = 100


Source = Callable[[User], Iterable[Waiting]]
_sources: list[Source] = []


def register_waiting(source: Source) -> Source:
    """Add a source of lines; it decides for itself what this person may see."""
    _sources.append(source)
    return source


def waiting_for(user: User) -> list[Waiting]:
    """Every line with something in it: what is late first, then in the order of the sources."""
    lines = [line for source in _sources for line in source(user) if line.count]
    return sorted(lines, key=lambda line: (not line.is_late, line.order))


class WaitingPanel(Component):
    """First on the start page, also when there is nothing: that is good news."""

    name = "waiting"
    template_name = "home/editing/waiting_panel.html"
    order = 10

    def __init__(self, user: User) -> None:
        self.user = user

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"lines": waiting_for(self.user)}


@hooks.register("construct_homepage_panels")
def show_what_waits(request: HttpRequest, panels: list[Any]) -> None:
    if isinstance(request.user, User):
        panels.append(WaitingPanel(request.user))
