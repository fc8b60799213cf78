"""A real OpenID provider for the tests: a small Django site of its own with allauth's.

    python openid_provider.py FOLDER PORT CALLBACK...

It knows one client (`house`, secret `house-secret-1`) and the people below, all with the password
`wachtwoord-1`. Prints `ready` when it listens.
"""

import sys
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from django.core.management import call_command
from django.urls import include, path

FOLDER, PORT, *CALLBACKS = sys.argv[1:]
ISSUER = f"http://127.0.0.1:{PORT}"
PASSWORD = "wachtwoord-1"
# Name, address, whether it is confirmed there, what the claim `functie` says.
PEOPLE = (
    ("Roos Raadslid", "roos@utrecht.example", True, ["Gemeenteraad"]),
    ("Mees Medewerker", "mees@utrecht.example", True, ["Iets anders"]),
    ("Otto Onbevestigd", "otto@utrecht.example", False, []),
    ("Zus Zwollenaar", "zus@zwolle.example", True, ["Gemeenteraad"]),
    ("Gijs Griffier", "gijs@utrecht.example", True, []),
)


def new_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


settings.configure(
    SECRET_KEY="only-for-tests",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF="__main__",
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(Path(FOLDER, "provider.sqlite3")),
        }
    },
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "allauth",
        "allauth.account",
        "allauth.idp.oidc",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "allauth.account.middleware.AccountMiddleware",
    ],
    AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    ],
    SESSION_COOKIE_NAME="provider",
    ACCOUNT_LOGIN_METHODS={"email"},
    ACCOUNT_SIGNUP_FIELDS=["email*", "password1*"],
    ACCOUNT_EMAIL_VERIFICATION="none",
    ACCOUNT_RATE_LIMITS=False,
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    IDP_OIDC_PRIVATE_KEY=new_key(),
    IDP_OIDC_ADAPTER="__main__.Adapter",
    LOGGING_CONFIG=None,
    USE_TZ=True,
)
django.setup()

from allauth.account.models import EmailAddress  # noqa: E402  the settings come first
from allauth.idp.oidc.adapter import DefaultOIDCAdapter  # noqa: E402
from allauth.idp.oidc.models import Client  # noqa: E402
from django.contrib.auth.hashers import make_password  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402, TID251  its own site, with its own people

SAYS = {address: functions for _name, address, _confirmed, functions in PEOPLE}


class Adapter(DefaultOIDCAdapter):
    """Says besides what somebody does at the municipality."""

    def get_claims(self, purpose, user, client, scopes, email=None, **kwargs):
        claims = super().get_claims(purpose, user, client, scopes, email=email, **kwargs)
        return claims | {"functie": SAYS[user.email]}


urlpatterns = [
    path("accounts/", include("allauth.account.urls")),
    path("", include("allauth.idp.urls")),
]


class Quiet(WSGIRequestHandler):
    def log_message(self, *_args):
        """Nothing: the tests read what we print."""


def fill() -> None:
    call_command("migrate", verbosity=0)
    for name, address, confirmed, _functions in PEOPLE:
        first, _space, last = name.partition(" ")
        user = User.objects.create_user(
            address, address, PASSWORD, first_name=first, last_name=last
        )
        EmailAddress.objects.create(user=user, email=address, verified=confirmed, primary=True)
    Client.objects.create(
        id="house",
        name="Raadsleden & Veiligheid",
        secret=make_password("house-secret-1"),
        scopes="openid\nprofile\nemail",
        redirect_uris="\n".join(CALLBACKS),
        skip_consent=True,
    )


if __name__ == "__main__":
    fill()
    from django.core.wsgi import get_wsgi_application

    with make_server("127.0.0.1", int(PORT), get_wsgi_application(), handler_class=Quiet) as server:
        print("ready", flush=True)  # noqa: T201  whoever started us waits for it
        server.serve_forever()
