"""Everything that can be translated: there, back, and nothing lost on the way."""

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import DraftStateMixin, Page, get_translatable_models
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import (
    StringTranslation,
    Translation,
    TranslationSource,
    get_edit_url,
)
from wagtail_localize.operations import TranslationCreator
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from home.models import HomePage, NewsPage, Partner, VisionGoal, VisionPage
from learning.models import DilemmaPage, LessonPage, Question, QuizPage, Topic
from learning.models.questions import KIND_LABELS
from learning.versions import pin
from tests import factories
from tests.home.specimens import is_child, specimen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("homes")]

OTHER = {"nl": "en", "en": "nl"}


MODELS = sorted(
    # Children go along with what they belong to.
    (
        m
        for m in get_translatable_models(include_subclasses=True)
        if m is not Page and not is_child(m)
    ),
    key=lambda model: model._meta.label,
)


def submitted(thing: Any) -> Translation:
    """As the button *translate* does it."""
    target = factories.locale(OTHER[thing.locale.language_code])
    if isinstance(thing, Page) and not isinstance(thing, HomePage):
        parent = thing.get_parent()
        if not parent.has_translation(target):
            for above in parent.get_ancestors(inclusive=True).filter(depth__gt=1):
                if not above.has_translation(target):
                    above.specific.copy_for_translation(target, copy_parents=True)
    TranslationCreator(None, [target]).create_translations(thing)
    return Translation.objects.get(source__object_id=thing.translation_key, target_locale=target)


def translated_text(text: str) -> str:
    return f"X {text}"


def fill_in(translation: Translation) -> None:
    """As somebody who translates every text."""
    for segment in translation.source.stringsegment_set.select_related("string", "context"):
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            defaults={"data": translated_text(segment.string.data)},
        )


@pytest.fixture
def publish(django_capture_on_commit_callbacks):
    def go(translation: Translation) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            translation.save_target(publish=True)
        return translation.get_target_instance()

    return go


def texts_of(thing: Any) -> list[tuple[str, str]]:
    return [
        (segment.path, segment.string.data)
        for segment in extract_segments(thing)
        if isinstance(segment, StringSegmentValue)
    ]


def skeleton(value: Any) -> Any:
    """Blocks with their ids and all that is no text."""
    if isinstance(value, dict):
        # An article of law is the one in the translation's own language.
        return {key: skeleton(each) for key, each in value.items() if key != "article"}
    if isinstance(value, list):
        return [skeleton(each) for each in value]
    return "…" if isinstance(value, str) and "Tekst" in value else value


def followed(thing: Any) -> dict[str, Any]:
    """What follows the source, by field."""
    found = {}
    for field in get_translatable_fields(type(thing)):
        real = field.get_field(type(thing))
        is_list = real.one_to_many or real.many_to_many
        # When it was first published is told of each by itself.
        is_list = is_list or field.field_name == "first_published_at"
        if field.is_synchronized(thing) and not is_list and not hasattr(real, "stream_block"):
            found[field.field_name] = getattr(thing, real.attname)
    return found


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_all_texts_are_translated_and_all_else_follows(model, language, publish):
    thing = specimen(model, factories.locale(language))
    translation = submitted(thing)
    source = TranslationSource.objects.get_for_instance(thing)
    thing = source.get_source_instance()
    before = texts_of(thing)
    assert before, "nothing to translate"
    fill_in(translation)
    assert translation.get_progress() == (len(before), len(before))
    there = publish(translation)
    assert there.locale.language_code == OTHER[language]
    assert there.translation_key == thing.translation_key
    if isinstance(there, DraftStateMixin):
        assert there.live
    expected = [(path, translated_text(text)) for path, text in before if path != "slug"]
    assert [pair for pair in texts_of(there) if pair[0] != "slug"] == expected
    assert followed(there) == followed(thing)
    for field in thing._meta.concrete_fields:
        if hasattr(field, "stream_block"):
            ours, theirs = (
                skeleton(field.get_prep_value(field.value_from_object(each)))
                for each in (thing, there)
            )
            assert theirs == ours


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_the_editor_of_each_translation_opens_and_is_in_dutch(model, signed_in):
    administrator = factories.make_user(is_superuser=True, is_staff=True)
    thing = specimen(model, factories.locale())
    translation = submitted(thing)
    address = get_edit_url(translation.get_target_instance())
    if address is None:
        pytest.fail(f"{model._meta.label} has no place to be edited")
    response = signed_in(administrator).get(address)
    assert response.status_code == 200
    assert b"data-props" in response.content or b"js-translation-editor" in response.content


