"""What may be done to rows in Wagtail's admin."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy


class KeepsHistory(ModelPermissionPolicy):
    """What people learned hangs on these rows: they are ended, never deleted."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "delete" and super().user_has_permission(user, action)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return self.user_has_permission(user, action)
