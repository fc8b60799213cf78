"""A translation stands among its neighbours where its source does.

wagtail-localize puts each new page last: steps of a module would stand in the order in which
somebody happened to translate them, and so would the menu.
"""

from typing import Any

from wagtail.models import Page
from wagtail_localize.models import TranslationLog


def place_as_source(page: Page, source: Page) -> None:
    """Move a page behind what comes before its source, or before what comes behind it."""
    beside = {each.translation_key: each for each in page.get_siblings(inclusive=False)}
    before = source.get_prev_siblings().values_list("translation_key", flat=True)
    after = source.get_next_siblings().values_list("translation_key", flat=True)
    for keys, side in ((before, "right"), (after, "left")):
        neighbour = next((beside[key] for key in keys if key in beside), None)
        if neighbour is not None:
            page.move(neighbour, pos=side)
            return


def place_what_is_new(instance: TranslationLog, created: bool, **_kwargs: Any) -> None:  # noqa: FBT001  Django's own way of calling
    """Once, when a translation begins: editors may move it afterwards."""
    earlier = TranslationLog.objects.filter(source=instance.source_id, locale=instance.locale_id)
    if not created or earlier.exclude(pk=instance.pk).exists():
        return
    target = instance.source.get_translated_instance(instance.locale)
    source = instance.source.get_source_instance()
    if isinstance(target, Page) and isinstance(source, Page) and not source.is_root():
        place_as_source(Page.objects.get(pk=target.pk), Page.objects.get(pk=source.pk))
