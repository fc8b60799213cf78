"""Each kind of page says what it is for, and stands only where it makes sense."""

import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from home.editing.reviews import house_pages
from home.models import HomePage, NewsIndexPage, NewsPage

KINDS = house_pages()


@pytest.mark.parametrize("model", KINDS, ids=lambda model: model._meta.label)
def test_each_says_what_it_is_for_in_the_readers_language(model):
    with translation.override("nl"):
        dutch = str(model.get_page_description())
    with translation.override("en"):
        english = str(model.get_page_description())
    assert dutch != english
    assert dutch.endswith(".")
    assert len(dutch) < 110


@pytest.mark.parametrize("model", KINDS, ids=lambda model: model._meta.label)
def test_each_says_where_it_stands(model):
    parents = set(model.allowed_parent_page_models())
    assert model.clean_parent_page_models(), "Wagtail's default is: anywhere"
    assert (Page in parents) == (model is HomePage)
    if model is not HomePage:
        assert hasattr(model, "subpage_types")


@pytest.mark.django_db
def test_below_home_nothing_is_offered_twice(signed_in, chief, home):
    page = signed_in(chief).get(reverse("wagtailadmin_pages:add_subpage", args=[home.pk]))
    offered = {name for _label, _app, name, _words in page.context["page_types"]}
    assert {"standardpage", "formpage"} <= offered
    there = {child.specific_class._meta.model_name for child in home.get_children()}
    assert offered & there <= {"standardpage", "formpage"}
    assert not offered & {"newspage", "modulepage", "lessonpage", "homepage"}


def test_news_stands_below_news_alone():
    assert NewsPage.allowed_parent_page_models() == [NewsIndexPage]
    assert NewsIndexPage.allowed_subpage_models() == [NewsPage]
