"""Whether the audit log is as it was recorded (docs/audit-log.md)."""

import time
from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.audit_check import Verdict, verify


def noted_head(text: str) -> tuple[int, str]:
    """A head as the process's log tells it. Raises ArgumentTypeError."""
    number, _colon, seal = text.partition(":")
    if not number.isascii() or not number.isdigit() or len(seal) != 64:
        raise ArgumentTypeError("Give it as NUMBER:SEAL, as the log of the process tells it.")
    return int(number), seal.lower()


class Command(BaseCommand):
    help = (
        "Walks the audit log from its beginning to its end. Exit code 1, with what is wrong and "
        "where, when a row was changed, removed, added or moved."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--expect",
            type=noted_head,
            metavar="NUMBER:SEAL",
            help="A head that was noted before: that row must still be there and be the same.",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        begun = time.monotonic()
        verdict = verify(expect=options["expect"])
        if not verdict.is_whole:
            raise CommandError("\n".join(["The audit log is not whole:", *told(verdict)]))
        self.stdout.write(
            f"The audit log is whole: {verdict.verified} rows verified in "
            f"{time.monotonic() - begun:.1f} s. Head {verdict.number}:{verdict.seal or '-'}"
        )
        if options["expect"] and options["expect"][0] < verdict.begins_after:
            self.stdout.write("The row to expect is older than a year and was removed for its age.")


def told(verdict: Verdict) -> list[str]:
    lines = [f"- {each}" for each in verdict.broken]
    if verdict.untold:
        lines.append(f"- and {verdict.untold} more. Is it the key that it was sealed with?")
    return lines
