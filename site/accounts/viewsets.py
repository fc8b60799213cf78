"""People in Wagtail's admin. Whoever changes somebody there is in the audit log."""

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import get_active_log_context
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from accounts import audit
from accounts.models import AuditEvent, User

FIELDS = ("email", "name", "language", "is_active", "is_superuser", "groups")
RIGHTS = ("is_superuser", "groups")
What = AuditEvent.What


def acting() -> User | None:
    """Who is at work in Wagtail's admin."""
    user = get_active_log_context().user
    return user if isinstance(user, User) else None


class RecordsPerson(forms.ModelForm[User]):
    """Tells the audit log which fields were changed (not to what), and which rights."""

    def save(self, commit: bool = True) -> User:  # noqa: FBT001, FBT002  Django's own signature
        before = rights_of(self.instance)
        person: User = super().save(commit=commit)
        if commit:
            self.record(person, before)
        return person

    def record(self, person: User, before: dict[str, Any]) -> None:
        by = acting()
        fields = sorted({*self.changed_data} - {*RIGHTS})
        # Not what they are, only that they were set.
        fields = sorted({"password" if name.startswith("password") else name for name in fields})
        if fields:
            audit.record(What.PERSON_CHANGED, by=by, about=person, details={"fields": fields})
        record_rights(person, before, rights_of(person), by=by)


def rights_of(person: User) -> dict[str, Any]:
    if not person.pk:
        return {"groups": set(), "superuser": False}
    stored = User.objects.filter(pk=person.pk).values_list("is_superuser", flat=True).first()
    groups = Group.objects.filter(user=person).values_list("pk", flat=True)
    return {"groups": set(groups), "superuser": bool(stored)}


def record_rights(
    person: User, before: dict[str, Any], after: dict[str, Any], *, by: User | None
) -> None:
    """A line for what somebody was given, and one for what was taken."""
    for what, old, new in ((What.GRANTED, before, after), (What.WITHDRAWN, after, before)):
        details: dict[str, Any] = {}
        if new["groups"] - old["groups"]:
            details["groups"] = sorted(new["groups"] - old["groups"])
        if new["superuser"] and not old["superuser"]:
            details["superuser"] = True
        if details:
            audit.record(what, by=by, about=person, details=details)


class PersonEditForm(RecordsPerson, UserEditForm):
    """Wagtail asks for a first and a last name; we keep one name, as people write it."""

    first_name = None
    last_name = None
    name = forms.CharField(label=_("Name"), max_length=150)

    class Meta(UserEditForm.Meta):
        model = User
        fields: ClassVar = FIELDS


class PersonCreationForm(RecordsPerson, UserCreationForm):
    """The same for somebody new."""

    first_name = None
    last_name = None
    name = forms.CharField(label=_("Name"), max_length=150)

    class Meta(UserCreationForm.Meta):
        model = User
        fields: ClassVar = FIELDS


class UserViewSet(WagtailUserViewSet):
    def get_form_class(
        self,
        for_update: bool = False,  # noqa: FBT001, FBT002  Wagtail's own signature
    ) -> "type[forms.ModelForm[User]]":
        return PersonEditForm if for_update else PersonCreationForm
