"""Cells of the register in English have Dutch on a Dutch page, and names stay names."""

from __future__ import annotations

import re

import pytest

from hsc_geo.data.load import Package
from hsc_geo.views.kit.stated import DUTCH, stated
from hsc_geo.views.kit.words import Words

# Words by which a cell is English. Of an organisation's name they may be part.
ENGLISH = re.compile(
    r"\b(?:the|and|of|for|with|not|known|source|lead|after|before|residents|municipality|neighbourhood"
    r"|students|volunteers|signatories|subsidy|sections|between|regional|town|youth|elderly)\b",
    re.IGNORECASE,
)
NAMES = {"Leyden Academy on Vitality and Ageing", "Institute for Positive Health"}
SHOWN = {
    "initiatives": ("organisation", "partners", "funders", "status_as_of", "neighbourhood_as_stated"),
    "organisations": ("networks", "district_or_area"),
}


def parts(package: Package) -> set[str]:
    """Every part of the cells that are shown as they stand."""
    found: set[str] = set()
    for table, columns in SHOWN.items():
        for column in columns:
            for cell in getattr(package, table)[column].astype(str):
                found |= {part for part in cell.split("|") if part}
    return found


def test_every_english_cell_is_told_in_dutch(package: Package) -> None:
    dutch = {part: stated(Words("nl"), part) for part in parts(package)}
    english = {part for part in dutch if ENGLISH.search(part)} - NAMES
    assert english
    assert [part for part in english if dutch[part] == part] == []
    assert [told for part, told in dutch.items() if part not in NAMES and ENGLISH.search(told)] == []


def test_nothing_else_changes(package: Package) -> None:
    for part in parts(package):
        assert stated(Words("en"), part) == part
        if part not in DUTCH and not part.startswith("after "):
            assert stated(Words("nl"), part) == part


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("after 2022-12", "na 2022-12"),
        ("a|residents, municipality", "a, bewoners, gemeente"),
        ("", ""),
        ("x||y", "x, y"),
    ],
)
def test_a_cell_of_parts(cell: str, told: str) -> None:
    assert stated(Words("nl"), cell) == told
