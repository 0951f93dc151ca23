"""Which column of a live table is which figure: by its stem in the table's own DataProperties, never by its number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from hsc_geo.sources.statline import stem_and_year

TOPIC = "Topic"

# Stems that mean the same: what an older table calls it, and what a newer one does. A table that goes back or on to the
# other name is known by this table; any other name is unknown. Source: the columns of 50090NED and 50150NED, and of
# 50120NED in between (the extracts' shapes/column_metadata_health.json).
RENAMED = (
    ("ErvarenGezondheidGoedZeerGoed", "GoedErvarenGezondheid"),
    ("Roker", "RooktTabak"),
    ("ErnstigOvergewicht", "ErnstigOvergewichtObesitas"),
    ("ErnstigZeerErnstigEenzaam", "SterkEenzaam"),
    ("VoldoetAanBeweegrichtlijn", "VoldoetAanDeBeweegrichtlijn"),
    ("HoogRisicoOpAngstOfDepressie", "HoogRisicoAngststoornisOfDepressie"),
    ("HeelVeelStressInAfgelopen4Weken", "HeelVeelStressAfg4Weken"),
    ("MatigVeelRegieOverEigenLeven", "MatigVeelRegieOverHetEigenLeven"),
)
LABELS = frozenset({"Gemeentenaam", "SoortRegio", "Codering", "IndelingswijzigingGemeenteWijkBuurt"})


@dataclass(frozen=True)
class LiveColumn:
    """A column of figures as DataProperties tells it. key: the name in the rows, with its number; stem: without."""

    key: str
    stem: str
    title: str
    unit: str


@dataclass(frozen=True)
class Matched:
    """known: key of a column -> the stem that we know it by. renamed: those of them with another name in the table.
    unknown: columns without an indicator. missing: stems that no column has. twice: stems that several columns have,
    so that nobody can say which it is."""

    known: Mapping[str, str]
    renamed: tuple[tuple[LiveColumn, str], ...]
    unknown: tuple[LiveColumn, ...]
    missing: tuple[str, ...]
    twice: tuple[str, ...]


def live_columns(properties: Iterable[Mapping[str, Any]]) -> tuple[LiveColumn, ...]:
    """The columns of figures in DataProperties; dimensions, groups and labels of the area are left out."""
    found = []
    for each in properties:
        key = str(each.get("Key") or "").strip()
        stem = stem_and_year(key)[0]
        if key and each.get("Type") == TOPIC and stem not in LABELS:
            title, unit = (" ".join(str(each.get(name) or "").split()) for name in ("Title", "Unit"))
            found.append(LiveColumn(key, stem, title, unit))
    return tuple(found)


def match(columns: Iterable[LiveColumn], stems: Collection[str]) -> Matched:
    """Each column with the stem that it is known by. stems: of the table's indicators."""
    by_stem: dict[str, list[LiveColumn]] = defaultdict(list)
    unknown = []
    everything = tuple(columns)
    present = {column.stem for column in everything}
    for column in everything:
        stem = known_stem(column.stem, stems, present)
        if stem is None:
            unknown.append(column)
        else:
            by_stem[stem].append(column)
    single = {stem: found[0] for stem, found in by_stem.items() if len(found) == 1}
    return Matched(
        {column.key: stem for stem, column in single.items()},
        tuple((column, stem) for stem, column in single.items() if column.stem != stem),
        tuple(unknown),
        tuple(sorted(set(stems) - by_stem.keys())),
        tuple(sorted(stem for stem, found in by_stem.items() if len(found) > 1)),
    )


def known_stem(stem: str, stems: Collection[str], present: Collection[str] = ()) -> str | None:
    """The stem by which a column is known, also under its other name; None when it is not.

    present: stems that the table has; another name counts only where the table does not have the known one.
    """
    if stem in stems:
        return stem
    for old, new in RENAMED:
        for here, there in ((old, new), (new, old)):
            if stem == here and there in stems and there not in present:
                return there
    return None
