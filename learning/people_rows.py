"""The rows of the list of people, as HTML.

Written in code, since a template looks up some four hundred values for a page of them: a fifth
of what the whole page costs.
"""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from learning.labels import STANDING_LABELS
from learning.people_list import Person
from learning.roles import Role
from learning.rules.due import Standing

ROW = (
    '<tr><td class="rv-people__tick"><input type="checkbox" name="person" value="{}" '
    'aria-label="{}"></td><th scope="row"><a href="{}">{}</a></th>'
    '<td class="rv-people__role">{}</td><td class="rv-people__status">{}</td>{}'
    '<td class="rv-people__begun" data-label="{}">{}</td>{}</tr>'
)
STATUS = '<span class="rv-status rv-status--{}">{}</span>'
KIND = ' <span class="rv-muted">{}</span>'
DAY = '<td class="rv-people__due{}" data-label="{}">{}</td>'


def status(person: Person, signs: dict[Standing, SafeString]) -> SafeString:
    """The standing with its sign, and how it was reached where that was another way."""
    sign, kind = signs[person.standing], person.kind_label
    return sign + format_html(KIND, kind) if kind else sign


def rows_html(people: Iterable[Person], base: str) -> SafeString:
    """A row for each. `base` is the address of the municipality's page."""
    # Translated once for all rows.
    tick, due, begun, finished = _("Tick"), _("Due by"), _("Begun on"), _("Finished on")
    signs = {
        each: format_html(STATUS, each.value, label) for each, label in STANDING_LABELS.items()
    }
    roles = {role: str(role.label) for role in Role}
    return format_html_join(
        "\n",
        ROW,
        (
            (
                person.pk,
                f"{tick} {person.name}",
                f"{base}mensen/{person.membership}/",
                person.name,
                ", ".join(roles[role] for role in person.roles),
                status(person, signs),
                format_html(DAY, none_if(not person.position.due_on), due, person.due_text),
                begun,
                person.begun_text,
                format_html(DAY, none_if(not person.finished_on), finished, person.finished_text),
            )
            for person in people
        ),
    )


def none_if(empty: bool) -> str:  # noqa: FBT001  it has no other argument
    """What leaves an empty day out on a phone."""
    return " rv-people__none" if empty else ""
