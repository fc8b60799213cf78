"""Whatever changes somebody's rights makes their menu be worked out anew (config/rights.py)."""

from typing import Any

from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import m2m_changed, post_delete, post_save

from accounts.models import User
from config.rights import RIGHTS
from config.second_factor import forget_second_factor, note_second_factor
from config.session_limits import begin
from learning.models import MonitorGrant
from meetings.models import Organiser


def forget_workplaces(**_kwargs: Any) -> None:
    RIGHTS.announce()


def forget_unless_signing_in(*, update_fields: Any = None, **kwargs: Any) -> None:
    """The same for a person; signing in stores no more than the moment of it."""
    if update_fields is None or set(update_fields) != {"last_login"}:
        forget_workplaces(**kwargs)


def connect() -> None:
    for model in (MonitorGrant, Organiser, Group):
        post_save.connect(forget_workplaces, sender=model, dispatch_uid="rights")
        post_delete.connect(forget_workplaces, sender=model, dispatch_uid="rights")
    post_save.connect(forget_unless_signing_in, sender=User, dispatch_uid="rights")
    relations = (User.groups.through, User.user_permissions.through, Group.permissions.through)
    for relation in relations:
        m2m_changed.connect(forget_workplaces, sender=relation, dispatch_uid="rights")
    authenticator_added.connect(note_second_factor, dispatch_uid="second factor")
    authenticator_removed.connect(forget_second_factor, dispatch_uid="second factor gone")
    user_logged_in.connect(begin, dispatch_uid="limits of a session")
