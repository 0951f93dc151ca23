"""What a visit brings to a page, for who has none: an edition, a day and a language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

import pandas as pd

from hsc_geo.analysis.focus import municipality_code
from hsc_geo.analysis.suppression import DEFAULT
from hsc_geo.data.load import Package
from hsc_geo.domain.contract import SEPARATOR
from hsc_geo.views.kit.names import MONTHS, Names
from hsc_geo.views.kit.tongue import DEFAULT as DUTCH
from hsc_geo.views.kit.tongue import LANGUAGES, Language

if TYPE_CHECKING:
    from hsc_geo.views.kit.words import Words


def visit(
    edition: Package,
    as_of: dt.date | None = None,
    language: str = DUTCH,
    hide_below: int = DEFAULT,
    months: int = MONTHS,
) -> Names:
    """A visit on a day, today without one. It knows the names that the data have, and no other words. Raises ValueError
    for another language."""
    if language not in LANGUAGES:
        raise ValueError(f"no language {language!r}; take one of {', '.join(LANGUAGES)}")
    now = dt.datetime.now(dt.UTC)
    w = cast("Words", Language(language))
    return Names(edition, w, as_of or now.date(), now, months, small_counts=hide_below)


def joined(codes: Iterable[str]) -> str:
    """Several codes in one cell."""
    return SEPARATOR.join(codes)


def named(edition: Package, table: pd.DataFrame, key: str = "area_code") -> pd.DataFrame:
    """A table by area code with code and name of the area as its first columns; name '' for what is no area."""
    found = table.rename_axis(key).reset_index()
    found.insert(1, "name", found[key].map(edition.areas["name"]).fillna("").astype(str))
    return found


def with_city(edition: Package, table: pd.DataFrame, city: pd.Series) -> pd.DataFrame:
    """A table of numbers by area with the city as its last row."""
    last = city.reindex(table.columns).to_frame(municipality_code(edition)).T.astype("float64")
    return pd.concat([table.astype("float64"), last])
