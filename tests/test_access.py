"""Every kind of address as every kind of person, against one table (DESIGN §5)."""

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from home.demo_contact import load_contact
from home.models import FormPage
from home.permissions import CHIEF_EDITORS, EDITORS
from learning import attempts, invitations, jobs, joining
from learning.certificates import certificate_for
from learning.imports.plans import hand_in
from learning.models import Job, MonitorGrant
from learning.scim import keys
from meetings.setup import set_up_meetings
from newsletter.setup import set_up_newsletter
from search.setup import set_up_search
from tests import factories
from tests.practice import builders

pytestmark = pytest.mark.django_db

OK, TO_SIGN_IN, KEY, NO, GONE, STALE = 200, 302, 401, 403, 404, 410
TO_PAGE = TO_SIGN_IN
WHO = ("visitor", "learner", "editor", "chief", "monitor", "nation", "administrator")
EVERYBODY = dict.fromkeys(WHO, OK)
SIGNED_IN = EVERYBODY | {"visitor": TO_SIGN_IN}
NOBODY = dict.fromkeys(WHO, NO) | {"visitor": TO_SIGN_IN}
# Wagtail sends whoever may not be in its admin to the sign-in page.
EDITING = dict.fromkeys(WHO, TO_SIGN_IN) | dict.fromkeys(("editor", "chief", "administrator"), OK)
PUBLISHING = dict.fromkeys(WHO, TO_SIGN_IN) | dict.fromkeys(("chief", "administrator"), OK)
RUNNING = dict.fromkeys(WHO, TO_SIGN_IN) | {"administrator": OK}
OWN = dict.fromkeys(WHO, GONE) | {"visitor": TO_SIGN_IN, "learner": OK}
LIST = b"Naam;E-mail;Rol\nAnna;anna@x.example;raadslid\n"
TABLE = {
    "/": EVERYBODY,
    "/visiedocument/": EVERYBODY,
    "/nieuws/": EVERYBODY,
    "/nieuws/rss/": EVERYBODY,
    "/nieuws/atom/": EVERYBODY,
    "/nieuws/feed.json": EVERYBODY,
    "/nieuws/?thema=integriteit": EVERYBODY,
    "/nieuwsbrief/": EVERYBODY,
    "/nieuwsbrief/mail/": EVERYBODY,
    "/nieuwsbrief/bevestigen/": dict.fromkeys(WHO, STALE),
    "/nieuwsbrief/aangemeld/": EVERYBODY,
    "/nieuwsbrief/stoppen/no-token-of-ours/": dict.fromkeys(WHO, STALE),
    "/nieuwsbrief/keuze/no-token-of-ours/": dict.fromkeys(WHO, STALE),
    "/partners/": EVERYBODY,
    "/partners/?branche=horeca": EVERYBODY,
    "/visiedocument/geschiedenis/": EVERYBODY,
    "/visiedocument/visiedocument.pdf": EVERYBODY,
    # A new site has no goals yet.
    "/visiedocument/k1/": dict.fromkeys(WHO, GONE),
    "/instrumenten/": EVERYBODY,
    "/instrumenten/?soort=checklist": EVERYBODY,
    "/agenda/": EVERYBODY,
    "/agenda/archief/": EVERYBODY,
    "/mededelingen/0123456789ab/sluiten/": dict.fromkeys(WHO, GONE),
    "/agenda/archief/1999/": dict.fromkeys(WHO, GONE),
    "/agenda/agenda.ics": EVERYBODY,
    "/privacy/": EVERYBODY,
    "/toegankelijkheid/": EVERYBODY,
    "/contact/": EVERYBODY,
    "/contact/?verzonden=1": EVERYBODY,
    "/api/v2/": EVERYBODY,
    "/api/v2/openapi.json": EVERYBODY,
    "/api/v2/news/": EVERYBODY,
    "/api/v2/modules/": EVERYBODY,
    "/api/v2/modules/0/": dict.fromkeys(WHO, GONE),
    "/kaart/{form}-0.png": dict.fromkeys(WHO, TO_PAGE),
    "/kaart/0-0.png": dict.fromkeys(WHO, GONE),
    "/beheer/forms/": EDITING,
    "/beheer/forms/submissions/{form}/": EDITING,
    "/beheer/snippets/home/siteframe/": RUNNING | {"chief": OK},
    "/beheer/snippets/home/banner/": RUNNING | {"chief": OK},
    "/leren/": EVERYBODY,
    "/leren/eed/": EVERYBODY,
    "/leren/eed/les/": SIGNED_IN,
    "/leren/eed/toets/": SIGNED_IN,
    "/leren/eed/dilemma/": SIGNED_IN,
    # Nothing was chosen there yet: to the beginning.
    "/leren/eed/dilemma/?deel=4": dict.fromkeys(WHO, TO_PAGE),
    "/zoeken/?q=eed": EVERYBODY,
    "/zoeken/suggesties/?q=eed": EVERYBODY,
    "/beheer/vergeefs-gezocht/": EDITING,
    "/beheer/snippets/search/synonymgroup/": EDITING,
    "/beheer/snippets/search/promotedresult/": EDITING,
    "/hulp/": EVERYBODY,
    "/bijeenkomsten/": EVERYBODY,
    "/bijeenkomsten/agenda.ics": EVERYBODY,
    "/bijeenkomsten/mijn-agenda.ics": dict.fromkeys(WHO, GONE),
    "/bijeenkomsten/mijn-agenda.ics?sleutel=geen-sleutel-van-ons": dict.fromkeys(WHO, GONE),
    "/bijeenkomsten/avond/": EVERYBODY,
    "/bijeenkomsten/avond/bijeenkomst.ics": EVERYBODY,
    "/bijeenkomsten/avond/aanmelden/": SIGNED_IN,
    # Nobody of them has signed up: back to the meeting.
    "/bijeenkomsten/avond/afmelden/": dict.fromkeys(WHO, TO_PAGE),
    # Of who takes part: for who organises it, which is a right of its own.
    **dict.fromkeys(
        (
            "/bijeenkomsten/avond/deelnemers/",
            "/bijeenkomsten/avond/deelnemers/presentielijst/",
            "/bijeenkomsten/avond/deelnemers.csv",
            "/bijeenkomsten/avond/deelnemers.xlsx",
        ),
        NOBODY,
    ),
    "/mijn/bijeenkomsten/": SIGNED_IN,
    # By POST alone.
    "/mijn/bijeenkomsten/agenda/": dict.fromkeys(WHO, 405) | {"visitor": TO_SIGN_IN},
    "/praktijk/": EVERYBODY,
    "/praktijk/?soort=goed&rol=raadslid": EVERYBODY,
    "/praktijk/pakket/": EVERYBODY,
    "/praktijk/pakket/bespreken/": EVERYBODY,
    "/praktijk/insturen/": SIGNED_IN,
    "/mijn/praktijk/": SIGNED_IN,
    "/mijn/praktijk/{submission}/": OWN,
    "/mijn/praktijk/{submission}/toestemming/": OWN,
    "/mijn/praktijk/{submission}/intrekken/": OWN,
    # It was sent: on to how it stands.
    "/mijn/praktijk/{submission}/stap/gebeurd/": OWN | {"learner": TO_PAGE},
    # By POST alone.
    "/mijn/praktijk/{submission}/versturen/": dict.fromkeys(WHO, 405) | {"visitor": TO_SIGN_IN},
    "/mijn/praktijk/{submission}/antwoorden/": dict.fromkeys(WHO, 405) | {"visitor": TO_SIGN_IN},
    "/beheer/ingestuurd/": EDITING,
    "/beheer/ingestuurd/{submission}/": EDITING,
    # A draft is nobody's but its writer's.
    "/beheer/ingestuurd/{draft}/": EDITING
    | dict.fromkeys(("editor", "chief", "administrator"), GONE),
    **dict.fromkeys(
        (
            "/beheer/ingestuurd/{submission}/oppakken/",
            "/beheer/ingestuurd/{submission}/vragen/",
            "/beheer/ingestuurd/{submission}/afwijzen/",
        ),
        EDITING | dict.fromkeys(("editor", "chief", "administrator"), 405),
    ),
    # A visitor reads how it works, and sees nobody.
    "/netwerk/": EVERYBODY,
    "/netwerk/mijn/": SIGNED_IN,
    "/netwerk/berichten/": SIGNED_IN,
    # Nobody of them is in the network: nobody is seen.
    "/netwerk/1/": dict.fromkeys(WHO, GONE) | {"visitor": TO_SIGN_IN},
    **dict.fromkeys(
        (
            "/netwerk/berichten/00000000-0000-4000-8000-000000000000/",
            "/netwerk/berichten/00000000-0000-4000-8000-000000000000/blokkeren/",
            "/netwerk/berichten/00000000-0000-4000-8000-000000000000/1/melden/",
        ),
        dict.fromkeys(WHO, GONE) | {"visitor": TO_SIGN_IN},
    ),
    # By POST alone.
    "/netwerk/berichten/blokkade/1/opheffen/": dict.fromkeys(WHO, 405) | {"visitor": TO_SIGN_IN},
    "/mijn/": SIGNED_IN,
    "/mijn/gegevens/": SIGNED_IN,
    # By POST; who looks is led to that part of the page.
    "/mijn/gegevens/naam/": dict.fromkeys(WHO, TO_PAGE),
    "/mijn/gegevens/berichten/": dict.fromkeys(WHO, TO_PAGE),
    "/mijn/gegevens/weergave/": dict.fromkeys(WHO, TO_PAGE),
    # First they show again who they are.
    "/mijn/gegevens/downloaden/": dict.fromkeys(WHO, TO_SIGN_IN),
    "/mijn/gegevens/downloaden/bestand/": dict.fromkeys(WHO, TO_SIGN_IN),
    "/mijn/gegevens/opnieuw-aanmelden/": dict.fromkeys(WHO, 405) | {"visitor": TO_SIGN_IN},
    "/mijn/herinneringen/": dict.fromkeys(WHO, TO_PAGE),
    "/mijn/certificaten/": SIGNED_IN,
    "/mijn/gegevens/verlaten/{member}/": OWN,
    # To show again who one is.
    "/mijn/gegevens/wissen/": dict.fromkeys(WHO, TO_PAGE),
    # By POST alone.
    "/mijn/gegevens/wissen/ongedaan/": dict.fromkeys(WHO, 405) | {"visitor": TO_SIGN_IN},
    "/mijn/gegevens/verlaten/{member}/ongedaan/": dict.fromkeys(WHO, 405) | {"visitor": TO_SIGN_IN},
    "/account-behouden/no-token-of-ours/": dict.fromkeys(WHO, STALE),
    "/mijn/certificaat/{completion}/": OWN,
    "/mijn/certificaat/{completion}/certificaat.pdf": OWN,
    "/certificaat/": EVERYBODY,
    "/certificaat/{code}/": EVERYBODY,
    "/certificaat/0000-0000-0000-0000-0000/": dict.fromkeys(WHO, GONE),
    # On to where one is in a module, or to what there is when it is gone.
    "/mijn/verder/00000000-0000-4000-8000-000000000000/": dict.fromkeys(WHO, TO_SIGN_IN),
    # By POST alone.
    "/mijn/opfrissen/": dict.fromkeys(WHO, 405) | {"visitor": TO_SIGN_IN},
    "/opfrissen/no-token-of-ours/": dict.fromkeys(WHO, STALE),
    "/mail/stoppen/no-token-of-ours/": dict.fromkeys(WHO, GONE),
    "/mijn/poging/{attempt}/": OWN,
    "/mijn/poging/{attempt}/1/": OWN,
    "/gemeente/utrecht/": NOBODY | {"monitor": OK},
    "/gemeente/utrecht/verplichtingen/": NOBODY | {"monitor": OK},
    "/gemeente/utrecht/verplichtingen/nieuw/": NOBODY | {"monitor": OK},
    "/gemeente/utrecht/verplichtingen/{requirement}/": NOBODY | {"monitor": OK},
    "/gemeente/utrecht/verplichtingen/{requirement}/beeindigen/": NOBODY | {"monitor": OK},
    "/gemeente/zwolle/verplichtingen/nieuw/": NOBODY,
    "/gemeente/utrecht/erkenningen/inlezen/": NOBODY | {"monitor": OK},
    "/gemeente/utrecht/mensen/{member}/": NOBODY | {"monitor": OK},
    "/gemeente/utrecht/mensen/{member}/beeindigen/": NOBODY | {"monitor": OK},
    "/gemeente/utrecht/mensen/{neighbour}/": NOBODY | {"monitor": GONE},
    "/gemeente/zwolle/mensen/{neighbour}/": NOBODY,
    "/gemeente/utrecht/personen.csv": NOBODY | {"monitor": OK},
    "/gemeente/utrecht/taken/{job}/": NOBODY | {"monitor": OK},
    "/gemeente/utrecht/taken/{job}/bestand/": NOBODY | {"monitor": OK},
    "/landelijk/taken/{job}/": NOBODY | {"nation": GONE},
    "/gemeente/utrecht/export/": NOBODY | {"monitor": OK},
    "/gemeente/utrecht/cijfers.xlsx": NOBODY | {"monitor": OK},
    "/gemeente/utrecht/cijfers.csv": NOBODY | {"monitor": OK},
    "/gemeente/utrecht/verslag.pdf": NOBODY | {"monitor": OK},
    "/gemeente/zwolle/export/": NOBODY,
    "/landelijk/cijfers.xlsx": NOBODY | {"nation": OK},
    "/landelijk/cijfers.csv": NOBODY | {"nation": OK},
    "/gemeente/utrecht/importeren/": NOBODY | {"monitor": OK},
    "/gemeente/utrecht/importeren/sjabloon.xlsx": NOBODY | {"monitor": OK},
    "/gemeente/utrecht/importeren/sjabloon.csv": NOBODY | {"monitor": OK},
    "/gemeente/utrecht/importeren/{import}/": NOBODY | {"monitor": OK},
    # There is nothing to undo yet: back to the import, which waits for a decision.
    "/gemeente/utrecht/importeren/{import}/ongedaan/": NOBODY | {"monitor": TO_PAGE},
    "/gemeente/utrecht/importeren/{neighbours_import}/": NOBODY | {"monitor": GONE},
    "/gemeente/utrecht/importeren/{neighbours_import}/ongedaan/": NOBODY | {"monitor": GONE},
    "/gemeente/zwolle/importeren/": NOBODY,
    "/gemeente/zwolle/importeren/{neighbours_import}/": NOBODY,
    "/gemeente/zwolle/importeren/sjabloon.csv": NOBODY,
    **dict.fromkeys(
        (
            "/gemeente/utrecht/uitnodigen/",
            "/gemeente/utrecht/uitnodigen/aanvragen/",
            "/gemeente/utrecht/uitnodigen/link/{link}/",
            "/gemeente/utrecht/uitnodigen/link/{link}/intrekken/",
            "/gemeente/utrecht/uitnodigen/{invitation}/intrekken/",
            "/gemeente/utrecht/instellingen/",
            "/gemeente/utrecht/volgers/",
            "/gemeente/utrecht/volgers/{grant}/intrekken/",
            "/gemeente/utrecht/logboek/",
            "/gemeente/utrecht/logboek.csv",
        ),
        NOBODY | {"monitor": OK},
    ),
    # Another municipality's number in one's own address: as if it were not there.
    "/gemeente/utrecht/volgers/{neighbours_grant}/intrekken/": NOBODY | {"monitor": GONE},
    "/gemeente/zwolle/uitnodigen/link/{link}/": NOBODY,
    "/gemeente/zwolle/instellingen/": NOBODY,
    "/gemeente/zwolle/logboek/": NOBODY,
    "/gemeente/zwolle/logboek.csv": NOBODY,
    "/gemeente/utrecht/herinneringen/": NOBODY | {"monitor": OK},
    "/gemeente/utrecht/herinneringen/nieuw/": NOBODY | {"monitor": OK},
    "/gemeente/utrecht/herinneringen/1/": NOBODY | {"monitor": GONE},
    "/gemeente/utrecht/herinneringen/1/aanpassen/": NOBODY | {"monitor": GONE},
    "/gemeente/utrecht/herinneringen/1/voorbeeld/": NOBODY | {"monitor": GONE},
    # By POST alone.
    "/gemeente/utrecht/herinneringen/1/versturen/": NOBODY | {"monitor": 405},
    "/gemeente/zwolle/herinneringen/": NOBODY,
    "/gemeente/zwolle/": NOBODY,
    "/account/login/": EVERYBODY | dict.fromkeys(WHO[1:], TO_PAGE),
    "/account/login/wachtwoord/": EVERYBODY | dict.fromkeys(WHO[1:], TO_PAGE),
    "/account/login/link/": EVERYBODY | dict.fromkeys(WHO[1:], TO_PAGE),
    "/account/sessions/": SIGNED_IN,
    "/account/email/": SIGNED_IN,
    "/account/email/bevestigen/": dict.fromkeys(WHO, STALE),
    # By POST alone.
    "/account/email/intrekken/": dict.fromkeys(WHO, 405) | {"visitor": TO_SIGN_IN},
    "/account/passkey/niet-nu/": dict.fromkeys(WHO, 405) | {"visitor": TO_SIGN_IN},
    "/account/2fa/": SIGNED_IN,
    "/account/signup/": EVERYBODY | dict.fromkeys(WHO[1:], TO_PAGE),
    "/uitnodiging/": dict.fromkeys(WHO, STALE),
    "/meedoen/": dict.fromkeys(WHO, STALE),
    "/meedoen/bevestigen/": dict.fromkeys(WHO, STALE),
    "/meedoen/mail/": EVERYBODY,
    "/landelijk/": NOBODY | {"nation": OK},
    "/beheer/": EDITING,
    "/beheer/pages/": EDITING,
    "/beheer/snippets/learning/question/": EDITING,
    "/beheer/snippets/home/sector/": EDITING,
    "/beheer/snippets/home/calendarentry/": EDITING,
    "/beheer/vragen-importeren/": EDITING,
    "/beheer/vragen-importeren/sjabloon.csv": EDITING,
    "/beheer/vragen-importeren/1/": EDITING
    | dict.fromkeys(("editor", "chief", "administrator"), GONE),
    "/beheer/vragen-exporteren/": EDITING,
    "/beheer/vragen-exporteren/?format=gift&locale={locale}": EDITING,
    "/beheer/vragen-exporteren/bestand/?format=gift&locale={locale}": EDITING,
    "/beheer/snippets/learning/question/copy/{question}/": EDITING,
    # For who may publish; others are sent back with a word of why.
    "/beheer/vragen/{question}/archiveren/": EDITING | {"editor": TO_PAGE},
    "/beheer/vragen/{question}/terugzetten/": EDITING | {"editor": TO_PAGE},
    # By POST alone.
    "/beheer/vragen/proberen/": EDITING | dict.fromkeys(("editor", "chief", "administrator"), 405),
    "/beheer/bulk/learning/question/topics/?id={question}": EDITING,
    "/beheer/nakijken/": EDITING,
    "/beheer/vertalingen/": EDITING,
    # There is nothing to take along.
    "/beheer/vertalingen/bestanden/": EDITING
    | dict.fromkeys(("editor", "chief", "administrator"), TO_PAGE),
    "/beheer/vertalingen/inlezen/": EDITING
    | dict.fromkeys(("editor", "chief", "administrator"), 405),
    "/beheer/handleiding/": EDITING,
    "/beheer/herzien/": EDITING,
    "/beheer/kapotte-links/": EDITING,
    "/beheer/onderweg/": EDITING,
    # No module has this number.
    **dict.fromkeys(
        ("/beheer/volgende-versie/987654/", "/beheer/volgende-versie/987654/publiceren/"),
        EDITING | dict.fromkeys(("editor", "chief", "administrator"), GONE),
    ),
    # By POST alone.
    "/beheer/herzien/1/": EDITING | dict.fromkeys(("editor", "chief", "administrator"), 405),
    # Of the root of all pages, which nobody writes.
    **dict.fromkeys(
        ("/beheer/schrijfhulp/1/", "/beheer/schrijfhulp/home/newspage/1/"),
        dict.fromkeys(WHO, TO_PAGE),
    ),
    "/beheer/nieuwsbrief/": EDITING,
    # There is no news to show: back to the page.
    "/beheer/nieuwsbrief/voorbeeld/weekly/nl/": dict.fromkeys(WHO, TO_PAGE),
    "/beheer/nieuwsbrief/voorbeeld/yearly/nl/": dict.fromkeys(WHO, TO_SIGN_IN)
    | dict.fromkeys(("editor", "chief", "administrator"), GONE),
    "/beheer/vragen/cijfers/": EDITING,
    "/beheer/vragen/cijfers/vraag/{question_key}/": EDITING,
    "/beheer/vragen/cijfers/toets/{question_key}/": dict.fromkeys(WHO, TO_SIGN_IN)
    | dict.fromkeys(("editor", "chief", "administrator"), GONE),
    "/beheer/settings/home/nationalsupport/{site}/": EDITING,
    "/beheer/logboek/": RUNNING,
    "/beheer/logboek/bestand/": RUNNING,
    "/beheer/users/": RUNNING,
    "/beheer/eigen-systemen/": RUNNING,
    "/beheer/eigen-systemen/{scim}/": RUNNING,
    "/beheer/eigen-systemen/sleutel/{scim_key}/": RUNNING,
    # By POST alone.
    "/beheer/eigen-systemen/{scim}/sleutel/": RUNNING | {"administrator": 405},
    "/beheer/membership/": RUNNING,
    "/beheer/sign-on/": RUNNING,
    "/beheer/sign-on/new/": RUNNING,
    # Whoever comes by these is somebody by what they bring from elsewhere, or nobody.
    **dict.fromkeys(
        (
            "/account/gemeente/bestaat-niet/",
            "/account/oidc/bestaat-niet/login/",
            "/account/oidc/bestaat-niet/login/callback/",
            "/account/saml/bestaat-niet/login/",
            "/account/saml/bestaat-niet/metadata/",
            "/account/saml/bestaat-niet/sls/",
        ),
        dict.fromkeys(WHO, GONE),
    ),
    "/account/3rdparty/login/cancelled/": EVERYBODY,
    "/account/3rdparty/login/error/": dict.fromkeys(WHO, 401),
    "/beheer/requirement/": RUNNING,
    "/beheer/organisers/": PUBLISHING,
    "/beheer/organisers/new/": PUBLISHING,
    "/beheer/peer-reports/": PUBLISHING,
    "/beheer/requirement/edit/{national}/": RUNNING,
    # For a municipality's own system with its key: nobody who is signed in gets in.
    **dict.fromkeys(
        (
            "/scim/v2/ServiceProviderConfig",
            "/scim/v2/ResourceTypes",
            "/scim/v2/ResourceTypes/User",
            "/scim/v2/Schemas",
            "/scim/v2/Schemas/urn:ietf:params:scim:schemas:core:2.0:User",
            "/scim/v2/Users",
            "/scim/v2/Users/00000000-0000-4000-8000-000000000000",
            "/scim/v2/Users/.search",
            "/scim/v2/Groups",
            "/scim/v2/Groups/00000000-0000-4000-8000-000000000000",
            "/scim/v2/Groups/.search",
            "/scim/v2/.search",
            "/scim/v2/Bulk",
        ),
        dict.fromkeys(WHO, KEY),
    ),
    "/sitemap.xml": EVERYBODY,
    "/robots.txt": EVERYBODY,
    "/.well-known/security.txt": EVERYBODY,
    "/healthz": EVERYBODY,
    "/readyz": EVERYBODY,
    "/bestaat-niet/": dict.fromkeys(WHO, GONE),
}


