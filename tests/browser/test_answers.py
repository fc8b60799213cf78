"""Answers reach the server whatever happens to window, connection and device."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PERSON = "raadslid@voorbeeld.example"
QUIZ = "/leren/uw-ambt-en-uw-eed/toets/"


def begin(page):
    page.goto(QUIZ)
    page.locator("main .rv-button--next").first.click()
    page.wait_for_url("**/poging/**")
    return page.url.rsplit("/", 2)[0]


def go_to(page, attempt: str, kind: str) -> None:
    """The question of this kind in the demo's quiz."""
    for number in range(1, 20):
        page.goto(f"{attempt}/{number}/")
        if page.locator(f".rv-fields[data-kind={kind}]").count():
            return
    pytest.fail(f"The demo's quiz asks nothing of kind {kind}.")


def saved(page):
    return page.get_by_text("Opgeslagen", exact=True)


def test_without_a_connection_an_answer_waits_and_is_sent_by_itself(window):
    with window(width=360, email=PERSON) as page:
        attempt = begin(page)
        go_to(page, attempt, "single_choice")
        page.context.set_offline(offline=True)
        page.locator("main input[name=answer]").nth(1).check()
        expect(page.locator("[data-status]")).to_contain_text("geen verbinding")
        page.context.set_offline(offline=False)
        saved(page).wait_for()
        page.reload()
        expect(page.locator("main input[name=answer]").nth(1)).to_be_checked()


def test_a_window_shows_what_was_answered_in_another(window):
    with window(email=PERSON) as one, window(width=360, email=PERSON) as two:
        attempt = begin(one)
        go_to(one, attempt, "true_false")
        two.goto(one.url)
        for page, which in ((one, 0), (two, 1)):
            page.locator("main input[name=answer]").nth(which).check()
            saved(page).wait_for()
        one.evaluate("dispatchEvent(new Event('focus'))")
        expect(one.locator("main input[name=answer]").nth(1)).to_be_checked()
        expect(one.locator("[data-status]")).to_contain_text("op een ander apparaat")


@pytest.mark.parametrize("script", [True, False])
def test_an_ordering_is_made_by_keyboard(window, script):
    """With script lines move up and down; without it each gets a number."""
    with window(width=360, email=PERSON, script=script) as page:
        attempt = begin(page)
        go_to(page, attempt, "ordering")
        lines = page.locator("[data-row]")
        if script:
            second = lines.nth(1).locator("label").inner_text()
            lines.nth(1).get_by_role("button", name=re.compile("Naar boven")).focus()
            page.keyboard.press("Enter")
            saved(page).wait_for()
            expect(lines.first.locator("label")).to_have_text(second)
            assert Axe().run(page).response["violations"] == []
        else:
            for number in range(lines.count()):
                lines.nth(number).locator("select").select_option(str(number + 1))
            page.locator("main button[value=next]").click()
        go_to(page, attempt, "ordering")
        values = [lines.nth(n).locator("select").input_value() for n in range(lines.count())]
        assert sorted(values) == [str(number + 1) for number in range(lines.count())]
