"""Inviting and joining as people do it, without JavaScript too."""

import pytest

pytestmark = pytest.mark.browser

CLERK = "griffier@voorbeeld.example"


@pytest.mark.parametrize("script", [True, False])
def test_a_clerk_shares_a_link_and_somebody_asks_to_join(window, script):
    with window(email=CLERK, script=script) as clerk:
        clerk.goto("/gemeente/utrecht/uitnodigen/")
        clerk.locator("#id_link-role").select_option("wethouder")
        clerk.get_by_role("button", name="Link maken").click()
        assert clerk.get_by_role("img", name="QR-code").is_visible()
        url = clerk.locator(".rv-poster__url a").get_attribute("href")
        with window(width=360, script=script) as phone:
            phone.goto(url)
            assert phone.url.endswith("/meedoen/")
            phone.get_by_label("Naam").fill("Wil Graag")
            phone.get_by_label("E-mailadres").fill("geen adres")
            phone.get_by_role("button", name="Meedoen").click()
            assert phone.get_by_role("alert").is_visible()
            assert phone.get_by_label("Naam").input_value() == "Wil Graag"
            phone.get_by_label("E-mailadres").fill(f"wil-{script}@elders.example".lower())
            phone.get_by_role("button", name="Meedoen").click()
            assert phone.url.endswith("/meedoen/mail/")
            clerk.get_by_role("link", name="Trek deze link in").click()
            clerk.get_by_role("button", name="Intrekken").click()
            assert phone.goto(url).status == 410


def test_the_poster_is_one_page_on_paper(window):
    with window(email=CLERK) as clerk:
        clerk.goto("/gemeente/utrecht/uitnodigen/")
        clerk.locator("#id_link-role").select_option("raadslid")
        clerk.get_by_role("button", name="Link maken").click()
        paper = clerk.pdf(format="A4")
        assert paper.count(b"/Type /Page\n") + paper.count(b"/Type /Page ") <= 1
        clerk.emulate_media(media="print")
        assert clerk.get_by_role("img", name="QR-code").is_visible()
        assert not clerk.get_by_role("link", name="Trek deze link in").is_visible()


def test_what_a_clerk_fills_in_stands_in_the_lesson_of_members_alone(window):
    lesson = "/leren/uw-ambt-en-uw-eed/wie-helpt/"
    with window(email="raadslid@voorbeeld.example") as member:
        member.goto(lesson)
        assert member.locator(".rv-local").count() == 2
    with window() as visitor:
        visitor.goto(lesson)
        assert visitor.locator(".rv-local").count() == 0
