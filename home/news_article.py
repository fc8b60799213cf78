"""A news item for search engines (schema.org)."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

from home.feeds import absolute

if TYPE_CHECKING:
    from home.models.news import NewsPage


def article_of(item: "NewsPage") -> dict[str, Any]:
    """Whose news it is and since when; an invented example says that it is one."""
    site = organisation(settings.WAGTAIL_SITE_NAME) | {"url": absolute("/")}
    article = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": item.title,
        "description": item.introduction,
        "inLanguage": item.locale.language_code,
        "datePublished": item.date.isoformat(),
        "dateModified": (item.updated_on or item.date).isoformat(),
        "mainEntityOfPage": absolute(item.url or ""),
        "author": organisation(item.organisation.name) if item.organisation else site,
        "publisher": site,
        "keywords": [theme.name for theme in item.all_themes],
    }
    if item.is_fictional:
        article["genre"] = _("Invented example")
    return article


def organisation(name: str) -> dict[str, Any]:
    return {"@type": "Organization", "name": name}
