"""Pinning: one version per published change, all languages in one."""

import pytest

from learning.models import QuestionVersion
from learning.questions_shown import shown_version
from learning.versions import pin, versions_for
from tests import factories

pytestmark = pytest.mark.django_db


def numbers(question) -> list[int]:
    return list(
        QuestionVersion.objects.filter(question_key=question.translation_key)
        .order_by("number")
        .values_list("number", flat=True)
    )


def test_publishing_makes_a_version_and_publishing_the_same_again_does_not():
    question = factories.make_question()
    assert numbers(question) == [1]
    question.save_revision().publish()
    assert numbers(question) == [1]
    question.hint = "Denk aan de eed."
    question.save_revision().publish()
    assert numbers(question) == [1, 2]


def test_going_back_to_an_earlier_text_is_a_new_version():
    question = factories.make_question(hint="een")
    question.hint = "twee"
    question.save_revision().publish()
    question.hint = "een"
    question.save_revision().publish()
    assert numbers(question) == [1, 2, 3]
    assert versions_for([question.translation_key])[0].number == 3


def test_a_draft_is_not_asked():
    question = factories.make_question(hint="zichtbaar")
    question.hint = "nog niet"
    question.save_revision()
    version = pin(question.translation_key)
    assert version.body["texts"]["nl"]["hint"] == "zichtbaar"


def test_an_unpublished_question_is_left_out():
    kept, gone = factories.make_question(), factories.make_question()
    gone.unpublish()
    versions = versions_for([gone.translation_key, kept.translation_key])
    assert [version.question_key for version in versions] == [kept.translation_key]


def test_a_changed_law_article_is_quoted_from_then_on():
    article = factories.make_law_article()
    question = factories.make_question()
    question.law_articles.add(article)
    question.save_revision().publish()
    article.summary = "Nieuwe uitleg."
    article.save()
    version = versions_for([question.translation_key])[0]
    assert version.body["texts"]["nl"]["law"][0]["summary"] == "Nieuwe uitleg."


def test_both_languages_are_in_one_version_with_one_key():
    question = factories.make_question(stem="<p>Wanneer begint u?</p>")
    english = question.copy_for_translation(factories.locale("en"))
    english.stem = "<p>When do you begin?</p>"
    english.save()
    english.save_revision().publish()
    version = versions_for([question.translation_key])[0]
    dutch, translated = shown_version(version, "nl"), shown_version(version, "en")
    assert (dutch.stem, dutch.language) == ("<p>Wanneer begint u?</p>", "nl")
    assert (translated.stem, translated.language) == ("<p>When do you begin?</p>", "en")
    assert [option.key for option in dutch.options] == [o.key for o in translated.options]
    assert [option.correct for option in dutch.options] == [o.correct for o in translated.options]


def test_a_language_that_it_lacks_falls_back_to_its_own():
    version = versions_for([factories.make_question().translation_key])[0]
    assert shown_version(version, "en").language == "nl"
