"""A picture drawn anew: no place, no camera, no name, and nothing hidden behind it (ADR 0030)."""

import io
from typing import Any, BinaryIO, Final

from PIL import Image, ImageOps, ImageSequence

QUALITY: Final = 92
ORIENTATION: Final = 0x0112


def drawn_anew(file: BinaryIO) -> bytes:
    """The same picture as it is shown, upright, with its colours and nothing else.

    What a phone writes into a picture tells where somebody lives. A file that is a picture and
    something else besides is only a picture afterwards.
    """
    file.seek(0)
    buffer = io.BytesIO()
    with Image.open(file) as picture:
        kind = "JPEG" if picture.format == "MPO" else str(picture.format)
        options = options_for(kind, picture)
        if getattr(picture, "n_frames", 1) > 1 and kind != "JPEG":
            save_moving(picture, buffer, kind, options)
        elif picture.format == "JPEG" and picture.getexif().get(ORIENTATION, 1) == 1:
            # Not turned: by the same steps of compression, as good as nothing is lost.
            picture.info.pop("comment", None)
            picture.save(buffer, kind, **options | {"quality": "keep"})
        else:
            bare(ImageOps.exif_transpose(picture)).save(buffer, kind, **options)
    return buffer.getvalue()


def save_moving(picture: Image.Image, target: BinaryIO, kind: str, options: dict[str, Any]) -> None:
    frames = [bare(frame.copy()) for frame in ImageSequence.Iterator(picture)]
    frames[0].save(
        target,
        kind,
        save_all=True,
        append_images=frames[1:],
        duration=[frame.info.get("duration", 0) for frame in frames],
        loop=picture.info.get("loop", 0),
        **options,
    )


def bare(picture: Image.Image) -> Image.Image:
    """Without what Pillow would write along of its own accord."""
    kept = ("transparency", "duration", "background", "disposal", "blend")
    picture.info = {key: value for key, value in picture.info.items() if key in kept}
    return picture


def options_for(kind: str, picture: Image.Image) -> dict[str, Any]:
    options: dict[str, Any] = {"icc_profile": picture.info.get("icc_profile")}
    if kind in {"JPEG", "WEBP"}:
        options |= {"quality": QUALITY, "exif": b""}
    if kind == "WEBP":
        options["xmp"] = b""
    if kind == "GIF":
        del options["icc_profile"]
    return options
