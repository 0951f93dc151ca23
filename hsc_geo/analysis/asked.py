"""Where someone asked for initiatives for an ambition and found none: that is more than that none is known.

It holds for SPANS[-1] months from the day of asking, counted as in `hsc_geo.analysis.matrix`; later nobody has asked
since. What was asked on a day that is still to come was not asked yet.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from hsc_geo.analysis.matrix import SPANS
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package


@dataclass(frozen=True)
class Asked:
    """That nothing was found. area_code: the area that was asked about, which may lie around the one of interest;
    recent: within SPANS[-1] months; source: the page or organisation that says so, with its address or ''."""

    area_code: str
    asked_on: dt.date
    recent: bool
    source: str
    source_url: str


def asked(package: Package, area_code: str, ambition: str, as_of: dt.date) -> Asked | None:
    """The newest time, by a day, that the area or one around it was asked for the ambition and nothing was found; None
    where nobody asked. An area that is not in the package has none."""
    found = [each for code in _up(package, area_code) if (each := _rows(package).get((code, ambition)))]
    there = [(day, code, source, url) for code, day, source, url in found if day <= as_of]
    if not there:
        return None
    day, code, source, url = max(there)
    age = 12 * (as_of.year - day.year) + as_of.month - day.month
    return Asked(code, day, age <= SPANS[-1], source, url)


def _up(package: Package, code: str) -> Iterator[str]:
    """The area, then those around it."""
    areas = package.areas
    while code in areas.index:
        yield code
        code = str(areas.at[code, "parent_code"])


@per_package(maxsize=1)
def _rows(package: Package) -> dict[tuple[str, str], tuple[str, dt.date, str, str]]:
    """(area, ambition) -> area, day, source and its address."""
    rows = package.asked_none[["area_code", "ambition_code", "asked_on", "source", "source_url"]].astype(str)
    return {
        (area, ambition): (area, dt.date.fromisoformat(day), source, url)
        for area, ambition, day, source, url in rows.itertuples(index=False)
    }
