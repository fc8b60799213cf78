"""Secrets in links: random, and stored as a hash alone."""

import hashlib
import secrets
from typing import Final

from django.utils.crypto import salted_hmac

PERSONAL_BYTES: Final = 32
SHARED_LENGTH: Final = 26
LONGEST: Final = 200


def fresh() -> str:
    """A token for one person."""
    return secrets.token_urlsafe(PERSONAL_BYTES)


def seed() -> str:
    """What a shared token follows from."""
    return secrets.token_hex(16)


def shared(seed: str) -> str:
    """The token of a join link: short enough for a QR code that scans well (104 bits).

    It follows from the seed by the site's secret key. Nobody who has only read the database
    can make it, and the page can show it again.
    """
    return salted_hmac("learning.join-link", seed, algorithm="sha256").hexdigest()[:SHARED_LENGTH]


def digest(token: str) -> str:
    """What is stored and looked up. The tokens are too random to be guessed from it."""
    return hashlib.sha256(token[:LONGEST].encode()).hexdigest()
