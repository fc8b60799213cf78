"""How every translation stands: in step with its source, behind it, not published, or not there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, Max, OuterRef, Q, TextChoices
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail.snippets.models import get_snippet_models
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationLog


class State(TextChoices):
    BEHIND = "behind", _("behind")
    DRAFT = "draft", _("not published yet")
    MISSING = "missing", _("not there")
    IN_STEP = "in-step", _("in step")


URGENCY: Final = {state: number for number, state in enumerate(State)}


@dataclass(frozen=True, slots=True)
class Version:
    """A thing in one language."""

    pk: int
    key: UUID
    locale_id: int
    title: str
    is_live: bool
    published_at: datetime | None
    # A page that only mirrors its source is no translation.
    is_mirror: bool = False


@dataclass(frozen=True, slots=True)
class Followed:
    """What wagtail-localize knows of a translation that it keeps."""

    pk: int
    source_locale_id: int
    texts: int
    open_texts: int
    source_changed_at: datetime
    saved_at: datetime | None
    translated_at: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How the translation of one thing into one language stands."""

    kind: str
    title: str
    locale: Locale
    state: State
    source_url: str
    url: str
    texts: int = 0
    open_texts: int = 0
    # Of the translation that wagtail-localize keeps; None where somebody wrote it by hand.
    translation_pk: int | None = None


def state_of(source: Version, target: Version | None, followed: Followed | None) -> State:
    """Where a translation stands."""
    if target is None or target.is_mirror:
        return State.MISSING
    if not target.is_live:
        return State.DRAFT
    if followed is None:
        times = source.published_at, target.published_at
        is_older = times[0] is not None and times[1] is not None and times[1] < times[0]
        return State.BEHIND if is_older else State.IN_STEP
    saved = followed.saved_at
    if followed.open_texts or saved is None or saved < followed.source_changed_at:
        return State.BEHIND
    waits = followed.translated_at is not None and followed.translated_at > saved
    return State.DRAFT if waits else State.IN_STEP


def standings() -> list[Standing]:
    """All translations, the most urgent first. Its questions grow with the kinds of things only."""
    locales = {each.pk: each for each in Locale.objects.all()}
    first = Locale.objects.filter(language_code=settings.LANGUAGE_CODE).first()
    if first is None:
        return []
    followed = followed_by_target(list(locales.values()))
    found = []
    for kind, edit, submit, versions in everything():
        by_key: dict[UUID, dict[int, Version]] = {}
        for each in versions:
            by_key.setdefault(each.key, {})[each.locale_id] = each
        for key, languages in by_key.items():
            source = source_of(key, languages, followed, first)
            for locale in locales.values():
                if locale.pk == source.locale_id:
                    continue
                target = languages.get(locale.pk)
                tracked = followed.get((key, locale.pk))
                state = state_of(source, target, tracked)
                is_there = target is not None and not target.is_mirror
                found.append(
                    Standing(
                        kind=kind(source),
                        title=source.title,
                        locale=locale,
                        state=state,
                        source_url=edit(source),
                        url=edit(target) if target and is_there else submit(source),
                        texts=tracked.texts if tracked else 0,
                        open_texts=tracked.open_texts if tracked else 0,
                        translation_pk=tracked.pk if tracked and is_there else None,
                    )
                )
    return sorted(found, key=lambda each: (URGENCY[each.state], each.kind, each.title.lower()))


def source_of(
    key: UUID, languages: dict[int, Version], followed: dict[Any, Followed], first: Locale
) -> Version:
    """What the others are translated from: as was submitted, or that in the first language."""
    for locale_id in languages:
        tracked = followed.get((key, locale_id))
        if tracked is not None and tracked.source_locale_id in languages:
            return languages[tracked.source_locale_id]
    return languages.get(first.pk) or min(languages.values(), key=lambda each: each.pk)


