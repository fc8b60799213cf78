"""Coming in through a municipality's SAML provider: a real one, pysaml2's, on loopback."""

import re
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.test import Client
from saml2 import BINDING_HTTP_POST
from saml2.config import Config
from saml2.mdstore import InMemoryMetaData
from saml2.saml import (
    NAMEID_FORMAT_EMAILADDRESS,
    NAMEID_FORMAT_TRANSIENT,
    NAMEID_FORMAT_UNSPECIFIED,
    NameID,
)

from accounts import doors
from accounts.models import User
from learning.models import JoinRequest, Membership
from learning.roles import Role
from learning.sign_on import arriving, describing
from tests import factories
from tests.learning.sign_on.conftest import make_saml
from tests.learning.sign_on.saml_browser import ask, come_in, path_of

pytestmark = pytest.mark.django_db
PEM = re.compile(r"-----.*?-----|\s")


def test_from_the_door_to_a_page_of_ones_own(client, saml_sign_on, utrecht):
    page = client.get(doors.leads_to("Roos@Utrecht.example"), {"next": "/leren/"})
    assert f'href="{path_of(saml_sign_on, "login")}?next=%2Fleren%2F"' in page.content.decode()
    answer = come_in(client, saml_sign_on, "roos@utrecht.example", next="/leren/")
    assert (answer.status_code, answer.url) == (302, "/leren/")
    roos = User.objects.get(email="roos@utrecht.example")
    assert roos.name == "Roos Raadslid"
    assert not roos.has_usable_password()
    assert client.session["_auth_user_id"] == str(roos.pk)
    membership = Membership.objects.get(person=roos)
    assert (membership.municipality, membership.role) == (utrecht, Role.COUNCIL_MEMBER)
    account = SocialAccount.objects.get(user=roos)
    assert (account.uid, account.extra_data) == ("p-1", {})


def test_nothing_of_the_answer_stays(client, saml_sign_on):
    come_in(client, saml_sign_on, "roos@utrecht.example")
    for session in Session.objects.all():
        assert "answer" not in session.get_decoded()


def test_who_has_no_role_that_we_know_gets_that_of_somebody_new(client, saml_sign_on):
    come_in(client, saml_sign_on, "mees@utrecht.example")
    assert Membership.objects.get().role == Role.STAFF


def test_coming_again_is_the_same_person_even_with_another_address_there(client, saml_sign_on):
    come_in(client, saml_sign_on, "roos@utrecht.example")
    come_in(Client(), saml_sign_on, "roos@utrecht.example")
    assert User.objects.filter(email="roos@utrecht.example").count() == 1
    assert Membership.objects.count() == 1
    assert SocialAccount.objects.count() == 1


def test_with_approval_a_new_person_waits(utrecht, saml_provider):
    sign_on = make_saml(utrecht, saml_provider, domains=["utrecht.example"], needs_approval=True)
    for _ in range(2):
        come_in(Client(), sign_on, "roos@utrecht.example")
    saml_provider.knows.clear()
    assert not Membership.objects.exists()
    assert JoinRequest.objects.get().status == JoinRequest.Status.WAITING


def test_two_tabs_at_once_are_one_request(utrecht, saml_provider, saml_sign_on, monkeypatch):
    """Both have looked before either has asked."""
    saml_sign_on.needs_approval = True
    person = factories.make_user("roos@utrecht.example")
    monkeypatch.setattr(arriving, "has_asked", lambda _person, _place: False)
    for _ in range(2):
        arriving.become_member(person, saml_sign_on, Role.STAFF)
    assert JoinRequest.objects.count() == 1


def test_whom_the_municipality_may_not_speak_for_is_refused(client, saml_sign_on):
    answer = come_in(client, saml_sign_on, "zus@zwolle.example")
    assert answer.status_code == 403
    assert "geen adres van Utrecht" in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert not User.objects.filter(email="zus@zwolle.example").exists()


def test_a_name_that_changes_each_time_is_refused_with_what_to_do(
    client, saml_sign_on, saml_provider
):
    passing = lambda _email: NameID(format=NAMEID_FORMAT_TRANSIENT, text="t-81")  # noqa: E731
    with saml_provider.behaving(name_id=passing):
        answer = come_in(client, saml_sign_on, "roos@utrecht.example")
    assert answer.status_code == 403
    assert "helpdesk" in answer.content.decode()
    assert "persistent" in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("form", [NAMEID_FORMAT_EMAILADDRESS, NAMEID_FORMAT_UNSPECIFIED])
