"""Learning in Wagtail's admin: what editors see first, people and places for administrators."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permission_policies import ModelPermissionPolicy

from accounts.models import User
from learning.admin import audit as _audit  # noqa: F401  its hooks register themselves
from learning.admin import changes as _changes  # noqa: F401  likewise
from learning.admin import interchange_menu as _interchange  # noqa: F401  likewise
from learning.admin import law_review as _law_review  # noqa: F401  likewise
from learning.admin import module_versions as _module_versions  # noqa: F401  likewise
from learning.admin import question_figures as _question_figures  # noqa: F401  likewise
from learning.admin import question_topics as _question_topics  # noqa: F401  likewise
from learning.admin import question_try as _question_try  # noqa: F401  likewise
from learning.admin import questions as _questions  # noqa: F401  likewise
from learning.admin import remarking as _remarking  # noqa: F401  the same
from learning.admin import scim as _scim  # noqa: F401  the same
from learning.admin import sign_on as _sign_on  # noqa: F401  the same
from learning.admin.people_log import (
    AddGrant,
    AddMembership,
    EditGrant,
    EditMembership,
    EditMunicipality,
)
from learning.admin.policies import KeepsHistory
from learning.admin.requirements import RequirementViewSet
from learning.admin_home import WorkPanel
from learning.models import Membership, MonitorGrant, Municipality


class MunicipalityViewSet(ModelViewSet):
    model = Municipality
    icon = "site"
    menu_label = _("Municipalities")
    edit_view_class = EditMunicipality
    list_display = ["display_name", "code", "province", "inhabitants", "successor", "merged_on"]
    list_filter = ["province"]
    search_fields = ["display_name", "name", "code"]
    ordering = ["display_name"]
    list_per_page = 50
    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("code"), FieldPanel("slug")]),
                FieldRowPanel([FieldPanel("name"), FieldPanel("display_name")]),
                FieldPanel("province"),
            ],
            heading=_("Name"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("inhabitants"), FieldPanel("council_seats")]),
                FieldPanel("seats_are_certain"),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                FieldRowPanel([FieldPanel("tile_col"), FieldPanel("tile_row")]),
            ],
            heading=_("Facts"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("successor"), FieldPanel("merged_on")])],
            heading=_("Merger"),
        ),
    ]

    @property
    def permission_policy(self) -> ModelPermissionPolicy:
        return KeepsHistory(self.model)


class MembershipViewSet(ModelViewSet):
    model = Membership
    icon = "group"
    menu_label = _("Memberships")
    add_view_class = AddMembership
    edit_view_class = EditMembership
    list_display = ["person", "municipality", "role", "starts_on", "ends_on"]
    list_filter = ["role", "municipality"]
    search_fields = ["person__name", "person__email", "municipality__display_name"]
    list_per_page = 50
    panels = [
        FieldPanel("person"),
        FieldRowPanel([FieldPanel("municipality"), FieldPanel("role")]),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
    ]

    @property
    def permission_policy(self) -> ModelPermissionPolicy:
        return KeepsHistory(self.model)


class MonitorGrantViewSet(ModelViewSet):
    model = MonitorGrant
    icon = "view"
    menu_label = _("Monitors")
    add_view_class = AddGrant
    edit_view_class = EditGrant
    list_display = ["person", "scope", "municipality", "granted_at", "withdrawn_at"]
    list_filter = ["scope", "municipality"]
    search_fields = ["person__name", "person__email", "municipality__display_name"]
    panels = [
        FieldPanel("person"),
        FieldRowPanel([FieldPanel("scope"), FieldPanel("municipality")]),
        FieldPanel("withdrawn_at"),
    ]

    @property
    def permission_policy(self) -> ModelPermissionPolicy:
        return KeepsHistory(self.model)


class PlacesAndPeopleGroup(ModelViewSetGroup):
    """Who serves where, and who may watch: for administrators."""

    items = (MunicipalityViewSet, MembershipViewSet, MonitorGrantViewSet, RequirementViewSet)
    menu_label = _("Municipalities")
    edit_view_class = EditMunicipality
    menu_icon = "site"
    menu_order = 160


@hooks.register("register_admin_viewset")
def places_and_people() -> PlacesAndPeopleGroup:
    return PlacesAndPeopleGroup()


@hooks.register("construct_homepage_panels")
def show_background_work(request: HttpRequest, panels: list[Any]) -> None:
    """For administrators alone: others can do nothing about it."""
    if isinstance(request.user, User) and request.user.is_superuser:
        panels.append(WorkPanel())
