"""Uploading a picture: it must be one, whole, and not too large to unfold."""

import io
import struct
from typing import Any

import willow
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _
from PIL import Image
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from home.file_kinds import clean_name
from home.picture_cleaning import drawn_anew

# What Pillow raises for a file that begins as a picture and does not end as one.
BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error)


class PictureField(WagtailImageField):
    """Wagtail unfolds a picture before it looks how large it is, and takes half a one for an
    error of its own. Here the size is read first, from the head of the file.
    """

    def to_python(self, data: Any) -> Any:
        if data:
            self.refuse_drawings_that_run(data)
            self.check_size_in_its_head(data)
        try:
            file = super().to_python(data)
            return self.without_metadata(file) if file is not None else None
        except BROKEN as broken:
            raise ValidationError(
                _("This picture is not complete. Save it again, or ask for it again, and retry."),
                code="incomplete",
            ) from broken

    def refuse_drawings_that_run(self, data: Any) -> None:
        if str(data.name).lower().endswith((".svg", ".svgz")):
            raise ValidationError(
                _(
                    "We take no SVG: it may hold a program. Save the drawing as PNG and upload "
                    "that."
                ),
                code="svg",
            )

    def without_metadata(self, file: Any) -> Any:
        """The same picture, drawn anew by us, under a name without surprises."""
        content = drawn_anew(file)
        clean: Any = SimpleUploadedFile(clean_name(file.name), content, file.content_type)
        clean.image = willow.Image.open(io.BytesIO(content))
        return clean

    def check_size_in_its_head(self, data: Any) -> None:
        most: int = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS
        try:
            with Image.open(data) as picture:
                pixels = picture.width * picture.height
        except Image.DecompressionBombError:
            pixels = most + 1
        except BROKEN:
            pixels = 0  # No picture, or a broken one: that is said when it is unfolded.
        finally:
            data.seek(0)
        if pixels > most:
            raise ValidationError(
                _(
                    "This picture has too many pixels. Make it smaller: at most %(most)d million "
                    "pixels, as in 8000 by 5000."
                )
                % {"most": most // 1_000_000},
                code="file_too_many_pixels",
            )


class HouseImageForm(BaseImageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("file")
        if field is None:  # the form for the words beside a picture
            return
        self.fields["file"] = PictureField(
            label=field.label,
            required=field.required,
            widget=field.widget,
            max_length=field.max_length,
        )
