"""What may end in plain values, as its file has it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from hsc_geo.analysis.continuity import Ending
from hsc_geo.data.load import Package
from hsc_geo.domain.contract import SEPARATOR
from hsc_geo.domain.text import split_names

COLUMNS = split_names(
    "initiative_id name serves signs last_year funders run_by basis_nl basis_en not_said source_url snapshot"
)


def may_end(package: Package, found: Sequence[Ending]) -> pd.DataFrame:
    """A row per initiative: codes with `|` between, and what its source states of money and people."""
    return pd.DataFrame([_row(package, each) for each in found], columns=list(COLUMNS), dtype=object)


def _row(package: Package, each: Ending) -> tuple[Any, ...]:
    row: Any = package.initiatives.loc[each.initiative_id]
    return (
        each.initiative_id,
        row["name"],
        SEPARATOR.join(each.serves),
        SEPARATOR.join(sign.code for sign in each.found.signs),
        row["end_year"],
        row["funders"],
        row["run_by"],
        row["continuity_basis_nl"],
        row["continuity_basis_en"],
        SEPARATOR.join(each.found.unknown),
        row["source_url"],
        package.snapshot,
    )
