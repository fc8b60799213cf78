"""The list of translations in the admin, PO files out and in, and machines that translate."""

import json
import threading
import zipfile
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO

import polib
import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core.exceptions import ImproperlyConfigured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from wagtail_localize.models import StringTranslation, Translation

from config.machine_translation import machine_translator
from home.models import NewsPage
from home.translating import po
from home.translating.standing import Followed, State, Version, standings, state_of
from learning.models import Question
from tests import factories
from tests.home.specimens import specimen
from tests.home.test_translating import fill_in, submitted

pytestmark = pytest.mark.django_db

LIST = "/beheer/vertalingen/"
EARLY, LATER, LAST = (datetime(2026, 1, day, tzinfo=UTC) for day in (1, 2, 3))


def version(**fields):
    defaults = {"pk": 1, "key": 1, "locale_id": 1, "title": "x", "is_live": True}
    return Version(**(defaults | {"published_at": EARLY} | fields))


def followed(**fields):
    defaults = {"pk": 1, "source_locale_id": 1, "texts": 3, "open_texts": 0}
    times = {"source_changed_at": EARLY, "saved_at": LATER, "translated_at": EARLY}
    return Followed(**(defaults | times | fields))


@pytest.mark.parametrize(
    ("target", "known", "state"),
    [
        (None, None, State.MISSING),
        (version(is_mirror=True), None, State.MISSING),
        (version(is_live=False), followed(), State.DRAFT),
        (version(), followed(), State.IN_STEP),
        (version(), followed(open_texts=1), State.BEHIND),
        (version(), followed(source_changed_at=LAST), State.BEHIND),
        (version(), followed(saved_at=None), State.BEHIND),
        (version(), followed(translated_at=LAST), State.DRAFT),
        (version(published_at=LATER), None, State.IN_STEP),
        (version(published_at=None), None, State.IN_STEP),
    ],
)
def test_how_a_translation_stands(target, known, state):
    assert state_of(version(), target, known) is state


def test_one_by_hand_is_behind_when_its_source_is_newer():
    assert state_of(version(published_at=LATER), version(published_at=EARLY), None) is State.BEHIND


@pytest.fixture
def editors(site):
    factories.make_home("en")


@pytest.fixture
def chief(editors, signed_in):
    person = factories.make_user()
    person.groups.add(Group.objects.get(name="Eindredacteuren"))
    return signed_in(person)


@pytest.fixture
def translation(editors, django_capture_on_commit_callbacks):
    news = specimen(NewsPage, factories.locale())
    begun = submitted(news)
    with django_capture_on_commit_callbacks(execute=True):
        begun.save_target(publish=True)
    return begun


def soup_of(client, address=LIST):
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def row_of(client, title, address=LIST):
    rows = soup_of(client, address).select("table.listing tbody tr")
    return next((row for row in rows if title in row.text), None)


def test_the_list_says_how_each_stands_and_leads_there(chief, translation):
    title = translation.source.object_repr
    row = row_of(chief, title)
    assert "loopt achter" in row.text
    assert "teksten te vertalen" in row.text
    target = translation.get_target_instance()
    assert row.select("a")[-1]["href"] == reverse("wagtailadmin_pages:edit", args=[target.pk])
    assert row_of(chief, title, f"{LIST}?staat=in-step") is None
    assert row_of(chief, title, f"{LIST}?staat=behind&taal=en&soort=Nieuwsbericht") is not None
    fill_in(translation)
    translation.save_target(publish=True)
    translation.get_target_instance().save_revision().publish()
    assert row_of(chief, title, f"{LIST}?staat=in-step&taal=en") is not None


def test_the_start_page_names_what_is_behind(chief, translation):
    line = soup_of(chief, "/beheer/").select_one(f'.rv-waiting a[href="{LIST}?staat=behind"]')
    assert line.text == "Vertalingen die achterlopen"


def test_what_is_missing_can_be_begun(chief, editors):
    news = specimen(NewsPage, factories.locale())
    link = row_of(chief, news.title, f"{LIST}?staat=missing").select("a")[-1]
    assert link.text == "Begin met vertalen"
    assert chief.get(link["href"]).status_code == 200


@pytest.mark.parametrize("query", ["?taal=xx&staat=ja&soort=%00", "?p=0", "?p=x", "?p=9999"])
def test_a_filter_that_is_nonsense_filters_nothing(chief, query):
    assert chief.get(LIST + query).status_code in (200, 400)


def test_the_list_asks_no_more_when_there_is_more(
    chief, translation, django_assert_max_num_queries
):
    chief.get(LIST)
    specimen(NewsPage, factories.locale())
    with django_assert_max_num_queries(60):
        standings()


