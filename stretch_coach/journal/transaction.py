"""Transactions on the history: all or nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3


@contextmanager
def transaction(database: "sqlite3.Connection") -> Iterator[None]:
    """Write what the block writes in one transaction: all of it is on disk when the block ends, or none of it."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
        database.execute("COMMIT")
    except BaseException:
        if database.in_transaction:  # SQLite may have rolled back already
            database.execute("ROLLBACK")
        raise
