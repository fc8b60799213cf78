"""What the demo has in English by way of a translator: it is followed, so what is behind shows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import transaction
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from home.demo_loader import read
from home.models import InstrumentPage, NewsIndexPage, NewsPage

# By field, its texts in the order in which they stand.
Texts = Mapping[str, str | Sequence[str]]
PAGES: Final[dict[str, type[Page]]] = {"news": NewsPage, "instruments": InstrumentPage}


def load_translations(locale: Locale) -> None:
    """News and instruments, as far as somebody has translated them."""
    data = read("english_pages.toml")
    translate(NewsIndexPage.objects.get(locale=Locale.get_default()), locale, data["news_index"])
    for name, model in PAGES.items():
        translate_pages(model, locale, data[name])


def translate_pages(model: type[Page], locale: Locale, entries: Mapping[str, Texts]) -> None:
    """Pages of a kind, by slug."""
    sources = model.objects.filter(locale=Locale.get_default(), slug__in=entries)
    for source in sources.order_by("path"):
        translate(source, locale, entries[source.slug])


def translate(source: Any, locale: Locale, texts: Texts) -> None:
    """A page in another language, published; what is there is left as it is."""
    if source.get_translation_or_none(locale) is not None:
        return
    with transaction.atomic():
        kept, _created = TranslationSource.get_or_create_from_instance(source)
        translation = Translation.objects.create(source=kept, target_locale=locale)
        fill_in(translation, texts)
        translation.save_target(publish=False)
        translation.get_target_instance().get_latest_revision().publish()


def fill_in(translation: Translation, texts: Texts) -> None:
    """Each text of the source with its own; raises ValueError where they are not as many.

    A field that is not named has the same words in both languages.
    """
    segments = defaultdict(list)
    rows = translation.source.stringsegment_set.select_related("string", "context")
    for segment in rows.order_by("order"):
        segments[segment.context.path.split(".")[0]].append(segment)
    wanted = {name: [each] if isinstance(each, str) else each for name, each in texts.items()}
    StringTranslation.objects.bulk_create(
        StringTranslation(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            data=text,
        )
        for name, found in segments.items()
        for segment, text in zip(
            found, wanted.get(name) or [each.string.data for each in found], strict=True
        )
    )
