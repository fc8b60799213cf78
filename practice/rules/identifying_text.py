"""What each rule of looking through a text needs: where sentences begin, what a capital is."""

from typing import Final

Span = tuple[int, int]
# Also those of Łukasz, Šarić and Ștefan, which have no range of their own.
LETTERS: Final = (*range(0x41, 0x250), *range(0x1E00, 0x1F00))
CAPITAL: Final = f"[{''.join(chr(at) for at in LETTERS if chr(at).isupper())}]"


def begins_sentence(text: str, at: int) -> bool:
    before = text[max(0, at - 40) : at].rstrip(" \t‘’“”\"'(–-")
    return not before or before[-1] in ".!?:\n•"
