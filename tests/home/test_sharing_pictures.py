"""Pictures come in the size and format that a browser likes best, and are made beforehand."""

from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.files.images import ImageFile
from django.template import Context, Template
from PIL import Image as PILImage
from wagtail.images.models import Image, Rendition
from wagtail.images.tests.utils import get_test_image_file_jpeg

from home import pictures
from home.blocks import BodyBlock
from home.models import NewsIndexPage, NewsPage
from learning.blocks import LessonBodyBlock
from tests import factories

pytestmark = pytest.mark.django_db


def make_image(title="Foto", size=(1600, 900), **fields):
    file = ImageFile(get_test_image_file_jpeg(size=size).file, name=f"{title}.jpg".lower())
    return Image.objects.create(title=title, file=file, **fields)


def drawn(image, shape="body", words='alt="Een zaal"'):
    template = Template(f'{{% load pictures %}}{{% responsive image "{shape}" {words} %}}')
    return BeautifulSoup(template.render(Context({"image": image})), "html.parser")


def make_all(image):
    for shape in pictures.SHAPES:
        pictures.make.call(image.pk, shape)


def requests_in(callbacks):
    """Those of what waits for the end of a transaction that ask the worker for pictures."""
    return [each for each in callbacks if getattr(each, "func", None) == pictures.make.enqueue]


def test_a_picture_has_both_formats_and_its_size():
    image = make_image()
    make_all(image)
    soup = drawn(image)
    (source,) = soup.select("source")
    assert source["type"] == "image/avif"
    assert [part.split()[1] for part in source["srcset"].split(", ")] == ["400w", "800w", "1400w"]
    img = soup.img
    assert (img["width"], img["height"]) == ("1400", "787")
    assert img["alt"] == "Een zaal"
    assert img["loading"] == "lazy"
    assert img["sizes"] == source["sizes"]
    assert ".webp 400w" in img["srcset"]


def test_the_first_picture_is_fetched_at_once():
    image = make_image()
    make_all(image)
    img = drawn(image, words="first=True").img
    assert img["fetchpriority"] == "high"
    assert "loading" not in img.attrs
    assert img["alt"] == ""


def test_a_small_picture_is_not_made_larger_nor_named_twice():
    image = make_image(size=(500, 300))
    make_all(image)
    widths = [part.split()[1] for part in drawn(image).img["srcset"].split(", ")]
    assert widths == ["400w", "500w"]


def test_what_is_cut_keeps_its_focus():
    image = make_image(
        size=(1600, 1600),
        focal_point_x=800,
        focal_point_y=1500,
        focal_point_width=100,
        focal_point_height=100,
    )
    make_all(image)
    img = drawn(image, "wide").img
    assert (img["width"], img["height"]) == ("1400", "788")
    keys = set(
        Rendition.objects.filter(filter_spec__startswith="fill").values_list(
            "focal_point_key", flat=True
        )
    )
    assert len(keys) == 1
    assert keys != {""}


def test_a_visitors_request_makes_one_file_and_asks_for_the_rest(
    django_capture_on_commit_callbacks,
):
    image = make_image()
    with django_capture_on_commit_callbacks() as asked:
        soup = drawn(image)
    assert Rendition.objects.count() == 1
    assert not soup.select("source")
    assert soup.img["srcset"].endswith(" 800w")
    # Uploading asked for it before.
    assert asked == []
    cache.clear()
    with django_capture_on_commit_callbacks(execute=True) as asked:
        drawn(image)
        drawn(image)
    assert len(requests_in(asked)) == 1
    assert Rendition.objects.count() == 6


def test_uploading_asks_once_and_a_moved_focus_again(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True) as asked:
        image = make_image()
        image.save()
    assert len(requests_in(asked)) == len(pictures.AT_ONCE)
    assert Rendition.objects.filter(image=image).count() == 12
    image.focal_point_x = image.focal_point_y = 10
    image.focal_point_width = image.focal_point_height = 5
    with django_capture_on_commit_callbacks(execute=True) as asked:
        image.save()
    assert len(requests_in(asked)) == len(pictures.AT_ONCE)
    cut = Rendition.objects.filter(image=image, filter_spec__startswith="fill")
    assert cut.values("focal_point_key").distinct().count() == 2


def test_making_it_again_does_nothing(django_assert_max_num_queries):
    image = make_image()
    make_all(image)
    with django_assert_max_num_queries(2):
        pictures.make.call(image.pk, "body")
    pictures.make.call(0, "body")
    pictures.make.call(image.pk, "unknown")


