"""Answers that are not what they seem: each is refused, signs nobody in and stores nothing."""

import re
from base64 import b64encode
from copy import deepcopy
from datetime import timedelta

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from lxml import etree
from saml2.xmldsig import DIGEST_SHA1, DIGEST_SHA256, SIG_RSA_SHA1, SIG_RSA_SHA256

from accounts.models import User
from learning.models import JoinRequest, Membership
from tests.learning.sign_on.conftest import make_saml
from tests.learning.sign_on.saml_browser import (
    NAMES,
    answered,
    ask,
    come_in,
    document,
    encoded,
    hand_in,
    path_of,
)

pytestmark = pytest.mark.django_db
ROOS = "roos@utrecht.example"
REFUSED = "Inloggen is niet gelukt"


def refused(client: Client, page) -> None:
    assert REFUSED in page.content.decode()
    assert "_auth_user_id" not in client.session
    assert not User.objects.filter(email__contains="utrecht.example").exists()
    assert not SocialAccount.objects.exists()
    assert not Membership.objects.exists()
    assert not JoinRequest.objects.exists()
    for session in Session.objects.all():
        assert "answer" not in session.get_decoded()


def one(node, path: str):
    (found,) = node.xpath(path, namespaces=NAMES)
    return found


def change(name: str, path: str, value: str | None):
    """What the provider is to say otherwise, and sign."""

    def alter(assertion) -> None:
        node = one(assertion, path)
        if value is None:
            node.attrib.pop(name)
        elif name:
            node.set(name, value)
        else:
            node.text = value

    return alter


def moment(**later) -> str:
    return (timezone.now() + timedelta(**later)).strftime("%Y-%m-%dT%H:%M:%SZ")


def remove(path: str):
    def alter(assertion) -> None:
        node = one(assertion, path)
        node.getparent().remove(node)

    return alter


CONFIRMED = "saml:Subject/saml:SubjectConfirmation/saml:SubjectConfirmationData"
CONDITIONS = "saml:Conditions"
SIGNED = {
    "other audience": change("", ".//saml:Audience", "https://elders.example/metadata/"),
    "no audience": remove(".//saml:AudienceRestriction"),
    "other recipient": change("Recipient", CONFIRMED, "https://elders.example/acs/"),
    "recipient that holds ours": change(
        "Recipient", CONFIRMED, "https://elders.example/?http://testserver/account/saml/"
    ),
    "no recipient": change("Recipient", CONFIRMED, None),
    "expired": change("NotOnOrAfter", CONDITIONS, moment(hours=-1)),
    "expired confirmation": change("NotOnOrAfter", CONFIRMED, moment(hours=-1)),
    "no end": change("NotOnOrAfter", CONFIRMED, None),
    "not yet valid": change("NotBefore", CONDITIONS, moment(hours=1)),
    "answers nothing": change("InResponseTo", CONFIRMED, None),
    "answers another": change("InResponseTo", CONFIRMED, "ONELOGIN_another"),
    "other issuer": change("", "saml:Issuer", "https://elders.example/metadata"),
    "no bearer": change(
        "Method",
        "saml:Subject/saml:SubjectConfirmation",
        "urn:oasis:names:tc:SAML:2.0:cm:sender-vouches",
    ),
}


@pytest.mark.parametrize("alters", SIGNED.values(), ids=SIGNED)
def test_signed_but_not_for_us_or_not_for_now(client, saml_sign_on, saml_provider, alters):
    with saml_provider.behaving(alters=alters):
        page = come_in(client, saml_sign_on, ROOS)
    refused(client, page)


@pytest.mark.parametrize(
    "algorithms", [(SIG_RSA_SHA1, DIGEST_SHA256), (SIG_RSA_SHA256, DIGEST_SHA1)]
)
def test_a_way_of_signing_that_is_broken(client, saml_sign_on, saml_provider, algorithms):
    with saml_provider.behaving(algorithms=algorithms):
        page = come_in(client, saml_sign_on, ROOS)
    refused(client, page)


def test_not_signed(client, saml_sign_on, saml_provider):
    with saml_provider.behaving(signs=False):
        page = come_in(client, saml_sign_on, ROOS)
    refused(client, page)


def test_signed_by_another(client, saml_sign_on, saml_provider):
    with saml_provider.behaving(key_file=saml_provider.next[0]):
        page = come_in(client, saml_sign_on, ROOS)
    refused(client, page)


@pytest.fixture
def honest(client, saml_sign_on):
    """The answer to our question, as the provider signed it."""
    return document(answered(ask(client, saml_sign_on), "zus@zwolle.example"))


