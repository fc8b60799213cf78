"""One's own page: how pages look is chosen and holds, and everything is taken away."""

import zipfile

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

NEWCOMER = "nieuw@voorbeeld.example"
PASSWORD = "demo-Weerbaar-2026"
ADDRESS = "/mijn/gegevens/"
LOOKS_AT_IT = ("/mijn/gegevens/", "/mijn/", "/leren/uw-ambt-en-uw-eed/de-eed/", "/hulp/")


def choose(page, size, contrast):
    page.goto(ADDRESS)
    page.locator(f'[name="text_size"][value="{size}"]').check()
    page.locator(f'[name="contrast"][value="{contrast}"]').check()
    page.get_by_role("button", name="Weergave opslaan").click()
    page.wait_for_url(f"**{ADDRESS}#weergave")
    expect(page.get_by_text("Uw keuze is opgeslagen.")).to_be_visible()


def faults(page, **options):
    found = Axe().run(page, options=options).response["violations"]
    return [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found]


@pytest.fixture
def look_as_usual(window):
    """Whatever a test chose is undone: others look at the same person's pages."""
    yield
    with window(email=NEWCOMER) as page:
        choose(page, "normal", "device")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_large_text_and_high_contrast_hold_everywhere(window, look_as_usual, width, scheme):
    with window(width=width, email=NEWCOMER) as page:
        page.emulate_media(color_scheme=scheme)
        page.goto(ADDRESS)
        before = page.locator("h1").evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
        choose(page, "largest", "high")
        for address in LOOKS_AT_IT:
            page.goto(address)
            assert faults(page) == [], address
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        page.goto(ADDRESS)
        after = page.locator("h1").evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
        assert after > before * 1.2
        ground = page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")
        assert ground == ("rgb(255, 255, 255)" if scheme == "light" else "rgb(0, 0, 0)")


def test_a_device_set_to_more_contrast_gets_it(window):
    with window() as page:
        page.emulate_media(contrast="more", color_scheme="light")
        page.goto("/hulp/")
        ink = page.locator("body").evaluate("e => getComputedStyle(e).color")
        assert ink == "rgb(0, 0, 0)"
        assert faults(page) == []


def test_forced_colours_leave_nothing_unseen(window):
    with window(email=NEWCOMER) as page:
        page.emulate_media(forced_colors="active")
        page.goto(ADDRESS)
        # The colours are the device's own, and not what axe reads from the style sheets.
        assert faults(page, rules={"color-contrast": {"enabled": False}}) == []
        for radio in page.locator('[type="radio"]').all():
            assert radio.evaluate("e => getComputedStyle(e).appearance") in {"auto", "radio"}


def test_everything_is_downloaded_after_the_password(window, tmp_path):
    with window(width=360, email=NEWCOMER) as page:
        page.goto(ADDRESS)
        page.get_by_role("link", name="Alles downloaden").click()
        page.wait_for_url("**/account/reauthenticate/**")
        page.locator('[name="password"]').fill(PASSWORD)
        page.locator('main form:has([name="password"]) [type="submit"]').first.click()
        page.wait_for_url("**/mijn/gegevens/downloaden/")
        assert faults(page) == []
        with page.expect_download() as waiting:
            page.get_by_role("button", name="Het bestand maken en downloaden").click()
        target = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(target)
        names = zipfile.ZipFile(target).namelist()
        assert names[:2] == ["mijn-gegevens.json", "mijn-gegevens.html"]
        # The page in it, as somebody opens it from their own disk.
        html = tmp_path / "mijn-gegevens.html"
        html.write_bytes(zipfile.ZipFile(target).read("mijn-gegevens.html"))
        elsewhere = []
        page.on("request", lambda request: elsewhere.append(request.url))
        page.goto(html.as_uri())
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert elsewhere == [html.as_uri()]


def test_a_mistyped_name_is_mended_without_script(window):
    with window(width=360, email=NEWCOMER, script=False) as page:
        page.goto(f"{ADDRESS}#klopt-het")
        name = page.get_by_label("Naam", exact=True)
        was = name.input_value()
        name.fill("kijk op https://x.example")
        page.get_by_role("button", name="Naam opslaan").click()
        expect(page.get_by_label("Naam", exact=True)).to_have_value("kijk op https://x.example")
        expect(page.locator(".rv-field__error")).to_be_visible()
        page.get_by_label("Naam", exact=True).fill(was)
        page.get_by_role("button", name="Naam opslaan").click()
        page.wait_for_url(f"**{ADDRESS}#klopt-het")
        expect(page.get_by_text("Zo heet u hier al.")).to_be_visible()


def test_who_sees_what_prints_without_forms(window):
    with window(email=NEWCOMER) as page:
        page.goto(ADDRESS)
        page.emulate_media(media="print")
        expect(page.get_by_role("heading", name="Wie ziet wat")).to_be_visible()
        expect(page.get_by_role("heading", name="Wie keek")).to_be_visible()
        for hidden in ("#weergave", "#berichten", ".rv-toc", ".rv-header"):
            expect(page.locator(hidden)).to_be_hidden()
