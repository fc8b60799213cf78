"""Forms of `/beheer/` that tell the audit log which fields of whom were changed."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.views import generic
from wagtail.models import Page

from accounts import audit
from accounts.models import AuditEvent, User
from learning.membership_log import record_grant, record_membership
from learning.models import Membership, MonitorGrant, Municipality

What = AuditEvent.What


class AddMembership(generic.CreateView):
    def save_instance(self) -> Membership:
        membership: Membership = super().save_instance()
        record_membership(membership, "begun", by=self.request.user, via="admin")
        return membership


class EditMembership(generic.EditView):
    def save_instance(self) -> Membership:
        membership: Membership = super().save_instance()
        fields = sorted(self.form.changed_data)
        if fields:
            change = "ended" if fields == ["ends_on"] and membership.ends_on else "changed"
            record_membership(membership, change, by=self.request.user, via="admin", fields=fields)
        return membership


class AddGrant(generic.CreateView):
    def save_instance(self) -> MonitorGrant:
        grant: MonitorGrant = super().save_instance()
        record_grant(grant, What.GRANTED, by=self.request.user)
        return grant


class EditGrant(generic.EditView):
    """A grant that gets another person or place is one that ended and one that began."""

    def save_instance(self) -> MonitorGrant:
        before = MonitorGrant.objects.get(pk=self.form.instance.pk)
        grant: MonitorGrant = super().save_instance()
        by = self.request.user
        if {"person", "scope", "municipality"} & set(self.form.changed_data):
            record_grant(before, What.WITHDRAWN, by=by)
            if grant.withdrawn_at is None:
                record_grant(grant, What.GRANTED, by=by)
        elif "withdrawn_at" in self.form.changed_data:
            ended = before.withdrawn_at is None
            if ended or grant.withdrawn_at is None:
                record_grant(grant, What.WITHDRAWN if ended else What.GRANTED, by=by)
        return grant


class EditMunicipality(generic.EditView):
    def save_instance(self) -> Municipality:
        place: Municipality = super().save_instance()
        details: dict[str, Any] = {
            "model": place._meta.label_lower,
            "fields": sorted(self.form.changed_data),
        }
        if details["fields"]:
            audit.record(
                What.SETTINGS,
                by=self.request.user,
                municipality_code=place.code,
                details=details,
            )
        return place


@hooks.register("after_bulk_action")
def record_bulk_action(
    request: HttpRequest, action_type: str, objects: list[Model], action: Any
) -> None:
    """What was done to many ticked rows at once, of which Wagtail's own log says nothing."""
    by = request.user if isinstance(request.user, User) else None
    for each in objects:
        if isinstance(each, User) and action_type != "delete":
            details: dict[str, Any] = {"fields": ["is_active"]}
            if action_type == "assign_role":
                details = {"groups": [action.cleaned_form.cleaned_data["role"].pk]}
            what = What.GRANTED if action_type == "assign_role" else What.PERSON_CHANGED
            audit.record(what, by=by, about=each, details=details)
        elif action_type == "delete" and not isinstance(each, Page):
            details = {"model": each._meta.label_lower, "object": str(each.pk)}
            audit.record(What.DELETED, by=by, details=details)
