"""Pictures of the admin for the guide of editors (home/guide), with a demo of their own.

    make guide-screenshots                                  all, into home/static/guide
    make guide-screenshots ARGS="--base http://127.0.0.1:8000"   of a demo that runs already

They are small WebP files of a fixed window. A name that home/guide/tasks.toml asks for and that is
missing here is an error, as is one that it no longer asks for.
"""

import argparse
import io
import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Browser, Page

from tools.chromium import ensure_chromium
from tools.demo_site import demo_environment
from tools.paths import ROOT, VENV_PYTHON
from tools.say import Problem, complain, say
from tools.screenshots import browser_of, sign_in

TARGET: Final = ROOT / "home" / "static" / "guide"
TASKS: Final = ROOT / "home" / "guide" / "tasks.toml"
WINDOW: Final = {"width": 1120, "height": 720}
LARGEST: Final = 100_000
EDITOR, CHIEF = "redacteur@voorbeeld.example", "eindredacteur@voorbeeld.example"
# Where the things of the demo are: their numbers differ from one database to the next.
FIND: Final = """
import json
from home.models import NewsIndexPage, NewsPage
from learning.models import CataloguePage, ModulePage, Question
news = NewsIndexPage.objects.order_by("pk").first()
item = NewsPage.objects.child_of(news).order_by("pk").first()
module = ModulePage.objects.order_by("number", "pk").first()
print(json.dumps({
    "news": news.pk, "item": item.pk, "module": module.pk,
    "catalogue": CataloguePage.objects.order_by("pk").first().pk,
    "question": Question.objects.filter(kind="single_choice").order_by("pk").first().pk,
}))
"""
Ids = dict[str, int]
Steps = Callable[[Page, Ids], None]


def opened(address: str) -> Steps:
    """A page as it opens."""

    def go(page: Page, ids: Ids) -> None:
        page.goto(address.format(**ids), wait_until="load")
        page.wait_for_timeout(700)

    return go


def then(address: str, *selectors: str) -> Steps:
    """The same, with something clicked on it."""

    def go(page: Page, ids: Ids) -> None:
        opened(address)(page, ids)
        for selector in selectors:
            page.locator(selector).first.click()
            page.wait_for_timeout(600)

    return go


def handed_in(page: Page, ids: Ids) -> None:
    """A page that an editor hands in, with the menu in which that is done."""
    then("/beheer/pages/{item}/edit/", "footer [data-w-dropdown-target=toggle]")(page, ids)


def hand_in(page: Page, ids: Ids) -> None:
    handed_in(page, ids)
    submit = page.locator("footer button", has_text="Stuur door")
    if submit.count():
        submit.first.click()
        page.wait_for_load_state("load")


def begun(page: Page, ids: Ids) -> None:
    """The editor of a translation, begun if it was not."""
    opened("/beheer/localize/submit/page/{item}/")(page, ids)
    choice = page.locator("input[name=locales]")
    if choice.count():
        choice.first.check()
        page.locator("form [type=submit]").last.click()
        page.wait_for_load_state("load")
    else:
        opened("/beheer/vertalingen/?soort=Nieuwsbericht&taal=en")(page, ids)
        page.locator("table.listing a", has_text="Open de vertaling").first.click()
    page.wait_for_timeout(1500)


