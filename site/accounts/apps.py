from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("people")
    default = True


class HouseUsersConfig(WagtailUsersAppConfig):
    """Wagtail's pages for people and groups, with our own form (one name, no user name)."""

    user_viewset = "accounts.viewsets.UserViewSet"
    default = False
