"""The tools of editors in a real browser, under the admin's policy."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.test_admin_policy import listen, started

pytestmark = pytest.mark.browser
EDITOR = "redacteur@voorbeeld.example"
CHIEF = "eindredacteur@voorbeeld.example"
# Wagtail's own menu and headers are Wagtail's to mend.
OURS = {"include": [["main"]], "exclude": [[".w-header"], ["header"]]}


def violations(page):
    found = Axe().run(page, context=OURS).response["violations"]
    return [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found]


def open_first(page, words):
    page.goto(f"/beheer/pages/search/?q={words}")
    page.locator("a", has_text=re.compile(words, re.IGNORECASE)).locator(
        "xpath=self::a[contains(@href, '/edit/')]"
    ).first.click()
    page.wait_for_load_state("networkidle")


def test_hints_of_what_is_typed(window):
    with window(email=EDITOR) as page:
        complaints = listen(page)
        open_first(page, "gedragscode")
        page.locator('[data-side-panel-toggle="checks"]').click()
        panel = page.locator('[data-controller="rv-hints"]')
        expect(panel).to_be_visible()
        expect(page.locator("[data-content-word-count]")).to_have_text(re.compile(r"\d+"))
        page.locator("#id_introduction").fill("Indien u twijfelt, klik.")
        panel.get_by_role("button").click()
        expect(panel).to_contain_text("‘Indien’: liever ‘als’")
        assert complaints == []


@pytest.mark.parametrize("width", [360, 1280])
def test_reports_and_the_start_page(window, width):
    with window(email=CHIEF, width=width) as page:
        complaints = listen(page)
        for address in (
            "/beheer/",
            "/beheer/herzien/",
            "/beheer/kapotte-links/",
            "/beheer/onderweg/",
        ):
            page.goto(address)
            page.wait_for_load_state("networkidle")
            started(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
            assert violations(page) == [], address
        assert complaints == []


@pytest.mark.parametrize("width", [360, 1120])
def test_a_title_in_a_list_can_be_read(window, width):
    with window(email=EDITOR, width=width) as page:
        page.goto("/beheer/snippets/learning/question/")
        title = page.locator(".listing td.title").first.bounding_box()
        assert title["width"] >= 150
        assert title["height"] < 300


def test_the_screen_in_which_one_translates_is_dutch_and_what_is_begun_a_draft(window):
    with window(email=CHIEF) as page:
        complaints = listen(page)
        page.goto("/beheer/vertalingen/?staat=missing&soort=Nieuwsbericht")
        page.get_by_text("Begin met vertalen").first.click()
        page.locator("input[name=locales]").first.check()
        page.get_by_role("button", name="Verzenden").click()
        page.wait_for_load_state("networkidle")
        editor = page.locator(".js-translation-editor")
        expect(editor).to_contain_text("Vertaling van het Nederlands naar het Engels")
        expect(editor).not_to_contain_text("translation")
        page.goto("/beheer/vertalingen/?staat=draft&soort=Nieuwsbericht")
        expect(page.locator(".rv-report tbody tr").first).to_contain_text("nog niet gepubliceerd")
        assert complaints == []


def by_itself(request):
    """Whether Wagtail saves what is written without anybody asking for it."""
    return request.method == "POST" and "json" in (request.headers.get("accept") or "")


def test_pressing_publish_while_wagtail_saves_by_itself_makes_one_page(window):
    """Both would make the new page, and the second would find its address taken."""
    with window(email=CHIEF) as page:
        complaints = listen(page)

        def slowly(route):
            response = route.fetch()
            if by_itself(route.request):
                page.wait_for_timeout(1000)
            route.fulfill(response=response)

        open_first(page, "toegankelijkheid")
        parent = re.search(r"/pages/(\d+)/", page.url)[1]
        page.route(re.compile("/beheer/pages/add/"), slowly)
        page.goto(f"/beheer/pages/add/home/formpage/{parent}/")
        page.wait_for_load_state("networkidle")
        # What stands there a little later is to Wagtail the form as it was.
        page.wait_for_timeout(4000)
        page.locator("#id_title").fill("Tegelijk bewaard")
        page.locator('[name="form_fields-0-label"]').fill("Naam")
        with page.expect_request(by_itself, timeout=30_000):
            page.locator('[name="form_fields-0-field_type"]').select_option("singleline")
        page.locator('[name="action-publish"]').first.evaluate("button => button.click()")
        expect(page.get_by_text("gepubliceerd").first).to_be_visible()
        assert complaints == []
        page.goto("/toegankelijkheid/tegelijk-bewaard/")
        expect(page.locator("h1")).to_have_text("Tegelijk bewaard")


def test_what_is_decided_of_a_page_is_decided_once(window):
    """The decision goes along with the form, which Wagtail also saves by itself."""
    with window(email=EDITOR) as page:
        open_first(page, "gedragscode")
        address = page.url
        page.locator('[name="action-submit"]').first.evaluate("button => button.click()")
        expect(page.get_by_text("ingediend").first).to_be_visible()
    with window(email=CHIEF) as page:
        complaints, decided = listen(page), []
        page.on(
            "request",
            lambda sent: (
                decided.append(by_itself(sent))
                if "action-workflow-action" in (sent.post_data_buffer or b"").decode("latin-1")
                else None
            ),
        )
        page.goto(address)
        page.wait_for_load_state("networkidle")
        page.locator("#id_introduction").fill("Anders.")
        button = page.locator('[data-workflow-action-name="reject"]').first
        button.evaluate("button => button.click()")
        page.locator(".modal textarea").fill("Te lang.")
        # So long the answer takes that Wagtail would begin to save by itself.
        page.route(address, lambda route: (page.wait_for_timeout(1500), route.continue_()))
        page.locator(".modal [type=submit]").click()
        expect(page.locator(".messages")).to_be_visible()
        assert decided == [False]
        assert complaints == []
