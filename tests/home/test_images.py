"""What is no picture, or too much of one, is refused with words that an editor understands."""

import io
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.images import get_image_model

pytestmark = pytest.mark.django_db
ADD = "/beheer/images/add/"


def chunk(kind: bytes, data: bytes) -> bytes:
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def bomb(side: int) -> bytes:
    """A white square of so many pixels wide and high, in a few kB."""
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    packer = zlib.compressobj(9)
    row = b"\x00" + b"\xff" * (side // 8)
    pixels = b"".join(packer.compress(row * 100) for _ in range(side // 100)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        [chunk(b"IHDR", header), chunk(b"IDAT", pixels), chunk(b"IEND", b"")]
    )


def picture(kind: str) -> bytes:
    buffer = io.BytesIO()
    noise = Image.effect_noise((400, 300), 80).convert("RGB")
    noise.save(buffer, kind)
    return buffer.getvalue()


def sent(admin_client, content: bytes, name: str = "foto.png"):
    return admin_client.post(
        ADD,
        {"title": "Foto", "file": SimpleUploadedFile(name, content), "collection": "1"},
        headers={"x-requested-with": "XMLHttpRequest"},
    )


def test_a_whole_picture_is_taken(admin_client, home):
    for name, kind in (("a.png", "PNG"), ("b.jpg", "JPEG"), ("c.gif", "GIF"), ("d.webp", "WEBP")):
        assert sent(admin_client, picture(kind), name).status_code in {200, 302}
    assert get_image_model().objects.count() == 4


def refusal(response) -> str:
    assert not get_image_model().objects.exists()
    return str(response.content.decode("unicode_escape"))


@pytest.mark.parametrize("side", [8_000, 20_000])
def test_a_bomb_is_refused_before_it_is_unfolded(admin_client, home, monkeypatch, side):
    content = bomb(side)
    assert len(content) < 100_000

    def unfolded(*_args):
        raise AssertionError("the picture was unfolded")

    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", unfolded)
    assert "te veel pixels" in refusal(sent(admin_client, content))


@pytest.mark.parametrize(
    ("name", "kind"), [("a.png", "PNG"), ("b.jpg", "JPEG"), ("d.webp", "WEBP")]
)
def test_half_a_picture_is_refused(admin_client, home, name, kind):
    whole = picture(kind)
    assert "niet compleet" in refusal(sent(admin_client, whole[: len(whole) // 2], name))


def test_ten_megabytes_are_refused(admin_client, home):
    whole = picture("PNG")
    said = refusal(sent(admin_client, whole + b"\x00" * (10 * 1024 * 1024)))
    assert "te groot" in said


@pytest.mark.parametrize("content", [b"x" * 1000, b"<svg onload=alert(1)>", b"GIF89a"])
def test_what_is_no_picture_is_refused(admin_client, home, content):
    assert "afbeelding" in refusal(sent(admin_client, content))
