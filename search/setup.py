"""What searching needs: editors' rights, and an index of what there is."""

import tomllib
from pathlib import Path
from typing import Final

from wagtail.models import Locale, Page

from home.permissions import CHIEF_EDITORS, EDITORS, allow
from search.indexing import rebuild
from search.models import Entry, PromotedResult, SynonymGroup

EDITORS_RIGHTS: Final = (
    "search.add_synonymgroup",
    "search.change_synonymgroup",
    "search.add_promotedresult",
    "search.change_promotedresult",
    "search.view_missedword",
)
CHIEF_EDITORS_RIGHTS: Final = (
    *EDITORS_RIGHTS,
    "search.delete_synonymgroup",
    "search.delete_promotedresult",
)
DEMO: Final = Path(__file__).parent / "demo" / "synonyms.toml"
# What visitors ask for in other words than the page's.
DEMO_PROMOTED: Final = (
    ("hulp\nbedreigd\nik word bedreigd", "veilig-en-weerbaar", "Wat u doet als iemand druk zet."),
    ("klacht\ncontact\ntoegankelijk", "toegankelijkheid", "Waar u meldt dat iets niet werkt."),
)


def set_up_search() -> None:
    """Rights, and an index where there is none yet. Safe to run again."""
    allow(EDITORS, EDITORS_RIGHTS)
    allow(CHIEF_EDITORS, CHIEF_EDITORS_RIGHTS)
    if not Entry.objects.exists():
        rebuild()


def load_search_demo() -> None:
    """Synonyms and results on top, where there are none, and an index of the whole demo."""
    if not SynonymGroup.objects.exists():
        for group in tomllib.loads(DEMO.read_text(encoding="utf-8"))["groups"]:
            locale = Locale.objects.get(language_code=group["language"])
            SynonymGroup.objects.create(locale=locale, words="\n".join(group["words"]))
    if not PromotedResult.objects.exists():
        dutch = Locale.objects.get(language_code="nl")
        for words, slug, why in DEMO_PROMOTED:
            page = Page.objects.filter(slug=slug, locale=dutch).first()
            if page is not None:
                PromotedResult.objects.create(words=words, page=page, why=why)
    rebuild()
