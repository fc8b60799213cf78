"""Pictures in the sizes and formats that browsers choose from.

They are made beforehand by the worker: when a picture is uploaded or its focus moves, and when a
page with it is published. A visitor's request makes at most one, for a picture that came by
another way, and asks the worker for the rest.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from django.core.cache import cache
from django.db import transaction
from django.db.models import Model, prefetch_related_objects
from django.db.models.query import Prefetch
from django_tasks import task
from wagtail.images.models import AbstractRendition, Filter, Image, Rendition
from wagtail.models import ReferenceIndex

from home.publication import PUBLICATION

# Best first. The last is what every browser of the last five years can show.
FORMATS: Final = ("avif", "webp")
BACKEND: Final = "work"
SECONDS_BETWEEN_ASKING: Final = 600


@dataclass(frozen=True, slots=True)
class Shape:
    """How a picture stands on a page: how it is cut, how wide it may be, how wide it is drawn."""

    cuts: tuple[str, ...]
    sizes: str

    def specs(self, kind: str) -> list[str]:
        return [f"{cut}|format-{kind}" for cut in self.cuts]


SHAPES: Final = {
    # In a text: as it is, as wide as the column (42rem of 18 px).
    "body": Shape(
        ("width-400", "width-800", "width-1400"), "(min-width: 46rem) 42rem, calc(100vw - 2rem)"
    ),
    # There too, cut around its focus: a tall picture would fill more than the screen.
    "wide": Shape(
        ("fill-400x225", "fill-800x450", "fill-1400x788"),
        "(min-width: 46rem) 42rem, calc(100vw - 2rem)",
    ),
}
# Made without being asked for.
AT_ONCE: Final = ("body", "wide")


@dataclass(frozen=True, slots=True)
class Source:
    """The files of one format, as <source> and <img> name them."""

    kind: str
    srcset: str


@dataclass(frozen=True, slots=True)
class ShownPicture:
    sources: list[Source]
    fallback: AbstractRendition
    srcset: str
    sizes: str


def shown(image: Image, shape_name: str) -> ShownPicture:
    """What there is of a picture in a shape. Raises OSError when its file is gone."""
    shape = SHAPES[shape_name]
    filters = [Filter(spec=spec) for kind in FORMATS for spec in shape.specs(kind)]
    found = image.find_existing_renditions(*filters)
    by_spec = {each.spec: rendition for each, rendition in found.items()}
    kept = {kind: [by_spec.get(spec) for spec in shape.specs(kind)] for kind in FORMATS}
    last = kept[FORMATS[-1]]
    if len(found) < len(filters):
        ask_for(image, shape_name)
    there = [rendition for rendition in last if rendition is not None]
    if not there:
        there = [image.get_rendition(shape.specs(FORMATS[-1])[min(1, len(shape.cuts) - 1)])]
    sources = [
        Source(kind, srcset(whole))
        for kind in FORMATS[:-1]
        if len(whole := [rendition for rendition in kept[kind] if rendition]) == len(shape.cuts)
    ]
    return ShownPicture(sources, there[-1], srcset(there), shape.sizes)


def srcset(renditions: Iterable[AbstractRendition]) -> str:
    """Files by width: a small picture has the same width twice, which is said once."""
    by_width = {rendition.width: rendition.url for rendition in renditions}
    return ", ".join(f"{url} {width}w" for width, url in sorted(by_width.items()))


def prefetch(images: Iterable[Image]) -> None:
    """Fetch what there is of many pictures with one question."""
    wanted = [image for image in images if image is not None]
    if wanted:
        found = Prefetch(
            "renditions", queryset=Rendition.objects.all(), to_attr="prefetched_renditions"
        )
        prefetch_related_objects(wanted, found)


def ask_for(image: Image, *shapes: str) -> None:
    """Have the worker make a picture's files, once the change that asks for it is stored."""
    for shape in shapes:
        # Each view of a page would ask again until they are there.
        if cache.add(f"picture:{image.pk}:{focus_of(image)}:{shape}", 1, SECONDS_BETWEEN_ASKING):
            transaction.on_commit(partial(make.enqueue, image.pk, shape))


def focus_of(image: Image) -> str:
    return f"{image.focal_point_x}-{image.focal_point_y}-{image.file_hash}"


@task(backend=BACKEND)
def make(image_id: int, shape_name: str) -> None:
    """Make what a picture lacks in a shape. It may be gone, or done, since it was asked for."""
    image = Image.objects.filter(pk=image_id).first()
    shape = SHAPES.get(shape_name)
    if image is None or shape is None:
        return
    filters = [Filter(spec=spec) for kind in FORMATS for spec in shape.specs(kind)]
    if len(image.find_existing_renditions(*filters)) == len(filters):
        return
    try:
        image.get_renditions(*filters)
    except OSError:
        return  # Its file is gone, or no picture that can be read: pages say so themselves.
    # Pages that were kept name what was there before.
    PUBLICATION.announce()


def ask_for_uploaded(instance: Image, **_kwargs: Any) -> None:
    """A picture was stored: new, another file, or another focus."""
    ask_for(instance, *AT_ONCE)


def ask_for_pictures_of(instance: Model, **_kwargs: Any) -> None:
    """A page was published: whatever pictures it refers to."""
    references = ReferenceIndex.get_references_for_object(instance)
    numbers = references.filter(to_content_type__model="image").values_list(
        "to_object_id", flat=True
    )
    for image in Image.objects.filter(pk__in=[number for number in numbers if number.isdigit()]):
        ask_for(image, *AT_ONCE)
