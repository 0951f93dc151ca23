"""The table of areas: names, levels and parents from the boundaries, population from Kerncijfers 2024."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from hsc_geo.data.figures import Rows
from hsc_geo.domain.areas import COUNTRY, LEVELS
from hsc_geo.sources.boundaries import CHECKED_VINTAGE, SURROUNDINGS_VINTAGE, Boundaries
from hsc_geo.sources.extracts import Record
from hsc_geo.sources.statline import PRESENT, Figure

POPULATION_TABLE = "85984NED"
OUTER_BANDS = {"population_0_14": "k_0Tot15Jaar", "population_65_plus": "k_65JaarOfOuder"}
MIDDLE_BANDS = {
    "population_15_24": "k_15Tot25Jaar",
    "population_25_44": "k_25Tot45Jaar",
    "population_45_64": "k_45Tot65Jaar",
}  # published for neighbourhoods only in the extracts
_COUNTS = {"population": "AantalInwoners", **OUTER_BANDS, **MIDDLE_BANDS, "land_area_ha": "OppervlakteLand"}


def area_rows(boundaries: Boundaries, names: Mapping[str, str], figures: Iterable[Figure]) -> Rows:
    """Rows of areas.csv, from the country down to neighbourhoods, the surroundings last.

    names: of the country and the municipality, by code. figures: those of Kerncijfers, whole numbers of residents.
    """
    rows = _places(boundaries, names)
    facts, year = _facts(figures)
    for row in rows:
        counts = facts.get(row["area_code"], {})
        row.update({column: counts.get(stem, "") for column, stem in _COUNTS.items()})
        row["population_year"] = year if row["population"] else ""
        row["bands_basis"] = "published" if all(row[band] for band in MIDDLE_BANDS) else "missing"
    _sum_middle_bands(rows)
    return sorted(rows, key=lambda row: (LEVELS.index(row["level"]), row["area_code"]))


def names_of(records: Iterable[Record]) -> dict[str, str]:
    """Names by area code, from the extract of Kerncijfers that has them."""
    return {record["WijkenEnBuurten"]: record["Naam"] for record in records}


def _places(boundaries: Boundaries, names: Mapping[str, str]) -> Rows:
    own = boundaries.municipality_code
    rows = [_place(COUNTRY, names.get(COUNTRY, ""), "country", "", "", "")]
    rows.append(_place(own, names.get(own, ""), "municipality", COUNTRY, own, CHECKED_VINTAGE))
    for level, layer in (("district", boundaries.districts), ("neighbourhood", boundaries.neighbourhoods)):
        rows.extend(
            _place(r.Index, r.name, level, r.parent_code, own, CHECKED_VINTAGE) for r in layer.itertuples()
        )
    around = boundaries.surroundings.itertuples()
    rows.extend(
        _place(r.Index, r.name, "surrounding", COUNTRY, r.Index, SURROUNDINGS_VINTAGE) for r in around
    )
    return rows


def _place(code: str, name: str, level: str, parent: str, municipality: str, vintage: str) -> dict[str, str]:
    return {
        "area_code": code, "name": name, "level": level, "parent_code": parent, "municipality_code": municipality,
        "geometry_vintage": vintage,
    }  # fmt: skip


def _facts(figures: Iterable[Figure]) -> tuple[dict[str, dict[str, str]], str]:
    facts: dict[str, dict[str, str]] = {}
    year = ""
    for figure in figures:
        if figure.table_id == POPULATION_TABLE and figure.status == PRESENT:
            facts.setdefault(figure.area_code, {})[figure.stem] = figure.value
            year = str(figure.year)
    return facts, year


def _sum_middle_bands(rows: Rows) -> None:
    """Fill the middle bands of districts and the municipality with sums over neighbourhoods, marked as such."""
    leaves = [row for row in rows if row["level"] == "neighbourhood"]
    for row in rows:
        if row["level"] not in ("district", "municipality") or row["bands_basis"] == "published":
            continue
        parts = [
            leaf for leaf in leaves if row["area_code"] in (leaf["parent_code"], leaf["municipality_code"])
        ]
        if parts and all(part["bands_basis"] == "published" for part in parts):
            row.update({band: _sum(parts, band) for band in MIDDLE_BANDS}, bands_basis="summed")


def _sum(parts: Sequence[Mapping[str, str]], column: str) -> str:
    return str(sum(int(part[column]) for part in parts))