def forged(assertion):
    """The same, of somebody else, with its signature taken off."""
    other = deepcopy(assertion)
    other.set("ID", "id-forged")
    other.remove(one(other, "ds:Signature"))
    for value in other.xpath(".//saml:AttributeValue", namespaces=NAMES):
        if value.text == "zus@zwolle.example":
            value.text = ROOS
    return other


def test_the_signed_answer_is_read_to_begin_with(client, saml_sign_on, honest):
    page = hand_in(client, saml_sign_on, encoded(honest))
    assert "geen adres van Utrecht" in page.content.decode()


def test_an_altered_attribute(client, saml_sign_on, honest):
    for value in honest.xpath("//saml:AttributeValue", namespaces=NAMES):
        if value.text == "zus@zwolle.example":
            value.text = ROOS
    refused(client, hand_in(client, saml_sign_on, encoded(honest)))


def beside(root, assertion, other):
    """XSW3: the forged one before the signed one."""
    assertion.addprevious(other)


def after(root, assertion, other):
    """XSW4, flat: the forged one after the signed one."""
    assertion.addnext(other)


def around(root, assertion, other):
    """XSW4: the signed one within the forged one."""
    root.replace(assertion, other)
    other.append(assertion)


def in_signature(root, assertion, other):
    """XSW6: the forged one takes the signature, which holds the signed one."""
    root.replace(assertion, other)
    signature = one(assertion, "ds:Signature")
    assertion.remove(signature)
    other.insert(1, signature)
    holder = etree.SubElement(signature, f"{{{NAMES['ds']}}}Object")
    holder.append(assertion)


def same_name(root, assertion, other):
    """XSW5: the forged one under the signed one's name, with its signature."""
    other.set("ID", assertion.get("ID"))
    root.replace(assertion, other)
    other.insert(1, one(assertion, "ds:Signature"))


def in_extensions(root, assertion, other):
    """XSW7: the signed one where anything may stand."""
    root.replace(assertion, other)
    extensions = etree.Element(f"{{{NAMES['samlp']}}}Extensions")
    extensions.append(assertion)
    one(root, "saml:Issuer").addnext(extensions)


def whole_answer(root, assertion, other):
    """XSW1: the whole answer within another answer's."""
    inner = deepcopy(root)
    root.set("ID", "id-outer")
    root.replace(assertion, other)
    other.append(inner)


WRAPPINGS = [beside, after, around, in_signature, same_name, in_extensions, whole_answer]


@pytest.mark.parametrize("wrap", WRAPPINGS, ids=lambda each: each.__name__)
def test_what_is_signed_wrapped_in_what_is_not(client, saml_sign_on, honest, wrap):
    assertion = one(honest, "saml:Assertion")
    wrap(honest, assertion, forged(assertion))
    refused(client, hand_in(client, saml_sign_on, encoded(honest)))


def test_an_answer_to_nobodys_question_in_another_envelope(
    client, saml_sign_on, saml_provider, caplog
):
    """Signed in at the provider without being asked; the question's name is forged around it."""
    with saml_provider.behaving(alters=SIGNED["answers nothing"]):
        unasked = document(answered(ask(Client(), saml_sign_on), ROOS))
    (question,) = questions(client, saml_sign_on)
    unasked.set("InResponseTo", question)
    refused(client, hand_in(client, saml_sign_on, encoded(unasked)))
    # All else about it is right.
    assert "answers no question" in caplog.text


def test_an_answer_to_another_browsers_question_in_another_envelope(client, saml_sign_on):
    theirs = document(answered(ask(Client(), saml_sign_on), ROOS))
    (question,) = questions(client, saml_sign_on)
    theirs.set("InResponseTo", question)
    refused(client, hand_in(client, saml_sign_on, encoded(theirs)))


def questions(client: Client, sign_on) -> list[str]:
    ask(client, sign_on)
    return list(client.session["socialaccount_states"])


def test_an_answer_to_another_browsers_question(client, saml_sign_on):
    theirs = answered(ask(Client(), saml_sign_on), ROOS)
    refused(client, hand_in(client, saml_sign_on, theirs.fields["SAMLResponse"]))


def test_an_answer_without_a_question(client, saml_sign_on, saml_provider):
    with saml_provider.behaving(alters=SIGNED["answers nothing"]):
        unasked = document(answered(ask(client, saml_sign_on), ROOS))
    unasked.attrib.pop("InResponseTo")
    refused(client, hand_in(client, saml_sign_on, encoded(unasked)))


def test_an_answer_for_another_address_of_ours(client, saml_sign_on):
    answer = document(answered(ask(client, saml_sign_on), ROOS))
    answer.set("Destination", f"{answer.get('Destination')}elders/")
    refused(client, hand_in(client, saml_sign_on, encoded(answer)))


