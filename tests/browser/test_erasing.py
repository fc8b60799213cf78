"""Leaving a municipality and erasing an account, each asked and undone."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
NEWCOMER = "nieuw@voorbeeld.example"
# The link that is mailed, asked of the site as the mail would have it.
LINK = """
from accounts.models import User
from learning.erasing import undo_path
print("LINK", undo_path(User.objects.get(email="{email}").erasure_request))
"""


def mailed_link(environment, email):
    done = subprocess.run(  # noqa: S603  our own command
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", LINK.format(email=email)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    [line] = [line for line in done.stdout.splitlines() if line.startswith("LINK ")]
    return line.removeprefix("LINK ")


def sound(page):
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found] == []


def to_erasing(page):
    """To the page, showing again who one is where that is asked."""
    page.goto("/mijn/gegevens/wissen/")
    again = page.locator('input[name="password"]')
    if again.count():
        again.fill("demo-Weerbaar-2026")
        again.press("Enter")
        page.wait_for_url("**/mijn/gegevens/wissen/")


@pytest.mark.parametrize("script", [True, False])
def test_leaving_a_municipality_is_asked_first_and_undone(window, script):
    with window(width=360, email=NEWCOMER, script=script) as page:
        page.goto("/mijn/gegevens/")
        page.get_by_role("link", name=re.compile("Utrecht verlaten")).click()
        expect(page.get_by_role("heading", level=1, name="Utrecht verlaten")).to_be_visible()
        if script:
            sound(page)
        page.get_by_role("button", name="Utrecht verlaten").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("U hebt Utrecht verlaten")
        if script:
            sound(page)
        page.get_by_role("button", name="Maak ongedaan").click()
        expect(page.get_by_role("status")).to_contain_text("weer lid van Utrecht")
        expect(page.get_by_role("link", name=re.compile("Utrecht verlaten"))).to_be_visible()


def test_an_account_waits_to_be_erased_and_is_kept(window, site_environment):
    with window(width=360, email=NEWCOMER) as page:
        to_erasing(page)
        sound(page)
        page.get_by_role("button", name="Wis mijn account over 14 dagen").click()
        # Nothing happens without the tick, and it is said beside it.
        expect(page.get_by_role("alert")).to_contain_text("Vink dit aan")
        sound(page)
        page.get_by_label(re.compile("^Ik heb gelezen")).check()
        page.get_by_role("button", name="Wis mijn account over 14 dagen").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Uw account wordt op")
        sound(page)
        page.goto("/leren/")
        banner = page.locator(".rv-erasing")
        expect(banner).to_contain_text("Uw account wordt op")
        sound(page)
        banner.get_by_role("button").click()
        expect(page.get_by_role("status")).to_contain_text("Uw account blijft")
        expect(page.locator(".rv-erasing")).to_have_count(0)
        # Once more, and undone by the mail.
        to_erasing(page)
        page.get_by_label(re.compile("^Ik heb gelezen")).check()
        page.get_by_role("button", name="Wis mijn account over 14 dagen").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Uw account wordt op")
    link = mailed_link(site_environment, NEWCOMER)
    with window(width=360, script=False) as page:
        page.goto(link)
        page.get_by_role("button", name="Ja, mijn account houden").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Uw account blijft")
    with window(width=360, email=NEWCOMER) as page:
        page.goto(link)
        sound(page)
        page.goto("/mijn/")
        expect(page.locator(".rv-erasing")).to_have_count(0)
