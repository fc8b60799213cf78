"""A learner downloads a certificate, a visitor checks it, a monitor withdraws it."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

LEARNER, NAME = "nieuw@voorbeeld.example", "Joost Haverkamp"
CLERK = "griffier@voorbeeld.example"
# One that no other journey is about: it is recognised here, and withdrawn here.
SUBJECT = 7


def person_page(page):
    page.goto("/gemeente/utrecht/")
    page.get_by_label("Zoek op naam").fill(NAME)
    page.get_by_role("button", name="Zoek", exact=True).click()
    page.get_by_role("link", name=NAME).first.click()


def recognise(page):
    """Something to have a certificate of. Returns its title."""
    person_page(page)
    page.get_by_role("button", name="Eerdere training erkennen").click()
    title = page.locator("#id_subject option").nth(SUBJECT).inner_text()
    page.select_option("#id_subject", index=SUBJECT)
    page.fill("#id_day", "2026-06-01")
    page.fill("#id_evidence", "Diploma gezien")
    page.locator("button[name=confirm]").click()
    expect(page.locator("main")).to_contain_text(title)
    return title


def withdraw(page, title):
    person_page(page)
    page.locator("section:has(#eerder) tr", has_text=title).get_by_role(
        "link", name="Intrekken"
    ).first.click()
    page.fill("#id_reason", "Het diploma was van een ander.")
    page.locator("main button[type=submit]").click()
    expect(page.locator("body")).to_contain_text("ingetrokken")


def test_a_certificate_from_download_to_withdrawal(window):
    with window(email=CLERK) as page:
        title = recognise(page)
    with window(width=360, email=LEARNER, script=False) as page:
        page.goto("/mijn/")
        page.get_by_role("link", name="Al uw certificaten").click()
        page.get_by_role("link", name=title).first.click()
        with page.expect_download() as download:
            page.get_by_role("link", name="Download het certificaat (PDF)").click()
        assert download.value.path().read_bytes().startswith(b"%PDF")
        code = page.locator(".rv-code").inner_text()
        page.get_by_role("button", name="Toon mijn naam bij controle").click()
        expect(page.locator("main")).to_contain_text("ziet nu uw naam")
        own = urlsplit(page.url).path
    with window(width=360) as page:
        page.goto("/certificaat/")
        page.get_by_label("Code").fill(code.lower().replace("-", " ").replace("0", "o"))
        page.get_by_role("button", name="Controleer").click()
        expect(page).to_have_url(re.compile(code))
        for said in ("Geldig", "Erkend", NAME, title):
            expect(page.locator("main")).to_contain_text(said)
    with window(email=CLERK) as page:
        withdraw(page, title)
    with window() as page:
        page.goto(f"/certificaat/{code}/")
        expect(page.locator("main")).to_contain_text("Ingetrokken")
        assert "van een ander" not in page.locator("main").inner_text()
    with window(email=LEARNER) as page:
        page.goto(own)
        expect(page.locator("main")).to_contain_text("van een ander")
        expect(page.get_by_role("link", name="Download het certificaat (PDF)")).to_have_count(0)
