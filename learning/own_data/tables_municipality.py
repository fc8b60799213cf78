"""Whom somebody serves, what is asked of them there, and the ways in."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from learning.models import (
    ImportedChange,
    Invitation,
    JoinRequest,
    Membership,
    MonitorGrant,
    RequirementPerson,
    ScimUser,
    Waiver,
)
from learning.own_data.collecting import Found, Row, table


def by_person_or_address(person: User) -> Q:
    """What is theirs by now, or stands under their address until they come in by it."""
    return Q(person=person) | Q(email__iexact=person.email)


@table(
    "memberships",
    _("Municipalities that you serve or served"),
    kept="membership",
    covers=("learning.Membership.person", "learning.Departure.membership"),
)
def memberships(person: User) -> Found:
    def tell(row: Membership) -> Row:
        return {
            "municipality": row.municipality.display_name,
            "role": row.get_role_display(),
            "from": row.starts_on,
            "through": row.ends_on,
            "left_at": row.departure.left_at if hasattr(row, "departure") else None,
        }

    rows = Membership.objects.filter(person=person).select_related("municipality", "departure")
    return Found(rows.order_by("starts_on", "pk"), tell)


@table(
    "monitor_of",
    _("What you may watch"),
    kept="membership",
    covers=("learning.MonitorGrant.person",),
)
def monitor_of(person: User) -> Found:
    def tell(row: MonitorGrant) -> Row:
        place = row.municipality
        return {
            "municipality": place.display_name if place else row.get_scope_display(),
            "granted_at": row.granted_at,
            "withdrawn_at": row.withdrawn_at,
        }

    rows = MonitorGrant.objects.filter(person=person).select_related("municipality")
    return Found(rows.order_by("granted_at", "pk"), tell)


@table(
    "provisioned",
    _("What your municipality’s own system told us of you"),
    kept="membership",
    covers=("learning.ScimUser.person", "learning.ScimGroupMember.user"),
)
def provisioned(person: User) -> Found:
    def tell(row: ScimUser) -> Row:
        return {
            "municipality": row.connection.municipality.display_name,
            "user_name": row.user_name,
            "name": row.display_name,
            "email": row.email,
            "number_there": row.external_id,
            "is_active": row.active,
            "groups_there": [group.display_name for group in row.groups.all()],
            "since": row.created_at,
        }

    rows = ScimUser.objects.filter(person=person).select_related("connection__municipality")
    return Found(rows.prefetch_related("groups").order_by("created_at", "pk"), tell)


@table(
    "requests_to_join",
    _("Your requests to join"),
    kept="entry",
    covers=("learning.JoinRequest.person",),
)
def requests_to_join(person: User) -> Found:
    """Also one that is not confirmed yet, under an address of theirs."""

    def tell(row: JoinRequest) -> Row:
        place = row.municipality
        return {
            "municipality": place.display_name if place else "",
            "role": row.get_role_display(),
            "status": row.get_status_display(),
            "name": row.name,
            "email": row.email,
            "asked_at": row.created_at,
            "confirmed_at": row.confirmed_at,
            "decided_at": row.decided_at,
        }

    rows = JoinRequest.objects.filter(by_person_or_address(person)).select_related("municipality")
    return Found(rows.order_by("created_at", "pk"), tell)


@table(
    "invitations",
    _("Invitations to you"),
    kept="entry",
    covers=("learning.Invitation.person",),
)
def invitations(person: User) -> Found:
    def tell(row: Invitation) -> Row:
        return {
            "municipality": row.municipality.display_name,
            "as_what": row.get_purpose_display(),
            "role": row.get_role_display(),
            "name": row.name,
            "email": row.email,
            "invited_at": row.created_at,
            "works_until": row.expires_at,
            "accepted_at": row.accepted_at,
            "withdrawn_at": row.withdrawn_at,
        }

    rows = Invitation.objects.filter(by_person_or_address(person)).select_related("municipality")
    return Found(rows.order_by("created_at", "pk"), tell)


@table(
    "changes_by_import",
    _("What a list of your municipality changed"),
    kept="import",
    covers=("learning.ImportedChange.person",),
)
def changes_by_import(person: User) -> Found:
    def tell(row: ImportedChange) -> Row:
        return {
            "municipality": row.run.municipality.display_name,
            "what": row.what,
            "at": row.run.applied_at,
            "before": pairs(row.before),
            "after": pairs(row.after),
        }

    rows = ImportedChange.objects.filter(person=person).select_related("run__municipality")
    return Found(rows.order_by("pk"), tell)


def pairs(values: dict[str, object]) -> list[Row]:
    return [{"what": name, "value": str(value)} for name, value in sorted(values.items())]


@table(
    "asked_by_name",
    _("What is asked of you by name"),
    kept="membership",
    covers=("learning.RequirementPerson.person",),
)
def asked_by_name(person: User) -> Found:
    def tell(row: RequirementPerson) -> Row:
        requirement = row.requirement
        place = requirement.municipality
        return {
            "title": requirement.subject_title,
            "municipality": place.display_name if place else "",
            "from": requirement.starts_on,
            "through": requirement.ends_on,
            "due_on": requirement.due_on,
        }

    rows = RequirementPerson.objects.filter(person=person)
    return Found(rows.select_related("requirement__municipality").order_by("pk"), tell)


@table("waivers", _("What you were let off"), kept="membership", covers=("learning.Waiver.person",))
def waivers(person: User) -> Found:
    def tell(row: Waiver) -> Row:
        return {
            "title": row.requirement.subject_title,
            "municipality": row.municipality.display_name,
            "reason": row.reason,
            "from": row.starts_on,
            "through": row.ends_on,
            "granted_at": row.granted_at,
        }

    rows = Waiver.objects.filter(person=person).select_related("requirement", "municipality")
    return Found(rows.order_by("starts_on", "pk"), tell)