@pytest.fixture
def people(site):
    set_up_meetings(site)
    set_up_search()
    factories.make_meeting(slug="avond")
    set_up_newsletter()
    builders.make_case(slug="pakket")
    utrecht, zwolle = (
        factories.Municipality.objects.get(slug=slug) for slug in ("utrecht", "zwolle")
    )
    people = {name: factories.make_user() for name in WHO[1:]}
    factories.join(people["learner"], utrecht, factories.Role.COUNCIL_MEMBER)
    people["editor"].groups.add(Group.objects.get(name=EDITORS))
    people["chief"].groups.add(Group.objects.get(name=CHIEF_EDITORS))
    people["monitor"] = factories.make_monitor(utrecht)
    people["nation"] = factories.make_monitor()
    people["administrator"].is_superuser = people["administrator"].is_staff = True
    people["administrator"].save()
    factories.make_monitor(zwolle)
    return people


@pytest.fixture
def attempt(people):
    module = factories.make_module("eed", open_to_visitors=False)
    factories.make_lesson(module, slug="les")
    factories.make_dilemma(module, slug="dilemma")
    return attempts.start_attempt(people["learner"], factories.make_quiz(module, slug="toets"))


@pytest.fixture
def job(people):
    job = Job.objects.create(
        kind=Job.Kind.EXPORT,
        municipality=factories.Municipality.objects.get(slug="utrecht"),
        status=Job.Status.RUNNING,
        started_at=timezone.now(),
    )
    jobs.store_result(job, b"", "leeg.csv")
    return job


