"""What takes long to load and many tests begin with. Each is a fixture of that name too."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.management import call_command
from django.test import override_settings

from home.demo_english import load_english
from home.demo_loader import load_home_demo
from home.models import HomePage
from home.setup import set_up_site
from learning.demo_modules import load_modules
from learning.setup import set_up_learning
from practice.setup import set_up_practice
from tests import factories


@dataclass(frozen=True, kw_only=True)
class Stage:
    """What to load, upon which other stage; and that is "" for an empty site."""

    load: Callable[[], object]
    below: str = ""


def learning() -> None:
    set_up_learning(HomePage.objects.get(locale=factories.locale()))


def modules() -> None:
    """The demo with its modules."""
    load_modules(load_home_demo())


def english() -> None:
    """The demo with its modules, in both languages."""
    assets = load_home_demo()
    load_english(assets)
    load_modules(assets)


def practice() -> None:
    set_up_practice(HomePage.objects.get(locale=factories.locale()))


def everything() -> None:
    with override_settings(DEMO=True):
        call_command("load_demo", verbosity=0)


# The richest first: a test that asks for several gets the first of them.
STAGES = {
    "whole_demo": Stage(load=everything, below="demo_in_english"),
    "demo_in_english": Stage(load=english, below="demo_modules"),
    "demo_modules": Stage(load=modules, below="demo"),
    "demo": Stage(load=load_home_demo, below="site"),
    "site": Stage(load=learning, below="public_site"),
    "practice": Stage(load=practice, below="public_site"),
    "public_site": Stage(load=set_up_site),
    "catalogue": Stage(load=factories.make_catalogue, below="home"),
    "homes": Stage(load=lambda: factories.make_home("en"), below="home"),
    "home": Stage(load=factories.make_home),
}
