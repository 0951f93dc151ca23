"""The table of areas: names, levels and parents from the boundaries, residents and land from Kerncijfers.

Residents are those of the newest edition. Age bands are those of the newest edition that has them for the area: an
extract may have the residents of a neighbourhood in one year and its ages in an older one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from hsc_geo.data.figures import Rows
from hsc_geo.domain.areas import COUNTRY, LEVELS
from hsc_geo.sources.boundaries import SURROUNDINGS_VINTAGE, Boundaries
from hsc_geo.sources.extracts import Record
from hsc_geo.sources.statline import PRESENT, Figure

TABLES = ("86165NED", "85984NED")  # editions of Kerncijfers
RESIDENTS, LAND = "AantalInwoners", "OppervlakteLand"
OUTER_BANDS = {"population_0_14": "k_0Tot15Jaar", "population_65_plus": "k_65JaarOfOuder"}
MIDDLE_BANDS = {
    "population_15_24": "k_15Tot25Jaar",
    "population_25_44": "k_25Tot45Jaar",
    "population_45_64": "k_45Tot65Jaar",
}
REST = "population_25_44"  # the extract of 2025 has the other four bands
BANDS = {**OUTER_BANDS, **MIDDLE_BANDS}

Facts = Mapping[int, Mapping[str, str]]  # year -> StatLine's stem -> whole number as text


def area_rows(boundaries: Boundaries, names: Mapping[str, str], figures: Iterable[Figure]) -> Rows:
    """Rows of areas.csv, from the country down to neighbourhoods, the surroundings last.

    names: of the country and the municipality, by code. figures: those of Kerncijfers, whole numbers of residents.
    """
    rows = _places(boundaries, names)
    facts = _facts(figures)
    for row in rows:
        known = facts.get(row["area_code"], {})
        row["population"], row["population_year"] = _newest(known, RESIDENTS)
        row["land_area_ha"], _ = _newest(known, LAND)
        row.update(_bands(known))
    _sum_middle_bands(rows)
    return sorted(rows, key=lambda row: (LEVELS.index(row["level"]), row["area_code"]))


def names_of(records: Iterable[Record]) -> dict[str, str]:
    """Names by area code, from the extract of Kerncijfers that has them."""
    return {record["WijkenEnBuurten"]: record["Naam"] for record in records}


def _places(boundaries: Boundaries, names: Mapping[str, str]) -> Rows:
    own = boundaries.municipality_code
    rows = [_place(COUNTRY, names.get(COUNTRY, ""), "country", "", "", "")]
    rows.append(_place(own, names.get(own, ""), "municipality", COUNTRY, own, boundaries.vintage))
    for level, layer in (("district", boundaries.districts), ("neighbourhood", boundaries.neighbourhoods)):
        rows.extend(
            _place(r.Index, r.name, level, r.parent_code, own, boundaries.vintage) for r in layer.itertuples()
        )
    around = boundaries.surroundings.itertuples()
    rows.extend(
        _place(r.Index, r.name, "surrounding", COUNTRY, r.Index, SURROUNDINGS_VINTAGE) for r in around
    )
    return rows


def _place(code: str, name: str, level: str, parent: str, municipality: str, vintage: str) -> dict[str, str]:
    return {
        "area_code": code,
        "name": name,
        "level": level,
        "parent_code": parent,
        "municipality_code": municipality,
        "geometry_vintage": vintage,
    }


def _facts(figures: Iterable[Figure]) -> dict[str, dict[int, dict[str, str]]]:
    facts: dict[str, dict[int, dict[str, str]]] = {}
    for figure in figures:
        if figure.table_id in TABLES and figure.status == PRESENT:
            years = facts.setdefault(figure.area_code, {})
            years.setdefault(figure.year, {})[figure.stem] = figure.value
    return facts


def _newest(facts: Facts, stem: str) -> tuple[str, str]:
    """The newest figure and its year; two empty cells where no edition has one."""
    years = [year for year, counts in facts.items() if stem in counts]
    return (facts[max(years)][stem], str(max(years))) if years else ("", "")


def _bands(facts: Facts) -> dict[str, str]:
    """The age bands of the newest year that has them all, one perhaps as the remainder; else the outer ones."""
    for year in sorted(facts, reverse=True):
        counts = facts[year]
        cells = {band: counts.get(stem, "") for band, stem in BANDS.items()}
        if all(cells.values()):
            return {**cells, "bands_basis": "published", "bands_year": str(year)}
        rest = _remainder(counts.get(RESIDENTS, ""), cells)
        if rest:
            return {**cells, REST: rest, "bands_basis": "remainder", "bands_year": str(year)}
    return _outer_bands(facts)


def _remainder(residents: str, cells: Mapping[str, str]) -> str:
    """The residents less the four bands known; "" where one is not, or where rounding would make it negative."""
    known = [cell for band, cell in cells.items() if band != REST]
    if not residents or not all(known):
        return ""
    rest = int(residents) - sum(map(int, known))
    return str(rest) if rest >= 0 else ""


def _outer_bands(facts: Facts) -> dict[str, str]:
    years = [year for year, counts in facts.items() if set(OUTER_BANDS.values()) <= set(counts)]
    counts = facts[max(years)] if years else {}
    cells = {band: counts.get(stem, "") if band in OUTER_BANDS else "" for band, stem in BANDS.items()}
    return {**cells, "bands_basis": "missing", "bands_year": str(max(years)) if years else ""}


def _sum_middle_bands(rows: Rows) -> None:
    """Fill middle bands that are missing with sums over neighbourhoods of the same year, marked as such."""
    leaves = [row for row in rows if row["level"] == "neighbourhood"]
    for row in rows:
        if row["level"] not in ("district", "municipality") or row["bands_basis"] != "missing":
            continue
        parts = [
            leaf for leaf in leaves if row["area_code"] in (leaf["parent_code"], leaf["municipality_code"])
        ]
        whole = (row["bands_year"], "published")
        if parts and all((part["bands_year"], part["bands_basis"]) == whole for part in parts):
            row.update({band: _sum(parts, band) for band in MIDDLE_BANDS}, bands_basis="summed")


def _sum(parts: Sequence[Mapping[str, str]], column: str) -> str:
    return str(sum(int(part[column]) for part in parts))
