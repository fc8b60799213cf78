"""Where editors find the newsletter."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from newsletter.admin import URLS
from newsletter.setup import MAY_LOOK


@hooks.register("register_admin_urls")
def urls() -> list[Any]:
    return URLS


class NewsletterMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(MAY_LOOK))


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return NewsletterMenuItem(
        _("Newsletter"), reverse("newsletter_admin"), icon_name="mail", order=250
    )
