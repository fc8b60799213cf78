"""The card of a page: one for each version, of pages that anybody may read, and no others."""

import re
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.core.files.storage import default_storage
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Picture

from home.models import StandardPage
from home.sharing import cards
from tests.home.test_sharing_pictures import make_image
from tests.home.test_site import make_news

pytestmark = pytest.mark.django_db
PALETTE = Path(__file__).parents[2] / "site/frontend/css/palette.css"
BRASS = (0xE3, 0xB0, 0x4B)


def words(title, kind="Nieuws"):
    return {"title": cards.shortened(title, cards.LONGEST_TITLE), "kind": kind, "lang": "nl"}


def picture(png):
    return Picture.open(BytesIO(png)).convert("RGB")


def card_address(client, page_url):
    soup = BeautifulSoup(client.get(page_url).content, "html.parser")
    return {
        name: soup.select_one(f'meta[property="og:image{name}"]')["content"]
        for name in ("", ":width", ":height", ":alt", ":type")
    }


@pytest.mark.usefixtures("demo")
def test_a_page_names_its_card_and_the_card_is_there(client, settings):
    page = make_news("Een bericht & meer", "2026-11-01", slug="bericht")
    found = card_address(client, page.url)
    assert found[""].startswith(f"{settings.BASE_URL}/kaart/{page.pk}-")
    assert (found[":width"], found[":height"], found[":type"]) == ("1200", "630", "image/png")
    assert found[":alt"] == "Een bericht & meer – Raadsleden & Veiligheid"
    card = client.get(found[""].removeprefix(settings.BASE_URL))
    assert card.headers["Content-Type"] == "image/png"
    assert card.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert picture(card.content).size == (1200, 630)


@pytest.mark.usefixtures("demo")
def test_another_title_is_another_card_and_the_old_one_goes(client, settings):
    page = make_news("Eerst", "2026-11-01", slug="bericht")
    old = card_address(client, page.url)[""].removeprefix(settings.BASE_URL)
    first = client.get(old).content
    page.title = "Daarna"
    page.save_revision().publish()
    new = card_address(client, page.url)[""].removeprefix(settings.BASE_URL)
    assert new != old
    moved = client.get(old)
    assert (moved.status_code, moved.url) == (302, new)
    assert client.get(new).content != first
    assert len(default_storage.listdir(f"cards/{page.pk}")[1]) == 1


@pytest.mark.usefixtures("demo")
def test_made_up_addresses_make_nothing(client, monkeypatch):
    # A title of its own: what an earlier test drew is kept.
    page = make_news(f"Bericht {uuid4()}", "2026-11-01", slug="bericht")
    made = []
    monkeypatch.setattr(cards, "drawn", lambda said: made.append(said) or b"png")
    for fingerprint in ("x", "0" * 16, "a-b"):
        asked = client.get(reverse("social_card", args=(page.pk, fingerprint)))
        assert asked.status_code == 302
    assert client.get(reverse("social_card", args=(999_999, "x"))).status_code == 404
    assert client.get(f"/kaart/{'9' * 30}-x.png").status_code in {404, 400}
    assert made == []
    address = cards.address_of(page)
    for _ in range(3):
        assert client.get(address).status_code == 200
    assert len(made) == 1


@pytest.mark.usefixtures("demo")
def test_while_another_makes_it_the_sites_own_is_shown(client, monkeypatch):
    # A title of its own: what an earlier test drew is kept.
    page = make_news(f"Bericht {uuid4()}", "2026-11-01", slug="bericht")
    monkeypatch.setattr("django.core.cache.cache.add", lambda *_args, **_kwargs: False)
    answer = client.get(cards.address_of(page))
    assert answer.status_code == 302
    assert "social-card" in answer.url
    assert "immutable" not in answer.headers.get("Cache-Control", "")


@pytest.mark.usefixtures("demo")
def test_a_page_that_is_not_for_everybody_has_none(client):
    page = make_news("Geheim", "2026-11-01", slug="geheim")
    address = cards.address_of(page)
    page.view_restrictions.create(restriction_type="login")
    assert client.get(address).status_code == 404
    page.view_restrictions.all().delete()
    assert client.get(address).status_code == 200
    page.unpublish()
    assert client.get(address).status_code == 404


@pytest.mark.usefixtures("demo")
def test_a_picture_of_its_own_comes_first(client, monkeypatch, settings):
    image = make_image()
    monkeypatch.setattr(StandardPage, "social_image", image)
    found = card_address(client, "/privacy/")
    assert "/media/images/" in found[""]
    assert found[""].startswith(settings.BASE_URL)
    assert found[":type"] == "image/jpeg"
    image.file.storage.delete(image.file.name)
    image.renditions.all().delete()


def test_the_worker_makes_it_when_the_page_is_published(demo, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page = make_news("Bericht", "2026-11-01", slug="bericht")
    assert default_storage.exists(f"cards/{page.pk}/{cards.fingerprint(cards.words_of(page))}.png")
    cards.make.call(999_999)


@pytest.mark.parametrize(
    "title",
    [
        "Kort",
        "Aansprakelijkheidsverzekeringsmaatschappijvertegenwoordigers " * 4,
        "W" * 400,
        "#panic() $x$ *vet* \\ “aanhaling” – שלום مرحبا Žižek 漢字 🎉",
        "\u202eomgekeerd\x00",
    ],
)
def test_long_and_strange_titles_stay_within_the_card(title):
    card = picture(cards.drawn(words(title)))
    assert card.size == (cards.WIDTH, cards.HEIGHT)
    ground = card.getpixel((2, 2))
    edges = [(x, y) for y in range(0, 630, 3) for x in (*range(70), *range(1130, 1200))]
    # Nothing in the margins, but the seats on the right below.
    assert all(card.getpixel(place) == ground for place in edges if place[1] < 400 or place[0] < 70)
    # Between the title and the seats there is room.
    assert all(card.getpixel((x, 412)) == ground for x in range(1200))


def test_words_are_broken_only_where_they_must_be():
    # In no language at all nothing is broken: the card is then the same.
    titles = {"Visiedocument Ondermijning": True, "Vergunningsaanvraag" * 5: False}
    for title, is_whole in titles.items():
        drawn = cards.drawn(words(title))
        assert (drawn == cards.drawn(words(title) | {"lang": "zxx"})) is is_whole


def test_the_colours_are_those_of_the_site():
    palette = PALETTE.read_text().split("@media")[0]
    template = cards.template().decode()
    used = re.findall(r'rgb\("(#\w+)"\) // ([\w-]+)', template)
    assert len(used) == template.count("rgb(") == 3
    for colour, name in used:
        assert f"--rv-{name}: {colour};" in palette
    assert BRASS in {
        colour for _count, colour in picture(cards.drawn(words("x"))).getcolors(100_000)
    }


@settings(max_examples=100)
@given(st.text(max_size=400), st.integers(20, 150))
def test_a_shortened_text_is_never_too_long(text, most):
    short = cards.shortened(text, most)
    assert len(short) <= most
    assert short == " ".join(text.split()) or short.endswith("…")
