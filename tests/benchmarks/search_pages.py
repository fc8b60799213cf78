"""Pages by the thousand, made of the demo's own sentences, with long words of their own.

Their titles are of other subjects than the demo's, as on a site that has grown for years; their
texts are full of the demo's words, so that its own pages have to come out on top among them.
"""

import random
import re
import uuid
from datetime import date, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.db.models.sql import InsertQuery
from django.utils import timezone
from wagtail.models import Page

from home.models import NewsIndexPage, NewsPage
from search.models import Entry

SEED = 20_261_126
BATCH = 500
KINDS = ("Verslag", "Agenda", "Nota", "Bericht", "Notitie", "Terugblik", "Vragen over", "Stukken")
FIRSTS = (
    *("begrotings", "verkeers", "groen", "water", "sport", "jeugd", "woning", "energie", "afval"),
    *("wijk", "cultuur", "markt", "haven", "warmte", "fiets", "school", "zorg", "bomen", "riool"),
    *("parkeer", "natuur", "toerisme", "winkel", "landbouw", "archief", "monumenten"),
)
LASTS = (
    *("overleg", "avond", "plan", "loket", "beleid", "nota", "team", "kaart", "subsidie"),
    *("vergadering", "agenda", "visie", "fonds", "dag", "kosten", "rapportage", "commissie"),
)
PLACES = (
    *("Noord", "Oost", "Zuid", "West", "Centrum", "de Hoven", "Buitenveld", "Oude Dorp", "Eiland"),
    *("Stationsbuurt", "Havenkwartier", "Lage Land", "Molenwijk", "Rivierenbuurt", "Bosrand"),
)


def sentences() -> list[str]:
    """All sentences of what visitors find in Dutch."""
    found = []
    for sections in Entry.objects.filter(locale__language_code="nl").values_list(
        "sections", flat=True
    ):
        for _anchor, _heading, text in sections:
            found += [each.strip() for each in re.split(r"(?<=[.?!])\s+", text) if len(each) > 30]
    return sorted(set(found))


def page(number: int, said: list[str], chance: random.Random) -> NewsPage:
    """One page: a title of its own subject, six to sixteen sentences below three headings."""
    long_word = chance.choice(FIRSTS) + chance.choice(LASTS)
    other_word = chance.choice(FIRSTS) + chance.choice(LASTS)
    place = chance.choice(PLACES)
    body: list[dict[str, Any]] = []
    for heading in ("Aanleiding", f"Het {long_word}", "Hoe verder"):
        told = " ".join(chance.choice(said) for _ in range(chance.randint(2, 5)))
        body += [
            {"type": "heading", "value": {"text": heading, "level": "h2"}},
            {"type": "text", "value": f"<p>Het {other_word} in {place}. {told}</p>"},
        ]
    return NewsPage(
        title=f"{chance.choice(KINDS)} {long_word} {place} {2000 + number % 30}",
        slug=f"meting-{number}",
        date=date(2026, 1, 1) - timedelta(days=number % 3000),
        introduction=chance.choice(said)[:250],
        body=body,
    )


def insert(pages: list[NewsPage], model: type[models.Model]) -> None:
    """The rows of one table of a page: Django itself writes no more than one such page at once."""
    query = InsertQuery(model)
    query.insert_values(model._meta.local_concrete_fields, pages, raw=True)
    query.get_compiler(connection=connection).execute_sql()


def make_pages(count: int) -> None:
    """Below the news of the demo, without any signal: the index is made in one go afterwards."""
    chance = random.Random(SEED)  # noqa: S311  the same pages each time
    said = sentences()
    index = NewsIndexPage.objects.get(locale__language_code="nl")
    kind = ContentType.objects.get_for_model(NewsPage)
    next_key = (Page.objects.aggregate(most=models.Max("pk"))["most"] or 0) + 1
    first = index.numchild + 1
    moment = timezone.now()
    for start in range(0, count, BATCH):
        pages = []
        for number in range(start, min(start + BATCH, count)):
            each = page(number, said, chance)
            each.pk = each.id = each.page_ptr_id = next_key + number
            each.path = NewsPage._get_path(index.path, index.depth + 1, first + number)
            each.depth, each.locale_id, each.content_type = index.depth + 1, index.locale_id, kind
            each.url_path = f"{index.url_path}{each.slug}/"
            each.translation_key = uuid.UUID(int=chance.getrandbits(128), version=4)
            each.draft_title, each.first_published_at = each.title, moment
            pages.append(each)
        with transaction.atomic():
            insert(pages, Page)
            insert(pages, NewsPage)
    Page.objects.filter(pk=index.pk).update(numchild=models.F("numchild") + count)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('wagtailcore_page', 'id'), max(id)) "
                "FROM wagtailcore_page"
            )
            cursor.execute("ANALYZE")
