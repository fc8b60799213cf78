"""People in Wagtail's admin."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from accounts.models import User

FIELDS = ("email", "name", "language", "is_active", "is_superuser", "groups")


class PersonEditForm(UserEditForm):
    """Wagtail asks for a first and a last name; we keep one name, as people write it."""

    first_name = None
    last_name = None
    name = forms.CharField(label=_("Name"), max_length=150)

    class Meta(UserEditForm.Meta):
        model = User
        fields: ClassVar = FIELDS


class PersonCreationForm(UserCreationForm):
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
