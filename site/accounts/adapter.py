"""What differs from allauth's own course of things."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class HouseAccountAdapter(DefaultAccountAdapter):
    """People come in through their municipality, so nobody makes an account here."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Say nothing in the log: the credentials name a person."""
