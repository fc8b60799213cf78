from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("people")
    default = True

    def ready(self) -> None:
        # Models must be loaded first.
        from accounts import signal_handlers  # noqa: PLC0415
        from accounts.audit_guard import guard  # noqa: PLC0415

        post_migrate.connect(guard, sender=self, dispatch_uid="audit")
        signal_handlers.connect()


class HouseUsersConfig(WagtailUsersAppConfig):
    """Wagtail's pages for people and groups, with our own form (one name, no user name)."""

    user_viewset = "accounts.viewsets.UserViewSet"
    default = False
