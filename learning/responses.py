"""From a posted form to a response (`learning.rules.grading`)."""

from typing import Final

from django.http import QueryDict

from learning.models import QuestionVersion
from learning.rules.grading import Kind, Response

# Far more than a question can hold: what is beyond it was not sent by its form.
MOST_VALUES: Final = 60
LONGEST_VALUE: Final = 5000


def row_keys(version: QuestionVersion) -> list[str]:
    """The rows of a question in which each gets a value of its own; none for other kinds."""
    body = version.body
    match version.kind:
        case Kind.MATCHING:
            return [pair["key"] for pair in body["pairs"]]
        case Kind.ORDERING:
            return list(body["items"])
        case Kind.CHOOSE_IN_TEXT:
            return [gap["key"] for gap in body["gaps"]]
        case _:
            return []


def response_from(data: QueryDict, version: QuestionVersion, prefix: str = "") -> Response:
    """What a form with `learning/question_fields.html` says. It is not checked yet.

    `prefix` is that with which the fields were named: empty where a form holds one question.
    """
    rows = row_keys(version)
    if rows:
        given = {row: data.get(f"{prefix}answer-{row}", "")[:LONGEST_VALUE] for row in rows}
        return {row: value for row, value in given.items() if value}
    values = [value[:LONGEST_VALUE] for value in data.getlist(f"{prefix}answer")[:MOST_VALUES]]
    if version.kind.is_written:
        return [value for value in values if value.strip()]
    return values
