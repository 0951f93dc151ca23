"""The municipality's own explanations: which belong to a profile, and in which order."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd

from hsc_geo.analysis.explanations import explanations
from hsc_geo.data.load import Package

NORTH, OVERWEIGHT, SMOKERS = "WK054603", "50090NED-Overgewicht", "50090NED-Roker"
COLUMNS = (
    "explanation_id",
    "area_code",
    "indicator_id",
    "text_nl",
    "text_en",
    "office",
    "contact_url",
    "date",
    "source_url",
)


def given(package: Package, *rows: tuple[str, str, str, str]) -> Package:
    """A package with explanations by (key, area, figure, day)."""
    full = [
        (key, area, figure, "nl", "en", "Team", "https://x.example", day, "")
        for key, area, figure, day in rows
    ]
    return replace(package, explanations=pd.DataFrame(full, columns=list(COLUMNS)))


def test_as_shipped_there_are_none(package: Package) -> None:
    assert list(package.explanations.columns) == list(COLUMNS)
    assert explanations(package, package.areas.index, package.indicators.index) == []


def test_those_of_the_area_and_of_its_figures_or_of_all_figures_newest_first(package: Package) -> None:
    edited = given(
        package,
        ("old", NORTH, OVERWEIGHT, "2024-02-01"),
        ("all", NORTH, "", "2026-01-31"),
        ("other-figure", NORTH, SMOKERS, "2026-01-31"),
        ("other-area", "WK054605", OVERWEIGHT, "2026-01-31"),
        ("b-same-day", NORTH, OVERWEIGHT, "2026-01-31"),
    )
    found = explanations(edited, [NORTH], [OVERWEIGHT])
    assert [each.key for each in found] == ["all", "b-same-day", "old"]
    assert found[0].day == dt.date(2026, 1, 31)
    assert [each.key for each in explanations(edited, [NORTH], [])] == ["all"]
    assert [each.key for each in explanations(edited, ["WK054605"], [OVERWEIGHT])] == ["other-area"]
