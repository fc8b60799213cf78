"""News for feed readers, the same items in RSS 2.0, Atom 1.0 (RFC 4287) and JSON Feed 1.1."""

import json
from datetime import datetime, time
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin
from uuid import UUID, uuid5

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed, rfc3339_date
from django.utils.html import escape
from django.utils.http import http_date
from django.utils.translation import gettext as _

from home.news_filter import NewsFilter
from home.publication import PUBLICATION

if TYPE_CHECKING:
    from home.models.news import NewsIndexPage, NewsPage

FEED_LENGTH = 20
JSON_VERSION: Final = "https://jsonfeed.org/version/1.1"


class JsonFeed(SyndicationFeed):
    """JSON Feed 1.1 (jsonfeed.org)."""

    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile: Any, encoding: str) -> None:
        feed = {
            "version": JSON_VERSION,
            "title": self.feed["title"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "description": self.feed["description"],
            "language": self.feed["language"],
            "items": [self.told(item) for item in self.items],
        }
        outfile.write(json.dumps(feed, ensure_ascii=False).encode(encoding))

    @staticmethod
    def told(item: dict[str, Any]) -> dict[str, Any]:
        told = {
            "id": item["unique_id"],
            "url": item["link"],
            "title": item["title"],
            "content_text": item["plain"],
            "date_published": rfc3339_date(item["pubdate"]),
            "date_modified": rfc3339_date(item["updateddate"]),
            "tags": list(item["categories"]),
        }
        if item["author_name"]:
            told["authors"] = [{"name": item["author_name"]}]
        return told


FORMATS: Final[dict[str, type[Rss201rev2Feed | Atom1Feed | JsonFeed]]] = {
    "rss/": Rss201rev2Feed,
    "atom/": Atom1Feed,
    "feed.json": JsonFeed,
}


def absolute(path: str) -> str:
    return urljoin(f"{settings.BASE_URL}/", path)


def item_key(item: "NewsPage") -> UUID:
    """What a reader knows an item by: it stays when its address changes.

    That of a translation is another, or who reads both feeds would miss one of the two.
    """
    language = item.locale.language_code
    if language == settings.LANGUAGE_CODE:
        return item.translation_key
    return uuid5(item.translation_key, language)


def news_feed(
    index_page: "NewsIndexPage", request: HttpRequest, chosen: NewsFilter, name: str
) -> HttpResponse:
    """The newest items that were chosen, in the format of that name."""
    query = f"?{chosen.query}" if chosen.query else ""
    title = f"{index_page.title}: {chosen.title}" if query else index_page.title
    feed = FORMATS[name](
        title=f"{title} – {settings.WAGTAIL_SITE_NAME}",
        link=absolute(f"{index_page.url}{query}"),
        description=index_page.introduction,
        subtitle=index_page.introduction,
        language=index_page.locale.language_code,
        author_name=settings.WAGTAIL_SITE_NAME,
        feed_url=absolute(f"{index_page.url}{name}{query}"),
    )
    for item in chosen.narrowed(index_page.items).for_lists()[:FEED_LENGTH]:
        add(feed, item, as_urn=name != "rss/")
    response = HttpResponse(content_type=feed.content_type)
    feed.write(response, "utf-8")
    return conditional(request, response)


def add(feed: SyndicationFeed, item: "NewsPage", *, as_urn: bool) -> None:
    placed = timezone.make_aware(datetime.combine(item.date, time(9)))
    key = item_key(item)
    # Nobody takes it for news, wherever they read it.
    told = [_("An invented example.")] if item.is_fictional else []
    summary = " ".join([*told, item.introduction])
    feed.add_item(
        title=item.title,
        link=absolute(item.url),
        # What RSS and Atom take for HTML, and what JSON Feed takes for plain text.
        description=escape(summary),
        plain=summary,
        pubdate=placed,
        updateddate=max(placed, item.last_published_at or placed),
        unique_id=f"urn:uuid:{key}" if as_urn else str(key),
        unique_id_is_permalink=False,
        # An Atom author has a name or is not there: without one it is the feed's (RFC 4287, 4.2.1).
        author_name=item.organisation.name if item.organisation else None,
        categories=[theme.name for theme in item.themes.all()],
    )


def conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """With what a reader asks for next time, and nothing but 304 to who has it already.

    It is as new as the last change of the site: an item that was taken off is news as well.
    """
    changed = PUBLICATION.current() // 1_000_000_000
    set_response_etag(response)
    response.headers["Last-Modified"] = http_date(changed)
    response.headers["Cache-Control"] = "no-cache"
    found = get_conditional_response(
        request,
        etag=response.headers["ETag"],
        last_modified=changed,
        response=response,
    )
    return found if found is not None else response
