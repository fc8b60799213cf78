"""Structured data is what schema.org and Google's rules ask for, on every page that has any.

The table is written by hand from developers.google.com/search/docs/appearance/structured-data.
"""

import json
import re

import pytest
from bs4 import BeautifulSoup
from wagtail.models import Page

from home.sharing import structured
from tests import factories
from tests.factories_field import make_instrument
from tests.practice.builders import make_case

pytestmark = pytest.mark.django_db
# What each type must have; with a name of a type where another thing must stand there.
RULES = {
    "Organization": {"name": str},
    "WebSite": {"name": str, "url": "address", "potentialAction": "SearchAction"},
    "SearchAction": {"target": "EntryPoint", "query-input": str},
    "EntryPoint": {"urlTemplate": "address"},
    "BreadcrumbList": {"itemListElement": ["ListItem"]},
    "ListItem": {"position": int, "name": str, "item": "address"},
    "NewsArticle": {
        "headline": str,
        "datePublished": "moment",
        "dateModified": "moment",
        "author": None,
        "publisher": None,
        "mainEntityOfPage": None,
        "image": ["address"],
    },
    "Article": {
        "headline": str,
        "datePublished": "moment",
        "author": None,
        "publisher": None,
        "image": ["address"],
    },
    "Course": {
        "name": str,
        "description": str,
        "provider": "Organization",
        "offers": "Offer",
        "hasCourseInstance": "CourseInstance",
        "timeRequired": "duration",
        "image": ["address"],
    },
    "CourseInstance": {"courseMode": str, "courseWorkload": "duration"},
    "Offer": {"category": str, "price": str, "priceCurrency": str},
    "Event": {
        "name": str,
        "startDate": "moment",
        "location": None,
        "eventAttendanceMode": str,
        "image": ["address"],
    },
    "FAQPage": {"mainEntity": ["Question"]},
    "Question": {"name": str, "acceptedAnswer": "Answer"},
    "Answer": {"text": str},
}

FORMS = {
    "address": r"https?://\S+",
    "moment": r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?([+-]\d\d:\d\d|Z)?)?",
    "duration": r"PT\d+M",
}


def parts(value):
    """All things that something consists of, itself first."""
    if isinstance(value, dict):
        if "@type" in value:
            yield value
        for each in value.values():
            yield from parts(each)
    elif isinstance(value, list):
        for each in value:
            yield from parts(each)


def is_right(value, rule):
    if isinstance(rule, list):
        return isinstance(value, list) and value and all(is_right(each, rule[0]) for each in value)
    if rule is None:
        return bool(value)
    if isinstance(rule, type):
        return isinstance(value, rule) and value != ""
    if rule in FORMS:
        return isinstance(value, str) and bool(re.fullmatch(FORMS[rule], value))
    return isinstance(value, dict) and value.get("@type") == rule


def faults(item):
    for part in parts(item):
        kind = part["@type"]
        # A place named by its address refers to one that is told of elsewhere.
        if set(part) == {"@id"}:
            continue
        rules = RULES.get(kind, {})
        for name, rule in rules.items():
            if not is_right(part.get(name), rule):
                yield (kind, name, part.get(name))
        if kind in RULES and kind.endswith("Article") and len(part.get("headline", "")) > 110:
            yield (kind, "headline", "longer than 110 characters")


def data_of(client, address):
    soup = BeautifulSoup(client.get(address).content, "html.parser")
    scripts = soup.select('script[type="application/ld+json"]')
    graphs = [json.loads(script.string) for script in scripts]
    assert all(graph["@context"] == "https://schema.org" for graph in graphs)
    assert not any("@context" in item for graph in graphs for item in graph["@graph"])
    return [item for graph in graphs for item in graph["@graph"]]


def test_every_page_of_the_demo_is_right(demo, client):
    factories.make_module("eed")
    factories.make_meeting()
    make_case()
    make_instrument()
    seen = set()
    for page in Page.objects.live().filter(depth__gt=1):
        for item in data_of(client, page.url):
            assert list(faults(item)) == [], page.url
            seen |= {part["@type"] for part in parts(item)}
    own = structured.organisation()
    assert own["url"].startswith("http")
    assert own["logo"].endswith(".png")
    wanted = {"Organization", "WebSite", "BreadcrumbList"}
    assert wanted | {"Course", "NewsArticle", "Article", "Event"} <= seen


def test_a_module_is_a_free_course(home, client):
    module = factories.make_module("eed", minutes=20)
    (course,) = (item for item in data_of(client, module.url) if item["@type"] == "Course")
    assert course["timeRequired"] == "PT20M"
    assert course["offers"]["category"] == "Free"
    assert course["hasCourseInstance"]["courseMode"] == "Online"
    assert course["description"] == module.summary
    assert course["provider"]["@type"] == "Organization"


def test_the_table_finds_faults():
    wrong = structured.breadcrumbs([("", "/")])
    assert [(kind, name) for kind, name, _value in faults(wrong)] == [("ListItem", "name")]
    assert list(faults({"@type": "NewsArticle", "headline": "x" * 200}))
    assert list(faults({"@type": "Course", "name": "x"}))


@pytest.mark.parametrize("text", ["</script>", "<!--", "<script>", "a & b", "\u2028", '"\\'])
def test_what_is_written_is_read_again(text):
    html = structured.script([{"@type": "Thing", "name": text}])
    inside = html.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set("<>&") & set(inside)
    assert json.loads(inside)["@graph"][0]["name"] == text


def test_without_data_there_is_no_element():
    assert structured.script([]) == ""