def exported(chief):
    response = chief.get(f"{LIST}bestanden/")
    assert response["Content-Type"] == "application/zip"
    with zipfile.ZipFile(BytesIO(response.content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def file_of(chief, translation):
    """Its own among all: what a page points at is to be translated as well."""
    return exported(chief)[po.file_name(translation)]


def translated(text):
    found = polib.pofile(text)
    for entry in found:
        entry.msgstr = f"X {entry.msgid}"
    return str(found).encode()


def sent(chief, name, content, address=f"{LIST}inlezen/"):
    return chief.post(address, {"file": SimpleUploadedFile(name, content)}, follow=True)


def test_all_that_is_behind_goes_out_and_comes_back(chief, translation):
    files = exported(chief)
    assert po.file_name(translation) in files
    assert {name.partition("/")[0] for name in files} == {"en"}
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, translated(text))
        archive.writestr("en/kapot.po", "msgid geen")
    page = sent(chief, "terug.zip", packed.getvalue()).content.decode()
    assert "teksten ingelezen" in page
    assert "kapot.po" in page
    assert "geen PO-bestand" in page
    total, done = translation.get_progress()
    assert total == done
    assert StringTranslation.objects.first().data.startswith("X ")


def test_coming_back_twice_is_once_and_takes_nothing_away(chief, translation):
    text = file_of(chief, translation)
    for _ in range(2):
        sent(chief, "een.po", translated(text))
    count = StringTranslation.objects.count()
    sent(chief, "een.po", text.encode())  # with nothing filled in
    assert StringTranslation.objects.count() == count
    assert StringTranslation.objects.filter(data="").count() == 0


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.po", b"", "niet voor welke vertaling"),
        ("x.po", b"\x00\xff\xfe", "geen PO-bestand"),
        ("x.po", b'msgid "a"\nmsgstr "b"\n', "niet voor welke vertaling"),
        ("x.zip", b"PK\x03\x04kapot", "beschadigd"),
        (
            "x.po",
            b'msgid ""\nmsgstr "X-WagtailLocalize-TranslationID: nee\\n"\n',
            "welke vertaling",
        ),
    ],
)
def test_a_file_that_is_none_is_told_in_words_and_changes_nothing(
    chief, translation, name, content, said
):
    page = sent(chief, name, content).content.decode()
    assert said in page
    assert not StringTranslation.objects.exists()
    address = reverse("wagtail_localize:upload_pofile", args=[translation.pk])
    if name.endswith(".po"):
        assert sent(chief, name, content, address).status_code == 200
        assert not StringTranslation.objects.exists()


@given(st.binary(max_size=200))
def test_no_file_of_whatever_bytes_breaks_reading(content):
    with suppress(po.NotReadable):
        po.read(content)


def test_a_zip_that_unpacks_to_too_much_is_not_unpacked(chief, editors, monkeypatch):
    monkeypatch.setattr(po, "LARGEST_UNPACKED", 10)
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("groot.po", "#" * 1000)
    assert "te veel" in sent(chief, "x.zip", packed.getvalue()).content.decode()


def test_without_a_file_one_is_asked_to_choose_one(chief, translation):
    assert "Kies een PO-bestand" in chief.post(f"{LIST}inlezen/", follow=True).content.decode()
    address = reverse("wagtail_localize:upload_pofile", args=[translation.pk])
    assert "Kies een PO-bestand" in chief.post(address, follow=True).content.decode()


def test_a_file_of_another_translation_is_refused(chief, translation):
    text = file_of(chief, translation)
    other = submitted(specimen(NewsPage, factories.locale()))
    address = reverse("wagtail_localize:upload_pofile", args=[other.pk])
    page = sent(chief, "x.po", translated(text), address).content.decode()
    assert "andere vertaling" in page
    assert not StringTranslation.objects.exists()
    address = reverse("wagtail_localize:upload_pofile", args=[translation.pk])
    assert "ingelezen" in sent(chief, "x.po", translated(text), address).content.decode()


def test_who_may_not_edit_gets_nothing_in(translation):
    outsider = factories.make_user()
    found = str(translation.export_po()).encode()
    outcome = po.bring_in(translated(found.decode()), by=outsider, name="x.po")
    assert "mag" in outcome.words
    assert po.behind(standings(), outsider) == []


# Machines that translate


