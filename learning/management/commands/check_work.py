from typing import Any

from django.core.management.base import BaseCommand, CommandError

from learning.work_state import work_state


class Command(BaseCommand):
    help = "Says how background work stands; exit code 1 when somebody must look at it."

    def handle(self, *_args: Any, **_options: Any) -> None:
        state = work_state()
        self.stdout.write(state.summary)
        if state.problems:
            raise CommandError("\n".join(state.problems))
