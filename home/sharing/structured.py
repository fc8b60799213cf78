"""Structured data: what a page is, in the words of schema.org, for search engines.

Page types say what they are themselves (`HousePage.structured_data`). Here is what holds for every
page: where it stands, whose site it is, and how it is written into the page.
"""

import json
from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString

Data = dict[str, Any]
SITE_NAME: Final = "Raadsleden & Veiligheid"
# So that no text in it can end the element that it stands in, nor be taken for one of HTML.
ESCAPES: Final = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def absolute(url: str) -> str:
    """A whole address on this site."""
    return urljoin(f"{settings.BASE_URL}/", url)


def script(items: Iterable[Data]) -> SafeString:
    """The element that holds the data. It is data to a browser, so nothing runs (ADR 0040)."""
    # Whose words they are is said once, around all of them.
    graph = [{key: value for key, value in each.items() if key != "@context"} for each in items]
    if not graph:
        return SafeString("")
    text = json.dumps(
        {"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False
    ).translate(ESCAPES)
    return SafeString(f'<script type="application/ld+json">{text}</script>')  # escaped above


def organisation(name: str = "") -> Data:
    """Who publishes this site: named by its address, so that others can refer to it.

    It is called the same on every page; `name` is who stands behind it, where that is said.
    """
    behind = {"legalName": name} if name and name != SITE_NAME else {}
    return {
        "@type": "Organization",
        "@id": absolute("/#organisatie"),
        "name": SITE_NAME,
        **behind,
        "url": absolute("/"),
        "logo": absolute(static("social-card.png")),
    }


def website(language: str, home_url: str, description: str) -> Data:
    """The site as a whole, and how it is searched."""
    return {
        "@type": "WebSite",
        "@id": absolute("/#site"),
        "name": SITE_NAME,
        "url": absolute(home_url),
        "description": description,
        "inLanguage": language,
        "publisher": {"@id": absolute("/#organisatie")},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": absolute(reverse("search")) + "?q={search_term_string}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def breadcrumbs(places: Iterable[tuple[str, str]]) -> Data:
    """Where a page stands: names and addresses, the home page first and the page itself last."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": absolute(url)}
            for number, (name, url) in enumerate(places, start=1)
        ],
    }


def questions_in(body: Iterable[Any]) -> list[Data]:
    """The accordions of a text as questions with answers."""
    questions = [
        {
            "@type": "Question",
            "name": item["title"],
            "acceptedAnswer": {"@type": "Answer", "text": item["text"].source},
        }
        for block in body
        if block.block_type == "accordion"
        for item in block.value["items"]
    ]
    return [{"@type": "FAQPage", "mainEntity": questions}] if questions else []


def data_of(page: Any, request: HttpRequest) -> list[Data]:
    """What a page says of itself."""
    found: list[Data] = page.structured_data(request)
    return found
