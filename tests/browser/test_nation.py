"""The map of the nation, with keyboard, with a finger, and without script."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

NATION = "landelijk@voorbeeld.example"
FOCUSED = "document.activeElement.getAttribute('aria-label') || ''"


def test_the_map_is_one_stop_that_arrow_keys_walk(window):
    with window(email=NATION) as page:
        page.goto("/landelijk/")
        page.get_by_role("link", name="Sla de kaart over").focus()
        page.keyboard.press("Tab")
        first = page.evaluate(FOCUSED)
        seen = {first}
        for key in ["ArrowDown"] * 12 + ["ArrowLeft"] * 4:
            page.keyboard.press(key)
            seen.add(page.evaluate(FOCUSED))
        assert len(seen) > 8
        # The line below the map says the same as the tile.
        here = page.evaluate(FOCUSED)
        assert page.locator("[data-now]").inner_text() == here
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('rv-map')") is None
        page.keyboard.press("Shift+Tab")
        assert page.evaluate(FOCUSED) == here
        page.keyboard.press("Enter")
        assert page.locator("tr:target th").inner_text() == here.split(":")[0]


@pytest.mark.parametrize("script", [True, False])
def test_a_tile_leads_to_its_row_on_a_phone(window, script):
    with window(width=360, email=NATION, script=script) as page:
        page.goto("/landelijk/")
        page.locator('svg a[aria-label^="Utrecht:"]').click()
        assert page.locator("tr:target th").inner_text() == "Utrecht"


def test_without_script_the_map_can_be_skipped_and_every_tile_is_a_link(window):
    with window(email=NATION, script=False) as page:
        page.goto("/landelijk/")
        expect(page.locator("svg a")).to_have_count(342)
        expect(page.locator("tbody tr[id^=GM]")).to_have_count(342)
        page.get_by_role("link", name="Sla de kaart over").focus()
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(re.escape("#omvang") + "$"))


def test_what_is_chosen_stays_chosen(window):
    with window(email=NATION) as page:
        page.goto("/landelijk/")
        page.locator("#id_province").select_option("Utrecht")
        page.locator("#id_role").select_option("raadslid")
        page.get_by_role("button", name="Toon").click()
        expect(page).to_have_url(re.compile(re.escape("province=Utrecht")))
        expect(page.locator("svg a")).to_have_count(26)
        expect(page.locator("tbody tr[id^=GM]")).to_have_count(26)
        page.get_by_role("link", name="Deel klaar").click()
        expect(page.locator("#id_province")).to_have_value("Utrecht")