def test_an_answer_works_once(client, saml_sign_on):
    form = answered(ask(client, saml_sign_on), ROOS)
    answer = form.fields["SAMLResponse"]
    assert hand_in(client, saml_sign_on, answer).status_code == 302
    # Even where the question is there again.
    question = document(form).get("InResponseTo")
    thief = Client()
    ask(thief, saml_sign_on)
    session = thief.session
    ((state),) = session["socialaccount_states"].values()
    session["socialaccount_states"] = {question: state}
    session.save()
    page = hand_in(thief, saml_sign_on, answer)
    assert REFUSED in page.content.decode()
    assert "_auth_user_id" not in thief.session


def test_an_answer_is_picked_up_once(client, saml_sign_on):
    form = answered(ask(client, saml_sign_on), "zus@zwolle.example")
    hand_in(client, saml_sign_on, form.fields["SAMLResponse"])
    refused(client, client.get(path_of(saml_sign_on, "acs/finish")))


def test_two_municipalities_with_one_provider(client, saml_sign_on, zwolle, saml_provider):
    """As where several share an office: an answer for one opens nothing at the other."""
    other = make_saml(zwolle, saml_provider, domains=["zwolle.example"])
    form = answered(ask(client, other), "zus@zwolle.example")
    ask(client, saml_sign_on)
    refused(client, hand_in(client, saml_sign_on, form.fields["SAMLResponse"]))
    answer = document(form)
    answer.set("Destination", f"http://testserver{path_of(saml_sign_on, 'acs')}")
    refused(client, hand_in(client, saml_sign_on, encoded(answer)))
    # Roos, said by Zwolle's.
    page = come_in(client, other, ROOS)
    assert page.status_code == 403
    assert not User.objects.filter(email=ROOS).exists()


BOMB = """<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>
<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="x" Version="2.0">&c;
</samlp:Response>"""
FILE = BOMB.replace('<!ENTITY a "ha">', '<!ENTITY a SYSTEM "file:///etc/passwd">')


@pytest.mark.parametrize(
    "raw", [BOMB.encode(), FILE.encode(), b"", b"<a", b"\xff\xfe", b"<a/>", b"<a>" * 5000]
)
def test_what_is_no_answer_at_all(client, saml_sign_on, raw):
    ask(client, saml_sign_on)
    refused(client, hand_in(client, saml_sign_on, b64encode(raw).decode()))


@pytest.mark.parametrize("text", ["é", "%%%", "a", "=", "x" * 200_001])
def test_what_is_not_even_encoded(client, saml_sign_on, text):
    refused(client, hand_in(client, saml_sign_on, text))


def test_a_document_type_around_what_is_signed(client, saml_sign_on, honest):
    raw = b'<!DOCTYPE r [<!ENTITY a "b">]>' + etree.tostring(honest)
    refused(client, hand_in(client, saml_sign_on, encoded(raw)))


def test_a_comment_does_not_cut_an_address_short(client, saml_sign_on, saml_provider):
    """The signature does not see comments: the address is all that stands around one."""

    def longer(assertion) -> None:
        for value in assertion.xpath(".//saml:AttributeValue", namespaces=NAMES):
            if value.text == ROOS:
                value.text = f"{ROOS}.evil.example"

    with saml_provider.behaving(alters=longer):
        answer = etree.tostring(document(answered(ask(client, saml_sign_on), ROOS)))
    cut = answer.replace(b".evil.example", b"<!-- -->.evil.example")
    assert cut != answer
    page = hand_in(client, saml_sign_on, encoded(cut))
    assert page.status_code == 403
    assert "geen adres van Utrecht" in page.content.decode()
    assert not User.objects.filter(email__contains="utrecht.example").exists()


def test_only_so_many_answers_at_a_time(client, saml_sign_on, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "saml": "2/m/ip"}
    pages = [client.post(path_of(saml_sign_on, "acs"), {"SAMLResponse": "x"}) for _ in range(3)]
    assert [each.status_code for each in pages] == [302, 302, 429]


def test_an_answer_that_nobody_picks_up_is_not_kept(client, saml_sign_on):
    client.post(path_of(saml_sign_on, "acs"), {"SAMLResponse": "x"})
    (kept,) = Session.objects.all()
    assert kept.expire_date <= timezone.now() + timedelta(minutes=5)


def test_the_log_says_why_and_not_who(client, saml_sign_on, saml_provider, caplog):
    for alters in (SIGNED["expired"], SIGNED["other audience"], SIGNED["answers another"]):
        with saml_provider.behaving(alters=alters):
            come_in(client, saml_sign_on, ROOS)
    come_in(client, saml_sign_on, "zus@zwolle.example")
    told = " ".join(str(each.msg) for each in caplog.records if each.name != "house.request")
    assert "sign-on answer refused" in told
    assert not re.search(r"roos|zus|p-1|p-3|ONELOGIN|elders|SAMLResponse", told, re.IGNORECASE)
