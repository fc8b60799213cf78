"""A number that every publication raises, so that whatever was worked out before is asked anew.

It is kept in the shared cache, so all workers see it; when the cache is emptied it begins
again at a moment in time, never at a number that was used before.
"""

import time

from django.core.cache import cache

KEY = "publication-version"


def publication_version() -> int:
    """The current number (milliseconds of the last publication, as far as we know)."""
    version = cache.get(KEY)
    return version if isinstance(version, int) else raise_publication_version()


def raise_publication_version() -> int:
    """Make everything that was stored under the earlier number unreachable."""
    version = time.time_ns() // 1_000_000
    cache.set(KEY, version, None)
    return version
