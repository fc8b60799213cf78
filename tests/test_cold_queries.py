"""How many questions each kind of page asks of the database with nothing remembered at all.

The frame is counted with it, for a visitor and for who has signed in, on the whole demo.
"""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.images.models import Filter, Image, Rendition
from wagtail.models import Page, get_page_models

from accounts.models import User
from home.models import HomePage
from home.pictures import FORMATS, SHAPES
from learning.models import ModulePage
from tests import factories

pytestmark = pytest.mark.django_db

MOST = 25
LEARNER = "raadslid@voorbeeld.example"
# One of each type of page, in the languages in which the demo has it.
TYPES = {
    "home.HomePage": ["/", "/en/"],
    "home.StandardPage": ["/privacy/", "/en/privacy/"],
    "home.VisionPage": ["/visiedocument/", "/en/visiedocument/"],
    "home.NewsIndexPage": ["/nieuws/"],
    "home.NewsPage": ["/nieuws/een-afspraak-over-giften/"],
    "home.PartnersPage": ["/partners/", "/en/partners/"],
    "home.InstrumentIndexPage": ["/instrumenten/", "/en/instrumenten/"],
    "home.InstrumentPage": ["/instrumenten/handreiking-screening-nieuwe-medewerkers/"],
    "home.CalendarPage": ["/agenda/", "/en/agenda/"],
    "home.FormPage": ["/contact/", "/en/contact/"],
    "learning.CataloguePage": ["/leren/", "/en/leren/"],
    "learning.ModulePage": ["/leren/uw-ambt-en-uw-eed/", "/leren/belangen-en-nevenfuncties/"],
    "learning.LearningPath": ["/leren/leerlijn/"],
    "learning.LessonPage": [
        "/leren/uw-ambt-en-uw-eed/de-eed/",
        "/leren/uw-ambt-en-uw-eed/de-raad-in-het-bestel/",
        "/leren/uw-ambt-en-uw-eed/wie-helpt/",
    ],
    "learning.DilemmaPage": ["/leren/uw-ambt-en-uw-eed/dilemma-gesprek-bij-de-kapstok/"],
    "learning.QuizPage": ["/leren/uw-ambt-en-uw-eed/toets/"],
    "meetings.MeetingIndexPage": ["/bijeenkomsten/", "/en/bijeenkomsten/"],
    "meetings.MeetingPage": ["/bijeenkomsten/kennismaking-weerbaar-in-de-raad/"],
    "practice.CaseIndexPage": ["/praktijk/", "/en/praktijk/"],
    "practice.CasePage": ["/praktijk/de-aannemer-en-het-kerstpakket/"],
}
# What has an address of its own without being a page of Wagtail's, or below one.
VIEWS = [
    "/visiedocument/k1/",
    "/visiedocument/k5/",
    "/en/visiedocument/k5/",
    "/visiedocument/geschiedenis/",
    "/nieuws/2017/",
    "/nieuws/?thema=integriteit",
    "/nieuws/rss/",
    "/nieuws/atom/",
    "/nieuws/feed.json",
    "/partners/?branche=horeca",
    "/instrumenten/?soort=checklist",
    "/agenda/archief/",
    "/agenda/agenda.ics",
    "/bijeenkomsten/agenda.ics",
    "/praktijk/?soort=goed&rol=raadslid",
    "/praktijk/de-aannemer-en-het-kerstpakket/bespreken/",
    "/zoeken/",
    "/zoeken/?q=eed",
    "/zoeken/?q=ondremijning",
    "/zoeken/?q=griffier&soort=lessen&p=2",
    "/zoeken/suggesties/?q=ee",
    "/en/zoeken/?q=criminal",
    "/hulp/",
    "/nieuwsbrief/",
    "/certificaat/",
    "/account/login/",
    "/bestaat-niet/",
    "/api/v2/news/",
    "/api/v2/modules/",
]
# For who has signed in.
OWN = [
    "/mijn/",
    "/mijn/gegevens/",
    "/mijn/certificaten/",
    "/mijn/bijeenkomsten/",
    "/mijn/praktijk/",
    "/praktijk/insturen/",
    "/bijeenkomsten/intervisie-druk-en-bedreiging/aanmelden/",
    "/netwerk/",
    "/netwerk/mijn/",
    "/netwerk/berichten/",
]
PUBLIC = [*(address for addresses in TYPES.values() for address in addresses), *VIEWS]


def make_pictures() -> None:
    """As the worker leaves them, but for their files."""
    Rendition.objects.all().delete()
    Rendition.objects.bulk_create(
        Rendition(
            image=image,
            filter_spec=spec,
            focal_point_key=Filter(spec=spec).get_cache_key(image),
            file=f"images/{image.pk}.{kind}",
            width=400,
            height=225,
        )
        for image in Image.objects.all()
        for shape in SHAPES.values()
        for kind in FORMATS
        for spec in shape.specs(kind)
    )


@pytest.fixture
def everything(whole_demo: HomePage) -> None:
    """The demo with one of each type of page, and its pictures made."""
    factories.make_path(
        list(ModulePage.objects.filter(locale=whole_demo.locale)[:3]), slug="leerlijn"
    )
    make_pictures()


def cold_questions(client: Client, address: str, *statuses: int) -> list[str]:
    """What one view asks with an empty cache, in a process that knows nothing yet."""
    cache.clear()
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    assert response.status_code in (statuses or (200,)), address
    return [query["sql"][:160] for query in asked]


def listed(questions: list[str]) -> str:
    """For who has to find out which are too many."""
    return "\n".join((f"{len(questions)} questions:", *questions))


def test_every_type_of_page_has_a_row(everything):
    types = {model._meta.label for model in get_page_models()} - {Page._meta.label}
    assert set(TYPES) == types


@pytest.mark.parametrize(("label", "addresses"), TYPES.items())
def test_a_row_leads_to_its_type(everything, signed_in, label, addresses):
    client = signed_in(User.objects.get(email=LEARNER))
    for address in addresses:
        page = client.get(address).wsgi_request._wagtail_route_for_request.page
        assert page._meta.label == label


@pytest.mark.parametrize("address", PUBLIC)
def test_a_visitor_pays_for_no_more(everything, client, address):
    # A quiz is for who has signed in, and what is not there is not there.
    questions = cold_questions(client, address, 200, 302, 404)
    assert len(questions) <= MOST, listed(questions)


@pytest.mark.parametrize("address", [*PUBLIC, *OWN])
def test_who_has_signed_in_pays_for_no_more(everything, signed_in, address):
    client = signed_in(User.objects.get(email=LEARNER))
    # The sign-in page leads on, and what is not there is not there.
    others = {"/account/login/": 302, "/bestaat-niet/": 404}
    questions = cold_questions(client, address, others.get(address, 200))
    assert len(questions) <= MOST, listed(questions)


def test_search_engines_pay_for_no_more(everything, client):
    questions = cold_questions(client, "/sitemap.xml")
    assert len(questions) <= MOST, listed(questions)


def test_what_was_seen_before_asks_nothing(everything, client):
    for address in ("/", "/visiedocument/k1/", "/nieuws/een-afspraak-over-giften/"):
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            response = client.get(address)
        assert response.status_code == 200
        assert not len(asked)
        again = client.get(address, headers={"if-none-match": response.headers["ETag"]})
        assert again.status_code == 304
        assert not again.content