@pytest.mark.parametrize("kind", [str(kind) for kind in KIND_LABELS])
def test_a_question_has_the_same_key_in_both_languages(kind, publish):
    question = factories.make_question(factories.answers_of(kind))
    translation = submitted(question)
    fill_in(translation)
    there = publish(translation)
    assert there.answers[0].value.key_data() == question.answers[0].value.key_data() or (
        kind == "choose_in_text"
    )
    version = pin(question.translation_key)
    assert version.body["source"] == "nl"
    assert set(version.body["texts"]) == {"nl", "en"}
    ours, theirs = version.body["texts"]["nl"], version.body["texts"]["en"]
    for name in ("options", "targets", "choices"):
        assert set(ours.get(name, {})) == set(theirs.get(name, {}))
    assert [set(part) for part in ours.get("parts", [])] == [
        set(part) for part in theirs.get("parts", [])
    ]


def gap_translation(question: Question, text: str) -> StringTranslation:
    translation = submitted(question)
    segment = translation.source.stringsegment_set.get(context__path__endswith=".text")
    return StringTranslation.objects.create(
        translation_of=segment.string,
        locale=translation.target_locale,
        context=segment.context,
        data=text,
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("The [council|clerk] adopts the [code|budget|agenda].", ""),
        ("The [council adopts the [code|budget|agenda].", "haak"),
        ("The council adopts the [code|budget|agenda].", "plaatsen"),
        ("The [council|clerk] adopts the [code|budget].", "plaatsen"),
        ("No choice.", "kiezen"),
    ],
)
def test_a_translation_keeps_the_places_to_choose_at(text, fault, publish):
    question = factories.make_question(factories.answers_of("choose_in_text"))
    translated = gap_translation(question, text)
    assert translated.has_error == bool(fault)
    assert fault in (translated.get_error() or "")
    translation = Translation.objects.get()
    there = publish(translation)
    # What does not fit is kept for its writer, and never asked of anybody.
    shown = there.answers[0].value["text"]
    assert shown == (text if not fault else question.answers[0].value["text"])
    assert StringTranslation.objects.get(pk=translated.pk).data == text
    assert pin(question.translation_key) is not None


def test_a_text_that_is_too_long_says_so_beside_it():
    question = factories.make_question()
    translation = submitted(question)
    segments = translation.source.stringsegment_set
    for path, longest in ((".text", 300), ("hint", None)):
        segment = segments.filter(context__path__endswith=path).first()
        if segment is None:
            continue
        translated = StringTranslation.objects.create(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            data="a" * ((longest or 250) + 1),
        )
        assert translated.has_error
        assert str(longest or 250) in translated.get_error()


def test_a_page_is_about_things_in_its_own_language(publish):
    dutch, english = factories.locale(), factories.locale("en")
    vision = specimen(VisionPage, dutch)
    news = specimen(NewsPage, dutch)
    news.goals = [vision.goals.first()]
    news.save_revision().publish()
    publish(submitted(vision))
    there = publish(submitted(NewsPage.objects.get(pk=news.pk)))
    assert [goal.locale for goal in there.goals.all()] == [english]
    assert [goal.code for goal in there.goals.all()] == [vision.goals.first().code]
    # A theme without a translation stays the Dutch one.
    assert [theme.locale for theme in there.themes.all()] in ([dutch], [english])


def test_what_a_page_refers_to_keeps_its_own_translation(publish):
    dutch, english = factories.locale(), factories.locale("en")
    news = specimen(NewsPage, dutch)
    partner = news.organisation = specimen(Partner, dutch)
    news.save_revision().publish()
    by_hand = partner.copy_for_translation(english)
    by_hand.name = "Written by hand"
    by_hand.save()
    there = publish(submitted(news))
    assert there.organisation == by_hand
    by_hand.refresh_from_db()
    assert by_hand.name == "Written by hand"


