"""The visiedocument as one reads it: short at first, whole where one asks for it or prints it."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [True, False])
def test_an_anchor_opens_what_it_points_at(window, script):
    with window(width=360, script=script) as page:
        page.goto("/visiedocument/#k4")
        expect(page.locator("#k4")).to_be_in_viewport()
        expect(page.locator(".rv-goal:has(#k4) h3")).to_be_in_viewport()
        expect(page.locator("#k3")).to_be_hidden()
        page.get_by_role("link", name="Waarom dit document er is").click()
        expect(page.locator("#waarom")).to_be_visible()


def test_it_is_short_until_one_asks_for_all(window):
    height = "document.documentElement.scrollHeight"
    with window(width=360) as page:
        page.goto("/visiedocument/")
        folded = page.evaluate(height)
        page.get_by_role("link", name="Alle teksten openen").click()
        expect(page.locator("#l3")).to_be_visible()
        assert page.evaluate(height) > 2 * folded
        assert Axe().run(page).response["violations"] == []
        page.get_by_role("link", name="Teksten inklappen").click()
        expect(page.locator("#l3")).to_be_hidden()
        assert Axe().run(page).response["violations"] == []


def test_paper_has_all_of_it(window):
    with window() as page:
        page.goto("/visiedocument/")
        page.emulate_media(media="print")
        for anchor in ("waarom", "k1", "l3"):
            box = page.locator(f"#{anchor}").bounding_box()
            assert box
            assert box["height"] > 40
