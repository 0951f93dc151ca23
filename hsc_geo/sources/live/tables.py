"""Which tables of StatLine are fetched, and where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hsc_geo.sources import kerncijfers

HEALTH_HOST = "dataderden.cbs.nl"  # tables that CBS publishes for others, RIVM among them
CBS_HOST = "opendata.cbs.nl"
MARGINS = {"MW00000": "value", "MOG0095": "lower", "MBG0095": "upper"}  # value and limits of the 95% interval


@dataclass(frozen=True)
class LiveTable:
    """A table of StatLine. family: how the titles of its editions begin. year: of its figures, None where the table
    says it itself, in a column or its description. ages: age group of a stem where it is not `all`; only of tables
    without a column for it. like: the known table whose columns it has, "" for a known one. note_nl, note_en: what to
    know of the table, for its row of sources."""

    table_id: str
    host: str
    family: str
    year: int | None = None
    ages: Mapping[str, str] = field(default_factory=dict)
    like: str = ""
    note_nl: str = ""
    note_en: str = ""


def _ages(table_id: str) -> dict[str, str]:
    named = kerncijfers.COLUMNS.values()
    return {each.stem: each.age_group for each in named if each.table_id == table_id}


KEY_FIGURES = "Kerncijfers wijken en buurten"
HEALTH = LiveTable(
    "50150NED",
    HEALTH_HOST,
    "Gezondheid per wijk en buurt",
    note_nl="Modelschattingen van het RIVM (SMAP), waarin eerdere jaren opnieuw zijn geschat; niet samenvoegen met "
    "50090NED.",
    note_en="Model estimates by RIVM (SMAP), in which earlier years are estimated anew; never to be joined "
    "with 50090NED.",
)
KEY_FIGURES_2025 = LiveTable(
    kerncijfers.EDITION_2025, CBS_HOST, KEY_FIGURES, 2025, _ages(kerncijfers.EDITION_2025)
)
KEY_FIGURES_2024 = LiveTable(
    kerncijfers.EDITION_2024, CBS_HOST, KEY_FIGURES, 2024, _ages(kerncijfers.EDITION_2024)
)


def later_key_figures(table_id: str) -> LiveTable:
    """A later edition of Kerncijfers than those that are known: its columns mean what they mean in the newest of these,
    where they have the same names."""
    newest = KEY_FIGURES_2025
    return LiveTable(table_id, CBS_HOST, KEY_FIGURES, ages=newest.ages, like=newest.table_id)


TABLES = (HEALTH, KEY_FIGURES_2025, KEY_FIGURES_2024)
