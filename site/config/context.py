"""What every page of the house shows: its menu, its languages, who is signed in and where to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.models import Page

from accounts.demo import DEMO_ACCOUNTS
from accounts.models import User
from config.error_page import remember
from config.extra_languages import KNOWN
from config.languages import Language, Languages, Untranslated
from config.rights import Rights, rights_of
from home.closing import without_closed
from home.frame import Frame, Link, banners_in, frame_in, frames
from home.main_pages import main_pages
from home.models import Banner
from home.publication import Kept
from home.sharing.sitemap import addresses_below
from learning.models import CataloguePage

FOOTER_SLUGS = ("toegankelijkheid", "privacy", "accessibility")


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A link in the menu. `current` is whether the visitor is there or below it."""

    title: str
    url: str
    current: bool = False
    # Where it is another than the page's.
    language: str = ""


AS_USUAL = (User.TextSize.NORMAL, User.Contrast.DEVICE)
MAPS = Kept[dict[str, Any]]()
NAVS = Kept[str](most=2000)
# What stands in a kept menu in place of a form's token.
TOKEN_HERE = "token-of-whoever-asks"  # noqa: S105  it is none
# And in place of the query that goes along to another language.
QUERY_HERE = "query-of-this-page"


def site_map(language: str) -> dict[str, Any]:
    """The pages below the home page of a language: asked once per publication."""
    return MAPS.get(language, lambda: draw_site_map(language))


def draw_site_map(language: str) -> dict[str, Any]:
    every = main_pages()
    own = every.get(language)
    pages = list(own.below) if own is not None else []
    found: dict[str, Any] = {
        "home": own.home.url if own is not None else "/",
        "catalogue": next((page.url for page in pages if is_catalogue(page)), None),
    }
    if language in KNOWN:
        pages += untranslated_pages(pages)
        found["catalogue"] = found["catalogue"] or site_map(settings.LANGUAGE_CODE)["catalogue"]
    in_menus = [page for page in pages if page.show_in_menus]
    return found | {
        "menu": [link_to(page, language) for page in in_menus if place_of(page) == "main"],
        "more": [
            *(link_to(page, language) for page in in_menus if place_of(page) == "footer"),
            *links_to_views(language),
        ],
        "footer": [link_to(page, language) for page in pages if page.slug in FOOTER_SLUGS],
    }


def is_catalogue(page: Page) -> bool:
    return page.specific_class is CataloguePage


def untranslated_pages(pages: list[Page]) -> list[Page]:
    """What a language lacks that a site switched on: the menu falls back to the first one."""
    there = {page.translation_key for page in pages}
    first = main_pages().get(settings.LANGUAGE_CODE)
    below = first.below if first is not None else ()
    return [page for page in below if page.translation_key not in there]


def remember_error_words() -> None:
    """Have the words ready for when there is no database to ask them of."""
    failed = {code: frame.errors.get("failed", {}) for code, frame in frames().items()}
    remember({code: words for code, words in failed.items() if words})


def link_to(page: Page, language: str) -> Link:
    code = page.locale.language_code
    return Link(page.title, page.url, "" if code == language else code)


def links_to_views(language: str) -> list[Link]:
    """What stands with those pages and is none."""
    with translation.override(language):
        return [Link(_("Network of peers"), reverse("network"))]


def place_of(page: Page) -> str:
    """In which menu a page stands as long as editors chose no links."""
    return str(getattr(page.specific_class, "menu_place", "main"))


def language_is_there(code: str) -> bool:
    """Whether the site has a home page in a language."""
    return bool(site_map(code)["home"] != "/") or code == settings.LANGUAGE_CODE


