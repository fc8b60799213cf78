"""Every block that an editor picks has a description, and an example that can be drawn."""

import pytest
from django.apps import apps
from django.urls import reverse
from wagtail.blocks import BaseStreamBlock, BaseStructBlock, ListBlock
from wagtail.documents.models import Document
from wagtail.fields import StreamField
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from tests import factories

pytestmark = pytest.mark.django_db
OWN = ("home", "learning", "practice", "meetings", "newsletter", "search")


def within(block):
    """The block itself and every block in it."""
    yield block
    if isinstance(block, BaseStreamBlock | BaseStructBlock):
        for child in block.child_blocks.values():
            yield from within(child)
    elif isinstance(block, ListBlock):
        yield from within(block.child_block)


def streams():
    for model in apps.get_models():
        if model._meta.app_label in OWN:
            for field in model._meta.local_fields:
                if isinstance(field, StreamField):
                    yield field.stream_block


def picked():
    """What an editor picks from a list of blocks, each kind once."""
    found = {}
    for stream in streams():
        for block in within(stream):
            if isinstance(block, BaseStreamBlock):
                found |= {(type(b), b.name): b for b in block.child_blocks.values()}
    return list(found.values())


def own_kinds():
    """Every kind of block of our own with fields in it, once."""
    kinds = {}
    for stream in streams():
        for block in within(stream):
            if isinstance(block, BaseStructBlock) and type(block).__module__.split(".")[0] in OWN:
                kinds.setdefault(type(block).__name__, block)
    return list(kinds.values())


def test_what_is_picked_can_be_previewed(signed_in, editor):
    client = signed_in(editor)
    address = reverse("wagtailadmin_block_preview")
    assert len(picked()) > 20
    for block in picked():
        name = type(block).__name__
        assert block.is_previewable, name
        assert block.get_description(), name
        answer = client.get(address, {"id": block.definition_prefix})
        html = answer.content.decode()
        assert answer.status_code == 200, name
        assert "site.css" in html, name
        assert html.split("</h1>", 1)[1].split("</main>")[0].strip(), name


def test_every_kind_says_what_it_is_for():
    for block in own_kinds():
        assert block.meta.icon != "placeholder", type(block).__name__
        assert block.get_description(), type(block).__name__


def test_what_is_chosen_is_the_newest_there_is(signed_in, editor):
    Image.objects.create(title="Raadzaal", file=get_test_image_file())
    Document.objects.create(title="Gedragscode")
    factories.make_law_article(title="De eed")
    client = signed_in(editor)
    address = reverse("wagtailadmin_block_preview")
    shown = {}
    for block in picked():
        html = client.get(address, {"id": block.definition_prefix}).content.decode()
        shown[block.name] = html
    assert "<img" in shown["image"]
    assert "Gedragscode" in shown["document"]
    assert "De eed" in shown["law_article"]
