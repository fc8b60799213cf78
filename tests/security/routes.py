"""Every address that the site answers, from its own list: what is added cannot be forgotten."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, get_resolver
from django.utils import translation

UUID = "00000000-0000-4000-8000-000000000000"
# What stands for a part of an address that names nothing of anybody's.
PLAIN = {
    "path": "images/x.png",
    "app_label": "home",
    "app_name": "home",
    "model_name": "partner",
    "content_type_app_name": "home",
    "content_type_model_name": "standardpage",
    "action": "delete",
    "action_name": "publish",
    "kind": "csv",
    "day": "2026-01-01",
    "key": UUID,
    "question_key": UUID,
    "code": "0000-0000-0000-0000-0000",
    "mode": "delete",
    "position": "1",
    "slug": "utrecht",
    "step": "gebeurd",
    "token": "no-token-of-ours",
    "uidb36": "1",
    "uidb64": "MQ",
    "provider_id": "none",
    "organization_slug": "none",
    "filter_spec": "max-10x10",
}
NAMED_GROUP = re.compile(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")
CONVERTER = re.compile(r"<(?:\w+:)?(\w+)>")
NAMELESS_GROUP = re.compile(r"\((?:[^()]|\([^()]*\))*\)\*?")


@dataclass(frozen=True)
class Route:
    """A pattern of addresses, and the function that answers."""

    pattern: str
    view: object

    @property
    def app(self) -> str:
        return getattr(self.view, "view_class", self.view).__module__.split(".")[0]

    @property
    def parts(self) -> list[str]:
        """The names of what varies, in order."""
        return CONVERTER.findall(NAMED_GROUP.sub(r"<\1>", self.pattern))

    def address(self, **numbers: object) -> str:
        """An address of this pattern; what is not named is a number that nothing has."""
        values = PLAIN | {key: str(value) for key, value in numbers.items()}
        filled = NAMED_GROUP.sub(r"<\1>", self.pattern)
        filled = CONVERTER.sub(lambda match: values.get(match[1], "999999"), filled)
        filled = NAMELESS_GROUP.sub("999999", filled)
        return "/" + filled.replace("^", "").replace("$", "").replace("\\", "")


def walk(patterns: list[object], before: str = "") -> Iterator[Route]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield Route(route, pattern.callback)
        else:
            yield from walk(pattern.url_patterns, route)


def routes() -> list[Route]:
    """All of them, once, under the addresses of Dutch."""
    with translation.override("nl"):
        found = {route.pattern: route for route in walk(get_resolver().url_patterns)}
    return list(found.values())
