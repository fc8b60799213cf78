from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from learning.retention import Step, apply_retention, look_ahead


class Command(BaseCommand):
    help = (
        "Removes what was kept long enough (learning/rules/retention.py). With --dry-run it only "
        "says what it would do: how many of what, and their keys; never a name."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say it, change nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["dry_run"]:
            for step, keys in look_ahead():
                self.stdout.write(f"{step.name}: {len(keys)}{spelled(step, keys)}")
            self.stdout.write("Nothing was changed.")
            return
        for name, count in apply_retention().items():
            self.stdout.write(f"{name}: {count}")


def spelled(step: Step, keys: list[Any]) -> str:
    """The keys, unless they open something."""
    if not keys or step.is_secret:
        return ""
    return f" ({', '.join(each if isinstance(each, str) else words(each) for each in keys)})"


def words(key: Any) -> str:
    return " ".join(str(part) for part in key) if isinstance(key, tuple) else str(key)
