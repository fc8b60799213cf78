import signal
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from learning.jobs import STOP
from learning.worker import work

SIGNALS = (signal.SIGINT, signal.SIGTERM)


def stop(_number: int, _frame: FrameType | None) -> None:
    """Stop after what is being done; a second time, at once: what was done is then done again."""
    STOP.set()
    for each in SIGNALS:
        signal.signal(each, signal.SIG_DFL)


class Command(BaseCommand):
    help = "Does background work and daily work, until it is stopped (Ctrl-C, or SIGTERM)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--until-idle", action="store_true", help="Stop as soon as nothing is left to do."
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        for each in SIGNALS:
            signal.signal(each, stop)
        work(until_idle=options["until_idle"])
