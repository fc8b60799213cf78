"""What every site needs before the first visitor: languages, the page tree, groups of editors.

Safe to run again: what is there is left as it is.
"""

from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

from home import setup_texts
from home.models import (
    CalendarPage,
    HomePage,
    InstrumentIndexPage,
    NewsIndexPage,
    PartnersPage,
    SiteFrame,
    StandardPage,
    VisionPage,
)
from home.permissions import set_up_groups, set_up_workflow

PAGE_TYPES: Final[dict[str, type[Page]]] = {
    "visiedocument": VisionPage,
    "nieuws": NewsIndexPage,
    "partners": PartnersPage,
    "instrumenten": InstrumentIndexPage,
    "agenda": CalendarPage,
    "toegankelijkheid": StandardPage,
    "privacy": StandardPage,
}


def set_up_site() -> HomePage:
    """Languages, home pages and groups. Returns the home page in the site's first language."""
    with transaction.atomic():
        dutch, _created = Locale.objects.get_or_create(language_code="nl")
        home = home_page(dutch)
        frame_of(dutch)
        for code, _name in settings.LANGUAGES:
            if code != dutch.language_code:
                locale, _created = Locale.objects.get_or_create(language_code=code)
                translated_home(home, locale)
                frame_of(locale)
        for slug, texts in setup_texts.PAGES.items():
            page_below(home, PAGE_TYPES[slug], slug, **texts)
        keep_address()
        set_up_groups()
        set_up_workflow()
    return home


def home_page(locale: Locale) -> HomePage:
    """The home page, in place of Wagtail's welcome page, with the site pointing at it."""
    home = HomePage.objects.filter(locale=locale).first()
    if home is not None:
        return home
    root = Page.get_first_root_node()
    for page in root.get_children():
        page.delete()
    root.refresh_from_db()
    home = root.add_child(instance=HomePage(slug="home", locale=locale, **setup_texts.HOME))
    home.save_revision().publish()
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "root_page": home, "site_name": home.title},
    )
    return home


def keep_address() -> None:
    """Let Wagtail know where the site is: feeds, the sitemap and mails name whole addresses."""
    parts = urlsplit(settings.BASE_URL)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    site = Site.objects.filter(is_default_site=True).first()
    if site is not None and (site.hostname, site.port) != (parts.hostname, port):
        site.hostname, site.port = parts.hostname or "localhost", port
        site.save()


def frame_of(locale: Locale) -> SiteFrame:
    """Menus, footer and contact of a language: empty, so as the house has them, until editors
    fill them."""
    existing = SiteFrame.objects.filter(locale=locale).first()
    if existing is not None:
        return existing
    source = SiteFrame.objects.first()
    frame = SiteFrame(locale=locale) if source is None else source.copy_for_translation(locale)
    frame.save()
    return frame


def translated_home(home: HomePage, locale: Locale) -> HomePage:
    existing = home.get_translation_or_none(locale)
    if existing is not None:
        return existing.specific
    translated = home.copy_for_translation(locale)
    for name, value in setup_texts.TRANSLATED_HOMES[locale.language_code].items():
        setattr(translated, name, value)
    translated.save_revision().publish()
    return translated


def page_below(parent: Page, model: type[Page], slug: str, **fields: Any) -> Page:
    """The page with this slug, made and published if it is not there."""
    existing = model.objects.child_of(parent).filter(slug=slug).first()
    if existing is not None:
        return existing
    page = parent.add_child(instance=model(slug=slug, locale=parent.locale, **fields))
    page.save_revision().publish()
    return page
