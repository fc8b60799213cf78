"""Make pictures of days again, or of days that were missed."""

from argparse import ArgumentParser
from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from learning.models.people import today
from learning.snapshots import fill_in, make_snapshot


class Command(BaseCommand):
    """Without options it fills in what is missing up to yesterday."""

    help = "Count days again from history, for the trends. Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="first", type=date.fromisoformat, help="2026-04-01")
        parser.add_argument("--until", type=date.fromisoformat, help="through this day (yesterday)")
        parser.add_argument("--step", type=int, default=1, help="a picture every so many days")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["first"] is None:
            self.stdout.write(f"{fill_in()} rows made.")
            return
        until = options["until"] or today() - timedelta(days=1)
        if options["first"] > until or options["step"] < 1:
            raise CommandError("Give a first day that is not after the last, and a step from 1.")
        made, day = 0, until
        # From the last day back, so that the last is there whatever the step.
        while day >= options["first"]:
            made += make_snapshot(day)
            day -= timedelta(days=options["step"])
        self.stdout.write(f"{made} rows made.")
