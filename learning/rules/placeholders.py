"""Places in a text that are filled in per person, written as {naam}."""

import re
from collections.abc import Collection, Mapping
from typing import Final

PLACE: Final = re.compile(r"\{([^{}\n]{0,40})\}")


def named(text: str) -> list[str]:
    """What is asked for in a text, each once, in order."""
    return list(dict.fromkeys(PLACE.findall(text)))


def unknown(text: str, known: Collection[str]) -> list[str]:
    """What is asked for and not known."""
    return [name for name in named(text) if name.strip().lower() not in known]


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with every known place filled in; nothing else in it means anything."""

    def value(found: re.Match[str]) -> str:
        return values.get(found[1].strip().lower(), found[0])

    return PLACE.sub(value, text)
