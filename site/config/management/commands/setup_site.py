"""Make what every site needs: languages, pages, groups, municipalities."""

from typing import Any

from django.core.management.base import BaseCommand

from home.setup import set_up_site
from learning.setup import set_up_learning
from meetings.setup import set_up_meetings
from newsletter.setup import set_up_newsletter
from practice.setup import set_up_practice
from search.setup import set_up_search


class Command(BaseCommand):
    """Run it after every `migrate`; it leaves alone what is there."""

    help = "Make languages, the page tree, editors' groups and municipalities, where missing."

    def handle(self, *args: Any, **options: Any) -> None:
        home = set_up_site()
        set_up_learning(home)
        set_up_meetings(home)
        set_up_newsletter()
        set_up_practice(home)
        set_up_search()
        if options["verbosity"]:
            self.stdout.write("The site is set up.")
