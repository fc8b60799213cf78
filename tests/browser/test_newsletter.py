"""The newsletter from asking for it until leaving it, by the mails that really left."""

import re
import subprocess
import sys
import time
from email import message_from_bytes, policy
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
# All news that there is, as if it appeared since they asked, to this one subscriber alone.
SENT = """
from django.utils import timezone
from newsletter.digest import news_since
from newsletter.models import Subscription
from newsletter.sending import send_batch
one = Subscription.objects.get(email="{email}")
one.told_until = one.told_until.replace(year=2000, day=1)
one.save()
told = send_batch(
    [one.pk], news_since(one.told_until), rhythm=one.rhythm, period="{email}"[:8],
    until=timezone.now(),
)
assert told == 1
"""


def somebody():
    """An address of their own for each: what was mailed to others is not theirs."""
    return f"{token_hex(4)}@voorbeeld.example"


def sound(page):
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found] == []


def mail_to(environment, address, words):
    """The mail to an address whose subject holds the words, once the worker has sent it."""
    folder = Path(environment["VAR_DIR"]) / "mail"
    for _again in range(60):
        for file in folder.glob("*.eml"):
            mail = message_from_bytes(file.read_bytes(), policy=policy.default)
            if mail["To"] == address and words in mail["Subject"]:
                return mail
        time.sleep(0.5)
    raise AssertionError(f"no mail with {words!r} arrived")


def links_in(mail):
    """The links of its HTML by their words."""
    html = mail.get_body(("html",)).get_content()
    return {
        link.get_text(" ", strip=True): link["href"]
        for link in BeautifulSoup(html, "html.parser").find_all("a")
    }


def stop_address(mail):
    """Where the button of a mail program leads."""
    return mail["List-Unsubscribe"].strip().removeprefix("<").removesuffix(">")


def send_newsletter(environment, email):
    subprocess.run(  # noqa: S603  our own command
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", SENT.format(email=email)],
        cwd=ROOT,
        env=environment,
        check=True,
    )
    return mail_to(environment, email, "Nieuws: ")


def ask(page, email, look):
    """By the way that leads there; a slip of the pen costs nothing that was typed."""
    page.goto("/nieuws/")
    page.get_by_role("link", name="Krijg het nieuws in uw mail").click()
    look()
    page.get_by_label("E-mailadres").fill("lezer")
    page.get_by_label("Elke maand, op de eerste werkdag").check()
    page.get_by_label("Integriteit").check()
    page.get_by_role("button", name="Vraag de nieuwsbrief aan").click()
    expect(page.get_by_role("alert")).to_contain_text("E-mailadres")
    look()
    expect(page.get_by_label("Elke maand, op de eerste werkdag")).to_be_checked()
    expect(page.get_by_label("Integriteit")).to_be_checked()
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_role("button", name="Vraag de nieuwsbrief aan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kijk in uw mail")
    look()


def confirm(page, mail, look):
    """Looking confirms nothing, pressing does; the link works once."""
    link = links_in(mail)["Ja, ik wil de nieuwsbrief"]
    page.goto(link)
    assert "?" not in page.url
    expect(page.get_by_text("Integriteit", exact=True)).to_be_visible()
    look()
    page.get_by_role("button", name="Ja, ik wil de nieuwsbrief").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("U krijgt de nieuwsbrief")
    look()
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_contain_text("werkt niet")
    look()


@pytest.mark.parametrize("script", [True, False])
def test_from_asking_for_it_until_leaving_it(window, site_environment, script):
    email = somebody()
    with window(width=360, script=script) as page:

        def look():
            if script:
                sound(page)

        ask(page, email, look)
        confirm(page, mail_to(site_environment, email, "Bevestig"), look)
        mail = send_newsletter(site_environment, email)
        links = links_in(mail)
        # What they chose alone: themes are followed to the item itself.
        item = next(address for address in links.values() if "/nieuws/" in address)
        page.goto(item)
        expect(page.locator(".rv-about").get_by_role("link", name="Integriteit")).to_be_visible()
        page.goto(stop_address(mail))
        look()
        page.get_by_role("link", name="Liever minder vaak, of over iets anders?").click()
        look()
        expect(page.get_by_label("Elke maand, op de eerste werkdag")).to_be_checked()
        page.get_by_label("Elke week, op dinsdag").check()
        page.get_by_label("Integriteit").uncheck()
        page.get_by_role("button", name="Bewaren").click()
        expect(page.get_by_role("status")).to_contain_text("bewaard")
        expect(page.get_by_label("Elke week, op dinsdag")).to_be_checked()
        expect(page.get_by_label("Integriteit")).not_to_be_checked()
        look()
        page.get_by_role("link", name="Stop de nieuwsbrief").click()
        page.get_by_role("button", name="Ja, stop").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("U krijgt geen nieuwsbrief meer")
        look()
        page.get_by_role("link", name=re.compile("^Was het een vergissing")).click()
        expect(page.get_by_label("E-mailadres")).to_have_value("")


def test_the_button_of_a_mail_program_ends_it(window, site_environment):
    """RFC 8058: one POST with a fixed word, without a cookie, by a program that we do not know."""
    email = somebody()
    with window(width=360, script=False) as page:
        ask(page, email, lambda: None)
        confirm(page, mail_to(site_environment, email, "Bevestig"), lambda: None)
        mail = send_newsletter(site_environment, email)
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        address = stop_address(mail)
        # A scanner that opens every link in a mail ends nothing.
        assert b"Ja, stop" in urlopen(address).read()  # noqa: S310  our own site
        pressed = Request(  # noqa: S310  our own site
            address, data=urlencode({"List-Unsubscribe": "One-Click"}).encode(), method="POST"
        )
        with urlopen(pressed) as answer:  # noqa: S310  our own site
            # Some programs follow no redirect: it answers at once.
            assert (answer.status, answer.url) == (200, address)
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_have_text("U krijgt geen nieuwsbrief meer")
