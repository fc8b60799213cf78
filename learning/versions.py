"""Pinning: from what editors wrote to what a learner is asked.

The body of a `QuestionVersion` has the key, the same for every language, and the words of each:

    {"kind": "single_choice", "source": "nl", "all_or_nothing": false, "image": 12 or null,
     …what the kind's key needs…,
     "texts": {"nl": {"stem": "<p>…", "hint": "…", "feedback": "<p>…", "image_alt": "…",
                      …the kind's words…,
                      "law": [{"label": "…", "title": "…", "summary": "…", "url": "…",
                               "checked_on": "2026-11-01"}]},
               "en": {…}}}

| kind | key | words |
|---|---|---|
| choice kinds, mark_sentences | options: [{key, correct}] | options: {key: {text, feedback}} |
| matching | pairs: [{key, target}], targets: [key] | options (rows), targets: {key: text} |
| ordering | items: [key], in the right order | options |
| fill_in | typo_allowed | accepted: [text] |
| number | value, tolerance (decimal strings) | unit |
| choose_in_text | gaps: [{key, choices: [key]}], first right | parts: [{text} or {gap}], choices |
| reflection | | example |

What is right comes from the source language alone; accepted texts count in every language.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import translation
from wagtail.rich_text import expand_db_html
from wagtail.whitelist import Whitelister

from learning.models import Question, QuestionVersion

WHITELIST: Final = Whitelister()


def clean_html(rich_text: str) -> str:
    """Rich text as HTML with nothing in it but what an editor can make.

    The editor's own form sees to that already; a question may come by other ways as well.
    """
    return str(WHITELIST.clean(expand_db_html(rich_text)))


def text_of(question: Question) -> dict[str, Any]:
    """One language's words."""
    with translation.override(question.locale.language_code):
        return {
            "stem": clean_html(question.stem),
            "hint": question.hint,
            "feedback": clean_html(question.feedback),
            "image_alt": question.image_alt,
            **question.answers[0].value.words(),
            "law": [
                {
                    "label": str(article.label),
                    "title": article.title,
                    "summary": article.summary,
                    "url": article.url,
                    "checked_on": article.checked_on.isoformat(),
                }
                for article in question.law_articles.all()
            ],
        }


def body_of(translations: Iterable[Question]) -> dict[str, Any]:
    """The body of a version, from all language versions of one question.

    The source is the one in the site's first language, or else the oldest.
    """
    ordered = sorted(
        translations,
        key=lambda question: (
            question.locale.language_code != settings.LANGUAGE_CODE,
            question.pk or 0,
        ),
    )
    source = ordered[0]
    return {
        "kind": source.answers[0].block_type,
        "source": source.locale.language_code,
        "all_or_nothing": source.all_or_nothing,
        "image": source.image_id,
        **source.answers[0].value.key_data(),
        "texts": {question.locale.language_code: text_of(question) for question in ordered},
    }


def digest_of(body: dict[str, Any]) -> str:
    """SHA-256 of the body in one fixed spelling."""
    canonical = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def pin(question_key: UUID) -> QuestionVersion | None:
    """The version of what is published now; a new one only if something changed.

    None when no language of the question is published.
    """
    translations = list(
        Question.objects.filter(translation_key=question_key, live=True)
        .select_related("locale")
        .prefetch_related("law_articles")
    )
    if not translations:
        return None
    body = body_of(translations)
    digest = digest_of(body)
    latest = QuestionVersion.objects.latest_of([question_key]).get(question_key)
    if latest is not None and latest.digest == digest:
        return latest
    number = 1 if latest is None else latest.number + 1
    try:
        with transaction.atomic():
            return QuestionVersion.objects.create(
                question_key=question_key,
                number=number,
                digest=digest,
                body=body,
                image_id=body["image"],
            )
    except IntegrityError:
        # Somebody published at the same moment: theirs has that number, ours the next if it
        # differs.
        return pin(question_key)


def versions_for(question_keys: list[UUID]) -> list[QuestionVersion]:
    """The version to ask of each question, in this order; unpublished ones are left out."""
    live = set(
        Question.objects.filter(translation_key__in=question_keys, live=True).values_list(
            "translation_key", flat=True
        )
    )
    latest = QuestionVersion.objects.latest_of(question_keys)
    found = []
    for key in dict.fromkeys(question_keys):
        if key not in live:
            continue
        version = latest.get(key) or pin(key)
        if version is not None:
            found.append(version)
    return found
