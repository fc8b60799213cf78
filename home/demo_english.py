"""The public pages of the demo in English, beside the Dutch ones of which they are translations.

What is there already and was written by an editor in pages of its own kind is left alone, as
with the Dutch: goals and aspects are written once, texts are kept in step with the files.
"""

from collections.abc import Iterable
from typing import Any, Final

from wagtail.models import Locale, Page

from home.demo_blocks import Assets, stable_id, stream_from
from home.demo_field import load_english_field
from home.demo_loader import publish_if_changed, read
from home.demo_translations import load_translations
from home.models import HomePage, Partner, PartnersPage, StandardPage, VisionPage

STANDARD_PAGES: Final = (("privacy", "privacy"), ("toegankelijkheid", "accessibility"))


def load_english(assets: Assets) -> None:
    """Translate the demo's public pages, where that is not done yet."""
    data = read("english.toml")
    dutch = HomePage.objects.get(locale=Locale.get_default())
    locale = Locale.objects.get(language_code="en")
    load_home(dutch.get_translation(locale).specific, data["home"], assets)
    # A new translation is put before what is there: so they stand in the order of the menu.
    for slug, name in reversed(STANDARD_PAGES):
        page = translated(StandardPage.objects.child_of(dutch).get(slug=slug), locale)
        entry = data[name]
        body = stream_from(entry["body"], assets=assets, key=f"{slug}-en")
        keep(page, {"title": entry["title"], "introduction": entry["intro"], "body": body})
    entry = data["partners_page"]
    page = translated(PartnersPage.objects.child_of(dutch).get(), locale)
    words = {"introduction": entry["intro"], "sectors_introduction": entry["sectors_intro"]}
    keep(page, {"title": entry["title"], **words})
    load_partners(data["partners"], locale)
    load_vision(VisionPage.objects.child_of(dutch).get(), data["vision"], locale)
    load_english_field(dutch, locale)
    load_translations(locale)


def translated(page: Page, locale: Locale) -> Page:
    """The page in a language: made as a draft in front of the other pages if it is not there."""
    existing = page.get_translation_or_none(locale)
    if existing is None:
        existing = page.copy_for_translation(locale)
        existing.move(existing.get_parent(), pos="first-child")
        existing = Page.objects.get(pk=existing.pk)
    return existing.specific


def keep(page: Page, values: dict[str, Any]) -> None:
    """Give a page these words, and publish it if that is new."""
    if not publish_if_changed(page, page.get_parent(), values) and not page.live:
        page.save_revision().publish()


def load_home(page: HomePage, entry: dict[str, Any], assets: Assets) -> None:
    keep(
        page,
        {
            "hero_title": entry["hero_title"],
            "hero_text": entry["hero_text"],
            "search_description": entry["seo_description"],
            "body": stream_from(entry["body"], assets=assets, key="home-en"),
        },
    )


def load_partners(entries: dict[str, dict[str, str]], locale: Locale) -> None:
    """The partners in a language; their kind, goals and address are those of the source."""
    for key, words in entries.items():
        source = Partner.objects.get(
            translation_key=stable_id("partner", key), locale=Locale.get_default()
        )
        if source.get_translation_or_none(locale) is None:
            partner = source.copy_for_translation(locale)
            for name, value in words.items():
                setattr(partner, name, value)
            partner.save()


def load_vision(source: VisionPage, entry: dict[str, Any], locale: Locale) -> None:
    """The visiedocument: its goals keep their codes, and so their anchors, in every language."""
    if source.get_translation_or_none(locale) is not None:
        return
    page = translated(source, locale)
    for name in ("occasion", "outcome", "cooperation", "title"):
        setattr(page, name, entry[name])
    page.introduction = entry["intro"]
    # What is said of the Dutch page's latest change is not of this one.
    page.change_note = ""
    # Set as lists: what `all()` gives is read anew each time.
    page.aspects = translated_children(page.aspects.all(), "aspect", entry["aspects"])
    goals = translated_children(page.goals.all(), "goal", entry["goals"])
    for goal in goals:
        # How far it is, is said in words of its own (home/demo_field.py).
        goal.progress = goal.progress_text = ""
    page.goals = goals
    page.save_revision().publish()


def translated_children(
    children: Iterable[Any], kind: str, entries: dict[str, dict[str, str]]
) -> list[Any]:
    """The aspects or goals of a page, with the words of the file."""
    words = {stable_id(kind, key): entry for key, entry in entries.items()}
    children = list(children)
    for child in children:
        for name, value in words[child.translation_key].items():
            setattr(child, name, value)
    return children
