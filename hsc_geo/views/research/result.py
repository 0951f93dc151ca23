"""What a part of the page finds, in words: drawn alike on the screen and on paper, and taken along as rows."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from hsc_geo.views.kit.rows import Listing
from hsc_geo.views.paper.model import Map, Plot


@dataclass(frozen=True)
class Result:
    """One answer. title: what was asked, for paper, files and citation. said: the sentence that answers it, with
    numbers. beside: what counts and as of when. warnings: what one may not conclude; they stand with the answer.

    plots, map: pictures of it; all that they show is in `listing` or in one of the `smaller` tables. on_paper: keys of
    the columns of `listing` for which a paper has room, () for all. method: how it was found. rows: the same in plain
    values for a file, each with its method, level, table, year, age group and kind; `columns` says what each means
    (name -> Dutch or English text). sources, more: lines for paper, tables for a file. turned: what stands on paper in
    place of a listing that is too wide for it; first_wide: whether its first column gets the room that names ask.
    """

    title: str
    said: str
    listing: Listing
    rows: pd.DataFrame
    columns: dict[str, str]
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
    more: dict[str, pd.DataFrame] = field(default_factory=dict)
