"""The code on a certificate: not to be guessed, and easy to read from paper and to type.

Crockford's alphabet: digits and capitals without I, L, O and U, so that no two look alike and
no word appears by chance. The last sign checks the others (ISO 7064, hybrid, for 32 signs): a
wrong sign is always found, and nearly always two that changed places.
"""

import secrets
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# 19 signs by chance are 95 bits, and one checks them.
RANDOM: Final = 19
LENGTH: Final = RANDOM + 1
GROUP: Final = 4
LOOK_ALIKES: Final = str.maketrans("OIL", "011")
BETWEEN: Final = frozenset(" -–—_.\t\r\n\N{NO-BREAK SPACE}")


def new_code() -> str:
    signs = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM))
    return signs + check_sign(signs)


def check_sign(signs: str) -> str:
    size = len(ALPHABET)
    total = size
    for sign in signs:
        total = (total + ALPHABET.index(sign)) % size or size
        total = total * 2 % (size + 1)
    return ALPHABET[(size + 1 - total) % size]


def read_code(typed: str) -> str:
    """The code that somebody meant: small letters, spaces, O for 0 and I or L for 1 are fine.

    Raises ValueError for what can be no code of ours, such as one with a sign mistyped.
    """
    signs = "".join(sign for sign in typed.upper() if sign not in BETWEEN).translate(LOOK_ALIKES)
    if len(signs) != LENGTH or not set(signs) <= set(ALPHABET):
        raise ValueError("That is no code of a certificate.")
    if check_sign(signs[:-1]) != signs[-1]:
        raise ValueError("A sign in this code is not right.")
    return signs


def in_groups(code: str) -> str:
    """As people read it: 7K3M-9QXT-2B4D-HJ5N-8RWZ."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))
