"""What a part of the page finds, in words: drawn alike on the screen and on paper, and taken along as rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from hsc_geo.views.kit.rows import Listing
from hsc_geo.views.paper.model import Map, Plot


@dataclass(frozen=True)
class Rows:
    """An answer in plain values for a file. table: its rows, each with its method, level, table, year, age group and
    kind; `columns` says what each means (name -> Dutch or English text). more: other tables of the file."""

    table: pd.DataFrame
    columns: dict[str, str]
    more: dict[str, pd.DataFrame] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Result:
    """One answer. title: what was asked, for paper, files and citation. said: the sentence that answers it, with
    numbers. beside: what counts and as of when. warnings: what one may not conclude; they stand with the answer.

    plots, map: pictures of it; all that they show is in `listing` or in one of the `smaller` tables. on_paper: keys of
    the columns of `listing` for which a paper has room, () for all. method: how it was found. make_rows: the same in
    plain values, made when a file is asked for. sources: lines for paper. turned: what stands on paper in place of a
    listing that is too wide for it; first_wide: whether its first column gets the room that names ask.
    """

    title: str
    said: str
    listing: Listing
    make_rows: Callable[[], Rows]
    beside: str = ""
    warnings: tuple[str, ...] = ()
    plots: tuple[Plot, ...] = ()
    map: Map | None = None
    smaller: tuple[Listing, ...] = ()
    on_paper: tuple[str, ...] = ()
    turned: Listing | None = None
    first_wide: bool = False
    method: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @cached_property
    def _made(self) -> Rows:
        return self.make_rows()

    @property
    def rows(self) -> pd.DataFrame:
        """Its rows in plain values."""
        return self._made.table

    @property
    def columns(self) -> dict[str, str]:
        """What each column of them means."""
        return self._made.columns

    @property
    def more(self) -> dict[str, pd.DataFrame]:
        """The other tables of the file."""
        return self._made.more
