"""Documents: what is taken in, how it is given out, and to whom."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction

from tests import factories
from tests.home.test_file_kinds import PDF, office

pytestmark = pytest.mark.django_db
ADD = "/beheer/documents/add/"


def sent(admin_client, content, name="code.pdf"):
    root = Collection.get_first_root_node()
    return admin_client.post(
        ADD,
        {
            "title": "Gedragscode",
            "file": SimpleUploadedFile(name, content),
            "collection": root.pk,
        },
    )


def words(response):
    assert not Document.objects.exists()
    assert response.status_code == 200
    return response.content.decode()


def test_a_whole_document_is_taken_under_a_plain_name(admin_client, home):
    assert sent(admin_client, PDF, "Gedrags code.exe.PDF").status_code == 302
    assert Document.objects.get().filename == "Gedrags-code-exe.pdf"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("code.pdf", b"<html><script>alert(1)</script></html>", "geen heel .pdf-bestand"),
        ("lijst.docx", office("xlsx"), "geen heel .docx-bestand"),
        ("brief.docx", office("docx", ("word/vbaProject.bin", "x")), "macro"),
        ("bom.docx", office("docx", ("a.xml", b"\0" * 6_000_000)), "Uitgepakt"),
        ("code.pdf", PDF + b"\0" * (20 * 1024 * 1024) + b"%%EOF", "te groot"),
        ("pagina.html", b"<html></html>", "html"),
        ("tekening.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "svg"),
    ],
)
def test_what_is_refused_is_told_in_dutch(admin_client, home, name, content, said):
    assert said in words(sent(admin_client, content, name))


def test_many_at_once_are_held_to_the_same(admin_client, home):
    response = admin_client.post(
        "/beheer/documents/multiple/add/",
        {"files[]": SimpleUploadedFile("code.pdf", b"<html>"), "collection": "1"},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert response.json()["success"] is False
    assert not Document.objects.exists()


def test_the_words_beside_a_document_change_without_its_file(admin_client, home):
    sent(admin_client, PDF)
    document = Document.objects.get()
    response = admin_client.post(
        f"/beheer/documents/edit/{document.pk}/",
        {"title": "Anders", "collection": Collection.get_first_root_node().pk, "tags": ""},
    )
    assert response.status_code == 302
    document.refresh_from_db()
    assert (document.title, document.filename) == ("Anders", "code.pdf")


# Giving out


@pytest.fixture
def document(home, settings, monkeypatch, tmp_path):
    """Makes documents in real files: what serves them asks where they are."""
    settings.MEDIA_ROOT = tmp_path
    disk = FileSystemStorage(location=tmp_path)
    monkeypatch.setattr(Document._meta.get_field("file"), "storage", disk)

    def make(restriction="", *, password="", groups=(), name="stuk.pdf"):
        collection = Collection.get_first_root_node().add_child(name=name)
        if restriction:
            made = CollectionViewRestriction.objects.create(
                collection=collection, restriction_type=restriction, password=password
            )
            made.groups.set(groups)
        document = Document(title="Zeldzaamwoord", collection=collection)
        document.file.save(name, ContentFile(PDF))
        return document

    return make


@pytest.mark.parametrize("name", ["stuk.pdf", "lijst.csv", "brief.docx", "plat.txt"])
def test_a_document_is_a_file_to_save(client, document, name):
    made = document(name=name)
    response = client.get(made.url)
    assert b"".join(response) == PDF
    headers = response.headers
    assert headers["Content-Disposition"].startswith("attachment")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_no_way_round_wagtail_leads_to_it(client, document):
    made = document()
    for way in ("", "./", "/", "//", "images/../", "../media/", "images/..%2f", ".%2f", "%2e/"):
        assert client.get(f"/media/{way}{made.file.name}").status_code == 404, way
    assert client.get(made.url.replace("stuk", "ander")).status_code == 404


def given(client, made):
    response = client.get(made.url)
    content = b"".join(response)
    return response.status_code == 200 and content == PDF


def test_a_private_document_is_for_who_has_signed_in(client, signed_in, document):
    made = document(CollectionViewRestriction.LOGIN)
    response = client.get(made.url)
    assert response.status_code == 302
    assert response.url.startswith("/account/login/?next=/documenten/")
    somebody = signed_in(factories.make_user())
    assert given(somebody, made)
    response = somebody.get(made.url)
    assert b"".join(response) == PDF
    assert response.headers["Cache-Control"] == "private, no-store"


def test_a_private_document_is_for_members_of_its_group(client, signed_in, document):
    group = Group.objects.create(name="Redactieraad")
    made = document(CollectionViewRestriction.GROUPS, groups=[group])
    member = factories.make_user()
    member.groups.add(group)
    assert given(signed_in(member), made)
    assert not given(client, made)
    assert not given(signed_in(factories.make_user()), made)


def test_a_private_document_is_for_who_knows_the_word(document):
    made = document(CollectionViewRestriction.PASSWORD, password="sesam-open-u")
    restriction = CollectionViewRestriction.objects.get()
    browser = Client()
    asked = browser.get(made.url)
    assert asked.status_code == 200
    assert PDF not in asked.content
    address = f"/documenten/authenticate_with_password/{restriction.pk}/"
    wrong = browser.post(address, {"password": "fout", "return_url": made.url})
    assert wrong.status_code == 200
    assert not given(browser, made)
    elsewhere = browser.post(
        address, {"password": "sesam-open-u", "return_url": "https://elders.example/"}
    )
    assert elsewhere.url == "/mijn/"
    assert given(browser, made)
    assert not given(Client(), made)


def test_nobody_finds_a_document_by_searching(client, document):
    made = document(CollectionViewRestriction.LOGIN)
    page = client.get("/zoeken/?q=Zeldzaamwoord").content.decode()
    assert made.url not in page