FOOTER = "footer [data-w-dropdown-target=toggle]"
DOTS = "header [data-w-dropdown-target=toggle] >> nth=-1"
ITEM = "/beheer/pages/{item}/edit/"
# In this order: what is handed in waits for the chief editor afterwards.
PICTURES: Final[tuple[tuple[str, str, Steps], ...]] = (
    ("nieuws-lijst", EDITOR, opened("/beheer/pages/{news}/")),
    ("nieuws-formulier", EDITOR, opened("/beheer/pages/add/home/newspage/{news}/")),
    ("nieuws-schrijfhulp", EDITOR, then(ITEM, "[data-side-panel-toggle=checks]")),
    (
        "afbeelding-blok",
        EDITOR,
        then("/beheer/pages/add/home/newspage/{news}/", ".c-sf-add-button"),
    ),
    ("afbeeldingen", EDITOR, opened("/beheer/images/")),
    ("nakijken-insturen", EDITOR, handed_in),
    ("", EDITOR, hand_in),
    ("nakijken-startpagina", CHIEF, opened("/beheer/")),
    ("nakijken-goedkeuren", CHIEF, then(ITEM, FOOTER)),
    ("inplannen-status", CHIEF, then(ITEM, "[data-side-panel-toggle=status]")),
    ("vraag-lijst", EDITOR, opened("/beheer/snippets/learning/question/")),
    ("vraag-formulier", EDITOR, opened("/beheer/snippets/learning/question/edit/{question}/")),
    ("module-leren", EDITOR, opened("/beheer/pages/{catalogue}/")),
    ("module-formulier", EDITOR, opened("/beheer/pages/{module}/edit/")),
    ("module-versie", CHIEF, opened("/beheer/volgende-versie/{module}/")),
    ("module-stappen", EDITOR, opened("/beheer/pages/{module}/")),
    ("vertalen-lijst", EDITOR, opened("/beheer/vertalingen/")),
    ("vertalen-insturen", EDITOR, opened("/beheer/localize/submit/page/{module}/")),
    ("verplaatsen-eigenschappen", CHIEF, then(ITEM, "[role=tab]:has-text('Eigenschappen')")),
    ("verplaatsen-menu", CHIEF, then("/beheer/pages/{item}/edit/", DOTS)),
    ("verouderd-startpagina", CHIEF, opened("/beheer/")),
    ("verouderd-lijst", CHIEF, opened("/beheer/herzien/")),
    ("vertalen-zinnen", CHIEF, begun),
)


def wanted() -> set[str]:
    """The pictures that the guide asks for."""
    with TASKS.open("rb") as file:
        tasks = tomllib.load(file)["task"]
    return {step["image"] for task in tasks for step in task["steps"] if "image" in step}


def store(png: bytes, target: Path) -> int:
    """Keep a picture, small. Returns its size. Raises Problem when it stays too large."""
    with Image.open(io.BytesIO(png)) as image:
        for quality in (80, 65, 50):
            image.convert("RGB").save(target, "WEBP", quality=quality, method=6)
            if target.stat().st_size < LARGEST:
                return target.stat().st_size
    message = f"{target.name} stays too large."
    raise Problem(message)


@contextmanager
def window(browser: Browser, base: str, email: str) -> Iterator[Page]:
    """A window of a fixed size in which somebody has signed in."""
    context = browser.new_context(
        base_url=base,
        viewport={"width": WINDOW["width"], "height": WINDOW["height"]},
        color_scheme="light",
        reduced_motion="reduce",
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
    )
    page = context.new_page()
    sign_in(page, email)
    yield page
    context.close()


def take(browser: Browser, base: str, ids: Ids) -> None:
    """All pictures."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, email, steps in PICTURES:
        with window(browser, base, email) as page:
            steps(page, ids)
            page.evaluate("() => document.fonts.ready")
            if name:
                png = page.screenshot(animations="disabled", caret="hide")
                size = store(png, TARGET / f"{name}.webp")
                say(f"  {name}.webp: {size // 1000} kB")


def found_in(env: dict[str, str]) -> Ids:
    """The numbers of what is pictured."""
    told = subprocess.run(
        [str(VENV_PYTHON), "manage.py", "shell", "--no-imports", "-c", FIND],
        cwd=ROOT,
        env=env,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    ids: Ids = json.loads(told.stdout.strip().splitlines()[-1])
    return ids


def main(arguments: list[str]) -> int:
    """Take the pictures. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="make guide-screenshots")
    parser.add_argument("--base", help="the address of a demo that runs already")
    parser.add_argument("--var", type=Path, default=ROOT / "var", help="its folder, if not var/")
    options = parser.parse_args(arguments)
    try:
        if wanted() != {name for name, _email, _steps in PICTURES if name}:
            difference = wanted() ^ {name for name, _email, _steps in PICTURES if name}
            message = f"The guide and its pictures differ: {', '.join(sorted(difference))}"
            raise Problem(message)
        chromium = ensure_chromium()
        if options.base:
            with browser_of(chromium) as browser:
                running = {"VAR_DIR": str(options.var), "DEMO": "1"}
                running["DJANGO_SETTINGS_MODULE"] = "config.settings.dev"
                take(browser, options.base, found_in(os.environ | running))
        else:
            with demo_environment() as env, browser_of(chromium) as browser:
                take(browser, env["BASE_URL"], found_in(env))
    except Problem as problem:
        return complain(problem)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
