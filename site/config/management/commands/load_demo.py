"""Fill the site with the demo: content, and people who never existed."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from home.demo_english import load_english
from home.demo_loader import load_home_demo
from learning.demo_dilemmas import load_counts
from learning.demo_modules import load_modules
from learning.demo_nation import load_nation
from learning.demo_people import load_accounts, load_people
from learning.demo_requirements import load_requirements
from learning.demo_settings import load_requests, load_settings
from meetings.demo_meetings import load_meetings
from meetings.demo_network import load_network
from newsletter.demo import load_newsletter_demo
from practice.demo_loader import load_practice_demo
from search.setup import load_search_demo


class Command(BaseCommand):
    """Run it as often as you like: what is there is left as it is."""

    help = "Load the demo: visiedocument, news, modules, municipalities and invented people."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "The demo has accounts with a known password. Set DEMO=1 to load it, "
                "and never do so on a site of your own."
            )
        call_command("setup_site", verbosity=options["verbosity"])
        assets = load_home_demo()
        load_english(assets)
        modules = load_modules(assets)
        people = load_people() + load_nation()
        load_counts()
        load_accounts()
        load_settings()
        load_requests()
        load_requirements()
        load_meetings()
        load_network()
        load_newsletter_demo()
        load_practice_demo()
        # Of all that is there now.
        load_search_demo()
        self.stdout.write(f"Demo: {len(modules)} modules, {people} invented people.")
