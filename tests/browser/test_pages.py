"""Every kind of page in a real browser: without faults of access, at two widths."""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

COUNCIL_MEMBER = "raadslid@voorbeeld.example"
CLERK = "griffier@voorbeeld.example"
LESSON = "/leren/uw-ambt-en-uw-eed/de-eed/"
PAGES = [
    ("", "/"),
    ("", "/visiedocument/"),
    ("", "/nieuws/"),
    ("", "/nieuws/?thema=integriteit"),
    ("", "/nieuws/?thema=integriteit&doel=K4"),
    ("", "/nieuws/2017/?thema=bestaat-niet"),
    ("", "/nieuws/een-afspraak-over-giften/"),
    ("", "/nieuwsbrief/"),
    ("", "/nieuwsbrief/mail/"),
    ("", "/nieuwsbrief/aangemeld/"),
    ("", "/nieuwsbrief/stoppen/geen-link-van-ons/"),
    ("", "/en/nieuwsbrief/"),
    ("", "/partners/"),
    ("", "/partners/?branche=horeca&regio=Drenthe"),
    ("", "/visiedocument/k1/"),
    ("", "/en/visiedocument/k5/"),
    ("", "/visiedocument/geschiedenis/"),
    ("", "/instrumenten/"),
    ("", "/instrumenten/handreiking-screening-nieuwe-medewerkers/"),
    ("", "/agenda/"),
    ("", "/agenda/archief/"),
    ("", "/contact/"),
    ("", "/contact/?verzonden=1"),
    ("", "/en/contact/"),
    ("", "/leren/"),
    ("", "/leren/uw-ambt-en-uw-eed/"),
    ("", LESSON),
    ("", "/zoeken/?q=eed"),
    ("", "/zoeken/?q=xyzzy"),
    ("", "/zoeken/?q=ondremijning"),
    ("", "/zoeken/?q=griffier&soort=lessen&p=2"),
    ("", "/zoeken/?q=hulp"),
    ("", "/zoeken/"),
    ("", "/en/zoeken/?q=criminal"),
    ("", "/account/login/"),
    ("", "/privacy/"),
    ("", "/hulp/"),
    ("", "/opfrissen/geen-link-van-ons/"),
    ("", "/account-behouden/geen-link-van-ons/"),
    ("", "/en/hulp/"),
    ("", "/leren/uw-ambt-en-uw-eed/wie-helpt/"),
    ("", "/toegankelijkheid/"),
    ("", "/bestaat-niet/"),
    ("", "/en/"),
    ("", "/en/visiedocument/"),
    ("", "/en/nieuws/"),
    ("", "/en/instrumenten/"),
    ("", "/en/agenda/"),
    ("", "/en/praktijk/nooit-alleen-naar-de-auto/bespreken/"),
    ("", "/en/zoeken/?q=kerstpakket"),
    ("", "/en/leren/"),
    ("", "/bijeenkomsten/"),
    ("", "/bijeenkomsten/kennismaking-weerbaar-in-de-raad/"),
    ("", "/bijeenkomsten/werkavond-belangen/"),
    ("", "/bijeenkomsten/regiotafel-bestuurders/"),
    ("", "/en/bijeenkomsten/"),
    (COUNCIL_MEMBER, "/bijeenkomsten/intervisie-druk-en-bedreiging/aanmelden/"),
    (COUNCIL_MEMBER, "/bijeenkomsten/kennismaking-weerbaar-in-de-raad/afmelden/"),
    (COUNCIL_MEMBER, "/mijn/bijeenkomsten/"),
    ("", "/praktijk/"),
    ("", "/praktijk/?soort=mis&rol=raadslid"),
    ("", "/praktijk/?soort=goed&thema=geheimhouding"),
    ("", "/praktijk/de-aannemer-en-het-kerstpakket/"),
    ("", "/praktijk/de-aannemer-en-het-kerstpakket/bespreken/"),
    ("", "/en/praktijk/"),
    (COUNCIL_MEMBER, "/praktijk/insturen/"),
    (COUNCIL_MEMBER, "/mijn/praktijk/"),
    ("", "/netwerk/"),
    (COUNCIL_MEMBER, "/netwerk/"),
    (COUNCIL_MEMBER, "/netwerk/mijn/"),
    (COUNCIL_MEMBER, "/netwerk/berichten/"),
    ("nieuw@voorbeeld.example", "/netwerk/"),
    (CLERK, "/bijeenkomsten/werkavond-belangen/deelnemers/"),
    (CLERK, "/bijeenkomsten/werkavond-belangen/deelnemers/presentielijst/"),
    (COUNCIL_MEMBER, "/mijn/"),
    ("", "/certificaat/"),
    ("", "/certificaat/0000-0000-0000-0000-0000/"),
    ("", "/en/certificaat/"),
    (COUNCIL_MEMBER, "/mijn/certificaten/"),
    (COUNCIL_MEMBER, "/mijn/gegevens/"),
    (COUNCIL_MEMBER, "/en/mijn/gegevens/"),
    (COUNCIL_MEMBER, "/mijn/gegevens/downloaden/"),
    (COUNCIL_MEMBER, "/leren/belangen-en-nevenfuncties/"),
    (COUNCIL_MEMBER, LESSON),
    (COUNCIL_MEMBER, "/hulp/"),
    (COUNCIL_MEMBER, "/leren/uw-ambt-en-uw-eed/wie-helpt/"),
    (COUNCIL_MEMBER, "/leren/uw-ambt-en-uw-eed/toets/"),
    (COUNCIL_MEMBER, "/leren/uw-ambt-en-uw-eed/dilemma-gesprek-bij-de-kapstok/"),
    (CLERK, "/gemeente/utrecht/"),
    (CLERK, "/gemeente/utrecht/export/"),
    (CLERK, "/gemeente/utrecht/importeren/"),
    (CLERK, "/gemeente/zwolle/"),
    (CLERK, "/gemeente/utrecht/uitnodigen/"),
    (CLERK, "/gemeente/utrecht/uitnodigen/aanvragen/"),
    (CLERK, "/gemeente/utrecht/instellingen/"),
    (CLERK, "/gemeente/utrecht/volgers/"),
    (CLERK, "/gemeente/utrecht/logboek/"),
    ("", "/account/signup/"),
    ("", "/account/login/code/"),
    ("", "/account/login/wachtwoord/"),
    ("", "/account/login/link/?code=ABCD-EFGH"),
    ("", "/account/password/reset/"),
    (COUNCIL_MEMBER, "/account/2fa/"),
    (COUNCIL_MEMBER, "/account/email/"),
    (COUNCIL_MEMBER, "/account/sessions/"),
    ("", "/uitnodiging/"),
    ("", "/meedoen/mail/"),
    (CLERK, "/gemeente/utrecht/erkenningen/inlezen/"),
    (CLERK, "/gemeente/utrecht/verplichtingen/"),
    (CLERK, "/gemeente/utrecht/verplichtingen/nieuw/"),
    (CLERK, "/gemeente/utrecht/herinneringen/"),
    (CLERK, "/gemeente/utrecht/herinneringen/nieuw/"),
    ("landelijk@voorbeeld.example", "/landelijk/"),
]
SHIFTS = """() => new Promise(resolve => {
  let shifted = 0;
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) shifted += entry.value;
  }).observe({type: "layout-shift", buffered: true});
  setTimeout(() => resolve(shifted), 100);
})"""


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(("email", "address"), PAGES)
def test_a_page_is_sound(window, site, width, email, address):
    with window(width=width, email=email) as page:
        complaints: list[str] = []
        elsewhere: list[str] = []
        page.on(
            "console",
            lambda m: complaints.append(m.text) if m.type in {"error", "warning"} else None,
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request",
            lambda request: (
                elsewhere.append(request.url) if not request.url.startswith(site) else None
            ),
        )
        response = page.goto(address)
        assert response.status < 500
        # The browser itself reports a page that is not there, or not for them, as an error.
        expected = {403, 404, 410}
        if response.status in expected:
            complaints = [c for c in complaints if "Failed to load resource" not in c]
        assert complaints == []
        assert elsewhere == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        expect(page.locator("h1")).to_have_count(1)
        assert page.locator("html").get_attribute("lang") == (
            "en" if urlsplit(address).path.startswith("/en/") else "nl"
        )
        assert page.evaluate(SHIFTS) < 0.02
        found = Axe().run(page).response["violations"]
        assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found] == []


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_colours_hold_in_both_schemes(window, scheme):
    with window(width=360) as page:
        page.emulate_media(color_scheme=scheme)
        for address in ("/", LESSON, "/visiedocument/"):
            page.goto(address)
            found = Axe().run(page, options={"runOnly": ["color-contrast"]}).response["violations"]
            assert [n["html"][:120] for v in found for n in v["nodes"]] == []


def test_the_first_stop_of_the_keyboard_is_the_way_to_the_content(window):
    with window() as page:
        page.goto("/visiedocument/")
        page.keyboard.press("Tab")
        skip = page.locator(".rv-skip-link")
        assert skip.evaluate("e => e === document.activeElement")
        assert skip.bounding_box()["y"] >= 0
        page.keyboard.press("Enter")
        page.wait_for_url("**#inhoud-pagina")
