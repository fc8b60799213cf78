"""Lines of the audit log about who serves where, and who may watch."""

from collections import defaultdict
from collections.abc import Iterable

from accounts import audit
from accounts.models import AuditEvent, User
from learning.models import Membership, MonitorGrant, Municipality

What = AuditEvent.What


def record_membership(
    membership: Membership, change: str, *, by: User | None, via: str = "", **details: object
) -> None:
    """It has begun, changed or ended. `via` says by which way (learning/audit_words.py)."""
    audit.record(
        What.MEMBERSHIP,
        by=by,
        municipality_code=membership.municipality.code,
        about=membership.person,
        details={"membership": membership.pk, "change": change, "via": via, **details},
    )


def record_many(
    changes: Iterable[tuple[int, str]],
    municipality: Municipality,
    *,
    by: User | None,
    via: str,
    run: int,
) -> None:
    """The same for many people at once: (person, change) of one import."""
    people: dict[str, list[int]] = defaultdict(list)
    for person, change in changes:
        people[change].append(person)
    for change, ids in people.items():
        keys = User.objects.filter(pk__in=ids).order_by("pk").values_list("audit_key", flat=True)
        audit.record_for_many(
            What.MEMBERSHIP,
            by=by,
            about=keys,
            municipality_code=municipality.code,
            details={"change": change, "via": via, "import": run},
        )


def record_grant(grant: MonitorGrant, what: AuditEvent.What, *, by: User | None) -> None:
    """Somebody may watch from now on, or no longer."""
    audit.record(
        what,
        by=by,
        municipality_code=grant.municipality.code if grant.municipality else "",
        about=grant.person,
        details={"grant": grant.pk, "scope": grant.scope},
    )
