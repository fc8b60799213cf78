"""A real browser on a real server: the demo as `make run` serves it, one for all journeys."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tools.chromium import ENVIRONMENT_NAME, launch_arguments
from tools.demo_site import demo_environment

Open = Callable[..., AbstractContextManager[Page]]


@pytest.fixture(scope="session")
def site_environment() -> Iterator[dict[str, str]]:
    """What the site runs in, for a test that has to run a command of it."""
    with demo_environment() as env:
        yield env


@pytest.fixture(scope="session")
def site(site_environment: dict[str, str]) -> str:
    return site_environment["BASE_URL"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get(ENVIRONMENT_NAME) or None, args=launch_arguments()
        )
        yield browser
        browser.close()


@pytest.fixture
def window(site: str, chromium: Browser) -> Open:
    """Open a window of its own: `with window(width=360, email=…) as page`."""

    @contextmanager
    def open_window(*, width: int = 1280, email: str = "", script: bool = True) -> Iterator[Page]:
        context = chromium.new_context(
            base_url=site,
            viewport={"width": width, "height": 800},
            java_script_enabled=script,
            reduced_motion="reduce",
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
        )
        page = context.new_page()
        page.set_default_timeout(15_000)
        expect.set_options(timeout=15_000)
        if email:
            sign_in(page, email)
        yield page
        context.close()

    return open_window


def sign_in(page: Page, email: str) -> None:
    """By the button of the demo, as a visitor of the demo does."""
    page.goto("/account/login/")
    page.locator(f'form:has(input[value="{email}"]) button').click()
    page.wait_for_url("**/mijn/")
