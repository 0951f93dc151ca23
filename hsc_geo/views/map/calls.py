"""The tables of the map as calls of the library."""

from __future__ import annotations

from dataclasses import replace

from hsc_geo.analysis.explore import Choice
from hsc_geo.views.kit.call import Call

PAGE = "on_map"


def calls(choice: Choice, table: str) -> list[Call]:
    """The table that is chosen (one of `choices.TABLES`), and all those of a download."""
    asked = replace(choice, facets={facet: codes for facet, codes in choice.facets.items() if codes})
    return [Call(PAGE, table, asked), Call(PAGE, "tables", asked)]
