"""From the demo's TOML to StreamField data, with ids that are the same on every run."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from wagtail.documents.models import Document
from wagtail.images.models import Image

from home.models import LawArticle

NAMESPACE: Final = uuid.UUID("5b3c5b0e-2f4e-5c55-9d0a-6b7f3c1f8a10")

Raw = dict[str, Any]


@dataclass(slots=True)
class Assets:
    """What a text may point at, by the demo's own keys."""

    images: dict[str, Image] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    articles: dict[str, LawArticle] = field(default_factory=dict)


def stable_id(kind: str, key: str) -> uuid.UUID:
    """The same UUID on every run and every machine, for a kind of thing and its key."""
    return uuid.uuid5(NAMESPACE, f"{kind}:{key}")


def stream_from(body: list[Raw], *, assets: Assets, key: str) -> list[Raw]:
    """StreamField data for a text. `key` names the text: its blocks' ids come from it.

    Raises KeyError on a block, an image, a document or an article that does not exist.
    """
    return [
        {
            "type": entry["type"],
            "value": CONVERTERS[entry["type"]](entry, assets, f"{key}-{number}"),
            "id": str(stable_id("block", f"{key}-{number}")),
        }
        for number, entry in enumerate(body)
    ]


def html_of(entry: Raw) -> str:
    """The text of an entry, without the newlines that TOML's long strings bring along."""
    return entry["html"].strip()


def text(entry: Raw, _assets: Assets, _key: str) -> str:
    return html_of(entry)


def heading(entry: Raw, _assets: Assets, _key: str) -> Raw:
    return {"text": entry["text"], "level": entry.get("level", "h2")}


def image(entry: Raw, assets: Assets, _key: str) -> Raw:
    return {
        "image": assets.images[entry["image"].removesuffix(".png")].pk,
        "alt_text": entry.get("alt_text", ""),
        "decorative": not entry.get("alt_text", ""),
        "caption": entry.get("caption", ""),
    }


def quote(entry: Raw, _assets: Assets, _key: str) -> Raw:
    return {"text": entry["text"], "source": entry.get("source", "")}


def callout(entry: Raw, _assets: Assets, _key: str) -> Raw:
    return {"kind": entry["kind"], "title": entry["title"], "text": html_of(entry)}


def video(entry: Raw, _assets: Assets, _key: str) -> Raw:
    return {
        "title": entry["title"],
        "url": entry["url"],
        "minutes": entry.get("minutes"),
        "transcript": entry["transcript"].strip(),
    }


def accordion(entry: Raw, _assets: Assets, key: str) -> Raw:
    return {
        "items": [
            {
                "type": "item",
                "value": {"title": item["title"], "text": html_of(item)},
                "id": str(stable_id("item", f"{key}-{number}")),
            }
            for number, item in enumerate(entry["items"])
        ]
    }


def document(entry: Raw, assets: Assets, _key: str) -> Raw:
    return {
        "document": assets.documents[entry["document"].removesuffix(".txt")].pk,
        "description": entry.get("description", ""),
    }


def law_article(entry: Raw, assets: Assets, _key: str) -> Raw:
    return {
        "article": assets.articles[entry["article"]].pk,
        "explanation": entry.get("explanation", "").strip(),
    }


def in_your_municipality(entry: Raw, _assets: Assets, _key: str) -> Raw:
    return {"topic": entry["topic"], "title": entry["title"], "text": html_of(entry)}


CONVERTERS: Final[Mapping[str, Callable[[Raw, Assets, str], Any]]] = {
    "text": text,
    "heading": heading,
    "image": image,
    "quote": quote,
    "callout": callout,
    "video": video,
    "accordion": accordion,
    "document": document,
    "law_article": law_article,
    "in_your_municipality": in_your_municipality,
}