def followed_by_target(locales: Iterable[Locale]) -> dict[tuple[UUID, int], Followed]:
    """By key and language, what wagtail-localize knows."""
    saved = {
        (row["source_id"], row["locale_id"]): row["last"]
        for row in TranslationLog.objects.values("source_id", "locale_id").annotate(
            last=Max("created_at")
        )
    }
    translated = {
        (row["context__object_id"], row["locale_id"]): row["last"]
        for row in StringTranslation.objects.values("context__object_id", "locale_id").annotate(
            last=Max("updated_at")
        )
    }
    texts = {locale.pk: texts_in(locale) for locale in locales}
    found = {}
    for each in Translation.objects.filter(enabled=True).select_related("source"):
        source = each.source
        total, opened = texts.get(each.target_locale_id, {}).get(source.pk, (0, 0))
        found[source.object_id, each.target_locale_id] = Followed(
            pk=each.pk,
            source_locale_id=source.locale_id,
            texts=total,
            open_texts=opened,
            source_changed_at=source.last_updated_at,
            saved_at=saved.get((source.pk, each.target_locale_id)),
            translated_at=translated.get((source.object_id, each.target_locale_id)),
        )
    return found


def texts_in(locale: Locale) -> dict[int, tuple[int, int]]:
    """Per source how many texts it has, and how many have no good translation into a language."""
    is_translated = Exists(
        StringTranslation.objects.filter(
            translation_of_id=OuterRef("string_id"),
            context_id=OuterRef("context_id"),
            locale=locale,
            has_error=False,
        )
    )
    rows = (
        StringSegment.objects.annotate(is_translated=is_translated)
        .values("source_id")
        .annotate(total=Count("pk"), opened=Count("pk", filter=Q(is_translated=False)))
    )
    return {row["source_id"]: (row["total"], row["opened"]) for row in rows}


def everything() -> Iterator[tuple[Any, Any, Any, list[Version]]]:
    """Pages, then each model of snippets: how it is called, where it is edited and submitted."""
    yield pages()
    for model in get_snippet_models():
        if issubclass(model, TranslatableMixin):
            yield snippets(model)


def pages() -> tuple[Any, Any, Any, list[Version]]:
    rows = Page.objects.filter(depth__gt=1).values_list(
        *("pk", "translation_key", "locale_id", "title", "live", "last_published_at"),
        *("alias_of_id", "content_type_id"),
    )
    kinds = {}
    versions = []
    for pk, key, locale_id, title, is_live, published_at, alias, kind in rows:
        kinds[pk] = kind
        versions.append(
            Version(pk, key, locale_id, title, is_live, published_at, is_mirror=alias is not None)
        )

    def name(version: Version) -> str:
        model = ContentType.objects.get_for_id(kinds[version.pk]).model_class()
        return str(capfirst(model._meta.verbose_name)) if model else ""

    def edit(version: Version) -> str:
        return reverse("wagtailadmin_pages:edit", args=[version.pk])

    def submit(version: Version) -> str:
        return reverse("wagtail_localize:submit_page_translation", args=[version.pk])

    return name, edit, submit, versions


def snippets(model: Any) -> tuple[Any, Any, Any, list[Version]]:
    found = model.objects.select_related("locale")
    if hasattr(model, "archived_at"):
        found = found.filter(archived_at__isnull=True)
    versions = [
        Version(
            pk=each.pk,
            key=each.translation_key,
            locale_id=each.locale_id,
            title=str(each),
            is_live=getattr(each, "live", True),
            published_at=getattr(each, "last_published_at", None),
        )
        for each in found
    ]
    opts = model._meta
    label = str(capfirst(opts.verbose_name))
    edit_name = model.snippet_viewset.get_url_name("edit")

    def submit(version: Version) -> str:
        return reverse(
            "wagtail_localize:submit_snippet_translation",
            args=[opts.app_label, opts.model_name, version.pk],
        )

    return (
        lambda _version: label,
        lambda version: reverse(edit_name, args=[version.pk]),
        submit,
        versions,
    )
