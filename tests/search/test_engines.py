"""The same is found whatever the index is in; and the setting says where that is."""

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from modelsearch.backends.elasticsearchbase import ElasticsearchBaseMapping
from wagtail.models import Page
from wagtail.search.index import get_indexed_models

from config.search_backends import search_backends
from search import look_alikes
from search.engines import OTHER, engine, other
from search.finding import find, understand
from search.kinds import BY_MODEL
from search.models import SynonymGroup
from search.rules.stems import LONGEST
from search.terms import spelled
from tests import factories

TEXTS = ("integriteitsmodule", "module integriteit", "griffiers", "vog", "ondremijning")


@pytest.fixture
def lessons(db):
    module = factories.make_module("eed", title="Module over integriteit")
    SynonymGroup.objects.create(
        locale=factories.locale(), words="VOG\nverklaring omtrent het gedrag"
    )
    titles = (
        "Integriteit",
        "De griffier",
        "Een verklaring omtrent het gedrag",
        "Ondermijning",
        "Module",
        "Onze integriteitsmodule",
    )
    return [factories.make_lesson(module, title=title) for title in titles]


@pytest.mark.django_db
class TestEngines:
    def test_wagtails_own_queries_find_the_same(self, lessons):
        """As they go to Elasticsearch; here they ask the database's backend."""
        locale = factories.locale()
        own = engine()
        assert own is not OTHER
        for text in TEXTS:
            query = understand(text, locale)
            for whole in (True, False):
                found = {hit.pk for hit in own.find(query, locale, whole=whole)}
                assert found
                assert {hit.pk for hit in other.find(query, locale, whole=whole)} == found
            named = {hit.pk for hit in own.named(query, locale, 80)}
            assert named
            assert {hit.pk for hit in other.named(query, locale, 80)} >= named
            assert len(own.named(query, locale, 1)) == 1
        begun = {hit.pk for hit in own.begin(["int"], locale, 8)}
        assert begun
        assert {hit.pk for hit in other.begin(["int"], locale, 8)} == begun

    def test_another_backend_is_asked_by_wagtails_queries(self, settings):
        settings.WAGTAILSEARCH_BACKENDS = search_backends("opensearch3+https://x.example/rv")
        assert engine() is OTHER

    def test_words_that_look_alike_come_out_the_same_without_trigrams(self, lessons, monkeypatch):
        locale = factories.locale()
        assert look_alikes.has_trigrams() == (connection.vendor == "postgresql")
        with_them = [find(text, locale).query.corrected for text in TEXTS]
        monkeypatch.setattr(look_alikes, "has_trigrams", lambda: False)
        assert [find(text, locale).query.corrected for text in TEXTS] == with_them
        assert with_them[-1] == "ondermijning"


def test_every_kind_is_of_pages_that_there_are():
    for model in BY_MODEL:
        assert issubclass(apps.get_model(model), Page)


class TestSetting:
    def test_without_an_address_the_database_is_searched(self):
        assert search_backends("")["default"] == {
            "BACKEND": "wagtail.search.backends.database",
            "SEARCH_CONFIG": "dutch",
        }

    @pytest.mark.parametrize("model", get_indexed_models(), ids=lambda model: model.__name__)
    def test_every_model_can_be_described_to_elasticsearch(self, model):
        """As `update_index` does before it sends anything: a field that is none ends it there."""
        properties = ElasticsearchBaseMapping(model).get_mapping()["properties"]
        assert properties["pk"]

    def test_long_words_are_suggested_as_well(self):
        found = search_backends("opensearch3+https://search.example/vng")["default"]
        longest = found["INDEX_SETTINGS"]["settings"]["analysis"]["filter"]["edgengram"]["max_gram"]
        assert longest >= len(spelled("x" * LONGEST, "nl"))

    def test_an_address_names_the_engine(self):
        found = search_backends("elasticsearch9+https://u:p@search.example:9200/vng")["default"]
        assert found["BACKEND"] == "wagtail.search.backends.elasticsearch9"
        assert found["URLS"] == ["https://u:p@search.example:9200"]
        assert found["INDEX_PREFIX"] == "vng_"

    @pytest.mark.parametrize(
        "url", ["https://search.example", "solr+https://x.example", "elasticsearch9+ftp://x", "+"]
    )
    def test_another_address_is_refused_in_words(self, url):
        with pytest.raises(ImproperlyConfigured, match="SEARCH_URL must be like"):
            search_backends(url)
