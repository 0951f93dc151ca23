"""The table of the first page: the focus districts by ambition."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from hsc_geo.analysis.matrix import ALL
from hsc_geo.data.load import Package
from hsc_geo.tables.visit import visit
from hsc_geo.views.start.answers import cockpit


def focus(edition: Package, as_of: dt.date | None = None) -> pd.DataFrame:
    """Initiatives known by focus district and ambition ('' for any), and for the city: how many `here` and for the
    `city_or_region`, and of a district the verdict of need beside it (`analysis.gaps.VERDICTS`)."""
    found = cockpit(visit(edition, as_of))
    rows = [
        (
            code,
            str(edition.areas.at[code, "name"]),
            ambition,
            found.counts[code, ambition].number,
            len(found.counts[code, ambition].wide),
            found.verdict(code, ambition) if code in found.areas else "",
        )
        for code in (*found.areas, found.city)
        for ambition in (*found.ambitions, ALL)
    ]
    columns = ["area_code", "name", "ambition", "here", "city_or_region", "verdict"]
    return pd.DataFrame(rows, columns=columns)
