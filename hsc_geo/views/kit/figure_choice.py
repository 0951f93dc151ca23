"""What a choice of a figure shows: one entry for each thing that is measured, and its tables."""

from __future__ import annotations

from collections.abc import Sequence

from hsc_geo.analysis.figures import concept_of, offer, tables_of
from hsc_geo.views.kit.names import Names


def tables(n: Names, key: str, among: Sequence[str]) -> list[str]:
    """The indicators of the same concept that are `among` those that can be chosen, the newest table first."""
    return [each for each in tables_of(n.package, concept_of(n.package, key)) if each in among]


def table_label(n: Names, key: str) -> str:
    """`2016–2024, 50150NED`: the years that a table has of the figure, and which table it is."""
    years = sorted(offer(n.package, key).years)
    table = str(n.package.indicators.at[key, "table_id"])
    if not years:
        return table
    return f"{years[0]}–{years[-1]}, {table}" if len(years) > 1 else f"{years[0]}, {table}"


def entry(n: Names, key: str, usual: Sequence[str]) -> str:
    """A figure in a list that can hold two tables of one thing: its name, and the table of one that is not `usual`."""
    return n.indicator(key) if key in usual else f"{n.indicator(key)} ({table_label(n, key)})"
