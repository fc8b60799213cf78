"""Searching in a browser: suggestions by keyboard and pointer, and the same without script."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def box(page):
    return page.get_by_role("main").get_by_role("combobox", name="Wat zoekt u?")


def test_suggestions_are_chosen_with_the_keyboard(window):
    with window() as page:
        page.goto("/zoeken/")
        field = box(page)
        expect(field).to_have_attribute("aria-expanded", "false")
        field.press_sequentially("nevenf")
        options = page.get_by_role("main").get_by_role("option")
        expect(options.first).to_contain_text("Nevenfuncties")
        expect(field).to_have_attribute("aria-expanded", "true")
        expect(page.get_by_role("main").locator("rv-suggest [role=status]")).to_contain_text(
            "suggestie"
        )
        assert Axe().run(page).response["violations"] == []
        field.press("ArrowDown")
        expect(options.first).to_have_attribute("aria-selected", "true")
        assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
        # Up from the first is back in the field; once more is the last.
        field.press("ArrowUp")
        expect(options.first).to_have_attribute("aria-selected", "false")
        assert field.get_attribute("aria-activedescendant") is None
        field.press("ArrowUp")
        expect(options.last).to_have_attribute("aria-selected", "true")
        field.press("Escape")
        expect(field).to_have_attribute("aria-expanded", "false")
        expect(field).to_have_value("nevenf")
        field.press("ArrowDown")
        field.press("Enter")
        # A visitor is led on to signing in: what was chosen is where they come then.
        page.wait_for_url(re.compile(r"belangen-en-nevenfuncties(/|%2F)nevenfuncties"))


def test_enter_without_a_choice_searches(window):
    with window(width=360) as page:
        page.goto("/zoeken/")
        field = box(page)
        field.press_sequentially("griffier")
        expect(page.get_by_role("main").get_by_role("option").first).to_be_visible()
        field.press("Enter")
        page.wait_for_url(re.compile(r"/zoeken/\?q=griffier$"))
        expect(page.get_by_role("heading", name=re.compile("resultaten voor"))).to_be_visible()


def test_a_press_on_a_suggestion_opens_the_page(window):
    with window(width=360) as page:
        page.goto("/zoeken/")
        box(page).press_sequentially("ondremij")
        page.get_by_role("main").get_by_role("option").filter(
            has_text="Ondermijning herkennen"
        ).click()
        page.wait_for_url(re.compile(r"/leren/ondermijning-herkennen/$"))


def test_a_result_leads_to_the_words(window):
    with window(email="raadslid@voorbeeld.example") as page:
        page.goto("/zoeken/?q=vertrouwenspersoon&soort=lessen")
        link = page.locator(".rv-hit__name a").first
        assert "#" in link.get_attribute("href")
        link.click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        anchor = page.evaluate("location.hash.slice(1)")
        assert anchor
        assert page.evaluate("(id) => !!document.getElementById(id)", anchor)


def test_without_script_it_is_a_form(window):
    with window(script=False) as page:
        page.goto("/zoeken/")
        page.get_by_role("main").get_by_label("Wat zoekt u?").fill("griffier")
        page.get_by_role("main").get_by_role("button", name="Zoeken").click()
        expect(page.get_by_role("heading", name=re.compile("resultaten voor"))).to_be_visible()
        page.get_by_role("link", name=re.compile("^Lessen")).click()
        page.wait_for_url(re.compile(r"soort=lessen"))
        expect(page.locator(".rv-hit").first).to_be_visible()