class House:
    """Worked out when a template asks, so that a page pays only for what it shows."""

    def __init__(self, request: HttpRequest, token: object) -> None:
        self.request = request
        self.token = token
        self.language = translation.get_language() or settings.LANGUAGE_CODE
        self.map = site_map(self.language)
        self.frame: Frame = frame_in(self.language)
        remember_error_words()
        self.demo: bool = settings.DEMO
        self.base_url: str = settings.BASE_URL
        self.home_url: str = self.map["home"]
        self.catalogue_url: str | None = self.map["catalogue"]
        self.demo_accounts = DEMO_ACCOUNTS if self.demo else ()

    @cached_property
    def nav(self) -> str:
        """The menu as HTML: it stands on a page twice, for wide and for narrow screens.

        It is kept for whoever has the same on the same page, so its template is told neither
        who asks nor their token: that is put in afterwards.
        """
        # A request that was refused at the door never learned who asks.
        user = getattr(self.request, "user", None)
        signed_in = user is not None and user.is_authenticated
        shown = {
            "signed_in": signed_in,
            "menu": tuple(self.menu),
            "languages": tuple(self.languages),
            "workplaces": tuple(self.workplaces) if signed_in else (),
        }
        html = NAVS.get(
            (self.language, *shown.values()),
            lambda: render_to_string(
                "components/nav.html", shown | {"csrf_token": TOKEN_HERE, "query": QUERY_HERE}
            ),
        ).replace(QUERY_HERE, escape(self.here.query))
        # Asking for the token sets a cookie, which a visitor's page must not.
        return SafeString(html.replace(TOKEN_HERE, escape(str(self.token))) if signed_in else html)

    @property
    def display(self) -> str:
        """How somebody wants the pages to look, as attributes of <html>; a visitor has none."""
        user = getattr(self.request, "user", None)
        if user is None or not user.is_authenticated:
            return ""
        chosen = {
            "data-text-size": user.text_size,
            "data-contrast": user.contrast,
        }
        return format_html_join(
            "",
            ' {}="{}"',
            ((name, value) for name, value in chosen.items() if value not in AS_USUAL),
        )

    @cached_property
    def menu(self) -> list[MenuItem]:
        path = self.request.path
        links = self.frame.menu or self.map["menu"]
        return [
            MenuItem(link.title, link.url, path.startswith(link.url), link.language)
            for link in links
        ]

    @property
    def more_links(self) -> tuple[Link, ...]:
        """What the main menu has no room for: at the foot of the page."""
        return self.frame.footer or tuple(self.map["more"])

    @cached_property
    def banners(self) -> list[Banner]:
        """What is announced above the page now."""
        return without_closed(banners_in(self.language), self.request)

    @property
    def banners_close(self) -> bool:
        """Whether any of it may be closed, for which a script is needed."""
        return any(banner.may_be_closed for banner in self.banners)

    @property
    def footer(self) -> list[MenuItem]:
        items = [MenuItem(_("Need help?"), reverse("help"))]
        user = getattr(self.request, "user", None)
        if user is not None and user.is_authenticated:
            items.append(MenuItem(_("My data"), reverse("own_data")))
        return [
            *items,
            *(
                MenuItem(each.title, each.url, language=each.language)
                for each in self.map["footer"]
            ),
        ]

    @property
    def description(self) -> str:
        """What is said of a page that does not say it itself."""
        return self.frame.description or _(
            "What council members, aldermen and staff can do against criminals who look for a way "
            "in: the policy document, news, practice and short modules."
        )

    @property
    def privacy_url(self) -> str:
        """The page that says what is kept how long."""
        urls = (link.url for link in self.map["footer"])
        return next((url for url in urls if "/privacy/" in url), "/privacy/")

    @property
    def erase_after(self) -> datetime | None:
        """When the account of who is signed in will be erased, if they asked for that."""
        return getattr(getattr(self.request, "user", None), "erase_after", None)

    @property
    def quick_exit_url(self) -> str:
        """Where *Snel weg* leads."""
        return str(settings.QUICK_EXIT_URL)

    @cached_property
    def here(self) -> Languages:
        homes = {
            code: site_map(code)["home"]
            for code, _name in settings.LANGUAGES
            if language_is_there(code)
        }
        return Languages(self.request, self.language, homes)

    @cached_property
    def languages(self) -> list[Language]:
        """The languages in which this page can be read, or what is nearest to it there."""
        return self.here.all()

    @property
    def alternates(self) -> list[tuple[str, str]]:
        """Languages in which this very page exists, with whole addresses; none if it is alone."""
        route = getattr(self.request, "_wagtail_route_for_request", None)
        path = self.request.path
        found = [(each.code, each.url) for each in self.languages if each.same_page]
        if route is not None and route.page.url != path:
            # What lies below a page's address need not be below that of its translation.
            rest = path.removeprefix(route.page.url or "")
            found = list(addresses_below(route.page, rest, self.request).items())
        if len(found) < 2:
            return []
        return [(code, urljoin(self.base_url, url)) for code, url in sorted(found)]

    @property
    def untranslated(self) -> Untranslated | None:
        """The page that this one stands in for, since it is not there in this language."""
        return self.here.untranslated

    @cached_property
    def workplaces(self) -> list[MenuItem]:
        """Where the signed-in person has work to do besides learning."""
        user = self.request.user
        return workplaces_of(rights_of(user)) if user.is_authenticated else []


def workplaces_of(rights: Rights) -> list[MenuItem]:
    """Where somebody's rights lead."""
    places = []
    for watched in rights.watches:
        if watched.slug:
            address = reverse("municipality", args=(watched.slug,))
            places.append(MenuItem(watched.name, address))
        else:
            places.append(MenuItem(_("The nation"), reverse("nation")))
    if rights.may_edit:
        places.append(MenuItem(_("Edit"), reverse("wagtailadmin_home")))
    return places


def house(request: HttpRequest) -> dict[str, Any]:
    """Template context processor: `house`, made when first used.

    All forms of a page carry one token. Django would mask the secret anew for each, and each
    time ask the system for thirty-two random numbers.
    """
    token = SimpleLazyObject(lambda: get_token(request))
    return {
        "house": SimpleLazyObject(lambda: House(request, token)),
        "csrf_token": token,
        "demo_accounts": DEMO_ACCOUNTS if settings.DEMO else (),
    }
