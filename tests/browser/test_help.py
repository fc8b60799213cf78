"""Leaving at once: the page is gone, and the way back does not lead to it."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

LESSON = "/leren/uw-ambt-en-uw-eed/wie-helpt/"
WEATHER = "https://www.knmi.nl/"
COUNCIL_MEMBER = "raadslid@voorbeeld.example"


def answer_elsewhere(page):
    """The neutral site, played by the test: what it is asked for, and with what."""
    asked = []

    def answer(route):
        asked.append((route.request.url, route.request.headers.get("referer")))
        route.fulfill(
            body="<!doctype html><title>Het weer</title><h1>Zon</h1>", content_type="text/html"
        )

    page.context.route("https://**", answer)
    return asked


@pytest.mark.parametrize("way", ["click", "escape"])
def test_the_way_back_does_not_lead_to_the_lesson(window, site, way):
    with window(width=360 if way == "click" else 1280, email=COUNCIL_MEMBER) as page:
        asked = answer_elsewhere(page)
        page.goto("/leren/")
        page.goto(LESSON)
        length = page.evaluate("history.length")
        assert asked == []
        if way == "click":
            page.get_by_role("link", name="Snel weg").click()
        else:
            page.keyboard.press("Escape")
            page.keyboard.press("Escape")
        page.wait_for_url(WEATHER)
        # It took the lesson's place, and was not told where somebody came from.
        assert page.evaluate("history.length") == length
        assert [referrer for _url, referrer in asked] == [None]
        # Back lies another page of ours: that leads away as well.
        page.evaluate("setTimeout(() => history.back())")
        page.wait_for_timeout(500)
        page.wait_for_url(WEATHER)
        assert page.get_by_role("heading", name="Zon").is_visible()
        # Who comes here anew is not sent away.
        page.goto(f"{site}/hulp/")
        expect(page.get_by_role("heading", name="Hulp nodig?")).to_be_visible()
        page.goto("/leren/")
        page.go_back()
        expect(page.get_by_role("heading", name="Hulp nodig?")).to_be_visible()


def test_it_works_without_script(window):
    with window(width=360, script=False) as page:
        asked = answer_elsewhere(page)
        page.goto("/hulp/")
        expect(page.get_by_text("of druk twee keer op Esc")).not_to_be_visible()
        page.get_by_role("link", name="Snel weg").click()
        page.wait_for_url(WEATHER)
        assert [referrer for _url, referrer in asked] == [None]


def test_it_is_the_second_stop_of_the_keyboard_and_covers_nothing(window):
    for width in (360, 1280):
        with window(width=width) as page:
            page.goto(LESSON)
            page.keyboard.press("Tab")
            page.keyboard.press("Tab")
            button = page.get_by_role("link", name="Snel weg")
            expect(button).to_be_focused()
            box = button.bounding_box()
            assert box["height"] >= 44
            assert box["x"] + box["width"] <= width
            # At the very end the last words stand above it.
            page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
            last = page.locator(".rv-footer li").last.bounding_box()
            assert last["y"] + last["height"] <= button.bounding_box()["y"]


def test_one_escape_closes_the_menu_and_does_not_leave(window):
    with window(width=360) as page:
        answer_elsewhere(page)
        page.goto(LESSON)
        page.locator("details.rv-menu summary").click()
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        page.keyboard.press("Tab")
        page.keyboard.press("Escape")
        page.wait_for_timeout(200)
        assert page.url.endswith(LESSON)


def test_a_member_finds_their_own_adviser_under_the_lesson(window):
    with window(width=360, email=COUNCIL_MEMBER) as page:
        page.goto(LESSON)
        box = page.locator(".rv-help")
        expect(box).to_contain_text("Ilse Brouwershaven")
        expect(box).to_contain_text("Laatst gecontroleerd op")
        # Nobody rang the national numbers for the demo, and it says so.
        expect(box).to_contain_text("Controleer of dit nog klopt.")
