"""A package in which someone asked, and found none."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from hsc_geo.data.load import Package


def with_asked(package: Package, *rows: tuple[str, str, str]) -> Package:
    """The package with what was asked: (area, ambition, day)."""
    made = [
        {
            "asked_id": f"ASK-{area}-{ambition}",
            "area_code": area,
            "ambition_code": ambition,
            "asked_on": day,
            "source_kind": "organisation",
            "source": "Libertas Leiden",
            "source_url": "",
            "note": "",
        }
        for area, ambition, day in rows
    ]
    return replace(package, asked_none=pd.DataFrame(made, columns=package.asked_none.columns))
