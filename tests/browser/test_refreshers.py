"""The question of the week, from asking for it until ending it, without signing in."""

import subprocess
import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.answering import answer

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
# Somebody of the demo who did a quiz badly, asked for a question a week, and is mailed it.
ASKED = """
from datetime import timedelta
from accounts.models import User
from learning import attempts, refreshers
from learning.mail.refreshers import answer_path
from learning.models import QuizPage
from learning.models.people import today
person = User.objects.create_user("{email}", None, name="Iemand")
quiz = QuizPage.objects.live().filter(slug="toets").order_by("path").first()
attempts.submit_attempt(attempts.start_attempt(person, quiz))
refreshers.subscribe(person)
print("LINK", answer_path(refreshers.ask_next(person.pk, today() + timedelta(days=1))))
"""


def mailed_link(environment, email):
    done = subprocess.run(  # noqa: S603  our own command
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", ASKED.format(email=email)],
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


@pytest.mark.parametrize("script", [True, False])
def test_it_is_answered_and_ended_without_signing_in(window, site_environment, script):
    link = mailed_link(site_environment, f"opfrissen-{script}@voorbeeld.example")
    with window(width=360, script=script) as page:
        page.goto(link)
        assert "Iemand" not in page.content()
        if script:
            sound(page)
        page.locator("main form button[type=submit]").click()
        if script:
            expect(page.locator("[role=alert]")).to_be_focused()
        expect(page.locator("[role=alert]")).to_have_text("Geef eerst een antwoord.")
        answer(page)
        page.locator("main form button[type=submit]").click()
        expect(page.locator(".rv-result")).to_be_visible()
        expect(page.locator("main form")).to_have_count(0)
        if script:
            sound(page)
        page.goto(link)
        expect(page.locator(".rv-result")).to_be_visible()
        page.get_by_role("link", name="Geen vragen meer per e-mail").click()
        page.get_by_role("button", name="Ja, zet uit").click()
        expect(page.locator("h1")).to_have_text("Uitgezet")


def test_it_is_asked_for_at_my_learning(window):
    with window(width=360, email="nieuw@voorbeeld.example") as page:
        page.get_by_role("button", name="Mail mij elke week één vraag").click()
        page.get_by_role("button", name="Geen vragen meer per e-mail").click()
        expect(page.get_by_role("button", name="Mail mij elke week één vraag")).to_be_visible()
