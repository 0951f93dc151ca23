"""What the municipality itself says of figures of an area."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from hsc_geo.data.load import Package


@dataclass(frozen=True)
class Explanation:
    """One explanation. indicator_id: '' for all figures of the area. contact: an http(s) address, or `mailto:` with a
    mailbox of the office. source: '' where it is said in the data package only."""

    key: str
    area_code: str
    indicator_id: str
    text_nl: str
    text_en: str
    office: str
    contact: str
    day: dt.date
    source: str


def explanations(
    package: Package, area_codes: Iterable[str], indicator_ids: Iterable[str]
) -> list[Explanation]:
    """Those of the areas and of these figures or of all figures, newest first; none given gives []."""
    areas, figures = set(area_codes), {*indicator_ids, ""}
    found = [_explanation(row) for row in package.explanations.to_dict("records")]
    fits = [each for each in found if each.area_code in areas and each.indicator_id in figures]
    return sorted(fits, key=lambda each: (-each.day.toordinal(), each.key))


def _explanation(row: Mapping[Any, str]) -> Explanation:
    return Explanation(
        row["explanation_id"],
        row["area_code"],
        row["indicator_id"],
        row["text_nl"],
        row["text_en"],
        row["office"],
        row["contact_url"],
        dt.date.fromisoformat(row["date"]),
        row["source_url"],
    )
