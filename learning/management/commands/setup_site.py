"""Make what the site cannot do without. Safe on a site that is in use, as often as you like."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from home.setup import set_up_site
from learning.models import Municipality
from learning.setup import set_up_learning


class Command(BaseCommand):
    """All or nothing: one transaction. What is there already is left as it is."""

    help = "Make languages, first pages, groups and municipalities, where they are missing."

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            set_up_learning(set_up_site())
        if options["verbosity"]:
            self.stdout.write(f"The site stands, with {Municipality.objects.count()} municipalities.")
