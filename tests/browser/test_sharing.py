"""Heads, announcements, searching from the header and a form, in a real browser."""

import re
import subprocess
import sys
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tools.paths import ROOT

pytestmark = pytest.mark.browser
VIOLATIONS = """() => {
  window.violations = [];
  document.addEventListener(
    "securitypolicyviolation",
    (event) => window.violations.push(`${event.violatedDirective} ${event.blockedURI}`),
  );
}"""
SHIFTED = """() => new Promise((resolve) => {
  let shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) shifted += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(shifted), 300);
})"""
MAKE = """
from home.models import Banner
from wagtail.models import Locale
Banner.objects.create(
    text="Dinsdag is er onderhoud.", may_be_closed=True, locale=Locale.get_default()
)
"""
REMOVE = "from home.models import Banner; Banner.objects.all().delete()"


def run(environment, code):
    """What an editor would do, in the site's own environment."""
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
    subprocess.run(  # noqa: S603  our own words
        command, cwd=ROOT, env=environment, check=True, capture_output=True
    )


@contextmanager
def announced(environment):
    run(environment, MAKE)
    try:
        yield
    finally:
        run(environment, REMOVE)


@pytest.mark.parametrize(
    "address", ["/", "/nieuws/een-afspraak-over-giften/", "/leren/uw-ambt-en-uw-eed/"]
)
def test_structured_data_is_data_to_the_browser(window, address):
    with window() as page:
        page.add_init_script(f"({VIOLATIONS})()")
        complaints = []
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(address)
        assert page.locator('script[type="application/ld+json"]').count() == 1
        assert page.evaluate("window.violations") == []
        assert complaints == []
        # That it would be told if something ran.
        page.evaluate(
            "() => { const s = document.createElement('script'); s.textContent = '1';"
            " document.head.append(s); }"
        )
        page.wait_for_function("window.violations.length === 1")


def test_an_announcement_is_closed_for_good_and_moves_nothing(window, site_environment):
    with announced(site_environment), window() as page:
        page.goto("/nieuws/")
        banner = page.locator(".rv-banner")
        expect(banner).to_contain_text("Dinsdag is er onderhoud.")
        assert Axe().run(page).response["violations"] == []
        page.get_by_role("button", name="Sluiten").click()
        expect(banner).to_be_hidden()
        assert page.evaluate("document.activeElement.id") == "inhoud-pagina"
        page.goto("/partners/")
        expect(banner).to_be_hidden()
        assert page.evaluate(SHIFTED) < 0.01
        assert page.context.cookies() == []


def test_without_a_script_an_announcement_stays(window, site_environment):
    with announced(site_environment), window(script=False, width=360) as page:
        page.goto("/nieuws/")
        expect(page.locator(".rv-banner")).to_be_visible()
        expect(page.locator("[data-close-banner]")).to_be_hidden()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_header_is_one_row_and_one_searches_from_it(window, width):
    with window(width=width) as page:
        page.goto("/")
        assert page.locator(".rv-header").bounding_box()["height"] < 80
        find = page.locator(".rv-find > summary")
        find.click()
        field = page.locator("#zoek-boven")
        expect(field).to_be_focused()
        box = page.locator(".rv-find__panel").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert Axe().run(page).response["violations"] == []
        page.keyboard.press("Escape")
        expect(field).to_be_hidden()
        expect(find).to_be_focused()
        find.click()
        field.fill("eed")
        field.press("Enter")
        page.wait_for_url(re.compile("/zoeken/.*q=eed"))


@pytest.mark.parametrize("script", [True, False])
def test_a_form_is_filled_in_corrected_and_sent(window, script):
    with window(script=script, width=360) as page:
        page.goto("/contact/")
        page.wait_for_timeout(3500)
        page.get_by_label("Uw naam").fill("Anna")
        page.get_by_label("Uw vraag of opmerking").fill("Een vraag.")
        page.get_by_role("button", name="Versturen").click()
        expect(page.locator(".rv-error-summary")).to_be_visible()
        assert Axe().run(page).response["violations"] == [] if script else True
        expect(page.get_by_label("Uw naam")).to_have_value("Anna")
        page.locator(".rv-error-summary a").first.click()
        page.get_by_label("Uw e-mailadres").fill("anna@voorbeeld.example")
        page.get_by_role("radio", name="Deze site").check()
        page.get_by_label(re.compile("Ik vind het goed")).check()
        page.get_by_role("button", name="Versturen").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Bedankt, het is verstuurd")
