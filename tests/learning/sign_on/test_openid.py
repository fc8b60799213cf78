"""Coming in through a municipality's OpenID provider: a real one, allauth's own, on loopback."""

from html.parser import HTMLParser
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client

from accounts import doors
from accounts.models import AuditEvent, User
from learning import invitations
from learning.grants import grant_monitor
from learning.models import JoinRequest, Membership
from learning.roles import Role
from learning.sign_on import finding
from tests import factories
from tests.learning.sign_on.conftest import make_openid
from tests.mails import link_in

pytestmark = pytest.mark.django_db
PASSWORD = "wachtwoord-1"


class Inputs(HTMLParser):
    """The hidden fields of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        if tag == "input" and named.get("type") == "hidden":
            self.found[named["name"]] = named.get("value", "")


def login_path(sign_on) -> str:
    return f"/account/oidc/{sign_on.app.provider_id}/login/"


def at_the_provider(address: str, email: str) -> str:
    """Sign in there as a person does, and return the address to which it sends one back."""
    with requests.Session() as there:
        page = there.get(address)
        fields = Inputs(page.text).found | {"login": email, "password": PASSWORD}
        answer = there.post(page.url, data=fields, allow_redirects=False)
        while not answer.headers["Location"].startswith("http://testserver"):
            location = requests.compat.urljoin(answer.url, answer.headers["Location"])
            answer = there.get(location, allow_redirects=False)
        return answer.headers["Location"]


def back(client: Client, location: str):
    parts = urlsplit(location)
    return client.get(f"{parts.path}?{parts.query}")


def come_in(client: Client, sign_on, email: str, **query):
    """The whole way, from our door to our page."""
    path = login_path(sign_on)
    away = client.get(f"{path}?{urlencode(query)}" if query else path)
    assert away.status_code == 302
    return back(client, at_the_provider(away.url, email))


def test_an_address_of_the_domain_leads_to_its_own_page(client, sign_on):
    path = doors.leads_to("Roos@Utrecht.example")
    assert path == f"/account/gemeente/{sign_on.app.provider_id}/"
    page = client.get(f"{path}?next=/leren/")
    html = page.content.decode()
    assert "Inloggen bij Utrecht" in html
    assert f'href="{login_path(sign_on)}?next=%2Fleren%2F"' in html
    assert doors.leads_to("roos@zwolle.example") is None


@pytest.mark.parametrize("evil", ["https://kwaad.example/", "//kwaad.example", "javascript:1"])
def test_it_leads_to_no_other_site_afterwards(client, sign_on, evil):
    page = client.get(doors.leads_to("roos@utrecht.example"), {"next": evil})
    assert "kwaad" not in page.content.decode()
    assert "javascript:1" not in page.content.decode()
    assert come_in(client, sign_on, "roos@utrecht.example", next=evil).url == "/mijn/"


def test_somebody_new_becomes_a_member_in_the_role_that_is_said(client, sign_on, utrecht):
    answer = come_in(client, sign_on, "roos@utrecht.example")
    assert (answer.status_code, answer.url) == (302, "/mijn/")
    roos = User.objects.get(email="roos@utrecht.example")
    assert roos.name == "Roos Raadslid"
    assert not roos.has_usable_password()
    assert client.session["_auth_user_id"] == str(roos.pk)
    membership = Membership.objects.get(person=roos)
    assert (membership.municipality, membership.role) == (utrecht, Role.COUNCIL_MEMBER)
    # We keep by which account they came, and nothing of what was said.
    account = SocialAccount.objects.get(user=roos)
    assert account.extra_data == {}
    assert not SocialToken.objects.exists()
    assert client.get("/mijn/").status_code == 200


def test_who_has_no_role_that_we_know_gets_that_of_somebody_new(client, sign_on):
    come_in(client, sign_on, "mees@utrecht.example")
    assert Membership.objects.get().role == Role.STAFF


def test_coming_again_is_the_same_person_and_one_membership(client, sign_on):
    come_in(client, sign_on, "roos@utrecht.example")
    roos = User.objects.get(email="roos@utrecht.example")
    roos.name = "Verkeerd"
    roos.save()
    come_in(Client(), sign_on, "roos@utrecht.example")
    assert User.objects.filter(email__endswith="@utrecht.example").count() == 1
    assert Membership.objects.count() == 1
    assert SocialAccount.objects.get().extra_data == {}
    roos.refresh_from_db()
    assert roos.name == "Roos Raadslid"


def test_who_is_here_already_stays_who_they_are(client, sign_on, utrecht):
    roos = factories.make_user("roos@utrecht.example", name="Roos")
    factories.join(roos, utrecht, Role.ALDERMAN)
    come_in(client, sign_on, "roos@utrecht.example")
    assert client.session["_auth_user_id"] == str(roos.pk)
    assert [each.role for each in Membership.objects.filter(person=roos)] == [Role.ALDERMAN]


def test_a_password_that_somebody_set_before_the_address_was_shown_goes(client, sign_on):
    roos = factories.make_user("roos@utrecht.example")
    assert roos.has_usable_password()
    come_in(client, sign_on, "roos@utrecht.example")
    roos.refresh_from_db()
    assert not roos.has_usable_password()


def test_with_approval_a_new_person_waits(client, utrecht, openid_provider):
    sign_on = make_openid(
        utrecht, openid_provider, domains=["utrecht.example"], needs_approval=True
    )
    for _ in range(2):
        come_in(Client(), sign_on, "roos@utrecht.example")
    assert not Membership.objects.exists()
    request = JoinRequest.objects.get()
    assert request.status == JoinRequest.Status.WAITING
    assert (request.municipality, request.role) == (utrecht, Role.COUNCIL_MEMBER)


def test_who_was_invited_comes_in_as_invited(client, sign_on, utrecht):
    monitor = factories.make_monitor(utrecht)
    invitations.invite(utrecht, by=monitor, email="roos@utrecht.example", role=Role.MAYOR)
    come_in(client, sign_on, "roos@utrecht.example")
    assert [each.role for each in Membership.objects.all()] == [Role.MAYOR]


def test_a_monitor_does_not_become_a_member_by_signing_in(client, sign_on, utrecht):
    gijs = factories.make_monitor(utrecht, email="gijs@utrecht.example")
    come_in(client, sign_on, "gijs@utrecht.example")
    assert client.session["_auth_user_id"] == str(gijs.pk)
    assert not Membership.objects.exists()


def test_its_own_second_step_counts_for_its_monitors_alone(utrecht, zwolle, openid_provider):
    sign_on = make_openid(
        utrecht, openid_provider, domains=["utrecht.example"], shows_second_factor=True
    )
    gijs = factories.make_monitor(utrecht, email="gijs@utrecht.example")
    client = Client()
    come_in(client, sign_on, "gijs@utrecht.example")
    assert client.get("/gemeente/utrecht/").status_code == 200
    # Who watches elsewhere too shows it here.
    grant_monitor(gijs, zwolle)
    client = Client()
    come_in(client, sign_on, "gijs@utrecht.example")
    assert client.get("/gemeente/utrecht/").url.startswith("/account/2fa/")


def test_without_it_a_monitor_shows_the_second_step_here(client, sign_on, utrecht):
    factories.make_monitor(utrecht, email="gijs@utrecht.example")
    come_in(client, sign_on, "gijs@utrecht.example")
    assert client.get("/gemeente/utrecht/").url.startswith("/account/2fa/")


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        ("zus@zwolle.example", "geen adres van Utrecht"),
        ("otto@utrecht.example", "nog niet dat uw e-mailadres van u is"),
    ],
)
def test_whom_the_municipality_may_not_speak_for_is_refused(client, sign_on, email, sentence):
    answer = come_in(client, sign_on, email)
    assert answer.status_code == 403
    assert sentence in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert not User.objects.filter(email=email).exists()


def test_nobody_is_taken_over_by_another_municipality(client, zwolle, openid_provider):
    """Utrecht's address, said by Zwolle's provider."""
    roos = factories.make_user("roos@utrecht.example")
    other = make_openid(zwolle, openid_provider, domains=["zwolle.example"])
    answer = come_in(client, other, "roos@utrecht.example")
    assert answer.status_code == 403
    assert "_auth_user_id" not in client.session
    assert not SocialAccount.objects.filter(user=roos).exists()


def test_who_moved_to_another_address_is_not_the_municipalitys_any_more(client, sign_on):
    come_in(client, sign_on, "roos@utrecht.example")
    User.objects.filter(email="roos@utrecht.example").update(email="roos@elders.example")
    client = Client()
    assert come_in(client, sign_on, "roos@utrecht.example").status_code == 403
    assert "_auth_user_id" not in client.session


def test_somebody_switched_off_stays_out(client, sign_on):
    factories.make_user("roos@utrecht.example", is_active=False)
    answer = come_in(client, sign_on, "roos@utrecht.example")
    assert answer.status_code == 403
    assert "uitgezet" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_an_answer_to_another_browsers_question_is_refused(client, sign_on):
    away = client.get(login_path(sign_on))
    location = at_the_provider(away.url, "roos@utrecht.example")
    victim = Client()
    answer = back(victim, location)
    assert "Inloggen is niet gelukt" in answer.content.decode()
    assert "_auth_user_id" not in victim.session


def test_an_answer_works_once(client, sign_on):
    away = client.get(login_path(sign_on))
    location = at_the_provider(away.url, "roos@utrecht.example")
    assert back(client, location).status_code == 302
    client.post("/account/logout/")
    back(client, location)
    assert "_auth_user_id" not in client.session


def test_an_answer_for_one_municipality_does_not_open_another(
    client, sign_on, zwolle, openid_provider
):
    other = make_openid(zwolle, openid_provider, domains=["zwolle.example"])
    away = client.get(login_path(sign_on))
    location = at_the_provider(away.url, "zus@zwolle.example")
    location = location.replace(sign_on.app.provider_id, other.app.provider_id)
    back(client, location)
    assert "_auth_user_id" not in client.session


def test_the_question_carries_a_challenge_and_a_state(client, sign_on):
    asked = parse_qs(urlsplit(client.get(login_path(sign_on)).url).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["state"]
    assert sorted(asked["scope"][0].split()) == ["email", "openid", "profile"]
    assert asked["response_type"] == ["code"]


def test_who_stops_there_is_told_so(client, sign_on):
    away = client.get(login_path(sign_on))
    state = parse_qs(urlsplit(away.url).query)["state"][0]
    callback = f"/account/oidc/{sign_on.app.provider_id}/login/callback/"
    answer = client.get(f"{callback}?error=access_denied&state={state}", follow=True)
    assert "U bent teruggekomen" in answer.content.decode()


def test_a_wrong_secret_lets_nobody_in(client, utrecht, openid_provider):
    sign_on = make_openid(
        utrecht, openid_provider, domains=["utrecht.example"], secret="something-else"
    )
    answer = come_in(client, sign_on, "roos@utrecht.example")
    assert "Inloggen is niet gelukt" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_provider_that_does_not_answer_is_said_so(client, sign_on):
    sign_on.app.settings["server_url"] = "http://127.0.0.1:9/.well-known/openid-configuration"
    sign_on.app.save()
    answer = client.get(login_path(sign_on))
    assert answer.status_code == 503
    assert "antwoordt nu niet" in answer.content.decode()


def test_only_this_way_closes_the_others_but_for_administrators(client, utrecht, openid_provider):
    sign_on = make_openid(utrecht, openid_provider, domains=["utrecht.example"], only_way=True)
    factories.make_user("roos@utrecht.example")
    way = f"/account/gemeente/{sign_on.app.provider_id}/"

    def with_password(email):
        browser = Client()
        return browser, browser.post(
            "/account/login/", {"login": email, "password": factories.PASSWORD}
        )

    browser, answer = with_password("roos@utrecht.example")
    assert answer.url == way
    assert "U logt in via uw gemeente" in browser.get(way).content.decode()
    assert "_auth_user_id" not in browser.session
    boss = factories.make_user("baas@utrecht.example", is_superuser=True)
    browser, answer = with_password("baas@utrecht.example")
    assert browser.session["_auth_user_id"] == str(boss.pk)
    come_in(client, sign_on, "roos@utrecht.example")
    assert client.session["_auth_user_id"]


def test_an_invitation_leads_through_the_only_way_and_then_holds(
    client, utrecht, openid_provider, mailoutbox, mail_at_once
):
    sign_on = make_openid(utrecht, openid_provider, domains=["utrecht.example"], only_way=True)
    monitor = factories.make_monitor(utrecht)
    invitations.invite(utrecht, by=monitor, email="roos@utrecht.example", role=Role.MAYOR)
    client.get(link_in(mailoutbox[0]), follow=True)
    answer = client.post("/uitnodiging/", {"name": "Roos"})
    assert answer.url == f"/account/gemeente/{sign_on.app.provider_id}/"
    assert "_auth_user_id" not in client.session
    come_in(client, sign_on, "roos@utrecht.example")
    assert client.session["_auth_user_id"]
    assert [each.role for each in Membership.objects.all()] == [Role.MAYOR]


def test_another_sites_link_leads_to_our_page_first(client, sign_on):
    answer = client.get(login_path(sign_on), headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.url == "/account/gemeente/utrecht/"


def test_it_is_no_way_to_connect_two_people(client, sign_on):
    somebody = factories.make_user("anders@elders.example")
    client.force_login(somebody)
    answer = come_in(client, sign_on, "roos@utrecht.example", process="connect")
    assert answer.status_code == 403
    assert not SocialAccount.objects.filter(user=somebody).exists()


def test_switched_off_it_is_not_there(client, sign_on):
    sign_on.is_active = False
    sign_on.save()
    assert doors.leads_to("roos@utrecht.example") is None
    assert client.get(f"/account/gemeente/{sign_on.app.provider_id}/").status_code == 404
    assert client.get(login_path(sign_on)).status_code == 404


def test_a_domain_that_is_taken_away_leads_nowhere(client, sign_on, django_assert_num_queries):
    assert doors.leads_to("roos@utrecht.example")
    # It is asked at each sign-in, so it costs nothing.
    with django_assert_num_queries(0):
        doors.leads_to("roos@utrecht.example")
    sign_on.domains.all().delete()
    sign_on.save()
    assert finding.door("roos@utrecht.example") is None


def test_the_secret_does_not_stand_in_the_database(sign_on):
    sign_on.app.refresh_from_db()
    stored = f"{sign_on.app.secret} {sign_on.app.settings}"
    assert "house-secret-1" not in stored


def test_setting_it_up_is_in_the_log(sign_on, utrecht):
    event = AuditEvent.objects.get(what=AuditEvent.What.SIGN_ON)
    assert event.municipality_code == utrecht.code
    assert "example" not in str(event.details)
