"""What a browser does around a SAML provider, for the tests."""

from base64 import b64decode, b64encode
from html.parser import HTMLParser

import requests
from django.test import Client
from lxml import etree

NAMES = {
    "samlp": "urn:oasis:names:tc:SAML:2.0:protocol",
    "saml": "urn:oasis:names:tc:SAML:2.0:assertion",
    "ds": "http://www.w3.org/2000/09/xmldsig#",
}


class Form(HTMLParser):
    """A page's form."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.action = ""
        self.fields: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        if tag == "form":
            self.action = named.get("action", "")
        if tag == "input" and "value" in named:
            self.fields[named["name"]] = named["value"]


def path_of(sign_on, what: str) -> str:
    return f"/account/saml/{sign_on.app.client_id}/{what}/"


def ask(client: Client, sign_on, **query) -> str:
    """The provider's address with our question."""
    away = client.get(path_of(sign_on, "login"), query, headers={"host": "testserver"})
    assert away.status_code == 302
    return away.url


def answered(address: str, email: str) -> Form:
    """Sign in there, and be given the form with the answer."""
    with requests.Session() as there:
        page = there.get(address)
        fields = Form(page.text).fields | {"email": email}
        return Form(there.post(address, data=fields).text)


def document(form: Form):
    return etree.fromstring(b64decode(form.fields["SAMLResponse"]))


def encoded(root) -> str:
    raw = root if isinstance(root, bytes) else etree.tostring(root)
    return b64encode(raw).decode()


def hand_in(client: Client, sign_on, answer: str):
    """Bring an answer to us, as the form does, and go where that leads."""
    kept = client.post(path_of(sign_on, "acs"), {"SAMLResponse": answer})
    return client.get(kept.url) if kept.status_code == 302 else kept


def come_in(client: Client, sign_on, email: str, **query):
    form = answered(ask(client, sign_on, **query), email)
    assert form.action == f"http://testserver{path_of(sign_on, 'acs')}"
    return hand_in(client, sign_on, form.fields["SAMLResponse"])
