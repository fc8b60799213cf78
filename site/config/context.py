"""What every page of the house shows: its menu, its languages, who is signed in and where to."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from wagtail.models import Page

from accounts.demo import DEMO_ACCOUNTS
from home.models import HomePage
from home.publication import publication_version
from learning.models import CataloguePage, MonitorGrant

FOOTER_SLUGS = ("toegankelijkheid", "privacy", "accessibility")


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A link in the menu. `current` is whether the visitor is there or below it."""

    title: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Language:
    """A language to read this page in."""

    code: str
    name: str
    url: str
    current: bool


def site_map(language: str) -> dict[str, Any]:
    """The pages below the home page of a language: asked once per publication."""
    key = f"menu:{publication_version()}:{language}"
    stored: dict[str, Any] | None = cache.get(key)
    if stored is None:
        home = HomePage.objects.live().filter(locale__language_code=language).first()
        pages = list(Page.objects.child_of(home).live().public()) if home else []
        stored = {
            "home": home.url if home else "/",
            "menu": [(page.title, page.url) for page in pages if page.show_in_menus],
            "footer": [(page.title, page.url) for page in pages if page.slug in FOOTER_SLUGS],
            "catalogue": next(
                iter(CataloguePage.objects.live().filter(locale__language_code=language)), None
            ),
        }
        stored["catalogue"] = stored["catalogue"].url if stored["catalogue"] else None
        cache.set(key, stored, 3600)
    return stored


class House:
    """Worked out when a template asks, so that a page pays only for what it shows."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.language = translation.get_language() or settings.LANGUAGE_CODE
        self.map = site_map(self.language)
        self.demo: bool = settings.DEMO
        self.home_url: str = self.map["home"]
        self.catalogue_url: str | None = self.map["catalogue"]
        self.search_url = reverse("search")
        self.mine_url = reverse("mine")
        self.demo_accounts = DEMO_ACCOUNTS if self.demo else ()

    @property
    def menu(self) -> list[MenuItem]:
        path = self.request.path
        return [MenuItem(title, url, path.startswith(url)) for title, url in self.map["menu"]]

    @property
    def footer(self) -> list[MenuItem]:
        return [MenuItem(title, url) for title, url in self.map["footer"]]

    @property
    def languages(self) -> list[Language]:
        """The languages in which this very page exists, or the home page of the others."""
        route = getattr(self.request, "_wagtail_route_for_request", None)
        if route is None:
            return self.view_languages()
        page = route.page
        names = dict(settings.LANGUAGES)
        found = {page.locale.language_code: page.url}
        key = f"translations:{publication_version()}:{page.pk}"
        others = cache.get(key)
        if others is None:
            others = {
                other.locale.language_code: other.url
                for other in page.get_translations().live().public().select_related("locale")
            }
            cache.set(key, others, 3600)
        found |= others
        return [
            Language(code, str(names[code]), found[code], code == self.language)
            for code in names
            if code in found
        ]

    def view_languages(self) -> list[Language]:
        """The same for a page that is not Wagtail's."""
        from django.urls import translate_url  # noqa: PLC0415  only these few pages need it

        path = self.request.path
        return [
            Language(code, str(name), translate_url(path, code), code == self.language)
            for code, name in settings.LANGUAGES
            if site_map(code)["home"] != "/" or code == settings.LANGUAGE_CODE
        ]

    @property
    def workplaces(self) -> list[MenuItem]:
        """Where the signed-in person has work to do besides learning."""
        user = self.request.user
        if not user.is_authenticated:
            return []
        places = []
        grants = MonitorGrant.objects.active().filter(person=user).select_related("municipality")
        for grant in grants:
            if grant.municipality is None:
                places.append(MenuItem(_("The nation"), reverse("nation")))
            else:
                places.append(
                    MenuItem(grant.municipality.display_name, grant.municipality.get_absolute_url())
                )
        if user.has_perm("wagtailadmin.access_admin"):
            places.append(MenuItem(_("Edit"), reverse("wagtailadmin_home")))
        return places


def house(request: HttpRequest) -> dict[str, Any]:
    """Template context processor: `house`, made when first used."""
    return {
        "house": SimpleLazyObject(lambda: House(request)),
        "demo_accounts": DEMO_ACCOUNTS if settings.DEMO else (),
    }
