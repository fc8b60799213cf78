"""Signing up for a meeting, ticking who was there, and writing to a peer; in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
NEW = "nieuw@voorbeeld.example"
COUNCIL_MEMBER = "raadslid@voorbeeld.example"
CLERK = "griffier@voorbeeld.example"
FULL = "/bijeenkomsten/intervisie-druk-en-bedreiging/"
OPEN = "/bijeenkomsten/vragenuur-geheimhouding/"
PAST = "/bijeenkomsten/werkavond-belangen/deelnemers/"


def sound(page):
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found] == []


@pytest.mark.parametrize("script", [True, False])
def test_one_signs_up_and_cancels(window, script):
    with window(width=360, email=NEW, script=script) as page:
        page.goto(OPEN)
        page.get_by_role("link", name="Aanmelden").click()
        expect(page.get_by_role("heading", name="Wie ziet dat u komt")).to_be_visible()
        if script:
            sound(page)
        page.get_by_role("button", name="Meld mij aan").click()
        expect(page.get_by_role("heading", name="U hebt een plaats")).to_be_visible()
        if script:
            sound(page)
        page.goto("/mijn/bijeenkomsten/")
        page.get_by_role("link", name="Vragenuur: geheimhouding").click()
        page.get_by_role("link", name="Afmelden").click()
        page.get_by_role("button", name="Ja, afmelden").click()
        expect(page.get_by_role("heading", name="Kom ook")).to_be_visible()


def test_a_full_meeting_puts_one_on_the_waiting_list(window):
    with window(width=360, email=COUNCIL_MEMBER) as page:
        page.goto(FULL)
        page.get_by_role("link", name="Naar de wachtlijst").click()
        page.get_by_role("button", name="Zet mij op de wachtlijst").click()
        expect(page.get_by_role("heading", name="U staat op de wachtlijst")).to_be_visible()
        page.get_by_role("link", name="Afmelden").click()
        sound(page)
        page.get_by_role("button", name="Ja, afmelden").click()


def test_an_organiser_ticks_who_was_there(window):
    with window(email=CLERK) as page:
        page.goto(PAST)
        sound(page)
        box = page.get_by_role("checkbox").first
        was = box.is_checked()
        box.set_checked(not was)
        page.get_by_role("button", name="Aanwezigheid opslaan").click()
        expect(page.get_by_text("Opgeslagen. Bij 1 persoon is iets veranderd.")).to_be_visible()
        expect(page.get_by_role("checkbox").first).to_be_checked(checked=not was)
        page.get_by_role("checkbox").first.set_checked(was)
        page.get_by_role("button", name="Aanwezigheid opslaan").click()


def test_a_peer_is_found_and_written_to_and_one_stops(window):
    with window(width=360, email=NEW) as page:
        page.goto("/netwerk/")
        page.get_by_role("link", name="Meedoen").click()
        page.get_by_label("Melden en hulp").check()
        page.get_by_label("Waarover wilt u sparren?").fill("Hoe begint u?")
        page.get_by_role("button", name="Laat mij vinden").click()
        page.get_by_label("Kan helpen met").select_option(label="Belangen en nevenfuncties")
        page.get_by_role("button", name="Toon").click()
        sound(page)
        page.get_by_role("link", name="Schrijf een bericht aan Samira Vossenberg").click()
        page.get_by_role("button", name="Versturen").click()
        expect(page.locator("[role=alert]")).to_be_visible()
        sound(page)
        page.get_by_label("Uw bericht").fill("Zullen we een keer bellen?")
        page.get_by_role("button", name="Versturen").click()
        expect(page.get_by_role("heading", name="Berichten met Samira Vossenberg")).to_be_visible()
        sound(page)
        page.goto("/netwerk/mijn/")
        page.get_by_role("button", name="Stoppen met meedoen").click()
        expect(page.get_by_text("U bent niet meer te vinden.")).to_be_visible()
    with window(width=360, email=COUNCIL_MEMBER) as page:
        page.goto("/netwerk/berichten/")
        page.get_by_role("link", name="Joost Haverkamp").click()
        page.get_by_role("link", name="Dit bericht melden").click()
        sound(page)
