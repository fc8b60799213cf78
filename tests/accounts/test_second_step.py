"""Setting up a second step, signing in with it, and losing it."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from accounts.models import AuditEvent
from accounts.second_step import remove_second_step
from tests import factories
from tests.accounts.conftest import code_in

pytestmark = [pytest.mark.django_db, pytest.mark.one_factor]
INDEX, ACTIVATE = "/account/2fa/", "/account/2fa/totp/activate/"


def totp(secret: str, *, step: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


@pytest.fixture
def monitor(home):
    monitor = factories.make_monitor()
    monitor.set_unusable_password()
    monitor.save()
    return monitor


@pytest.fixture
def by_mail(mailed):
    def sign_in(person, client):
        client.post("/account/login/", {"email": person.email, "own_device": "on"})
        return client.post("/account/login/code/confirm/", {"code": code_in(mailed(person.email))})

    return sign_in


@pytest.fixture(autouse=True)
def _commits_at_once(monkeypatch):
    """Allauth says that a step was added when that is stored, which no test's transaction is."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda then, **_options: then())


def set_up(client) -> str:
    html = client.get(ACTIVATE).content.decode()
    assert "data:image" not in html
    (fours,) = re.findall(r'<p class="rv-code rv-code--fours">(.+)</p>', html)
    secret = re.sub(r"</?span>", "", fours)
    response = client.post(ACTIVATE, {"code": totp(secret)})
    assert response.url == "/account/2fa/recovery-codes/"
    return secret


def test_a_monitor_sets_it_up_and_goes_on_where_they_were_going(monitor, client, by_mail, mailed):
    by_mail(monitor, client)
    assert client.get("/landelijk/").url == f"{INDEX}?next=%2Flandelijk%2F"
    assert "Stel eerst een tweede stap in" in client.get(INDEX).content.decode()
    assert client.get("/account/email/").status_code == 302
    secret = set_up(client)
    codes = client.get("/account/2fa/recovery-codes/").content.decode()
    assert len(re.findall(r"<code>\w+</code>", codes)) == 10
    assert 'href="/landelijk/"' in codes
    assert client.get("/landelijk/").status_code == 200
    assert "app met codes ingesteld" in mailed(monitor.email)
    # In the database it cannot be read.
    assert secret not in str(Authenticator.objects.get(type="totp").data)
    assert AuditEvent.objects.filter(what=AuditEvent.What.CREDENTIALS).exists()


def test_next_time_it_is_asked_for(monitor, client, by_mail):
    by_mail(monitor, client)
    secret = set_up(client)
    later = Client()
    assert by_mail(monitor, later).url == "/account/2fa/authenticate/"
    asked = later.get("/account/2fa/authenticate/").content.decode()
    assert "code in die uw app nu toont" in asked
    # Nobody is asked for a passkey that they do not have.
    assert "Uw passkey gebruiken" not in asked
    wrong = later.post("/account/2fa/authenticate/", {"code": "000000"})
    assert "klopt niet" in wrong.content.decode()
    later.post("/account/2fa/authenticate/", {"code": totp(secret, step=1)})
    assert later.get("/landelijk/").status_code == 200


def test_a_recovery_code_works_once(monitor, client, by_mail):
    by_mail(monitor, client)
    set_up(client)
    html = client.get("/account/2fa/recovery-codes/").content.decode()
    code = re.findall(r"<code>(\w+)</code>", html)[0]
    for expected in (True, False):
        later = Client()
        by_mail(monitor, later)
        later.post("/account/2fa/authenticate/", {"code": code})
        assert ("_auth_user_id" in later.session) == expected


def test_codes_are_downloaded_in_dutch(monitor, client, by_mail):
    by_mail(monitor, client)
    set_up(client)
    client.get("/account/2fa/recovery-codes/")
    response = client.get("/account/2fa/recovery-codes/download/")
    assert "Herstelcodes" in response.content.decode()
    assert "attachment" in response["Content-Disposition"]


def test_without_the_last_one_one_sets_up_another(monitor, client, by_mail):
    by_mail(monitor, client)
    set_up(client)
    assert client.post("/account/2fa/totp/deactivate/").status_code == 302
    assert client.get("/landelijk/").url.startswith(INDEX)
    assert not Authenticator.objects.filter(user=monitor).exists()


def test_setting_it_up_ends_sessions_elsewhere(monitor, client, by_mail):
    other = Client()
    by_mail(monitor, other)
    by_mail(monitor, client)
    set_up(client)
    assert other.get(INDEX).status_code == 302
    assert client.get("/landelijk/").status_code == 200


def test_no_passkey_is_made_of_nonsense(user, home, client, by_mail):
    user.set_unusable_password()
    user.save()
    by_mail(user, client)
    html = client.get("/account/2fa/webauthn/add/").content.decode()
    assert "Naam van deze passkey" in html
    for credential in ("", "{}", "[]", "x", '{"response": {}}'):
        response = client.post(
            "/account/2fa/webauthn/add/", {"credential": credential, "passwordless": "on"}
        )
        assert "lukte niet" in response.content.decode()
    assert not Authenticator.objects.exists()


def test_an_administrator_removes_what_was_lost(monitor, client, by_mail, mailed, signed_in):
    by_mail(monitor, client)
    set_up(client)
    administrator = factories.make_user(is_superuser=True)
    admin = signed_in(administrator)
    session = admin.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time()}]
    session["account_authentication_methods_user"] = str(administrator.pk)
    session.save()
    page = f"/beheer/users/{monitor.pk}/tweede-stap/"
    assert "echt die persoon" in admin.get(page).content.decode()
    assert Authenticator.objects.filter(user=monitor).exists()
    admin.post(page)
    assert not Authenticator.objects.filter(user=monitor).exists()
    assert client.get("/landelijk/").url.startswith("/account/login/")
    assert "tweede stap weggehaald" in mailed(monitor.email)
    event = AuditEvent.objects.filter(what="credentials", subject_key=monitor.audit_key).get()
    assert event.actor_key == administrator.audit_key
    assert "niets om weg te halen" in admin.get(page).content.decode()
    assert admin.get(f"/beheer/users/{administrator.pk}/tweede-stap/").status_code == 302


def test_removing_what_is_not_there_tells_nobody(user, mailoutbox):
    assert remove_second_step(user, by=factories.make_user()) == 0
    assert mailoutbox == []
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize(
    "page",
    [
        INDEX,
        ACTIVATE,
        "/account/2fa/webauthn/",
        "/account/2fa/webauthn/add/",
        "/account/password/set/",
        "/account/email/",
        "/account/sessions/",
        "/account/logout/",
    ],
)
def test_pages_in_english_are_english(user, home, client, by_mail, page):
    factories.make_home("en")
    user.set_unusable_password()
    user.save()
    by_mail(user, client)
    for prefix, sign_out in (("", "Uitloggen"), ("/en", "Sign out")):
        response = client.get(prefix + page)
        assert response.status_code == 200
        assert sign_out in response.content.decode()
