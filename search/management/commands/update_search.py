"""Make anew all that visitors find."""

import time
from typing import Any

from django.core.management.base import BaseCommand

from search.indexing import rebuild


class Command(BaseCommand):
    """Needed only after a change of the search backend, or to see it done at once."""

    help = "Make the search index and its vocabulary anew. Every night it is done by itself."

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        count = rebuild()
        self.stdout.write(f"{count} findable texts in {time.monotonic() - started:.1f} s.")
