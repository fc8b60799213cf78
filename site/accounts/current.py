"""Who asks."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts.models import User


def person_of(request: HttpRequest) -> User:
    """Who is signed in. Raises PermissionDenied for nobody."""
    user = request.user
    if not isinstance(user, User):
        raise PermissionDenied
    return user
