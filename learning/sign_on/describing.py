"""What a sign-on says of itself: its discovery document, or its metadata.

Each function returns what allauth's row needs, or raises Unusable with what to do about it.
"""

import json
from typing import Any, Final
from xml.etree.ElementTree import ParseError

import requests
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.conf import settings
from django.utils.translation import gettext as _
from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser

from learning.sign_on.fetching import Unreachable, check, fetch

WELL_KNOWN: Final = "/.well-known/openid-configuration"
NEEDED: Final = (
    "issuer",
    "authorization_endpoint",
    "token_endpoint",
    "jwks_uri",
    "userinfo_endpoint",
)


class Unusable(Exception):
    """Carries a sentence for the administrator."""


def from_discovery(address: str) -> dict[str, Any]:
    """Settings of an OpenID provider, from its issuer or its discovery document."""
    url = address if WELL_KNOWN in address else address.rstrip("/") + WELL_KNOWN
    try:
        found = json.loads(read(url))
    except ValueError as error:
        raise Unusable(_("There is an answer, but it is no OpenID configuration.")) from error
    missing = [name for name in NEEDED if not isinstance(found, dict) or not found.get(name)]
    if missing:
        raise Unusable(
            _("The OpenID configuration lacks: %(names)s.") % {"names": ", ".join(missing)}
        )
    issuer = str(found["issuer"])
    if "{tenantid}" in issuer:
        raise Unusable(
            _("This is the address for everybody. Take the one with the number of your tenant.")
        )
    if not url.startswith(issuer.rstrip("/") + "/"):
        # Else whoever can put a file somewhere speaks for another (OpenID Discovery, section 4.3).
        raise Unusable(_("The OpenID configuration is that of another issuer."))
    for name in NEEDED[1:]:
        try:
            check(str(found[name]))
        except Unreachable as error:
            raise Unusable(
                _("The OpenID configuration names an address that we do not ask: %(name)s.")
                % {"name": name}
            ) from error
    return {"server_url": url, "oauth_pkce_enabled": True, "issuer": found["issuer"]}


def from_metadata(address: str, text: str) -> dict[str, Any]:
    """Settings of a SAML identity provider, from the address of its metadata or their text."""
    xml = text.encode() if text else read(address)
    try:
        # First by a reader that refuses entities and document types.
        fromstring(xml, forbid_dtd=True)
        found = OneLogin_Saml2_IdPMetadataParser.parse(xml.decode())
    except (ParseError, DefusedXmlException, UnicodeDecodeError, ValueError) as error:
        raise Unusable(_("These are no SAML metadata.")) from error
    provider = found.get("idp", {})
    # Around the day on which it changes its certificate it names the old and the new.
    certificates = provider.get("x509certMulti", {}).get("signing", [])
    certificates = certificates or [each for each in [provider.get("x509cert")] if each]
    sign_in = provider.get("singleSignOnService", {}).get("url", "")
    if not (provider.get("entityId") and certificates and sign_in):
        raise Unusable(
            _("The metadata lack the name, the certificate or the address to sign in at.")
        )
    if not sign_in.startswith("https://"):
        try:
            check(sign_in)
        except Unreachable as error:
            raise Unusable(_("The address to sign in at must begin with https://.")) from error
    return {
        "idp": {
            "entity_id": provider["entityId"],
            "sso_url": sign_in,
            "x509cert": certificates[0],
            "x509certs": certificates,
        },
        "advanced": {
            "strict": True,
            "want_assertion_signed": True,
            "want_attribute_statement": True,
            "reject_deprecated_algorithm": True,
            "reject_idp_initiated_sso": True,
            "allow_single_label_domains": settings.SIGN_ON_ON_LOOPBACK,
        },
    }


def read(address: str) -> bytes:
    try:
        return fetch(address)
    except requests.RequestException as error:
        raise Unusable(
            _("We cannot reach this address. It must begin with https:// and be public.")
        ) from error
