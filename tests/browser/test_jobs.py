"""The page of a job looks by itself how far it is, and stops when there is nothing more to come."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

# As learning/job.html writes it; what the server says in turn.
PAGE = """<!doctype html><html lang="nl"><head><title>Taak</title>
<script type="module" src="/static/site.js"></script></head><body>
<rv-job{unfinished}>
<div role="status" data-part="words"><p>{words}</p></div>
<div data-part="progress">{progress}</div>
<div data-part="next"><a href="/">{link}</a></div>
</rv-job></body></html>"""
ANSWERS = [
    PAGE.format(unfinished=" data-unfinished", words="Bezig", progress="1 van 3", link="Opnieuw"),
    PAGE.format(unfinished=" data-unfinished", words="Bezig", progress="2 van 3", link="Opnieuw"),
    None,  # the connection fails for a moment
    PAGE.format(unfinished="", words="Klaar", progress="", link="Download"),
]


def test_the_page_of_a_job_follows_it_to_the_end(window):
    asked = []

    def answer(route):
        text = ANSWERS[min(len(asked), len(ANSWERS) - 1)]
        asked.append(route.request.resource_type)
        if text is None:
            route.abort()
        else:
            route.fulfill(body=text, content_type="text/html; charset=utf-8")

    with window() as page:
        page.route("**/voorbeeldtaak/", answer)
        page.goto("/voorbeeldtaak/")
        page.get_by_role("link").focus()
        status = page.get_by_role("status")
        # What is read aloud stays the same element, and is left alone while its words are the same.
        page.evaluate("window.words = document.querySelector('[role=status] p')")
        expect(page.locator("[data-part=progress]")).to_have_text("2 van 3")
        assert page.evaluate("window.words.isConnected")
        expect(status).to_have_text("Klaar", timeout=15_000)
        expect(page.get_by_role("link", name="Download")).to_be_focused()
        expect(page.locator("rv-job")).not_to_have_attribute("data-unfinished", re.compile(".*"))
        page.wait_for_timeout(4000)
    assert asked == ["document", "fetch", "fetch", "fetch"]
