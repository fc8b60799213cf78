"""Pictures of the site, with the demo in a database of its own.

    make screenshots                    the two of the README, into docs/images/
    make screenshots ARGS="--all DIR"   every page, narrow and wide, light and dark, for review

What the browser complains of (console, failed requests, errors of the server) is printed.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urldefrag, urljoin, urlsplit

from playwright.sync_api import Browser, Page, Response, sync_playwright

from tools.chromium import Chromium, ensure_chromium, launch_arguments
from tools.demo_site import demo_site
from tools.paths import ROOT
from tools.say import Problem, complain, say, step

IMAGES = ROOT / "docs" / "images"
WIDE, NARROW = 1280, 360
HEIGHT = 900
# More than the demo has; a crawl that goes on and on is a fault of the site.
MOST_PAGES = 80
NOT_PAGES = re.compile(r"/(account/logout|documenten|media|static)/|\.(csv|xml|txt|pdf)$|/feed/")
Scheme = Literal["light", "dark"]


@dataclass(frozen=True, kw_only=True)
class Tour:
    """What one person looks at: from the start pages on, every link within `within`."""

    name: str
    email: str = ""
    start: tuple[str, ...]
    within: tuple[str, ...] = ()


TOURS = (
    Tour(
        name="bezoeker",
        start=("/", "/zoeken/?q=eed", "/account/login/", "/bestaat-niet/", "/en/"),
        within=("/",),
    ),
    Tour(
        name="raadslid",
        email="raadslid@voorbeeld.example",
        start=("/mijn/",),
        within=("/mijn/", "/leren/"),
    ),
    Tour(name="nieuw", email="nieuw@voorbeeld.example", start=("/mijn/",)),
    Tour(
        name="griffier",
        email="griffier@voorbeeld.example",
        start=("/gemeente/utrecht/", "/gemeente/zwolle/"),
    ),
    Tour(name="landelijk", email="landelijk@voorbeeld.example", start=("/landelijk/",)),
    Tour(name="beheerder", email="beheerder@voorbeeld.example", start=("/beheer/",)),
)


@contextmanager
def page_of(
    browser: Browser, base: str, *, width: int, scheme: Scheme, email: str = ""
) -> Iterator[Page]:
    """A fresh window, in which somebody has signed in when an address is given."""
    context = browser.new_context(
        base_url=base,
        viewport={"width": width, "height": HEIGHT},
        color_scheme=scheme,
        reduced_motion="reduce",
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
    )
    page = context.new_page()
    page.on("console", lambda message: complain_of(page, message.type, message.text))
    page.on("requestfailed", lambda request: complain_of(page, "error", request.url))
    if email:
        sign_in(page, email)
    yield page
    context.close()


def complain_of(page: Page, kind: str, text: str) -> None:
    """Print what the browser warns of."""
    if kind in {"error", "warning"}:
        say(f"  ! {urlsplit(page.url).path}: {text}")


def sign_in(page: Page, email: str) -> None:
    """Sign in by the button of the demo. Raises Problem when that is not offered."""
    page.goto("/account/login/")
    field = page.locator(f'form[action*="/account/demo/"] [value="{email}"]')
    if not field.count():
        message = f"The sign-in page has no demo button for {email}."
        raise Problem(message)
    with page.expect_navigation():
        field.first.evaluate("e => e.form.requestSubmit(e.type === 'submit' ? e : null)")


def shoot(page: Page, address: str, target: Path, *, whole: bool) -> Response | None:
    """Open an address and keep its picture."""
    response = page.goto(address, wait_until="load")
    page.evaluate("() => document.fonts.ready")
    target.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=target, full_page=whole, animations="disabled")
    return response


def links(page: Page, within: tuple[str, ...]) -> Iterator[str]:
    """The pages of ours that this one leads to."""
    for href in page.locator("a[href]").evaluate_all("all => all.map(a => a.href)"):
        target = urlsplit(urldefrag(urljoin(page.url, href))[0])
        ours = target.netloc == urlsplit(page.url).netloc and target.path.startswith(within or "//")
        if ours and not NOT_PAGES.search(target.path):
            yield target.path


def file_name(address: str) -> str:
    """An address as the name of a file."""
    return re.sub(r"[^\w-]+", "_", address.strip("/")) or "home"


def take_tour(browser: Browser, base: str, tour: Tour, folder: Path) -> int:
    """Picture every page of a tour, four times. Returns the number of pages."""
    seen: dict[str, None] = dict.fromkeys(tour.start)
    with page_of(browser, base, width=WIDE, scheme="light", email=tour.email) as page:
        for number, address in enumerate(iter_growing(seen)):
            if number == MOST_PAGES:
                say(f"  ! {tour.name}: stopped after {MOST_PAGES} pages")
                break
            page.goto(address)
            for found in links(page, tour.within):
                seen.setdefault(found)
    pages = list(seen)[:MOST_PAGES]
    sizes: tuple[tuple[int, Scheme], ...] = (
        *((WIDE, "light"), (WIDE, "dark")),
        *((NARROW, "light"), (NARROW, "dark")),
    )
    for width, scheme in sizes:
        with page_of(browser, base, width=width, scheme=scheme, email=tour.email) as page:
            for address in pages:
                name = f"{tour.name}--{file_name(address)}--{width}-{scheme}.png"
                shoot(page, address, folder / name, whole=True)
    return len(pages)


def iter_growing(seen: dict[str, None]) -> Iterator[str]:
    """The keys of a dict to which more are added while we go."""
    done = 0
    while done < len(seen):
        yield list(seen)[done]
        done += 1


def take_readme_pictures(browser: Browser, base: str) -> None:
    """The two pictures of the README. Raises Problem when a page does not answer well."""
    for email, address, name in (
        ("raadslid@voorbeeld.example", "/mijn/", "mijn-leren.png"),
        ("griffier@voorbeeld.example", "/gemeente/utrecht/", "gemeente-utrecht.png"),
    ):
        with page_of(browser, base, width=WIDE, scheme="light", email=email) as page:
            response = shoot(page, address, IMAGES / name, whole=False)
            if response is None or not response.ok:
                message = f"{address} does not answer well: no picture of that."
                raise Problem(message)
            say(f"  {(IMAGES / name).relative_to(ROOT)}")


@contextmanager
def browser_of(chromium: Chromium) -> Iterator[Browser]:
    """Start the browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.executable or None, args=launch_arguments()
        )
        yield browser
        browser.close()


def main(arguments: list[str]) -> int:
    """Take the pictures that are asked for. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="make screenshots")
    parser.add_argument("--all", type=Path, metavar="DIR", help="every page, into this folder")
    options = parser.parse_args(arguments)
    try:
        chromium = ensure_chromium()
        with demo_site() as base, browser_of(chromium) as browser:
            if options.all is None:
                take_readme_pictures(browser, base)
                return 0
            for tour in TOURS:
                with step(f"pictures for {tour.name}"):
                    count = take_tour(browser, base, tour, options.all)
                say(f"  {count} pages")
    except Problem as problem:
        return complain(problem)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