def test_a_translation_stands_where_its_source_does_in_whatever_order_it_is_made(publish):
    module = factories.make_module()
    steps = [factories.make_lesson(module, slug=f"les-{number}") for number in range(4)]
    for number in (2, 0, 3, 1):
        there = publish(submitted(LessonPage.objects.get(pk=steps[number].pk)))
    english = there.get_parent()
    assert [page.slug for page in english.get_children()] == [page.slug for page in steps]
    # An editor's own order stays, whatever is published later.
    there.move(english, pos="first-child")
    translation = Translation.objects.get(source__object_id=there.translation_key)
    publish(translation)
    assert english.get_children().first().pk == there.pk


def test_a_quiz_in_another_language_asks_the_same(publish):
    topic = Topic.objects.create(name="Geschenken", locale=factories.locale())
    quiz = factories.make_quiz()
    draw = quiz.draws.create(number=1, topics=[topic])
    quiz.save_revision().publish()
    there = publish(submitted(QuizPage.objects.get(pk=quiz.pk)))
    keys = [use.question.translation_key for use in quiz.quiz_questions.all()]
    assert [use.question.translation_key for use in there.quiz_questions.all()] == keys
    assert [each.number for each in there.draws.all()] == [draw.number]
    assert [list(each.topics.all()) for each in there.draws.all()] == [[topic]]


def test_a_dilemma_keeps_its_scenes_and_choices(publish):
    page = specimen(DilemmaPage, factories.locale())
    translation = submitted(page)
    fill_in(translation)
    there = publish(translation)
    for theirs, ours in zip(there.story.scenes, page.story.scenes, strict=True):
        assert (theirs.key, theirs.name) == (ours.key, ours.name)
        assert [(c.key, c.next) for c in theirs.choices] == [(c.key, c.next) for c in ours.choices]


def test_a_goal_keeps_its_code_and_so_its_address():
    names = {field.field_name: field for field in get_translatable_fields(VisionGoal)}
    goal = VisionGoal(code="K1", title="Doel", text="<p>Tekst</p>")
    assert names["code"].is_synchronized(goal)
    assert not names["code"].is_overridable(goal)


def test_a_new_text_in_a_published_source_is_there_to_be_translated(publish):
    news = specimen(NewsPage, factories.locale())
    translation = submitted(news)
    fill_in(translation)
    publish(translation)
    news = NewsPage.objects.get(pk=news.pk)
    news.introduction = "Een andere inleiding."
    news.save_revision()
    # A draft tells translators nothing yet.
    assert translation.get_progress()[0] == translation.get_progress()[1]
    news.save_revision().publish()
    total, done = translation.get_progress()
    assert total - done == 1
    open_texts = translation.source.stringsegment_set.annotate_translation(
        translation.target_locale
    ).filter(translation__isnull=True)
    assert [segment.string.data for segment in open_texts] == ["Een andere inleiding."]


def test_publishing_again_without_a_change_asks_nothing_of_translators(publish):
    news = specimen(NewsPage, factories.locale())
    translation = submitted(news)
    fill_in(translation)
    publish(translation)
    before = TranslationSource.objects.get(pk=translation.source_id).last_updated_at
    NewsPage.objects.get(pk=news.pk).save_revision().publish()
    assert TranslationSource.objects.get(pk=translation.source_id).last_updated_at == before


def test_what_cannot_be_followed_does_not_stop_publishing(publish, monkeypatch):
    news = specimen(NewsPage, factories.locale())
    submitted(news)

    def broken(self):
        raise ValueError("a block of a kind that nobody knows")

    monkeypatch.setattr(TranslationSource, "update_from_db", broken)
    news = NewsPage.objects.get(pk=news.pk)
    news.introduction = "Anders."
    news.save_revision().publish()
    assert NewsPage.objects.get(pk=news.pk).introduction == "Anders."


def test_the_address_of_submitting_is_there_for_each(signed_in):
    editor = signed_in(factories.make_user(is_superuser=True, is_staff=True))
    news = specimen(NewsPage, factories.locale())
    page = reverse("wagtail_localize:submit_page_translation", args=[news.pk])
    assert editor.get(page).status_code == 200
    topic = specimen(Topic, factories.locale())
    address = reverse(
        "wagtail_localize:submit_snippet_translation", args=["learning", "topic", topic.pk]
    )
    assert editor.post(address, {"locales": [factories.locale("en").pk]}).status_code == 302
    assert topic.get_translation(factories.locale("en")).name == topic.name