@contextmanager
def machine(answer, *, status=200):
    """A server of ours on loopback that answers as LibreTranslate or DeepL."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            asked.append((self.path, dict(self.headers), body))
            content = answer(body).encode()
            self.send_response(status)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


def libre(body):
    return json.dumps({"translatedText": [f"M {text}" for text in json.loads(body)["q"]]})


def pressed(chief, translation):
    address = reverse("wagtail_localize:machine_translate", args=[translation.pk])
    return chief.post(address, follow=True)


def test_by_default_no_machine_is_asked(chief, translation, settings):
    assert settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR is None
    assert pressed(chief, translation).status_code == 404


def test_libretranslate_fills_in_what_is_open(chief, translation):
    segment = translation.source.stringsegment_set.order_by("order").first()
    StringTranslation.objects.create(
        translation_of=segment.string,
        locale=translation.target_locale,
        context=segment.context,
        data="By hand",
    )
    with machine(libre) as (url, asked):
        setting = machine_translator(name="LibreTranslate", url=url, key="geheim")
        with override_settings(WAGTAILLOCALIZE_MACHINE_TRANSLATOR=setting):
            assert pressed(chief, translation).status_code == 200
    assert json.loads(asked[0][2])["target"] == "en"
    total, done = translation.get_progress()
    assert total == done
    assert StringTranslation.objects.filter(data="By hand").exists()
    assert StringTranslation.objects.filter(data__startswith="M ").exists()


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (lambda _body: "kapot", 200),
        (lambda _body: "{}", 200),
        (lambda _body: '{"translatedText": ["een"]}', 200),
        (libre, 500),
        (libre, 403),
    ],
)
def test_a_machine_that_fails_changes_nothing_and_says_so(
    chief, translation, answer, status, caplog
):
    with machine(answer, status=status) as (url, _asked):
        setting = machine_translator(name="libretranslate", url=url, key="geheim")
        with override_settings(WAGTAILLOCALIZE_MACHINE_TRANSLATOR=setting):
            page = pressed(chief, translation).content.decode()
            update = reverse("wagtail_localize:update_translations", args=[translation.source_id])
            both = {"publish_translations": "on", "use_machine_translation": "on"}
            assert chief.post(update, both, follow=True).status_code == 200
    assert "gaf geen antwoord" in page
    assert not StringTranslation.objects.exists()
    assert "geheim" not in caplog.text


def test_a_machine_that_is_not_there_is_told_as_well(chief, translation):
    setting = machine_translator(name="libretranslate", url="http://127.0.0.1:9", key="")
    with override_settings(WAGTAILLOCALIZE_MACHINE_TRANSLATOR=setting):
        assert "gaf geen antwoord" in pressed(chief, translation).content.decode()


def test_deepl_is_asked_with_its_key(chief, translation):
    def deepl(body):
        return json.dumps({"translations": [{"text": "D"}] * body.count("text=")})

    with machine(deepl) as (url, asked):
        setting = machine_translator(name="deepl", url=url, key="sleutel")
        with override_settings(WAGTAILLOCALIZE_MACHINE_TRANSLATOR=setting):
            assert pressed(chief, translation).status_code == 200
    assert asked[0][1]["Authorization"] == "DeepL-Auth-Key sleutel"
    total, done = translation.get_progress()
    assert total == done


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "google", "url": "", "key": ""},
        {"name": "libretranslate", "url": "", "key": ""},
        {"name": "libretranslate", "url": "http://vertaal.example", "key": ""},
        {"name": "deepl", "url": "", "key": ""},
    ],
)
def test_a_setting_that_cannot_be_is_refused_at_the_start(wrong):
    with pytest.raises(ImproperlyConfigured):
        machine_translator(**wrong)


def test_none_is_none():
    assert machine_translator(name="none", url="", key="") is None
    assert machine_translator(name="", url="", key="") is None


@pytest.fixture
def editor(editors):
    person = factories.make_user()
    person.groups.add(Group.objects.get(name="Redacteuren"))
    return person


def test_what_is_begun_is_not_on_the_site(
    signed_in, editor, client, django_capture_on_commit_callbacks
):
    news = specimen(NewsPage, factories.locale())
    address = reverse("wagtail_localize:submit_page_translation", args=[news.pk])
    english = factories.locale("en")
    with django_capture_on_commit_callbacks(execute=True):
        assert signed_in(editor).post(address, {"locales": [english.pk]}).status_code == 302
    begun = news.get_translation(english)
    assert not begun.live
    row = next(each for each in standings() if each.title == news.title)
    assert row.state is State.DRAFT
    assert client.get(f"/en/nieuws/{begun.slug}/").status_code == 404
    # Nor is the page above it, which was not translated either; not even when its source changes.
    index = news.get_parent().specific
    index.save_revision().publish()
    above = index.get_translation(english)
    assert (above.live, above.alias_of_id) == (False, None)
    assert Translation.objects.filter(source__object_id=index.translation_key).exists()


@pytest.mark.parametrize("who", ["editor", "chief"])
def test_only_who_may_publish_publishes_by_updating(
    who, signed_in, chief, editor, django_capture_on_commit_callbacks
):
    browser = chief if who == "chief" else signed_in(editor)
    begun = submitted(specimen(NewsPage, factories.locale()))
    address = reverse("wagtail_localize:update_translations", args=[begun.source_id])
    field = browser.get(address).context["form"]["publish_translations"]
    assert field.is_hidden is (who == "editor")
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post(address, {"publish_translations": "on"})
    assert answer.status_code == 302
    assert begun.get_target_instance().live is (who == "chief")


@pytest.mark.parametrize("who", ["editor", "chief"])
def test_a_question_is_published_by_chief_editors_too(who, signed_in, chief, editor):
    browser = chief if who == "chief" else signed_in(editor)
    begun = submitted(specimen(Question, factories.locale()))
    assert not begun.get_target_instance().live
    address = reverse("wagtail_localize:update_translations", args=[begun.source_id])
    browser.post(address, {"publish_translations": "on"})
    assert begun.get_target_instance().live is (who == "chief")
