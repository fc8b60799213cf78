"""In the admin one chooses among things of the page's own language."""

import pytest
from wagtail.admin.panels import get_edit_handler

from learning.models import Question
from learning.previews import preview_question, question_preview
from tests import factories

pytestmark = pytest.mark.django_db


def offered(question):
    form = get_edit_handler(Question).get_form_class()(
        instance=question, for_user=factories.make_user()
    )
    return set(form.fields["law_articles"].queryset)


def test_a_question_rests_on_articles_in_its_own_language(home):
    dutch = factories.make_law_article()
    english = factories.make_law_article(locale=factories.locale("en"))
    question = factories.make_question()
    assert offered(question) == {dutch}
    # What was chosen before is still there to be seen, and taken away.
    question.law_articles.add(english)
    assert offered(question) == {dutch, english}


def test_a_question_that_was_never_saved_is_offered_all_and_can_be_previewed(home):
    articles = {factories.make_law_article(locale=factories.locale(code)) for code in ("nl", "en")}
    question = Question(stem="<p>Nieuw?</p>")
    assert question_preview(question, with_feedback=True)["questions"] == []
    question.answers = question.answers.stream_block.to_python(factories.choice_answers())
    assert offered(question) == articles
    assert "Nieuw?" in preview_question(question).stem
