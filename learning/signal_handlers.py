"""What learning does when editors publish (signals only across app borders)."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_save
from wagtail.models import Locale, ModelLogEntry, PageLogEntry
from wagtail.signals import page_published, page_unpublished, published

from accounts import doors
from accounts.models import User
from home.models import LawArticle
from learning.content_log import record_entry
from learning.models import LearningPath, ModulePage, Question
from learning.models.figures import MEMBERS
from learning.requirements import follow_module, subject_changed
from learning.sign_on import finding
from learning.sign_on.adapter import note_second_factor
from learning.versions import pin


def is_source(page: ModulePage | LearningPath) -> bool:
    """Whether it is the page in the site's first language, which carries the settings."""
    return bool(page.locale_id == Locale.get_default().pk)


def module_published(instance: ModulePage, **_kwargs: Any) -> None:
    """Whom a module is for may have changed: what it asks follows."""
    if is_source(instance):
        follow_module(instance)


def subject_went_or_came(instance: ModulePage | LearningPath, **_kwargs: Any) -> None:
    if is_source(instance):
        subject_changed(instance)


def question_published(sender: type, instance: Any, **_kwargs: Any) -> None:
    """What is published from now on is what is asked from now on."""
    if isinstance(instance, Question):
        pin(instance.translation_key)


def law_article_saved(instance: LawArticle, **_kwargs: Any) -> None:
    """New attempts quote the article as it now stands; earlier ones as it stood."""
    keys = Question.objects.filter(law_articles=instance, live=True).values_list(
        "translation_key", flat=True
    )
    for key in set(keys):
        pin(key)


def person_stored(*, update_fields: Any = None, **_kwargs: Any) -> None:
    """Somebody may have another name; signing in stores no more than the moment of it."""
    if update_fields is None or "name" in update_fields:
        MEMBERS.announce()


def connect() -> None:
    post_save.connect(person_stored, sender=User, dispatch_uid="members")
    for log in (PageLogEntry, ModelLogEntry):
        post_save.connect(record_entry, sender=log, dispatch_uid="audit")
    page_published.connect(module_published, sender=ModulePage, dispatch_uid="requirements")
    page_published.connect(subject_went_or_came, sender=LearningPath, dispatch_uid="requirements")
    for sender in (ModulePage, LearningPath):
        page_unpublished.connect(subject_went_or_came, sender=sender, dispatch_uid="requirements")
    published.connect(question_published, dispatch_uid="versions")
    post_save.connect(law_article_saved, sender=LawArticle, dispatch_uid="versions")
    user_logged_in.connect(note_second_factor, dispatch_uid="second factor of a sign-on")
    doors.register(finding.door)
    doors.register(finding.only_door, only=True)
