"""A filter of a client as a question to the database (RFC 7644 §3.4.2.2).

scim2-models reads and checks it. What it may name are the attributes below; no filter reads more
rows into memory than a page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Q
from scim2_models.path import (
    AttrPath,
    CompareOperator,
    Comparison,
    FilterNode,
    FilterVisitor,
    LogicalExpr,
    LogicalOperator,
    Not,
    Present,
    ValuePath,
)

from learning.scim.errors import BadFilter
from learning.scim.tenants import key_of

LOOKUPS: Final = {
    CompareOperator.eq: "",
    CompareOperator.ne: "",
    CompareOperator.co: "__contains",
    CompareOperator.sw: "__startswith",
    CompareOperator.ew: "__endswith",
    CompareOperator.gt: "__gt",
    CompareOperator.ge: "__gte",
    CompareOperator.lt: "__lt",
    CompareOperator.le: "__lte",
}
TEXT_ONLY: Final = {CompareOperator.co, CompareOperator.sw, CompareOperator.ew}
EVERYTHING: Final = Q(pk__isnull=False)
NOTHING: Final = Q(pk__isnull=True)
MOST_NODES: Final = 50


def text(value: Any) -> str:
    """Text that a database can hold and compare. Raises BadFilter."""
    if not isinstance(value, str) or "\x00" in value:
        raise BadFilter(detail="This attribute is compared with text.")
    return value


def folded(value: Any) -> str:
    return key_of(text(value))


def lowered(value: Any) -> str:
    return text(value).strip().lower()


def truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise BadFilter(detail="This attribute is compared with true or false.")
    return value


def moment(value: Any) -> datetime:
    try:
        found = datetime.fromisoformat(text(value))
    except ValueError as broken:
        raise BadFilter(detail="This attribute is compared with a moment.") from broken
    if found.tzinfo is None:
        raise BadFilter(detail="A moment needs its time zone.")
    return found


def identity(value: Any) -> UUID | None:
    try:
        return UUID(text(value))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Column:
    """Where an attribute stands, and how a value is made comparable with it."""

    field: str
    value: Callable[[Any], Any] = text
    is_text: bool = True


CREATED: Final = Column("created_at", moment, is_text=False)
CHANGED: Final = Column("changed_at", moment, is_text=False)
ID: Final = Column("pk", identity, is_text=False)
USER_COLUMNS: Final = {
    "id": ID,
    "externalid": Column("external_id"),
    "username": Column("user_name_key", folded),
    "displayname": Column("display_name"),
    "active": Column("active", truth, is_text=False),
    "emails": Column("email", lowered),
    "emails.value": Column("email", lowered),
    "groups": Column("groups", identity, is_text=False),
    "groups.value": Column("groups", identity, is_text=False),
    "meta.created": CREATED,
    "meta.lastmodified": CHANGED,
}
GROUP_COLUMNS: Final = {
    "id": ID,
    "externalid": Column("external_id"),
    "displayname": Column("name_key", folded),
    "members": Column("users", identity, is_text=False),
    "members.value": Column("users", identity, is_text=False),
    "meta.created": CREATED,
    "meta.lastmodified": CHANGED,
}
# What is the same for everybody: a filter may name it, the database knows nothing of it.
CONSTANTS: Final = {"emails.type": "work", "emails.primary": True, "members.type": "User"}


def name_of(path: AttrPath, within: str = "") -> str:
    name = f"{path.attr}.{path.sub_attr}" if path.sub_attr else path.attr
    return f"{within}.{name}".lower().lstrip(".")


class AsQuestion(FilterVisitor[Q]):
    """Turns the tree of a filter into a Q. Raises BadFilter."""

    def __init__(self, columns: dict[str, Column], *, within: str = "", nodes: int = 0) -> None:
        self.columns = columns
        self.within = within
        self.nodes = nodes

    def visit(self, node: FilterNode) -> Q:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise BadFilter(detail="This filter is too long.")
        return super().visit(node)

    def column(self, path: AttrPath) -> Column:
        name = name_of(path, self.within)
        if name not in self.columns:
            if name in USER_COLUMNS or name in GROUP_COLUMNS:
                # Looked for among users and groups at once: only the others have it.
                return Column("")
            raise BadFilter(detail="No filter is possible on this attribute.")
        return self.columns[name]

    def visit_comparison(self, node: Comparison) -> Q:
        name = name_of(node.attr_path, self.within)
        if name in CONSTANTS:
            return self.constant(CONSTANTS[name], node)
        column = self.column(node.attr_path)
        if not column.field:
            return NOTHING
        if node.value is None:
            is_missing = self.missing(column)
            return is_missing if node.op == CompareOperator.eq else ~is_missing
        if node.op in TEXT_ONLY and not column.is_text:
            raise BadFilter(detail="This attribute has no part to compare with.")
        value = column.value(node.value)
        if value is None:
            return EVERYTHING if node.op == CompareOperator.ne else NOTHING
        question = Q(**{f"{column.field}{LOOKUPS[node.op]}": value})
        return ~question if node.op == CompareOperator.ne else question

    @staticmethod
    def constant(value: Any, node: Comparison) -> Q:
        same = str(value).lower() == str(node.value).strip().lower()
        if node.op not in (CompareOperator.eq, CompareOperator.ne):
            raise BadFilter(detail="This attribute is compared with eq or ne.")
        return EVERYTHING if same == (node.op == CompareOperator.eq) else NOTHING

    @staticmethod
    def missing(column: Column) -> Q:
        if column.is_text:
            return Q(**{column.field: ""})
        return Q(**{f"{column.field}__isnull": True})

    def visit_present(self, node: Present) -> Q:
        if name_of(node.attr_path, self.within) in CONSTANTS:
            return EVERYTHING
        column = self.column(node.attr_path)
        return ~self.missing(column) if column.field else NOTHING

    def visit_not(self, node: Not) -> Q:
        return ~self.visit(node.expr)

    def visit_logical_expr(self, node: LogicalExpr) -> Q:
        questions = [self.visit(term) for term in node.terms]
        together = questions[0]
        for question in questions[1:]:
            both = node.op == LogicalOperator.and_
            together = together & question if both else together | question
        return together

    def visit_value_path(self, node: ValuePath) -> Q:
        inner = AsQuestion(self.columns, within=name_of(node.attr_path), nodes=self.nodes)
        question = inner.visit(node.val_filter)
        self.nodes = inner.nodes
        return question
