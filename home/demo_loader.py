"""The public part of the demo, from home/demo/*.toml."""

import json
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from django.core.files.images import ImageFile
from wagtail.fields import StreamField
from wagtail.images.models import Image
from wagtail.models import Locale, Page, Site

from home.demo_blocks import Assets, stable_id, stream_from
from home.demo_contact import load_contact
from home.models import (
    HomePage,
    LawArticle,
    NationalSupport,
    NewsIndexPage,
    NewsPage,
    Partner,
    PartnersPage,
    RelatedNews,
    StandardPage,
    Support,
    Theme,
    VisionAspect,
    VisionGoal,
    VisionPage,
)

# What a partner of the demo has besides its fields (home/demo_field.py).
NOT_FIELDS: Final = ("key", "goals", "themes", "sectors")
DEMO_DIR: Final = Path(__file__).parent / "demo"
IMAGE_TITLES: Final = {
    "raadzaal": "De raadzaal",
    "weegschaal": "Een weegschaal",
    "gesprek": "Twee mensen in gesprek",
    "netwerk": "Een netwerk van mensen",
}


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((DEMO_DIR / name).read_text(encoding="utf-8"))


def publish_if_changed(page: Page, parent: Page, values: dict[str, Any]) -> bool:
    """Give a page these values and publish it, unless it has them already."""
    changed = page.pk is None
    many: dict[str, list[Any]] = {}
    for name, value in values.items():
        field = page._meta.get_field(name)
        if field.many_to_many:
            if page.pk is None or {o.pk for o in getattr(page, name).all()} != {
                o.pk for o in value
            }:
                many[name] = value
                changed = True
            continue
        if isinstance(field, StreamField):
            stored = list(getattr(page, name).raw_data) if page.pk else None
            new = json.loads(json.dumps(value))
            if stored != new:
                setattr(page, name, field.stream_block.to_python(new))
                changed = True
        elif getattr(page, name) != value:
            setattr(page, name, value)
            changed = True
    if not changed:
        return False
    if page.pk is None:
        parent.add_child(instance=page)
    for name, objects in many.items():
        getattr(page, name).set(objects)
    page.save_revision().publish()
    return True


def load_images() -> dict[str, Image]:
    """Our own drawings, as images that editors can choose."""
    images = {}
    for key, title in IMAGE_TITLES.items():
        image = Image.objects.filter(title=title).first()
        if image is None:
            with (DEMO_DIR / "images" / f"{key}.png").open("rb") as file:
                image = Image.objects.create(title=title, file=ImageFile(file, name=f"{key}.png"))
        images[key] = image
    return images


def load_law_articles(locale: Locale) -> dict[str, LawArticle]:
    articles = {}
    for entry in read("law_articles.toml")["articles"]:
        fields = {name: value for name, value in entry.items() if name != "key"}
        articles[entry["key"]], _created = LawArticle.objects.get_or_create(
            translation_key=stable_id("law", entry["key"]), locale=locale, defaults=fields
        )
    return articles


def load_themes() -> None:
    """What pages are about, in both languages."""
    for entry in read("themes.toml")["themes"]:
        for code, name in (("nl", entry["name"]), ("en", entry["english"])):
            Theme.objects.get_or_create(
                translation_key=stable_id("theme", entry["slug"]),
                locale=Locale.objects.get(language_code=code),
                defaults={"slug": entry["slug"], "name": name},
            )


def themes_named(slugs: Iterable[str], locale: Locale) -> list[Theme]:
    """Themes of the demo by their slugs. Raises LookupError for one that there is not."""
    wanted = set(slugs)
    themes = list(Theme.objects.filter(locale=locale, slug__in=wanted))
    if missing := wanted - {theme.slug for theme in themes}:
        message = f"The demo has no themes {sorted(missing)}."
        raise LookupError(message)
    return themes


def load_partners(locale: Locale) -> None:
    for entry in read("partners.toml")["partners"]:
        fields = {name: value for name, value in entry.items() if name not in NOT_FIELDS}
        Partner.objects.get_or_create(
            translation_key=stable_id("partner", entry["key"]), locale=locale, defaults=fields
        )


def load_support() -> None:
    """National support, unless there is a list already: an editor may have changed it."""
    setting = NationalSupport.for_site(Site.objects.get(is_default_site=True))
    if setting.supports.exists():
        return
    setting.supports = [
        Support(sort_order=order, **entry)
        for order, entry in enumerate(read("support.toml")["supports"])
    ]
    setting.save()


