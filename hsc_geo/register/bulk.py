"""Many rows with few statements: one statement a row takes three times as long, most of it outside the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import Any

from sqlalchemy import Connection, Table

_CELLS = 3000  # of a statement; both databases take ten times as many


def insert_rows(
    connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Put rows into a table, in their order; columns: what the cells of a row are. Nothing happens without rows.

    Cells go to the database as they are: text, whole numbers, floats and None for the types of the store.
    """
    quote = connection.dialect.identifier_preparer.quote
    start = f"INSERT INTO {quote(table.name)} ({', '.join(map(quote, columns))}) VALUES "  # noqa: S608 - own names
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    row, size = f"({', '.join([mark] * len(columns))})", max(1, _CELLS // len(columns))
    stream = iter(rows)
    while some := list(islice(stream, size)):
        order = start + ", ".join([row] * len(some))
        connection.exec_driver_sql(order, tuple(chain.from_iterable(some)))
