"""From the demo's TOML to StreamField data.

Ids follow from keys, so that a second run changes nothing.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from wagtail.documents.models import Document
from wagtail.images.models import Image

from home.models import LawArticle

NAMESPACE: Final = uuid.UUID("6b1f0a52-6f0e-5c4b-9d53-2a7f3a5f2c10")


def stable_id(kind: str, key: str) -> uuid.UUID:
    """The same identity for the same thing on every machine."""
    return uuid.uuid5(NAMESPACE, f"{kind}:{key}")


@dataclass(slots=True)
class Assets:
    """What blocks refer to, by the key that the demo's files use."""

    images: dict[str, Image] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    articles: dict[str, LawArticle] = field(default_factory=dict)


def value_of(block: dict[str, Any], assets: Assets, key: str) -> Any:
    """A block's fields as StreamField data."""
    kind = block["type"]
    fields = {name: value for name, value in block.items() if name not in ("type", "html")}
    if kind == "text":
        return block["html"]
    if "html" in block:
        fields["text"] = block["html"]
    if kind == "image":
        fields["image"] = assets.images[block["image"]].pk
        fields["decorative"] = False
    elif kind == "document":
        fields["document"] = assets.documents[block["document"]].pk
    elif kind == "law_article":
        fields["article"] = assets.articles[block["article"]].pk
    elif kind == "accordion":
        fields["items"] = [
            {
                "type": "item",
                "id": str(stable_id("item", f"{key}-{number}")),
                "value": {"title": item["title"], "text": item["html"]},
            }
            for number, item in enumerate(block["items"])
        ]
    return fields


def stream_from(
    body: Sequence[dict[str, Any]], *, assets: Assets, key: str
) -> list[dict[str, Any]]:
    """A body as StreamField data; `key` names the page that it belongs to."""
    return [
        {
            "type": block["type"],
            "id": str(stable_id("block", f"{key}-{number}")),
            "value": value_of(block, assets, f"{key}-{number}"),
        }
        for number, block in enumerate(body)
    ]
