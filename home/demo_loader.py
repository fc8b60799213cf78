"""The public site's part of the demo, from home/demo/*.toml and home/demo/images/*.png.

It may run as often as one likes: what is as the demo says is left alone, and so is every
page that a person has edited since.
"""

import tomllib
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.core.files.images import ImageFile
from django.db import models
from django.utils.html import strip_tags
from wagtail.fields import StreamField
from wagtail.images.models import Image
from wagtail.models import Locale, Page

from home.demo_blocks import Assets, stable_id, stream_from
from home.models import (
    HomePage,
    LawArticle,
    NewsIndexPage,
    NewsPage,
    Partner,
    PartnersPage,
    StandardPage,
    VisionAspect,
    VisionGoal,
    VisionPage,
)

DEMO_DIR: Final = Path(__file__).parent / "demo"
GOAL_FIELDS: Final = ("code", "term", "title", "text", "on_this_site")


def load_home_demo() -> Assets:
    """Load it all; `manage.py setup_site` has to have run. Returns what lessons may point at."""
    home = HomePage.objects.get(locale=Locale.get_default())
    assets = Assets(images=load_images(), articles=load_law_articles(home.locale))
    pages = read("pages.toml")
    load_texts(home, pages, assets)
    load_partners(home.locale)
    vision = load_vision(home)
    load_news(home, vision, assets)
    load_english(home, vision, pages)
    return assets


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((DEMO_DIR / name).read_text(encoding="utf-8"))


def load_images() -> dict[str, Image]:
    """The demo's drawings, by file name without its ending."""
    images = {}
    for path in sorted((DEMO_DIR / "images").glob("*.png")):
        title = path.stem.replace("-", " ").capitalize()
        image = Image.objects.filter(title=title).first()
        if image is None:
            data = path.read_bytes()
            image = Image(
                title=title,
                file=ImageFile(BytesIO(data), name=path.name),
                file_size=len(data),
            )
            image.save()
        images[path.stem] = image
    return images


def load_law_articles(locale: Locale) -> dict[str, LawArticle]:
    """Articles by the key that lessons and questions use."""
    return {
        entry["key"]: store_snippet(
            LawArticle,
            "law_article",
            locale,
            entry,
            ("law", "number", "title", "summary", "url", "checked_on"),
        )
        for entry in read("law_articles.toml")["articles"]
    }


def load_partners(locale: Locale) -> None:
    for entry in read("partners.toml")["partners"]:
        store_snippet(
            Partner,
            "partner",
            locale,
            entry,
            ("name", "abbreviation", "kind", "description", "url"),
        )


def store_snippet(
    model: type[models.Model],
    kind: str,
    locale: Locale,
    entry: dict[str, Any],
    fields: tuple[str, ...],
) -> Any:
    """A snippet as the demo has it. One that a person has edited stays as it is."""
    wanted = {name: entry.get(name, "") for name in fields}
    stored: Any = model._default_manager.filter(
        translation_key=stable_id(kind, entry["key"]), locale=locale
    ).first()
    if stored is None:
        stored = model(translation_key=stable_id(kind, entry["key"]), locale=locale)
    elif edited_by_somebody(stored) or all(
        getattr(stored, name) == value for name, value in wanted.items()
    ):
        return stored
    for name, value in wanted.items():
        setattr(stored, name, value)
    stored.full_clean()
    stored.save()
    stored.save_revision()
    return stored


def edited_by_somebody(stored: Any) -> bool:
    """Whether a person wrote a version of it: the demo's own versions have no author."""
    return bool(stored.revisions.exclude(user=None).exists())


def is_set(page: Page, name: str, value: Any) -> bool:
    """Whether a page's field holds this value."""
    field = page._meta.get_field(name)
    current = getattr(page, name)
    if isinstance(field, StreamField):
        block = field.stream_block
        return bool(block.get_prep_value(current) == block.get_prep_value(block.to_python(value)))
    if isinstance(field, models.ManyToManyField):
        return {item.pk for item in current.all()} == {item.pk for item in value}
    return bool(current == value)


def publish_if_changed(
    page: Page, parent: Page, fields: dict[str, Any], *, changed: bool = False
) -> bool:
    """Give a page these values and publish it, if they are not what it has. Says whether.

    A page that is not stored yet is put below `parent`. One that a person has edited stays
    as it is. `changed` says that something that hangs on the page was changed beforehand.
    """
    is_new = page.pk is None
    if not is_new and (
        edited_by_somebody(page)
        or (
            page.live
            and not changed
            and all(is_set(page, name, value) for name, value in fields.items())
        )
    ):
        return False
    for name, value in fields.items():
        field = page._meta.get_field(name)
        setattr(
            page,
            name,
            field.stream_block.to_python(value) if isinstance(field, StreamField) else value,
        )
    if is_new:
        page.live = False
        parent.add_child(instance=page)
    page.save_revision().publish()
    return True


