"""What the public site cannot do without: languages, its first pages, and who may edit them.

Made by `manage.py setup_site`, on a new site and after every release. It adds what is missing
and leaves alone what an editor made of it.
"""

from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Locale, Page, Site

from home.models import HomePage, NewsIndexPage, PartnersPage, StandardPage, VisionPage
from home.permissions import set_up_groups, set_up_workflow
from home.setup_texts import ENGLISH_HOME, HOME, PAGES

SOURCE_LANGUAGE: Final = "nl"
PAGE_TYPES: Final[dict[str, type[Page]]] = {
    "visiedocument": VisionPage,
    "nieuws": NewsIndexPage,
    "partners": PartnersPage,
    "toegankelijkheid": StandardPage,
    "privacy": StandardPage,
}


@transaction.atomic
def set_up_site() -> HomePage:
    """Languages, home pages, the first pages, groups and workflow. Returns the Dutch home page."""
    dutch, english = (
        Locale.objects.get_or_create(language_code=code)[0] for code in (SOURCE_LANGUAGE, "en")
    )
    home = set_up_home(dutch)
    set_up_site_record(home)
    remove_welcome_page()
    for slug, fields in PAGES.items():
        add_page_if_missing(home, PAGE_TYPES[slug], slug, fields)
    add_translation_if_missing(home, english, ENGLISH_HOME)
    set_up_groups()
    set_up_workflow()
    return home


def publish(page: Page) -> None:
    """Publish a page's present state, with a revision, so that its history begins here."""
    page.save_revision().publish()


def set_up_home(locale: Locale) -> HomePage:
    """The Dutch home page, of which every other is a translation."""
    existing: HomePage | None = HomePage.objects.filter(locale=locale).order_by("pk").first()
    if existing is not None:
        return existing
    root = Page.get_first_root_node()
    # Wagtail's own first page has the slug that ours will have.
    for welcome in welcome_pages():
        welcome.slug = f"welcome-{welcome.pk}"
        welcome.save(clean=False)
    home: HomePage = root.add_child(
        instance=HomePage(slug="home", locale=locale, live=False, **HOME)
    )
    publish(home)
    return home


def welcome_pages() -> Any:
    """The page that Wagtail makes at its first migration: of no type of ours, without children."""
    plain = ContentType.objects.get_for_model(Page)
    return Page.objects.filter(depth=2, content_type=plain, numchild=0)


def remove_welcome_page() -> None:
    """Remove Wagtail's first page, unless a site still begins there."""
    for welcome in welcome_pages().filter(sites_rooted_here=None):
        welcome.delete()


def set_up_site_record(home: HomePage) -> None:
    """Wagtail's record of where the site lives. The environment says so (BASE_URL)."""
    address = urlsplit(settings.BASE_URL)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    begins_here = HomePage.objects.filter(pk=site.root_page_id).exists()
    wanted = {
        "hostname": address.hostname or "localhost",
        "port": address.port or (443 if address.scheme == "https" else 80),
        "site_name": site.site_name or settings.WAGTAIL_SITE_NAME,
        "root_page_id": site.root_page_id if begins_here else home.pk,
    }
    if any(getattr(site, name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            setattr(site, name, value)
        site.save()


def add_page_if_missing(
    parent: Page, model: type[Page], slug: str, fields: dict[str, Any]
) -> Page:
    """The page below a parent at this address; made and published when there is none."""
    existing: Page | None = Page.objects.child_of(parent).filter(slug=slug).first()
    if existing is not None:
        return existing
    page = model(slug=slug, locale=parent.locale, live=False, **fields)
    parent.add_child(instance=page)
    publish(page)
    return page


def add_translation_if_missing(page: Page, locale: Locale, fields: dict[str, Any]) -> Page:
    """The page in another language; a copy with other words when there is none.

    The copy shares the translation key, so that progress and the language menu know both.
    """
    existing: Page | None = page.get_translation_or_none(locale)
    if existing is not None:
        return existing
    copy: Page = page.copy_for_translation(locale)
    for name, value in fields.items():
        setattr(copy, name, value)
    publish(copy)
    return copy
