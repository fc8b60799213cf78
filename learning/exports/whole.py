"""A file is whole or it is not there: written elsewhere first, from one moment of the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import IO

from django.db import connection, transaction

from learning.exports.tables import NotWholeError


@contextmanager
def one_moment() -> Iterator[None]:
    """Whatever is read in here is of the same moment. It is for reading alone.

    Nobody who writes waits for it: on SQLite the site's own transactions would shut others out
    from their start, so here it is one that only reads.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def whole(write: Callable[[IO[bytes]], None]) -> IO[bytes]:
    """The file that `write` fills, from its beginning; it is gone when it is closed.

    Raises NotWholeError when it could not be filled to its end.
    """
    try:
        file = TemporaryFile(prefix="export-")  # noqa: SIM115  whoever asked for it closes it
    except OSError as error:
        raise NotWholeError from error
    try:
        write(file)
        file.seek(0)
    except OSError as error:
        file.close()
        raise NotWholeError from error
    except BaseException:
        file.close()
        raise
    return file
