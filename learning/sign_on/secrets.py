"""The secret that a sign-on gave us, stored so that the database alone does not tell it."""

from base64 import urlsafe_b64encode
from typing import Final

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

# Under which it stands in the settings of allauth's row.
SEALED: Final = "sealed_secret"


def cipher() -> MultiFernet:
    """Keys that follow from the site's own: the current one first, then the earlier ones."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet(
        [
            Fernet(
                urlsafe_b64encode(
                    salted_hmac(
                        "learning.sign-on", "secret", secret=key, algorithm="sha256"
                    ).digest()
                )
            )
            for key in keys
        ]
    )


def sealed(secret: str) -> str:
    return cipher().encrypt(secret.encode()).decode()


def opened(text: str) -> str:
    """The secret again; empty when the site's key has changed since: it must be given anew."""
    try:
        return cipher().decrypt(text.encode()).decode()
    except InvalidToken:
        return ""
