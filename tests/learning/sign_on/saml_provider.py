"""A real SAML identity provider for the tests: pysaml2's, on loopback.

It asks who somebody is, and answers whatever question it is sent. A test may have it say something
else (`alters` changes the assertion just before it is signed) or sign otherwise.
"""

import warnings
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from django.utils import timezone
from lxml import etree

with warnings.catch_warnings():
    # It names ciphers by where cryptography had them.
    warnings.simplefilter("ignore")
    from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT
    from saml2.authn_context import PASSWORDPROTECTEDTRANSPORT
    from saml2.config import IdPConfig
    from saml2.metadata import entity_descriptor
    from saml2.saml import NAMEID_FORMAT_PERSISTENT, NameID
    from saml2.server import Server
    from saml2.sigver import CryptoBackend
    from saml2.xmldsig import DIGEST_SHA256, SIG_RSA_SHA256

# Name, what the attribute `functie` says, and the name that stays.
PEOPLE = {
    "roos@utrecht.example": ("Roos Raadslid", ["Iets anders", "Gemeenteraad"], "p-1"),
    "mees@utrecht.example": ("Mees Medewerker", ["Iets anders"], "p-2"),
    "zus@zwolle.example": ("Zus Zwollenaar", ["Gemeenteraad"], "p-3"),
}


def new_pair(folder: Path, name: str) -> tuple[str, str]:
    """Files with a key and its certificate."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = timezone.now()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    key_file, certificate_file = folder / f"{name}.key", folder / f"{name}.pem"
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
    )
    certificate_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return str(key_file), str(certificate_file)


class Signer(CryptoBackend):
    """Signs with the library, where pysaml2 would start a program."""

    def __init__(self, provider: "Provider") -> None:
        self.provider = provider

    @property
    def version(self) -> str:
        return "1.3.0"

    def sign_statement(self, statement, node_name, key_file, node_id):
        document = etree.fromstring(statement if isinstance(statement, bytes) else str(statement))
        xmlsec.tree.add_ids(document, ["ID"])
        (node,) = document.xpath("//*[@ID=$id]", id=node_id)
        self.provider.alters(node)
        context = xmlsec.SignatureContext()
        context.key = xmlsec.Key.from_file(self.provider.key_file, xmlsec.KeyFormat.PEM)
        context.sign(xmlsec.tree.find_child(node, "Signature", xmlsec.Namespace.DS))
        return etree.tostring(document).decode()


class Provider:
    """The identity provider, and how it is to behave."""

    def __init__(self, folder: Path, address: str) -> None:
        self.address = address
        self.own = new_pair(folder, "own")
        self.next = new_pair(folder, "next")
        self.key_file = self.own[0]
        self.knows: list[str] = []
        self.alters: Callable[[Any], None] = lambda assertion: None
        self.name_id: Callable[[str], NameID] = self.persistent
        self.signs = True
        self.algorithms = (SIG_RSA_SHA256, DIGEST_SHA256)

    @staticmethod
    def persistent(email: str) -> NameID:
        return NameID(format=NAMEID_FORMAT_PERSISTENT, text=PEOPLE[email][2])

    @contextmanager
    def behaving(self, **how: Any) -> Iterator["Provider"]:
        """In another way, for as long as this lasts."""
        before = {name: getattr(self, name) for name in how}
        vars(self).update(how)
        try:
            yield self
        finally:
            vars(self).update(before)

    def config(self) -> IdPConfig:
        return IdPConfig().load(
            {
                "entityid": f"{self.address}/metadata",
                "crypto_backend": "XMLSecurity",
                "service": {
                    "idp": {
                        "endpoints": {
                            "single_sign_on_service": [
                                (f"{self.address}/sso", BINDING_HTTP_REDIRECT)
                            ]
                        },
                        "policy": {"default": {"lifetime": {"minutes": 5}}},
                    }
                },
                "key_file": self.own[0],
                "cert_file": self.own[1],
                "metadata": {"inline": self.knows} if self.knows else {},
            }
        )

    def metadata(self) -> str:
        return str(entity_descriptor(self.config()))

    def answer(self, question: str, email: str) -> tuple[str, str]:
        """The address to send the answer to, and the answer."""
        server = Server(config=self.config())
        server.sec.crypto = Signer(self)
        asked = server.parse_authn_request(question, BINDING_HTTP_REDIRECT)
        where = server.response_args(asked.message, [BINDING_HTTP_POST])
        name, functions, _subject = PEOPLE[email]
        response = server.create_authn_response(
            {"mail": [email], "displayName": [name], "functie": functions},
            in_response_to=where["in_response_to"],
            destination=where["destination"],
            sp_entity_id=where["sp_entity_id"],
            name_id=self.name_id(email),
            authn={"class_ref": PASSWORDPROTECTEDTRANSPORT, "authn_auth": self.address},
            sign_assertion=self.signs,
            sign_response=False,
            sign_alg=self.algorithms[0],
            digest_alg=self.algorithms[1],
        )
        return where["destination"], str(response)


class Handler(BaseHTTPRequestHandler):
    """Two pages: who are you, and a form with the answer that goes back."""

    def do_GET(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        question = escape(query.get("SAMLRequest", [""])[0])
        self.show(
            f'<form method="post"><input type="hidden" name="question" value="{question}">'
            '<input name="email"></form>'
        )

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        given = parse_qs(self.rfile.read(length).decode())
        where, answer = self.server.provider.answer(given["question"][0], given["email"][0])
        encoded = b64encode(answer.encode()).decode()
        self.show(
            f'<form method="post" action="{escape(where)}">'
            f'<input type="hidden" name="SAMLResponse" value="{encoded}"></form>'
        )

    def show(self, page: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, *_args: Any) -> None:
        """Nothing: the tests have enough to say."""


class Site(ThreadingHTTPServer):
    provider: Provider


@contextmanager
def running(folder: Path) -> Iterator[Provider]:
    with Site(("127.0.0.1", 0), Handler) as server:
        server.provider = Provider(folder, f"http://127.0.0.1:{server.server_port}")
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.provider
        server.shutdown()
        thread.join()