def test_an_address_given_to_somebody_else_does_not_open_the_former_account(
    client, saml_sign_on, saml_provider, form
):
    by_address = lambda email: NameID(format=form, text=email)  # noqa: E731
    with saml_provider.behaving(name_id=by_address):
        come_in(client, saml_sign_on, "roos@utrecht.example")
        former = User.objects.get(email="roos@utrecht.example")
        User.objects.filter(pk=former.pk).update(email="roos.anders@utrecht.example")
        EmailAddress.objects.filter(user=former).update(email="roos.anders@utrecht.example")
        newer = Client()
        come_in(newer, saml_sign_on, "roos@utrecht.example")
    assert newer.session["_auth_user_id"] != str(former.pk)
    assert User.objects.get(email="roos@utrecht.example").pk != former.pk


def test_whoever_was_here_first_with_an_address_of_another_keeps_no_way_in(client, saml_sign_on):
    squatted = factories.make_user("roos@utrecht.example")
    EmailAddress.objects.filter(user=squatted).delete()
    EmailAddress.objects.create(user=squatted, email="kwaad@elders.example", verified=True)
    Authenticator.objects.create(user=squatted, type=Authenticator.Type.WEBAUTHN, data={})
    SocialAccount.objects.create(user=squatted, provider="elders", uid="1")
    come_in(client, saml_sign_on, "roos@utrecht.example")
    squatted.refresh_from_db()
    assert client.session["_auth_user_id"] == str(squatted.pk)
    assert not squatted.has_usable_password()
    assert not Authenticator.objects.filter(user=squatted).exists()
    assert [each.uid for each in SocialAccount.objects.filter(user=squatted)] == ["p-1"]
    assert [each.email for each in EmailAddress.objects.filter(user=squatted)] == [
        "roos@utrecht.example"
    ]


@pytest.mark.parametrize("is_active", [True, False])
def test_what_the_municipality_reads_of_us(client, saml_sign_on, is_active):
    """A municipality needs it before the sign-on is switched on."""
    saml_sign_on.is_active = is_active
    saml_sign_on.save()
    page = client.get(path_of(saml_sign_on, "metadata"))
    assert page["Content-Type"] == "application/samlmetadata+xml"
    found = InMemoryMetaData(None, page.content, config=Config())
    found.load()
    entity = f"http://testserver{path_of(saml_sign_on, 'metadata')}"
    (answers_at,) = found.service(
        entity, "spsso_descriptor", "assertion_consumer_service", BINDING_HTTP_POST
    )
    assert answers_at["location"] == f"http://testserver{path_of(saml_sign_on, 'acs')}"
    assert b"SingleLogoutService" not in page.content


def test_switched_off_it_is_not_there(client, saml_sign_on):
    saml_sign_on.is_active = False
    saml_sign_on.save()
    assert client.get(path_of(saml_sign_on, "login")).status_code == 404
    assert client.post(path_of(saml_sign_on, "acs"), {"SAMLResponse": "x"}).status_code == 404
    assert client.get(path_of(saml_sign_on, "acs/finish")).status_code == 404


def test_a_new_certificate_works_beside_the_old(client, utrecht, saml_provider, saml_sign_on):
    """The metadata name both around the day on which it changes."""
    metadata = saml_provider.metadata()
    value = describing.from_metadata("", metadata)["idp"]["x509cert"]
    certificate = Path(saml_provider.next[1]).read_text(encoding="ascii")
    first = re.search(r"<(\S*KeyDescriptor) .*?</\1>", metadata, re.DOTALL)[0]
    second = re.sub(r"(X509Certificate>)[^<]+", rf"\1{PEM.sub('', certificate)}", first)
    both = metadata.replace(first, first + second)
    described = describing.from_metadata("", both)
    assert len(described["idp"]["x509certs"]) == 2
    assert described["idp"]["x509cert"] == value
    saml_sign_on.app.settings = described
    saml_sign_on.app.save()
    for key_file in (saml_provider.own[0], saml_provider.next[0]):
        browser = Client()
        with saml_provider.behaving(key_file=key_file):
            come_in(browser, saml_sign_on, "roos@utrecht.example")
        assert "_auth_user_id" in browser.session


def test_signing_out_of_one_is_no_signing_out_of_the_other(client, saml_sign_on):
    assert client.get(path_of(saml_sign_on, "sls")).status_code == 404


def test_the_question_goes_to_the_provider_alone(client, saml_sign_on, saml_provider):
    assert ask(client, saml_sign_on).startswith(f"{saml_provider.address}/sso?SAMLRequest=")


def test_another_sites_link_leads_to_our_page_first(client, saml_sign_on):
    page = client.get(
        path_of(saml_sign_on, "login"),
        headers={"host": "testserver", "sec-fetch-site": "cross-site"},
    )
    assert page.url == f"/account/gemeente/{saml_sign_on.app.provider_id}/"