def test_a_picture_whose_file_is_gone_leaves_the_page_whole():
    image = make_image()
    image.file.storage.delete(image.file.name)
    assert drawn(image).find("img") is None
    pictures.make.call(image.pk, "body")
    assert drawn(None).find("img") is None


def test_publishing_a_page_asks_for_its_pictures(demo, client, django_capture_on_commit_callbacks):
    images = [make_image(f"Foto {number}") for number in range(4)]
    body = [("text", "<p>Tekst.</p>")] + [
        ("image", {"image": image, "alt_text": "Zaal", "decorative": False, "caption": ""})
        for image in images
    ]
    cache.clear()
    with django_capture_on_commit_callbacks() as asked:
        page = NewsIndexPage.objects.get(locale=factories.locale()).add_child(
            instance=NewsPage(
                title="Beelden",
                date="2026-11-01",
                introduction="Kort.",
                body=body,
                locale=factories.locale(),
            )
        )
        page.save_revision().publish()
    assert len(requests_in(asked)) == len(images) * len(pictures.AT_ONCE)
    for image in images:
        make_all(image)
    soup = BeautifulSoup(client.get(page.url).content, "html.parser")
    found = soup.select("main img")
    assert len(found) == 4
    assert [img.get("loading") for img in found] == [None, "lazy", "lazy", "lazy"]
    assert all(img["width"] and img["height"] for img in found)


def two_halves():
    """A tall picture, red above and blue below."""
    picture = PILImage.new("RGB", (900, 1800), (200, 0, 0))
    picture.paste((0, 0, 200), (0, 900, 900, 1800))
    file = BytesIO()
    picture.save(file, "JPEG")
    return ImageFile(BytesIO(file.getvalue()), name="hoog.jpg")


def middle_of(image, img):
    """The colour in the middle of the file that a page shows."""
    rendition = next(each for each in image.renditions.all() if each.url == img["src"])
    with rendition.file.open() as file, PILImage.open(file) as picture:
        red, _green, blue = picture.convert("RGB").getpixel((rendition.width // 2, 200))
    return "red" if red > blue else "blue"


def test_the_middle_that_an_editor_draws_moves_what_visitors_see(demo, client):
    image = Image.objects.create(title="Hoog", file=two_halves())
    block = {"image": image, "alt_text": "Zaal", "decorative": False, "caption": ""}
    page = NewsIndexPage.objects.get(locale=factories.locale()).add_child(
        instance=NewsPage(
            title="Beelden",
            introduction="Kort.",
            body=[("image", block | {"cut": "wide"}), ("image", block)],
            locale=factories.locale(),
        )
    )
    seen = []
    for height in (100, 1700):
        image.focal_point_x, image.focal_point_y = 450, height
        image.focal_point_width = image.focal_point_height = 50
        image.save()
        make_all(image)
        cut, whole = BeautifulSoup(client.get(page.url).content, "html.parser").select("figure img")
        assert int(cut["width"]) > int(cut["height"])
        assert int(whole["width"]) < int(whole["height"])
        seen.append(middle_of(image, cut))
    assert seen == ["red", "blue"]


LONG = "<p>" + "Een zin die er staat. " * 40 + "</p>"
ITEM = {"title": "Kop", "text": LONG}


@pytest.mark.parametrize(
    ("before", "is_in_sight"),
    [
        ([], True),
        ([("text", LONG)], True),
        ([("heading", {"text": "Kop", "level": "h2"}), ("text", "<p>Kort.</p>")], True),
        # What is folded takes little room, however much is in it.
        ([("text", "<p>Kort.</p>"), ("accordion", {"items": [ITEM] * 3})], True),
        ([("heading", {"text": "Kop", "level": "h2"}), ("text", LONG)], False),
        ([("text", LONG), ("text", LONG)], False),
    ],
)
@pytest.mark.parametrize("block", [BodyBlock, LessonBodyBlock])
def test_a_picture_that_is_in_sight_is_not_waited_for(block, before, is_in_sight):
    image = make_image()
    make_all(image)
    picture = {"image": image.pk, "alt_text": "Een zaal", "decorative": False, "caption": ""}
    rows = [*before, ("image", picture), ("image", picture)]
    body = block().to_python([{"type": kind, "value": value} for kind, value in rows])
    assert len(body) == len(rows)
    first, second = BeautifulSoup(body.render_as_block(), "html.parser").select("img")
    assert ("loading" not in first.attrs) == is_in_sight
    assert second["loading"] == "lazy"
