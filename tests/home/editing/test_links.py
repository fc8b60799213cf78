"""Links of our own that lead nowhere: found, told, and warned of before they are made."""

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document

from home.editing.links import Fault, found_links, look_for_broken_links
from home.models import Banner, FooterLink, SiteFrame, VisionPage
from tests import factories, factories_field

pytestmark = pytest.mark.django_db
REPORT = "/beheer/kapotte-links/"


@pytest.fixture(autouse=True)
def no_walk_yet(home):
    for page in home.get_descendants().live().specific():
        if hasattr(page, "body"):
            page.body = []
            page.save()


def faults():
    return [link.fault for link in look_for_broken_links().links]


def link(href):
    return f'<p><a href="{href}">de tekst</a></p>'


def to_page(pk):
    return f'<p><a linktype="page" id="{pk}">de tekst</a></p>'


LEADS_SOMEWHERE = [
    "/visiedocument/",
    "/visiedocument",
    "/en/",
    "/zoeken/?q=eed",
    "/mijn/",
    "#tussenkop",
    "#inhoud-pagina",
    f"{settings.BASE_URL}/nieuws/",
    "https://elders.example/weg",
    "mailto:iemand@voorbeeld.example",
    "tel:112",
    "/oud/",
]


def test_what_leads_somewhere(make_page, home):
    Redirect.objects.create(old_path="/oud", redirect_page=home)
    for number, href in enumerate(LEADS_SOMEWHERE):
        body = [("heading", {"text": "Tussenkop", "level": "h2"}), ("text", link(href))]
        make_page(f"pagina-{number}", body=body)
    assert [found.target for found in look_for_broken_links().links] == []


@pytest.mark.parametrize(
    ("href", "fault"),
    [
        ("/bestaat-niet/", Fault.NOT_FOUND),
        ("bestaat-niet", Fault.NOT_FOUND),
        (f"{settings.BASE_URL}/bestaat-niet/", Fault.NOT_FOUND),
        ("/nieuws/bestaat-niet/", Fault.NOT_FOUND),
        ("/documenten/987654/x.pdf", Fault.NO_DOCUMENT),
        ("#nergens", Fault.NO_ANCHOR),
    ],
)
def test_what_was_typed_and_is_not_there(make_page, href, fault):
    page = make_page(body=link(href))
    (found,) = look_for_broken_links().links
    assert (found.fault, found.page, found.target) == (fault, page.pk, href)
    assert found.text == "de tekst"
    assert "blok 1" in found.where


def test_pages_that_are_deleted_or_not_published(make_page):
    target = make_page("doel")
    make_page("van", body=to_page(target.pk))
    assert faults() == []
    target.unpublish()
    assert faults() == [Fault.UNPUBLISHED]
    target.delete()
    assert faults() == [Fault.GONE]


def test_a_step_is_not_there_without_its_module(make_page):
    module = factories.make_module()
    lesson = factories.make_lesson(module)
    make_page("van", body=to_page(lesson.pk))
    assert faults() == []
    module.unpublish()
    assert faults() == [Fault.UNPUBLISHED]


def test_documents_in_a_text_and_in_a_block(make_page):
    document = Document.objects.create(title="Lijst", file=ContentFile(b"x", name="x.txt"))
    body = [
        ("text", f'<p><a linktype="document" id="{document.pk}">de lijst</a></p>'),
        ("document", {"document": document, "description": ""}),
    ]
    make_page(body=body)
    assert faults() == []
    document.delete()
    assert sorted(faults()) == [Fault.NO_DOCUMENT, Fault.NOTHING_CHOSEN]


def test_a_goal_is_a_place_on_the_visiedocument(home):
    vision = VisionPage.objects.get(locale=home.locale)
    vision.goals.create(code="K1", term="short", title="Doel", text="<p>x</p>")
    vision.occasion = link("#k1")
    vision.save()
    assert faults() == []


def test_menus_announcements_and_snippets_are_looked_at_too(home, signed_in, editor, make_page):
    frame = SiteFrame.objects.get(locale=home.locale)
    page = make_page("doel")
    frame.footer_links.add(FooterLink(url="/weg/", title="Weg"), FooterLink(page=page))
    frame.save()
    Banner.objects.create(locale=home.locale, text="x", url="/ook-weg/", link_text="Lees")
    factories_field.make_partner("RIEC", description=link("/nieuws/bestaat-niet/"))
    page.unpublish()
    html = signed_in(editor).post(REPORT, follow=True).content.decode()
    assert sorted(faults()) == sorted([Fault.NOT_FOUND] * 3 + [Fault.UNPUBLISHED])
    for said in ("/weg/", "/ook-weg/", "/nieuws/bestaat-niet/", "Menu’s, voet en contact"):
        assert said in html
    assert reverse(SiteFrame.snippet_viewset.get_url_name("edit"), args=[frame.pk]) in html


def test_a_draft_is_nobodys_business(make_page):
    make_page(body=link("/bestaat-niet/"), live=False)
    assert faults() == []


def test_the_report_before_and_after_the_walk(signed_in, editor, make_page):
    client = signed_in(editor)
    make_page(body=link("/bestaat-niet/"))
    assert found_links() is None
    assert "nog niet gekeken" in client.get(REPORT).content.decode()
    html = client.post(REPORT, follow=True).content.decode()
    assert "1 link loopt dood" in html
    assert "Op dit adres staat niets" in html
    assert "/bestaat-niet/" in html
    assert "Links die doodlopen" in client.get("/beheer/").content.decode()


def test_what_an_editor_typed_is_no_markup_in_the_report(signed_in, editor, make_page):
    make_page(body=link("/&lt;script&gt;alert(1)&lt;/script&gt;/"))
    html = signed_in(editor).post(REPORT, follow=True).content.decode()
    assert "<script>alert" not in html


def test_many_pages_are_looked_at_in_the_background(signed_in, editor, make_page, monkeypatch):
    from home.editing import link_report  # noqa: PLC0415  its limit is set for this test alone

    monkeypatch.setattr(link_report, "IN_THE_BACKGROUND_FROM", 1)
    make_page(body=link("/bestaat-niet/"))
    html = signed_in(editor).post(REPORT, follow=True).content.decode()
    assert "Kom over een paar minuten terug" in html


def test_the_walk_asks_no_more_for_more_pages(make_page, django_assert_max_num_queries):
    for number in range(3):
        make_page(f"een-{number}", body=link("/nieuws/"))
    with django_assert_max_num_queries(60) as few:
        look_for_broken_links()
    for number in range(10):
        make_page(f"twee-{number}", body=link("/nieuws/"))
    # One for each page: its address is found by the parent of a page that is linked to.
    with django_assert_max_num_queries(len(few.captured_queries)):
        look_for_broken_links()


@pytest.mark.parametrize("name", ["unpublish", "delete"])
def test_who_takes_a_page_away_is_told_what_links_to_it(signed_in, chief, make_page, name):
    parent = make_page("ouder")
    child = parent.add_child(
        instance=type(parent)(title="Kind", slug="kind", body=[], locale=parent.locale)
    )
    client = signed_in(chief)
    address = reverse(f"wagtailadmin_pages:{name}", args=[parent.pk])
    assert "loopt straks dood" not in client.get(address).content.decode()
    make_page("van", title="Verwijzer", body=to_page(child.pk))
    html = client.get(address).content.decode()
    assert "1 gepubliceerde pagina verwijst hierheen" in html
    assert "Verwijzer" in html
