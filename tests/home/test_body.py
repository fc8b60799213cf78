"""What editors may put in a page, and what becomes of it."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from home.blocks import BodyBlock
from tests import factories

pytestmark = pytest.mark.django_db
PAYLOAD = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


def body(*blocks):
    return BodyBlock().to_python([{"type": kind, "value": value} for kind, value in blocks])


def clean(*blocks):
    return BodyBlock().clean(body(*blocks))


def heading(level, text="Kop"):
    return ("heading", {"text": text, "level": level})


def test_every_block_says_what_was_written_and_runs_nothing():
    article = factories.make_law_article(summary=PAYLOAD)
    value = body(
        heading("h2", PAYLOAD),
        ("quote", {"text": PAYLOAD, "source": PAYLOAD}),
        ("callout", {"kind": "info", "title": PAYLOAD, "text": "<p>Let op.</p>"}),
        ("accordion", {"items": [{"title": PAYLOAD, "text": "<p>Antwoord.</p>"}]}),
        ("law_article", {"article": article.pk, "explanation": ""}),
        (
            "video",
            {
                "title": PAYLOAD,
                "url": "https://voorbeeld.example/v",
                "minutes": 2,
                "transcript": "<p>Tekst.</p>",
            },
        ),
    )
    html = str(value.render_as_block())
    assert "<script>" not in html
    assert "<img src=x" not in html
    for text in ("Let op.", "Antwoord.", "Tekst.", "Gemeentewet"):
        assert text in html


def test_headings_come_in_order():
    clean(heading("h2"), heading("h3"))
    with pytest.raises(ValidationError):
        clean(heading("h3"))


def test_equal_headings_have_addresses_of_their_own():
    html = str(body(heading("h2", "Regel"), heading("h2", "Regel")).render_as_block())
    assert 'id="regel"' in html
    assert 'id="regel-2"' in html


def test_a_video_comes_with_its_words():
    with pytest.raises(ValidationError):
        clean(
            (
                "video",
                {"title": "V", "url": "https://v.example/", "minutes": 1, "transcript": ""},
            )
        )


@pytest.mark.parametrize(
    ("alt", "decorative", "fine"), [("Een zaal", False, True), ("", False, False), ("", True, True)]
)
def test_an_image_says_what_it_shows_or_that_it_shows_nothing(alt, decorative, fine):
    image = get_image_model().objects.create(title="Zaal", file=get_test_image_file())
    block = (
        "image",
        {"image": image.pk, "alt_text": alt, "decorative": decorative, "caption": ""},
    )
    if fine:
        clean(block)
    else:
        with pytest.raises(ValidationError):
            clean(block)


@pytest.mark.parametrize(
    "content", [b"x" * (10 * 1024 * 1024), b"<svg onload=alert(1)>", b"", b"GIF89a"]
)
def test_what_is_no_image_is_refused_and_not_kept(admin_client, home, content):
    response = admin_client.post(
        "/beheer/images/add/",
        {
            "title": "Foto",
            "file": SimpleUploadedFile("foto.png", content, "image/png"),
        },
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert response.status_code in {200, 400}
    assert b'"success": true' not in response.content
    assert not get_image_model().objects.exists()
