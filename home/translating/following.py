"""When a source is published, its translations know at once what is new in it.

Otherwise an editor would have to press *sync* for each page, and nobody would know which.
"""

import json
import logging
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_save
from modelcluster.models import ClusterableModel, get_serializable_data_for_fields
from wagtail.models import DraftStateMixin, Page, TranslatableMixin
from wagtail.signals import page_published, published
from wagtail_localize.models import TranslationLog, TranslationSource

from home.translating.creating import Creator
from home.translating.placing import place_what_is_new

logger = logging.getLogger("house.translating")

# What a publication changes of a page without changing what one reads.
NOT_CONTENT: Final = frozenset(
    {
        *("pk", "path", "depth", "numchild", "url_path", "draft_title", "owner", "alias_of"),
        *("live", "has_unpublished_changes", "first_published_at", "last_published_at"),
        *("latest_revision", "latest_revision_created_at", "live_revision"),
        *("locked", "locked_at", "locked_by", "go_live_at", "expire_at", "expired"),
        *("wagtail_admin_comments", "latest_revision_id", "content_type"),
    }
)


def content_of(content_json: str) -> dict[str, Any]:
    """A source's content, without what is about its storing."""
    return {key: value for key, value in json.loads(content_json).items() if key not in NOT_CONTENT}


def as_json(thing: Model) -> str:
    """As wagtail-localize keeps a source."""
    if isinstance(thing, ClusterableModel):
        return str(thing.to_json())
    return json.dumps(get_serializable_data_for_fields(thing), cls=DjangoJSONEncoder)


def follow(thing: Any) -> None:
    """Take up what has changed in something of which there are translations."""
    source = TranslationSource.objects.filter(
        object_id=thing.translation_key, locale_id=thing.locale_id
    ).first()
    if source is None or not source.translations.filter(enabled=True).exists():
        return
    if content_of(as_json(source.get_source_instance())) == content_of(source.content_json):
        return
    try:
        with transaction.atomic():
            source.update_from_db()
    except Exception:
        # Publishing must not fail for what only tells translators what to do.
        logger.exception("A source of translations could not be followed.")


def follow_page(instance: Page, **_kwargs: Any) -> None:
    follow(instance)


def follow_stored(sender: type[Model], instance: Any, raw: bool = False, **_kwargs: Any) -> None:  # noqa: FBT001, FBT002  Django's own way of calling
    """A snippet without drafts is published by storing it."""
    if not raw and issubclass(sender, TranslatableMixin):
        if issubclass(sender, Page) or issubclass(sender, DraftStateMixin):
            return
        follow(instance)


def begin_what_lies_above(instance: TranslationLog, created: bool, **_kwargs: Any) -> None:  # noqa: FBT001  Django's own way of calling
    """Pages above a translation are begun too, as drafts.

    Wagtail puts mirrors there: on the site at once, in the words of the source.
    """
    if not created:
        return
    target = instance.source.get_translated_instance(instance.locale)
    if not isinstance(target, Page):
        return
    mirrors = target.get_ancestors().filter(alias_of__isnull=False).select_related("alias_of")
    for above in mirrors.exclude(alias_of__locale=instance.locale):
        Page.objects.filter(pk=above.pk).update(live=False, has_unpublished_changes=True)
        # That makes it a page of its own.
        Creator(None, [instance.locale]).create_translations(above.alias_of.specific)


def connect() -> None:
    for signal in (page_published, published):
        signal.connect(follow_page, dispatch_uid="translations-follow")
    post_save.connect(follow_stored, dispatch_uid="translations-follow")
    post_save.connect(
        begin_what_lies_above, sender=TranslationLog, dispatch_uid="translations-begin-above"
    )
    post_save.connect(place_what_is_new, sender=TranslationLog, dispatch_uid="translations-placed")
