"""What a phone writes into a picture does not reach the site."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from wagtail.images import get_image_model

from home.picture_cleaning import drawn_anew

SECRET = b"Dorpsstraat 1 van Jansen"
ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825


def photo(kind="JPEG", *, turned=False):
    exif = Image.Exif()
    exif[MAKE] = SECRET.decode()
    exif[GPS] = {1: "N", 2: (52.0, 5.0, 7.0)}
    if turned:
        exif[ORIENTATION] = 6
    more = {"comment": SECRET} if kind in {"JPEG", "GIF"} else {}
    if kind != "GIF":
        more["exif"] = exif
    if kind == "PNG":
        more["pnginfo"] = PngInfo()
        more["pnginfo"].add_text("Author", SECRET.decode())
    if kind == "WEBP":
        more["xmp"] = SECRET
    buffer = io.BytesIO()
    # The left half red, the right half blue.
    picture = Image.new("RGB", (80, 40), (255, 0, 0))
    picture.paste((0, 0, 255), (40, 0, 80, 40))
    picture.save(buffer, kind, **more)
    return buffer.getvalue()


def opened(content):
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_nothing_is_left_but_the_picture(kind):
    before = photo(kind) + b"<script>" + SECRET
    assert SECRET in before
    after = drawn_anew(io.BytesIO(before))
    assert SECRET not in after
    assert b"<script>" not in after
    picture = opened(after)
    assert (picture.format, picture.size) == (kind, (80, 40))
    assert not picture.getexif()
    red, _green, blue = picture.convert("RGB").getpixel((5, 5))
    assert red > 200
    assert blue < 100


@pytest.mark.parametrize("kind", ["JPEG", "WEBP"])
def test_a_photo_held_upright_stays_upright(kind):
    picture = opened(drawn_anew(io.BytesIO(photo(kind, turned=True))))
    assert picture.size == (40, 80)
    assert not picture.getexif()
    # Turned a quarter: what was left is above.
    assert picture.convert("RGB").getpixel((20, 5))[0] > 200


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_what_moves_goes_on_moving(kind):
    frames = [Image.new("RGB", (20, 20), (shade, 0, 0)) for shade in (50, 150, 250)]
    buffer = io.BytesIO()
    frames[0].save(buffer, kind, save_all=True, append_images=frames[1:], duration=80)
    picture = opened(drawn_anew(buffer))
    assert picture.n_frames == 3
    picture.load()
    assert picture.info["duration"] == 80


def test_what_is_seen_through_stays_so():
    buffer = io.BytesIO()
    Image.new("RGBA", (20, 20), (255, 0, 0, 0)).save(buffer, "PNG")
    assert opened(drawn_anew(buffer)).convert("RGBA").getpixel((5, 5))[3] == 0


@pytest.mark.django_db
def test_an_uploaded_photo_is_stored_without_its_place(admin_client, home):
    response = admin_client.post(
        "/beheer/images/add/",
        {
            "title": "Foto",
            "file": SimpleUploadedFile("Mijn foto.php.jpg", photo(turned=True)),
            "collection": "1",
        },
    )
    assert response.status_code == 302
    image = get_image_model().objects.get()
    assert image.filename == "Mijn-foto-php.jpg"
    assert (image.width, image.height) == (40, 80)
    with image.file.open() as stored:
        assert SECRET not in stored.read()


@pytest.mark.django_db
def test_a_drawing_that_may_hold_a_program_is_refused(admin_client, home):
    response = admin_client.post(
        "/beheer/images/add/",
        {
            "title": "Tekening",
            "file": SimpleUploadedFile(
                "tekening.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"
            ),
            "collection": "1",
        },
    )
    assert "Wij nemen geen SVG aan" in response.content.decode()
    assert not get_image_model().objects.exists()
