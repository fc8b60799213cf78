"""Forms as they stand on a page: where each sends what, and whether markup came through."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

# As markup it leaves a script, a comment, an attribute and a tag, wherever it is written.
WORDS = "</script>--></title>\"' kwaad=1><kwaad>"
SHORT = "\"'kwaad=1><kwaad>"
LINK = "javascript:kwaad"
MARK = "kwaad"
# Nobody fills these: they hold what the server gave.
GIVEN = {"hidden", "submit", "button", "image", "reset"}


@dataclass
class Form:
    """One form; `fields` are what a browser would send when nobody touched it."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    to_fill: set[str] = field(default_factory=set)

    def filled(self, value: str) -> dict[str, str]:
        """With the same in everything that a person fills in or chooses."""
        return self.fields | dict.fromkeys(self.to_fill, value)


class _Forms(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[Form] = []
        self.open: Form | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = urlsplit(urljoin(self.address, values.get("action", "")))
            self.open = Form(action.path, values.get("method", "get").lower())
            self.forms.append(self.open)
        elif (
            self.open is not None and values.get("name") and tag in {"input", "textarea", "select"}
        ):
            self.open.fields.setdefault(values["name"], values.get("value", ""))
            if values.get("type") not in GIVEN:
                self.open.to_fill.add(values["name"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None


def forms_in(html: str, address: str) -> list[Form]:
    parser = _Forms(address)
    parser.feed(html)
    return parser.forms


class _Markup(HTMLParser):
    found = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _value in attrs}
        addresses = [value or "" for name, value in attrs if name in {"href", "src", "action"}]
        if tag == MARK or MARK in names or any(LINK in address for address in addresses):
            self.found = True


def runs(html: str) -> bool:
    """Whether WORDS, SHORT or LINK became a tag, an attribute or an address."""
    parser = _Markup()
    parser.feed(html)
    return parser.found
