"""A dilemma in a real browser: on a phone, by keyboard, without JavaScript, and for editors."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

COUNCIL_MEMBER = "raadslid@voorbeeld.example"
# Somebody of whom no other journey expects anything.
CLERK = "griffier2@voorbeeld.example"
DILEMMA = "/leren/uw-ambt-en-uw-eed/dilemma-gesprek-bij-de-kapstok/"
TITLE = "Een half gesprek bij de kapstok"
REASON = "Omdat ik hem al jaren ken."


def go_on(page):
    page.locator("main button.rv-button--next").click()


def is_sound(page):
    """Nothing that axe finds, and nothing that sticks out."""
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found] == []
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_dilemma_on_a_phone_from_the_scene_to_the_next_step(window, scheme):
    with window(width=360, email=COUNCIL_MEMBER) as page:
        page.emulate_media(color_scheme=scheme)
        page.goto(DILEMMA)
        go_on(page)
        expect(page.locator("[role=alert]")).to_be_visible()
        is_sound(page)
        cards = page.locator(".rv-option")
        assert all(cards.nth(n).bounding_box()["height"] >= 44 for n in range(cards.count()))
        cards.first.click()
        go_on(page)
        # That choice leads on to another scene.
        page.wait_for_url("**deel=2")
        is_sound(page)
        page.locator(".rv-option").nth(1).click()
        go_on(page)
        page.wait_for_url("**deel=3")
        page.get_by_label("Waarom kiest u dit?").fill(REASON)
        is_sound(page)
        go_on(page)
        page.wait_for_url("**deel=4")
        assert REASON in page.locator(".rv-own").inner_text()
        assert page.locator(".rv-voice").count() >= 3
        is_sound(page)
        go_on(page)
        page.wait_for_url("**deel=5")
        # Of all, of the role, of Utrecht, and of the later scene.
        assert page.locator(".rv-spread").count() == 4
        expect(page.locator(".rv-spread__bars").first).to_be_visible()
        is_sound(page)
        page.locator(".rv-option").last.click()
        go_on(page)
        page.wait_for_url("**deel=6")
        assert "anders naar" in page.locator("main").inner_text()
        is_sound(page)
        go_on(page)
        expect(page.locator("h1")).not_to_have_text(TITLE)
        # What was chosen is nowhere in this browser any more.
        assert not [c for c in page.context.cookies() if c["name"] == "dilemma"]
        page.goto(f"{DILEMMA}?deel=4")
        assert page.url.endswith(DILEMMA)
        assert REASON not in page.content()


def test_back_forward_and_reload_without_script(window):
    with window(width=360, email=CLERK, script=False) as page:
        page.goto(DILEMMA)
        page.locator("input[name=choice]").nth(2).check()
        go_on(page)
        page.wait_for_url("**deel=2")
        page.fill("textarea", REASON)
        go_on(page)
        page.wait_for_url("**deel=3")
        page.reload()
        assert REASON in page.locator(".rv-own").inner_text()
        page.go_back()
        assert page.locator("textarea").input_value() == REASON
        page.go_back()
        assert page.locator("input[name=choice]").nth(2).is_checked()
        page.go_forward()
        page.go_forward()
        for number in (4, 5):
            go_on(page)
            page.wait_for_url(f"**deel={number}")
        go_on(page)
        expect(page.locator("h1")).not_to_have_text(TITLE)
        page.goto("/leren/uw-ambt-en-uw-eed/")
        done = page.locator(".rv-steps__item", has_text=TITLE)
        assert done.get_attribute("data-status") == "completed"


def test_by_keyboard_alone(window):
    with window(email=COUNCIL_MEMBER) as page:
        page.goto(DILEMMA)
        page.locator("input[name=choice]").first.focus()
        for key in ("ArrowDown", "ArrowDown", "Enter"):
            page.keyboard.press(key)
        page.wait_for_url("**deel=2")
        page.locator("textarea").focus()
        page.keyboard.type(REASON)
        # The way to go on stands before the way back, for eyes; by Tab back comes first.
        focused = ""
        for _ in range(4):
            page.keyboard.press("Tab")
            focused = page.evaluate("document.activeElement.textContent").strip()
            if focused == "Hoor de anderen":
                break
        assert focused == "Hoor de anderen"
        page.keyboard.press("Enter")
        page.wait_for_url("**deel=3")
        assert REASON in page.locator(".rv-own").inner_text()


def test_two_windows_do_not_mix(window):
    with window(email=COUNCIL_MEMBER) as one:
        two = one.context.new_page()
        for page, which in ((one, 2), (two, 3)):
            page.goto(DILEMMA)
            page.locator("input[name=choice]").nth(which).check()
            go_on(page)
            page.wait_for_url("**deel=2")
        chosen = one.locator(".rv-own").inner_text()
        go_on(one)
        one.wait_for_url("**deel=3")
        assert one.locator(".rv-own").inner_text() == chosen
        assert two.locator(".rv-own").inner_text() != chosen


def test_colours_that_the_system_forces_keep_the_bars(window):
    with window(width=360, email=COUNCIL_MEMBER) as page:
        page.emulate_media(forced_colors="active")
        page.goto(DILEMMA)
        page.locator("input[name=choice]").nth(2).check()
        for number in (2, 3, 4):
            go_on(page)
            page.wait_for_url(f"**deel={number}")
        fill, track = (
            page.locator(f".rv-spread__{part}").first.evaluate("e => getComputedStyle(e).fill")
            for part in ("fill", "track")
        )
        assert fill != track
        # And the figures stand in words.
        assert re.search(r"\d+% \(\d+\)", page.locator(".rv-spread").first.inner_text())


def test_an_editor_walks_every_path_and_sees_the_map(window):
    with window(email="redacteur@voorbeeld.example") as page:
        page.goto(f"/beheer/pages/search/?q={TITLE}")
        page.get_by_role("link", name=TITLE, exact=True).first.click()
        page.wait_for_url("**/edit/")
        page.locator('[data-side-panel-toggle="preview"]').click()
        modes = page.locator('[data-side-panel="preview"] select').last
        # While it loads there are two frames, the newer one last.
        preview = page.frame_locator('[data-side-panel="preview"] iframe').last
        preview.locator(".rv-option").first.wait_for()
        modes.select_option(label="De vertakkingen als kaart")
        preview.locator(".rv-fork .rv-fork").first.wait_for()
        assert preview.locator(".rv-fork__choice").count() > 4
        modes.select_option(label="Elk pad")
        preview.locator(".rv-path").first.wait_for()
        assert preview.locator(".rv-path").count() > 4
