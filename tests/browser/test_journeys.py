"""What people come to do, from beginning to end."""

import csv
import io
import re

import pytest
from playwright.sync_api import expect

from learning.demo_modules import read
from tests.browser.answering import answer

pytestmark = pytest.mark.browser

NEW = "nieuw@voorbeeld.example"
COUNCIL_MEMBER = "raadslid@voorbeeld.example"
MODULE = "/leren/belangen-en-nevenfuncties/"
QUESTIONS = len(read("m1.toml")["questions"])


def primary(page):
    return page.locator("main .rv-button--next").first


def test_a_council_member_comes_back_on_another_device(window):
    with window(width=360, email=COUNCIL_MEMBER) as phone:
        primary(phone).click()
        expect(phone).to_have_url(re.compile(re.escape(MODULE)))
        left_at = phone.url
        phone.locator("h2").last.scroll_into_view_if_needed()
    with window(email=COUNCIL_MEMBER) as laptop:
        primary(laptop).click()
        laptop.wait_for_url(f"**{MODULE}**")
        assert laptop.url.split("#")[0] == left_at.split("#")[0]


@pytest.mark.parametrize("script", [True, False])
def test_a_new_council_member_follows_a_module_and_its_quiz(window, script):
    """All the way through, without JavaScript too; the second time it is done already."""
    with window(width=360, email=NEW, script=script) as page:
        page.goto("/leren/uw-ambt-en-uw-eed/")
        if script:
            primary(page).click()
            for step in ("de-raad-in-het-bestel", "de-eed", "de-gedragscode", "wie-helpt"):
                expect(page).to_have_url(re.compile(re.escape(step)))
                primary(page).click()
        page.goto("/leren/uw-ambt-en-uw-eed/toets/")
        primary(page).click()
        kinds = set()
        for number in range(1, QUESTIONS + 1):
            expect(page).to_have_url(re.compile(f"/{number}/$"))
            kinds.add(answer(page))
            if script:
                page.get_by_text("Opgeslagen", exact=True).wait_for()
            page.locator("main button[value=next]").click()
        primary(page).click()
        expect(page.locator(".rv-results li h3")).to_have_count(QUESTIONS)
        assert len(kinds) >= 5
        # The ground in law stands with every question.
        assert page.locator("main").inner_text().count("Gemeentewet, artikel") >= QUESTIONS


def test_an_answer_survives_signing_out(window):
    with window(width=360, email=COUNCIL_MEMBER) as page:
        page.goto("/leren/uw-ambt-en-uw-eed/toets/")
        primary(page).click()
        page.wait_for_url("**/poging/**")
        question = page.url
        page.context.clear_cookies(name="sessionid")
        box = page.locator("main input[name=answer]").last
        value = box.get_attribute("value")
        box.check()
        page.locator("main button[value=next]").click()
        page.wait_for_url("**/account/login/**")
        page.locator(f'form:has(input[value="{COUNCIL_MEMBER}"]) button').click()
        page.wait_for_url(re.compile("^(?!.*/account/)"))
        page.goto(question)
        expect(page.locator(f'main input[value="{value}"]')).to_be_checked()


def test_the_clerk_finds_who_has_not_begun_and_takes_a_list_along(window):
    with window(email="griffier@voorbeeld.example") as page:
        page.goto("/gemeente/utrecht/")
        page.get_by_label("Status").select_option(label="Te doen")
        page.get_by_role("button", name="Toon").click()
        rows = page.locator("section:has(#mensen) tbody tr")
        page.wait_for_url("**status=to_do**")
        rows.first.wait_for()
        assert set(rows.locator(".rv-status").all_inner_texts()) == {"Te doen"}
        page.get_by_role("link", name="Neem deze selectie mee").click()
        expect(page.get_by_label("Status")).to_have_value("to_do")
        with page.expect_download() as download:
            page.get_by_role("button", name="Download de lijst (CSV)").click()
        content = download.value.path().read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        table = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
        assert table[0][:3] == ["Naam", "Rol", "Sinds"]
        assert {row[3] for row in table[1:]} == {"Te doen"}
        with page.expect_download() as download:
            page.get_by_role("link", name="Download het verslag (PDF)").click()
        assert download.value.path().read_bytes().startswith(b"%PDF")
        page.get_by_role("link", name="Overzicht").click()
        name = table[1][0]
        page.get_by_label("Zoek op naam").fill(name)
        page.get_by_role("button", name="Zoek", exact=True).click()
        expect(rows.first).to_contain_text(name)
        assert name.split()[0] not in page.url
        assert page.goto("/gemeente/zwolle/").status == 403
        assert page.goto("/landelijk/").status == 403


def test_the_nation_shows_no_names(window):
    with window(email="landelijk@voorbeeld.example") as page:
        page.goto("/landelijk/")
        text = page.locator("main").inner_text()
        assert "Utrecht" in text
        assert "Te klein om te tonen" in text
        assert page.goto("/gemeente/utrecht/").status == 403


@pytest.mark.parametrize("title", ["De eed", "Toets: uw ambt en uw eed"])
def test_an_editor_previews_what_a_learner_sees(window, title):
    with window(email="redacteur@voorbeeld.example") as page:
        page.goto("/beheer/pages/")
        assert page.locator("html").get_attribute("lang") == "nl"
        page.goto(f"/beheer/pages/search/?q={title}")
        # One that was translated has its title twice.
        dutch = page.locator("tbody tr").filter(has_text="Nederlands")
        dutch.get_by_role("link", name=title, exact=True).first.click()
        page.wait_for_url("**/edit/")
        page.locator('[data-side-panel-toggle="preview"]').click()
        # While it loads there are two frames, the newer one last.
        preview = page.frame_locator('[data-side-panel="preview"] iframe').last
        preview.locator("h1", has_text=title).wait_for()
