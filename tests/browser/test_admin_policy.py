"""Wagtail's admin works under a policy that refuses every script in a page (ADR 0030)."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

ADMINISTRATOR = "beheerder@voorbeeld.example"
# Each a kind of form or list of Wagtail's; of what has a number, the first in the list is taken.
PAGES = (
    *("/beheer/", "/beheer/account/", "/beheer/pages/", "/beheer/images/", "/beheer/documents/"),
    *("/beheer/images/add/", "/beheer/documents/multiple/add/", "/beheer/users/new/"),
    *("/beheer/groups/new/", "/beheer/collections/add/", "/beheer/redirects/add/"),
    *("/beheer/reports/site-history/", "/beheer/workflows/add/", "/beheer/sites/new/"),
    *("/beheer/snippets/learning/question/add/", "/beheer/snippets/home/partner/add/"),
    *("/beheer/requirement/new/", "/beheer/membership/new/", "/beheer/monitorgrant/new/"),
    *("/beheer/settings/home/nationalsupport/", "/beheer/locales/", "/beheer/nakijken/"),
    *("/beheer/herzien/", "/beheer/kapotte-links/", "/beheer/onderweg/"),
    "/beheer/localize/reports/translations/",
)
FIRST_OF = {
    "/beheer/images/": r"/beheer/images/\d+/$",
    "/beheer/documents/": r"/beheer/documents/edit/\d+/$",
    "/beheer/workflows/list/": r"/beheer/workflows/edit/\d+/$",
    "/beheer/pages/search/?q=Leren": r"/beheer/pages/\d+/edit/$",
}
# Jcrop, with which one draws the middle of a picture, tries whether this is a touch screen by
# writing an event handler; refused, it takes it for none, and works.
HARMLESS = "Jcrop"


def listen(page):
    complaints = []

    def console(message):
        if message.type in {"error", "warning"} and HARMLESS not in message.location["url"]:
            complaints.append(f"{page.url}: {message.text}")

    page.on("console", console)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    return complaints


def started(page):
    """Everything that the page names was started, and no script stands in the page itself."""
    expect(page.locator('[data-controller="rv-start"]')).to_have_count(0)
    inline = page.locator("script:not([src]):not([type])")
    assert inline.evaluate_all("all => all.map(one => one.outerHTML)") == []


def test_no_page_of_the_admin_breaks_its_policy(window):
    with window(email=ADMINISTRATOR) as page:
        complaints = listen(page)
        found = []
        for listing, pattern in FIRST_OF.items():
            page.goto(listing)
            hrefs = page.locator("a[href]").evaluate_all("all => all.map(a => a.pathname)")
            found += [next(href for href in hrefs if re.match(pattern, href))]
        for address in (*PAGES, *found):
            response = page.goto(address)
            assert response.ok, address
            policy = response.headers["content-security-policy"]
            assert "script-src 'self'" in [part.strip() for part in policy.split(";")]
            page.wait_for_load_state("networkidle")
            started(page)
        assert [c for c in complaints if "Invalid time zone specified" not in c] == []


def test_what_wagtail_started_inline_still_starts(window):
    """A date picker, a chooser in a list of one's own, and a box for all languages at once."""
    with window(email=ADMINISTRATOR) as page:
        complaints = listen(page)
        page.goto("/beheer/membership/new/")
        page.locator("input[name=starts_on], input[name=start]").first.click()
        expect(page.locator(".xdsoft_datetimepicker:visible")).to_have_count(1)
        page.goto("/beheer/pages/search/?q=Leren")
        page.locator('a[href$="/edit/"]').first.click()
        page.wait_for_load_state("networkidle")
        started(page)
        page.goto("/beheer/redirects/add/")
        page.locator(".page-chooser button:visible").first.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        page.get_by_role("dialog").locator("a.choose-page").first.click()
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.locator(".page-chooser .chooser__title").first).not_to_be_empty()
        page.goto("/beheer/workflows/add/")
        page.get_by_role("button", name=re.compile("taak", re.IGNORECASE)).first.click()
        page.locator(".task-chooser button:visible").first.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        assert complaints == []