@pytest.fixture
def numbers(people, attempt, job):
    """What stands for the numbers in the addresses: all of Utrecht, but for the neighbour's."""
    utrecht, zwolle = (
        factories.Municipality.objects.get(slug=slug) for slug in ("utrecht", "zwolle")
    )
    by = people["monitor"]
    factories.make_monitor(utrecht)
    grants = MonitorGrant.objects.filter(scope=MonitorGrant.Scope.MUNICIPALITY)
    staff = factories.Role.STAFF
    question = factories.make_question()
    completion = factories.finish(people["learner"], factories.make_module("integer"))
    connection = keys.connect(utrecht)
    key, _secret = keys.make_key(connection, by=people["administrator"])
    load_contact()
    return {
        "submission": builders.make_sent(people["learner"]).pk,
        "draft": builders.make_submission(people["learner"]).pk,
        "form": FormPage.objects.get(locale=factories.locale()).pk,
        "attempt": attempt.pk,
        "scim": connection.pk,
        "scim_key": key.pk,
        "locale": factories.locale().pk,
        "question": question.pk,
        "question_key": question.translation_key,
        "site": factories.make_home().get_site().pk,
        "completion": completion.pk,
        "code": certificate_for(completion).spelled_code,
        "job": job.pk,
        "member": factories.Membership.objects.get(person=people["learner"]).pk,
        "neighbour": factories.make_member(factories.Municipality.objects.get(slug="zwolle")).pk,
        "national": factories.make_requirement().pk,
        "requirement": factories.make_requirement(municipality=utrecht).pk,
        "link": joining.make_link(utrecht, staff, by=by, days=14).pk,
        "invitation": invitations.invite(utrecht, by=by, email="x@y.example", role=staff).pk,
        "grant": grants.filter(municipality=utrecht).first().pk,
        "neighbours_grant": grants.exclude(municipality=utrecht).first().pk,
        "import": hand_in(LIST, by=by, place=utrecht, filename="lijst.csv").pk,
        "neighbours_import": hand_in(LIST, by=by, place=zwolle, filename="lijst.csv").pk,
    }


@pytest.mark.parametrize("who", WHO)
def test_who_may_see_what(who, people, numbers, client):
    if who != "visitor":
        client.force_login(people[who])
    found = {address: client.get(address.format(**numbers)).status_code for address in TABLE}
    assert found == {address: row[who] for address, row in TABLE.items()}


def test_a_visitor_is_sent_to_sign_in_and_back(client, people):
    response = client.get("/gemeente/utrecht/")
    assert response.url == "/account/login/?next=/gemeente/utrecht/"
