"""An administrator sets up a municipality's sign-on: one write, with a line in the log."""

from collections.abc import Iterable
from typing import Any, Final

from allauth.socialaccount.models import SocialApp
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.text import slugify

from accounts import audit
from accounts.models import AuditEvent, User
from accounts.sealing import Unreadable, seal, unseal
from learning.models import Municipality, SignOn, SignOnDomain
from learning.models.sign_on import SIGN_ONS

# Under which the client's secret stands in the settings of allauth's row, sealed.
SEALED: Final = "sealed_secret"
PURPOSE: Final = "sign-on"


def secret_of(app: SocialApp) -> str:
    """The secret; empty without one, and when the site has lost the key: it must be given anew."""
    try:
        return unseal(app.settings.get(SEALED, ""), purpose=PURPOSE)
    except Unreadable:
        return ""


def new_app(municipality: Municipality, protocol: SignOn.Protocol) -> SocialApp:
    """allauth's row, under a key that stands in the addresses to hand over: never changed."""
    key = f"{slugify(municipality.slug)[:40]}-{get_random_string(6).lower()}"
    return SocialApp(
        provider=protocol.value,
        provider_id=key,
        name=municipality.display_name[:40],
        # By this the addresses of SAML are found; OpenID has a client of its own there.
        client_id=key,
    )


def store(
    sign_on: SignOn,
    *,
    app: SocialApp,
    settings: dict[str, Any],
    secret: str,
    domains: Iterable[str],
    by: User | None,
    changed: Iterable[str],
) -> SignOn:
    """Store it all. An empty secret leaves the one that is there. `changed` names fields."""
    with transaction.atomic():
        kept = {SEALED: app.settings[SEALED]} if app.settings.get(SEALED) else {}
        app.settings = {**settings, **kept}
        if secret:
            app.settings[SEALED] = seal(secret, purpose=PURPOSE)
        app.save()
        sign_on.app = app
        sign_on.save()
        wanted = set(domains)
        sign_on.domains.exclude(name__in=wanted).delete()
        for name in wanted - set(sign_on.domains.values_list("name", flat=True)):
            SignOnDomain.objects.create(sign_on=sign_on, name=name)
        SIGN_ONS.announce()
        audit.record(
            AuditEvent.What.SIGN_ON,
            by=by,
            municipality_code=sign_on.municipality.code,
            details={
                "sign_on": sign_on.pk,
                "fields": sorted(changed),
                "active": sign_on.is_active,
            },
        )
    return sign_on
