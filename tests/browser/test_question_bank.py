"""An editor keeps the question bank: topics, the archive, a changed law, figures."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

CHIEF = "eindredacteur@voorbeeld.example"
LIST = "/beheer/snippets/learning/question/"


def rows(page):
    return page.locator("#listing-results tbody tr")


def choose_two(page):
    """Tick the first two of the list, and go on to their topics."""
    boxes = page.locator("input[data-bulk-action-checkbox]")
    boxes.nth(0).check(force=True)
    boxes.nth(1).check(force=True)
    page.get_by_role("link", name="Onderwerpen van de gekozen vragen wijzigen").click()
    page.wait_for_url("**/bulk/learning/question/topics/**")


def test_an_editor_keeps_the_bank(window):
    with window(email=CHIEF) as page:
        page.goto(f"{LIST}?kind=true_false&used=any")
        expect(rows(page).first).to_contain_text("juist of onjuist")
        choose_two(page)
        page.locator("input[name=add]").first.check()
        page.get_by_role("button", name="Bekijk wat er verandert").click()
        expect(page.locator("main")).to_contain_text("Wat er verandert")
        page.get_by_role("button", name="Onderwerpen wijzigen").click()
        expect(page.locator("body")).to_contain_text("zijn gewijzigd")

        page.goto(f"{LIST}?kind=reflection")
        link = rows(page).first.get_by_role("link").first
        number = link.get_attribute("href").rstrip("/").split("/")[-1]
        page.goto(f"/beheer/vragen/{number}/archiveren/")
        page.get_by_role("button", name="Archiveren").click()
        expect(page.locator("body")).to_contain_text("is gearchiveerd")
        page.goto(f"{LIST}?archived=yes")
        expect(rows(page)).to_have_count(1)
        page.goto(f"/beheer/vragen/{number}/terugzetten/")
        page.get_by_role("button", name="Terugzetten").click()
        expect(page.locator("body")).to_contain_text("weer in de vragenbank")


def test_a_changed_law_is_reviewed(window):
    with window(email=CHIEF) as page:
        page.goto("/beheer/snippets/home/lawarticle/")
        page.locator("#listing-results tbody tr").first.get_by_role("link").first.click()
        page.fill("input[name=changed_on]", "2026-11-01")
        page.keyboard.press("Escape")
        page.fill("textarea[name=change]", "Het lid is anders genummerd.")
        foot = page.get_by_role("navigation", name="Acties (footer)")
        # By key: the calendar of the day may lie over it.
        foot.get_by_role("button", name="Opslaan").press("Enter")
        page.goto("/beheer/nakijken/")
        expect(page.locator("main")).to_contain_text("Het lid is anders genummerd.")
        before = page.get_by_role("button", name="Nagekeken:").count()
        assert before
        page.get_by_role("button", name="Nagekeken:").first.click()
        expect(page.locator("body")).to_contain_text("is nagekeken")
        expect(page.get_by_role("button", name="Nagekeken:")).to_have_count(before - 1)
        page.goto("/beheer/nakijken/?alles=1")
        page.get_by_role("button", name="Toch niet nagekeken").first.click()
        expect(page.locator("body")).to_contain_text("moet weer worden nagekeken")


def test_figures_are_shown(window):
    with window(email=CHIEF, width=360) as page:
        page.goto("/beheer/vragen/cijfers/")
        page.locator("main td a").first.click()
        expect(page.locator("main")).to_contain_text("verdienen")
        page.locator("main td a").first.click()
        expect(page.locator("main")).to_contain_text("In alle toetsen samen")
        assert page.locator("main svg").count()
