"""Translating a page, and changing language while reading it; the guide for whoever edits."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_admin_policy import listen, started
from tests.browser.test_editors_tools import violations

pytestmark = pytest.mark.browser

CHIEF = "eindredacteur@voorbeeld.example"
LEARNER = "raadslid@voorbeeld.example"
LESSON = "/leren/uw-ambt-en-uw-eed/de-eed/"


def translate(page, address):
    """Begin a translation and publish it as it is."""
    page.goto(address)
    page.locator("input[name=locales]").first.check()
    page.get_by_role("button", name="Verzenden").click()
    page.wait_for_url(re.compile("/edit/"))
    page.get_by_role("button", name=re.compile("^Publiceren in het Engels")).click()
    expect(page.get_by_text("gepubliceerd").first).to_be_visible()


def begin_of(page, kind, title):
    """Where the translation of something is begun, from the list as its filters show it."""
    page.goto("/beheer/vertalingen/")
    page.get_by_label("Taal", exact=True).select_option(label="Engels")
    page.get_by_label("Hoe het ervoor staat", exact=True).select_option(label="is er niet")
    page.get_by_label("Soort", exact=True).select_option(label=kind)
    page.get_by_role("button", name="Toon", exact=True).click()
    begin = page.get_by_role("link", name=f"Begin met vertalen van {title} naar het Engels")
    return begin.get_attribute("href")


def test_a_step_is_translated_and_a_learner_keeps_their_place(window):
    with window(email=CHIEF) as page:
        complaints = listen(page)
        for kind, title in (("Module", "Uw ambt en uw eed"), ("Les", "De eed")):
            translate(page, begin_of(page, kind, title))
        assert complaints == []
    with window(email=LEARNER, width=360) as page:
        page.goto(LESSON)
        heading = page.locator("h2:has([id^=plek-])").last
        place = heading.locator("[id^=plek-]").get_attribute("id")
        heading.scroll_into_view_if_needed()
        expect(heading).to_be_in_viewport()
        page.evaluate("scrollTo(0, 0)")
        page.locator(".rv-menu summary").click()
        page.evaluate("document.querySelector('.rv-menu a[hreflang=en]').click()")
        page.wait_for_url(re.compile("/en/leren/"))
        assert page.evaluate("location.hash") == f"#{place}"
        expect(page.locator("html")).to_have_attribute("lang", "en")
        # And a step that is not translated leads to the module, which says so.
        page.goto("/leren/uw-ambt-en-uw-eed/de-gedragscode/")
        page.locator(".rv-menu summary").click()
        page.locator(".rv-menu a[hreflang=en]").click()
        expect(page.get_by_text("That page is not there in this language.")).to_be_visible()
        page.get_by_role("link", name="De gedragscode").first.click()
        page.wait_for_url(re.compile("/leren/uw-ambt-en-uw-eed/de-gedragscode/"))


@pytest.mark.parametrize("width", [360, 1280])
def test_the_guide_and_the_list_of_translations(window, width):
    with window(email=CHIEF, width=width) as page:
        complaints = listen(page)
        for address in ("/beheer/handleiding/", "/beheer/vertalingen/"):
            page.goto(address)
            page.wait_for_load_state("networkidle")
            started(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
            assert violations(page) == [], address
        page.goto("/beheer/handleiding/")
        page.get_by_role("link", name="Vertalen", exact=True).click()
        expect(page.get_by_role("heading", name="8. Vertalen")).to_be_in_viewport()
        assert complaints == []
