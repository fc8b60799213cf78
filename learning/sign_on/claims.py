"""What a sign-on says of somebody, read through its mapping."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from learning.models import SignOn
from learning.roles import Role

USUAL_EMAIL: Final = (
    "email",
    "mail",
    "upn",
    "urn:oid:0.9.2342.19200300.100.1.3",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
)
USUAL_NAME: Final = (
    "name",
    "displayName",
    "urn:oid:2.16.840.1.113730.3.1.241",
    "http://schemas.microsoft.com/identity/claims/displayname",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name",
)
NAME_LENGTH: Final = 150


@dataclass(frozen=True, slots=True)
class Claims:
    """An address in lower case, a name (or empty), and the role that follows from the mapping."""

    email: str
    name: str
    role: Role
    # What the provider itself says of the address: None when it says nothing.
    email_verified: bool | None
    # Whether all that was said is about one person.
    is_consistent: bool


def read(sign_on: SignOn, data: Mapping[str, Any]) -> Claims:
    """From what allauth keeps of an OpenID answer or of SAML's attributes."""
    userinfo, id_token = data.get("userinfo") or {}, data.get("id_token") or {}
    # The answer at the address for it says most; the token is what was signed.
    said: Mapping[str, Any] = {**id_token, **userinfo} if userinfo or id_token else data
    same_subject = not (userinfo and id_token) or userinfo.get("sub") == id_token.get("sub")
    # Of the same document as the address.
    source = userinfo if values(userinfo, sign_on.email_claim or "email") else said
    verified = first(source, "email_verified", ())
    return Claims(
        email=first(said, sign_on.email_claim, USUAL_EMAIL).lower(),
        name=" ".join(first(said, sign_on.name_claim, USUAL_NAME).split())[:NAME_LENGTH],
        role=role_of(sign_on, said),
        email_verified=verified.lower() in {"true", "1"} if verified else None,
        is_consistent=same_subject,
    )


def values(said: Mapping[str, Any], name: str) -> list[str]:
    """All that is said under a name: a word, a list of words, or nothing."""
    found = said.get(name)
    many = found if isinstance(found, list | tuple) else [found]
    return [str(each).strip() for each in many if isinstance(each, str | int)]


def first(said: Mapping[str, Any], name: str, usual: tuple[str, ...]) -> str:
    for each in (name,) if name else usual:
        if found := [value for value in values(said, each) if value]:
            return found[0]
    return ""


def role_of(sign_on: SignOn, said: Mapping[str, Any]) -> Role:
    """The first role in our own order that is said; else the one of somebody new."""
    if sign_on.role_claim:
        meant = {sign_on.roles.get(value) for value in values(said, sign_on.role_claim)}
        for role in Role:
            if role.value in meant:
                return role
    return Role(sign_on.default_role)
