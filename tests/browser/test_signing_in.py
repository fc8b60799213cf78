"""Signing in as people do: a code from the mail, a passkey, an app with codes."""

import re
import time
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
LEARNER = "nieuw@voorbeeld.example"
EDITOR = "redacteur@voorbeeld.example"
PASSWORD = "demo-Weerbaar-2026"


def sound(page, width=None):
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found] == []
    if width:
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def mailed_link(environment, to: str, since: float, *, seconds: int = 30) -> str:
    """The way in that the worker wrote to the folder of mails, where others may come as well."""
    folder = Path(environment["VAR_DIR"]) / "mail"
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for each in folder.glob("*"):
            text = each.read_text(errors="replace")
            found = re.search(r"/account/login/link/\?code=\S+(?=\s)", text)
            if found and each.stat().st_mtime >= since and f"To: {to}" in text:
                return found[0]
        time.sleep(0.2)
    raise AssertionError("no mail")


def with_password(page, address, email):
    """As far as the password goes: a second step may follow."""
    page.goto(address)
    page.get_by_label("Uw e-mailadres").fill(email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()


def sign_out(page, base):
    page.goto(f"{base}/account/logout/")
    page.get_by_role("main").get_by_role("button", name="Uitloggen").click()
    page.wait_for_url(f"{base}/")


@pytest.mark.parametrize("script", [True, False])
def test_a_code_by_mail(window, site_environment, script):
    with window(width=360, script=script) as page:
        began = time.time()
        page.goto("/account/login/")
        if script:
            sound(page, 360)
        page.get_by_label("Uw e-mailadres").fill(LEARNER)
        page.get_by_role("button", name="Verder").click()
        page.wait_for_url("**/account/login/code/confirm/")
        page.goto(mailed_link(site_environment, LEARNER, began))
        expect(page.get_by_role("heading", level=1)).to_have_text("Uw code is ingevuld")
        if script:
            sound(page, 360)
        page.get_by_role("button", name="Inloggen").click()
        page.wait_for_url("**/mijn/")
        expect(page.get_by_role("heading", name="De volgende keer sneller?")).to_be_visible()
        if script:
            sound(page, 360)
        page.goto("/account/sessions/")
        expect(page.get_by_text("dit apparaat", exact=True)).to_be_visible()
        if script:
            sound(page, 360)


def test_a_passkey_is_made_and_signs_in(window, site):
    with window() as page:
        # Browsers know no passkeys for a bare number of the network.
        base = site.replace("127.0.0.1", "localhost")
        devtools = page.context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        device = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": device})
        with_password(page, f"{base}/account/login/wachtwoord/", LEARNER)
        page.wait_for_url("**/mijn/")
        page.get_by_role("link", name="Passkey toevoegen").click()
        # It touches the account: so the password once more.
        page.wait_for_url("**/account/reauthenticate/**")
        sound(page)
        page.get_by_label("Wachtwoord").fill(PASSWORD)
        page.get_by_role("button", name="Verder").click()
        page.wait_for_url("**/account/2fa/webauthn/add/")
        sound(page)
        page.get_by_role("button", name="Passkey maken").click()
        page.wait_for_url("**/account/2fa/recovery-codes/")
        sound(page)
        page.goto(f"{base}/account/2fa/webauthn/")
        sound(page)
        expect(page.get_by_role("rowheader", name="Passkey 1")).to_be_visible()
        sign_out(page, base)
        page.goto(f"{base}/account/login/")
        page.get_by_role("button", name="Inloggen met een passkey").click()
        page.wait_for_url("**/mijn/")
        expect(page.get_by_role("heading", name="De volgende keer sneller?")).to_have_count(0)
        # After a password it is the second step.
        sign_out(page, base)
        with_password(page, f"{base}/account/login/wachtwoord/", LEARNER)
        page.wait_for_url("**/account/2fa/authenticate/")
        expect(page.get_by_text("Gebruik uw passkey, of vul")).to_be_visible()
        sound(page)
        page.get_by_role("button", name="Uw passkey gebruiken").click()
        page.wait_for_url("**/mijn/")
        # As it was, for the other journeys.
        page.goto(f"{base}/account/2fa/webauthn/")
        page.get_by_role("link", name="Weghalen").click()
        page.wait_for_url(re.compile("remove|reauthenticate"))
        if "reauthenticate" in page.url:
            page.goto(page.url.replace("/2fa/reauthenticate/webauthn/", "/reauthenticate/"))
            page.get_by_label("Wachtwoord").fill(PASSWORD)
            page.get_by_role("button", name="Verder").click()
        expect(page.get_by_role("button", name="Passkey weghalen")).to_be_visible()
        sound(page)
        page.get_by_role("button", name="Passkey weghalen").click()
        page.wait_for_url("**/account/2fa/webauthn/")
        expect(page.get_by_text("U hebt nog geen passkey")).to_be_visible()


def test_an_editor_sets_up_an_app_before_anything_else(window):
    with window(width=360) as page:
        with_password(page, "/account/login/wachtwoord/?next=/beheer/", EDITOR)
        page.wait_for_url("**/account/2fa/?next=*")
        expect(page.get_by_text("Stel eerst een tweede stap in")).to_be_visible()
        sound(page, 360)
        page.goto("/mijn/")
        page.wait_for_url("**/account/2fa/?next=*")
        page.goto("/beheer/")
        page.wait_for_url("**/account/2fa/?next=*")
        page.get_by_role("link", name="App instellen").click()
        page.wait_for_url("**/account/reauthenticate/**")
        page.get_by_label("Wachtwoord").fill(PASSWORD)
        page.get_by_role("button", name="Verder").click()
        page.wait_for_url("**/account/2fa/totp/activate/")
        sound(page, 360)
        secret = page.locator(".rv-code").inner_text().strip()
        code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
        page.get_by_label("Code uit uw app").fill(code)
        page.get_by_role("button", name="Instellen").click()
        page.wait_for_url("**/account/2fa/recovery-codes/")
        expect(page.locator(".rv-codes li")).to_have_count(10)
        sound(page, 360)
        page.get_by_role("link", name="Ik heb ze bewaard").click()
        page.wait_for_url("**/beheer/")
        # As it was, for the other journeys.
        page.goto("/account/2fa/totp/deactivate/")
        sound(page, 360)
        page.get_by_role("button", name="App weghalen").click()
        page.wait_for_url("**/account/2fa/")
