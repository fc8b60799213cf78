"""News for feed readers."""

from datetime import datetime, time
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed

if TYPE_CHECKING:
    from home.models.news import NewsIndexPage

FEED_LENGTH = 20


def news_feed(index_page: "NewsIndexPage", request: HttpRequest) -> HttpResponse:
    """The newest items as RSS 2.0."""
    feed = Rss201rev2Feed(
        title=f"{index_page.title} – Raadsleden & Veiligheid",
        link=index_page.get_full_url(request),
        description=index_page.introduction,
        language=index_page.locale.language_code,
        feed_url=f"{settings.BASE_URL}{request.path}",
    )
    for item in index_page.items[:FEED_LENGTH]:
        feed.add_item(
            title=item.title,
            link=item.get_full_url(request),
            description=item.introduction,
            pubdate=timezone.make_aware(datetime.combine(item.date, time(9))),
            unique_id=str(item.translation_key),
            unique_id_is_permalink=False,
        )
    response = HttpResponse(content_type="application/rss+xml; charset=utf-8")
    feed.write(response, "utf-8")
    return response
