"""What a browser fetches for a page, and how sound the page is, on the demo.

    python -m tests.benchmarks.wire

For each page, at a phone's width and a laptop's: queries (first view since a publication,
next view), kilobytes over the wire and requests (with nothing in the browser's store, and
with all of it), and violations that axe finds. Then what one more view by
a visitor costs the server: queries, milliseconds of the processor, bytes; and when the browser
asks whether its own is still good (304).
"""

import os
import sys
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.benchmarks import queries, repeated
from tools.chromium import ensure_chromium
from tools.demo_site import demo_environment
from tools.say import Problem, complain, say
from tools.screenshots import browser_of, sign_in

WIDTHS = 360, 1280
LEARNER = "raadslid@voorbeeld.example"
QUIZ = "/leren/belangen-en-nevenfuncties/toets/"
QUESTION = "a question"
PAGES = (
    ("home", "", "/"),
    ("visiedocument", "", "/visiedocument/"),
    ("goal", "", "/visiedocument/k1/"),
    ("news item", "", "/nieuws/een-afspraak-over-giften/"),
    ("case", "", "/praktijk/de-aannemer-en-het-kerstpakket/"),
    ("meeting", "", "/bijeenkomsten/kennismaking-weerbaar-in-de-raad/"),
    ("search results", "", "/zoeken/?q=integriteit"),
    ("module", "", "/leren/uw-ambt-en-uw-eed/"),
    ("lesson, visitor", "", "/leren/uw-ambt-en-uw-eed/de-eed/"),
    ("lesson, signed in", LEARNER, "/leren/uw-ambt-en-uw-eed/de-eed/"),
    ("quiz, its start", LEARNER, QUIZ),
    ("quiz, a question", LEARNER, QUESTION),
    ("my learning", LEARNER, "/mijn/"),
    ("municipality", "griffier@voorbeeld.example", "/gemeente/utrecht/"),
    ("nation", "landelijk@voorbeeld.example", "/landelijk/"),
)


@dataclass
class Traffic:
    """What went over the wire since it was last asked: the browser's own count, with headers."""

    sizes: dict[str, int] = field(default_factory=dict)
    from_store: set[str] = field(default_factory=set)

    def listen(self, context: BrowserContext, page: Page) -> None:
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.on(
            "Network.requestServedFromCache", lambda told: self.from_store.add(told["requestId"])
        )
        session.on("Network.loadingFinished", self.note)

    def note(self, told: dict[str, Any]) -> None:
        if told["requestId"] not in self.from_store:
            self.sizes[told["requestId"]] = int(told["encodedDataLength"])

    def take(self) -> tuple[float, int]:
        """Kilobytes and requests."""
        # What the browser has in its store costs nothing, and says so by its size.
        fetched = [size for size in self.sizes.values() if size]
        self.sizes.clear()
        return sum(fetched) / 1000, len(fetched)


@dataclass(frozen=True, slots=True)
class Sight:
    """A page at one width."""

    first: tuple[float, int]
    following: tuple[float, int]
    violations: int


def look(browser: Browser, base: str, address: str, width: int, cookies: list[Any]) -> Sight:
    """Open a page in a new browser, and again."""
    context = browser.new_context(
        base_url=base, viewport={"width": width, "height": 800}, locale="nl-NL"
    )
    context.add_cookies(cookies)
    page = context.new_page()
    traffic = Traffic()
    traffic.listen(context, page)
    views = []
    for _ in range(2):
        response = page.goto(address, wait_until="networkidle")
        if response is None or response.status not in (200, 304):
            message = f"{address} does not answer well."
            raise Problem(message)
        views.append(traffic.take())
    violations = len(Axe().run(page).response["violations"])
    context.close()
    return Sight(views[0], views[1], violations)


def cookies_of(browser: Browser, base: str, email: str) -> tuple[list[Any], str]:
    """The cookies of somebody who has signed in; of the learner also where a question is."""
    if not email:
        return [], ""
    context = browser.new_context(base_url=base, locale="nl-NL")
    page = context.new_page()
    sign_in(page, email)
    question = ""
    if email == LEARNER:
        page.goto(QUIZ)
        with page.expect_navigation():
            page.locator(".rv-button--next").click()
        question = page.url.removeprefix(base)
    cookies: list[Any] = list(context.cookies())
    context.close()
    return cookies, question


def show(browser: Browser, env: dict[str, str]) -> None:
    """Measure everything and print the table."""
    base = env["BASE_URL"]
    people = {email for _name, email, _address in PAGES}
    visitors = {email: cookies_of(browser, base, email) for email in sorted(people)}
    pages = [
        (name, visitors[email][0], visitors[email][1] if address == QUESTION else address)
        for name, email, address in PAGES
    ]
    pairs = [
        (address, "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in cookies))
        for _name, cookies, address in pages
    ]
    asked = queries.ask(env, pairs)
    say(
        f"{'page':<20}{'px':>6}{'queries':>9}{'next':>6}{'kB':>8}{'next':>7}{'requests':>10}"
        f"{'next':>6}{'axe':>5}"
    )
    for (name, cookies, address), (first, following) in zip(pages, asked, strict=True):
        for width in WIDTHS:
            sight = look(browser, base, address, width, cookies)
            say(
                f"{name:<20}{width:>6}{first:>9}{following:>6}{sight.first[0]:>8.1f}"
                f"{sight.following[0]:>7.1f}{sight.first[1]:>10}{sight.following[1]:>6}"
                f"{sight.violations:>5}"
            )


def show_repeated(env: dict[str, str]) -> None:
    """What a page that was seen before costs, for visitors."""
    public = [(name, address) for name, email, address in PAGES if not email]
    say(f"{'seen again':<20}{'queries':>9}{'ms':>8}{'bytes':>8}{'304 ms':>8}{'bytes':>7}")
    costs = repeated.ask(env, [address for _name, address in public])
    for (name, _address), cost in zip(public, costs, strict=True):
        say(
            f"{name:<20}{cost.queries:>9}{cost.milliseconds:>8.2f}{cost.size:>8}"
            f"{cost.milliseconds_unchanged:>8.2f}{cost.size_unchanged:>7}"
        )


def main() -> int:
    try:
        chromium = ensure_chromium()
        with demo_environment() as env, browser_of(chromium) as browser:
            show(browser, dict(os.environ) | env)
            show_repeated(dict(os.environ) | env)
    except Problem as problem:
        return complain(problem)
    return 0


if __name__ == "__main__":
    sys.exit(main())
