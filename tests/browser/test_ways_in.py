"""Inviting and joining as people do it, without JavaScript too."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

CLERK = "griffier@voorbeeld.example"


@pytest.mark.parametrize("script", [True, False])
def test_a_clerk_shares_a_link_and_somebody_asks_to_join(window, script):
    with window(email=CLERK, script=script) as clerk:
        clerk.goto("/gemeente/utrecht/uitnodigen/")
        clerk.locator("#id_link-role").select_option("wethouder")
        clerk.get_by_role("button", name="Link maken").click()
        expect(clerk.get_by_role("img", name="QR-code")).to_be_visible()
        url = clerk.locator(".rv-poster__url a").get_attribute("href")
        with window(width=360, script=script) as phone:
            phone.goto(url)
            expect(phone).to_have_url(re.compile(re.escape("/meedoen/") + "$"))
            phone.get_by_label("Naam").fill("Wil Graag")
            phone.get_by_label("E-mailadres").fill("geen adres")
            phone.get_by_role("button", name="Meedoen").click()
            expect(phone.get_by_role("alert")).to_be_visible()
            expect(phone.get_by_label("Naam")).to_have_value("Wil Graag")
            phone.get_by_label("E-mailadres").fill(f"wil-{script}@elders.example".lower())
            phone.get_by_role("button", name="Meedoen").click()
            expect(phone).to_have_url(re.compile(re.escape("/meedoen/mail/") + "$"))
            clerk.get_by_role("link", name="Trek deze link in").click()
            clerk.get_by_role("button", name="Intrekken").click()
            assert phone.goto(url).status == 410


def test_the_poster_is_one_page_on_paper(window):
    with window(email=CLERK) as clerk:
        clerk.goto("/gemeente/utrecht/uitnodigen/")
        clerk.locator("#id_link-role").select_option("raadslid")
        clerk.get_by_role("button", name="Link maken").click()
        # A page that is still arriving cannot be printed.
        clerk.get_by_role("img", name="QR-code").wait_for()
        clerk.wait_for_load_state("load")
        paper = clerk.pdf(format="A4")
        assert paper.count(b"/Type /Page\n") + paper.count(b"/Type /Page ") <= 1
        clerk.emulate_media(media="print")
        expect(clerk.get_by_role("img", name="QR-code")).to_be_visible()
        expect(clerk.get_by_role("link", name="Trek deze link in")).not_to_be_visible()


def test_what_a_clerk_fills_in_stands_in_the_lesson_of_members_alone(window):
    lesson = "/leren/uw-ambt-en-uw-eed/wie-helpt/"
    with window(email="raadslid@voorbeeld.example") as member:
        member.goto(lesson)
        expect(member.locator(".rv-local")).to_have_count(2)
    with window() as visitor:
        visitor.goto(lesson)
        expect(visitor.locator(".rv-local")).to_have_count(0)