def load_texts(home: HomePage, pages: dict[str, Any], assets: Assets) -> None:
    """The home page, the introductions, and the pages that are just a text."""
    entry = pages["home"]
    publish_if_changed(
        home,
        home.get_parent(),
        {
            "title": entry["title"],
            "hero_title": entry["hero_title"],
            "hero_text": entry["hero_text"],
            "search_description": entry["seo_description"],
        },
    )
    for name, slug in (("accessibility", "toegankelijkheid"), ("privacy", "privacy")):
        entry = pages[name]
        publish_if_changed(
            StandardPage.objects.child_of(home).get(slug=slug),
            home,
            {
                "title": entry["title"],
                "introduction": entry["intro"],
                "body": stream_from(entry["body"], assets=assets, key=name),
                "search_description": entry["intro"],
            },
        )
    for name, page in (
        ("partners", PartnersPage.objects.child_of(home).get()),
        ("news", NewsIndexPage.objects.child_of(home).get()),
        ("catalogue", Page.objects.child_of(home).get(slug="leren").specific),
    ):
        publish_if_changed(
            page, home, {"title": pages[name]["title"], "introduction": pages[name]["intro"]}
        )


def load_vision(home: HomePage) -> VisionPage:
    """The visiedocument. Aspects and goals keep their identity from one run to the next."""
    entry = read("vision.toml")
    page: VisionPage = VisionPage.objects.child_of(home).get()
    aspects = [
        (
            stable_id("aspect", str(item["number"])),
            {"title": item["title"], "text": item["text"].strip(), "sort_order": order},
        )
        for order, item in enumerate(entry["aspects"])
    ]
    goals = [
        (
            stable_id("goal", item["code"]),
            {name: item[name].strip() for name in GOAL_FIELDS} | {"sort_order": order},
        )
        for order, item in enumerate(entry["goals"])
    ]
    publish_if_changed(
        page,
        home,
        {
            "title": entry["title"],
            "written_on": entry["date"],
            "search_description": plain(entry["intro"]),
        }
        | {
            name: entry[source].strip()
            for name, source in (
                ("introduction", "intro"),
                ("occasion", "occasion"),
                ("outcome", "outcome"),
                ("cooperation", "cooperation"),
            )
        },
        changed=any(
            [
                set_children(page, "aspects", VisionAspect, aspects),
                set_children(page, "goals", VisionGoal, goals),
            ]
        ),
    )
    return page


def plain(html: str) -> str:
    """The first paragraph of a text without its mark-up, for search engines."""
    first, _end, _rest = html.partition("</p>")
    return " ".join(unescape(strip_tags(first)).split())


def set_children(
    page: Page,
    name: str,
    model: type[models.Model],
    wanted: list[tuple[UUID, dict[str, Any]]],
) -> bool:
    """Give a page the children that are wanted, each known by its translation key.

    They are stored when the page is published. Says whether anything differs.
    """
    stored = {child.translation_key: child for child in getattr(page, name).all()}
    changed = False
    children = []
    for key, fields in wanted:
        child: Any = stored.get(key) or model(translation_key=key, locale=page.locale)
        changed |= key not in stored or any(
            getattr(child, field) != value for field, value in fields.items()
        )
        for field, value in fields.items():
            setattr(child, field, value)
        children.append(child)
    if changed:
        getattr(page, name).set(children)
    return changed


def load_news(home: HomePage, vision: VisionPage, assets: Assets) -> None:
    """News items, each with the goals that it serves."""
    news_index = NewsIndexPage.objects.child_of(home).get()
    goals = {goal.code: goal for goal in VisionGoal.objects.filter(page=vision)}
    for entry in read("news.toml")["items"]:
        key = stable_id("news", entry["slug"])
        item = NewsPage.objects.filter(translation_key=key, locale=home.locale).first()
        publish_if_changed(
            item or NewsPage(slug=entry["slug"], translation_key=key, locale=home.locale),
            news_index,
            {
                "title": entry["title"],
                "date": entry["date"],
                "introduction": entry["intro"],
                "is_fictional": entry["is_fictional"],
                "body": stream_from(entry["body"], assets=assets, key=entry["slug"]),
                "goals": [goals[code] for code in entry["goals"]],
                "search_description": entry["intro"],
            },
        )


def load_english(home: HomePage, vision: VisionPage, pages: dict[str, Any]) -> None:
    """What there is in English: a home page, and what the visiedocument is."""
    english = Locale.objects.get(language_code="en")
    english_home: HomePage = home.get_translation(english)
    entry = pages["about_english"]
    about = [{"type": "text", "html": entry["text"]}]
    publish_if_changed(
        english_home,
        home.get_parent(),
        {
            "title": entry["title"],
            "hero_title": entry["hero_title"],
            "hero_text": entry["hero_text"],
            "body": stream_from(about, assets=Assets(), key="about_english"),
            "search_description": entry["hero_text"],
        },
    )
    entry = pages["vision_en"]
    english_vision = vision.get_translation_or_none(english) or VisionPage(
        slug=vision.slug, translation_key=vision.translation_key, locale=english
    )
    publish_if_changed(
        english_vision,
        english_home,
        {
            "title": entry["title"],
            "introduction": entry["intro"].strip(),
            "written_on": vision.written_on,
            "show_in_menus": True,
            "search_description": plain(entry["intro"]),
        },
    )