def load_vision(locale: Locale) -> VisionPage:
    """The visiedocument. Its goals keep their rows, since news and modules refer to them."""
    data = read("vision.toml")
    page = VisionPage.objects.get(locale=locale)
    if page.goals.exists():
        return page
    page.title = data["title"]
    page.written_on = data["date"]
    page.introduction = data["intro"]
    for name in ("occasion", "outcome", "cooperation"):
        setattr(page, name, data[name])
    page.aspects = [
        VisionAspect(
            locale=locale,
            translation_key=stable_id("aspect", str(entry["number"])),
            sort_order=entry["number"],
            title=entry["title"],
            text=entry["text"],
        )
        for entry in data["aspects"]
    ]
    page.goals = [
        VisionGoal(
            locale=locale,
            translation_key=stable_id("goal", entry["code"]),
            sort_order=order,
            **entry,
        )
        for order, entry in enumerate(data["goals"])
    ]
    page.save_revision().publish()
    return page


def load_news(locale: Locale, vision: VisionPage, assets: Assets) -> None:
    parent = NewsIndexPage.objects.get(locale=locale)
    goals = {goal.code: goal for goal in VisionGoal.objects.filter(page=vision)}
    for entry in read("news.toml")["items"]:
        key = stable_id("news", entry["slug"])
        page = NewsPage.objects.filter(translation_key=key, locale=locale).first() or NewsPage(
            slug=entry["slug"], translation_key=key, locale=locale
        )
        publish_if_changed(
            page,
            parent,
            {
                "title": entry["title"],
                "date": entry["date"],
                "introduction": entry["intro"],
                "is_fictional": entry["is_fictional"],
                "organisation": partner_named(entry.get("organisation"), locale),
                "goals": [goals[code] for code in entry["goals"]],
                "themes": themes_named(entry["themes"], locale),
                "body": stream_from(entry["body"], assets=assets, key=entry["slug"]),
            },
        )
    relate_news(locale)


def partner_named(key: str | None, locale: Locale) -> Partner | None:
    """The partner that wrote something, by its key in the demo."""
    if key is None:
        return None
    return Partner.objects.get(translation_key=stable_id("partner", key), locale=locale)


def relate_news(locale: Locale) -> None:
    """What the demo's editors chose by hand to be read next, unless they chose since."""
    items = {item.slug: item for item in NewsPage.objects.filter(locale=locale)}
    for entry in read("news.toml")["items"]:
        page = items[entry["slug"]]
        if entry.get("related") and not page.related_by_hand.exists():
            for order, slug in enumerate(entry["related"]):
                page.related_by_hand.add(RelatedNews(related=items[slug], sort_order=order))
            page.save_revision().publish()


def load_texts(locale: Locale, assets: Assets) -> None:
    """The home pages and the plain texts."""
    data = read("pages.toml")
    home = HomePage.objects.get(locale=locale)
    publish_if_changed(
        home,
        home.get_parent(),
        {
            "hero_title": data["home"]["hero_title"],
            "hero_text": data["home"]["hero_text"],
            "search_description": data["home"]["seo_description"],
        },
    )
    for slug, name in (("privacy", "privacy"), ("toegankelijkheid", "accessibility")):
        page = StandardPage.objects.child_of(home).get(slug=slug)
        entry = data[name]
        publish_if_changed(
            page,
            home,
            {
                "introduction": entry["intro"],
                "body": stream_from(entry["body"], assets=assets, key=slug),
            },
        )
    entry = data["partners"]
    words = {"introduction": entry["intro"], "sectors_introduction": entry["sectors_intro"]}
    publish_if_changed(PartnersPage.objects.get(locale=locale), home, words)
    publish_if_changed(
        NewsIndexPage.objects.get(locale=locale), home, {"introduction": data["news"]["intro"]}
    )


def load_home_demo() -> Assets:
    """Load it all; what is there and unchanged is left alone. Returns what blocks refer to."""
    from home.demo_field import load_field  # noqa: PLC0415  it needs this module

    locale = Locale.get_default()
    assets = Assets(images=load_images(), articles=load_law_articles(locale))
    load_themes()
    load_partners(locale)
    load_support()
    vision = load_vision(locale)
    load_field(vision)
    load_news(locale, vision, assets)
    load_texts(locale, assets)
    load_contact()
    return assets
