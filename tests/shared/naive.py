"""A second, plain reading of data/*.csv: the csv module, lists, dicts and loops, nothing of hsc_geo."""

from __future__ import annotations

import csv
import unicodedata
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "data"

Row = dict[str, str]

# facet -> the column of initiatives.csv that holds its codes; `district` is computed by `scope`
FACET_COLUMNS = {
    "ambition": "ambition_codes",
    "theme": "theme",
    "life_stage": "life_stages",
    "sector": "sector",
    "activity": "activity_groups",
    "status": "status",
    "year": "last_evidence_year",
    "evidence": "evidence_level",
    "ladder": "ladder",
}
SEARCHED = (
    "name",
    "organisation",
    "partners",
    "description_nl",
    "description_en",
    "target_group_nl",
    "target_group_en",
    "neighbourhood_as_stated",
)


@cache
def rows(name: str) -> tuple[Row, ...]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


@cache
def areas() -> dict[str, Row]:
    return {row["area_code"]: row for row in rows("areas")}


def residents_of_bands(row: Row) -> int:
    """Residents in the year of the age bands: as published where that is the year of the population, else added up."""
    if row["population_year"] == row["bands_year"]:
        return int(row["population"] or 0)
    ages = ("0_14", "15_24", "25_44", "45_64", "65_plus")
    return sum(int(row[f"population_{age}"]) for age in ages)


@cache
def initiatives() -> dict[str, Row]:
    return {row["initiative_id"]: row for row in rows("initiatives")}


@cache
def indicators() -> dict[str, Row]:
    return {row["indicator_id"]: row for row in rows("indicators")}


@cache
def places() -> dict[str, list[Row]]:
    """Initiative -> its places, with and without coordinates; that of a launch or a single event is none."""
    result: dict[str, list[Row]] = {}
    for row in rows("initiative_places"):
        if row["role"] == "location":
            result.setdefault(row["initiative_id"], []).append(row)
    return result


@cache
def points() -> dict[str, list[tuple[float, float]]]:
    """Initiative -> (longitude, latitude) of each of its places that has them; those without any are not in it."""
    result = {
        key: [(float(row["longitude"]), float(row["latitude"])) for row in mine if row["latitude"]]
        for key, mine in places().items()
    }
    return {key: found for key, found in result.items() if found}


def codes_of(level: str) -> list[str]:
    return [code for code, row in areas().items() if row["level"] == level]


def parts(cell: str) -> set[str]:
    return {part for part in cell.split("|") if part}


@cache
def stated_areas() -> dict[str, frozenset[str]]:
    """Initiative -> districts and neighbourhoods that initiative_areas.csv names."""
    result: dict[str, set[str]] = {key: set() for key in initiatives()}
    for row in rows("initiative_areas"):
        if areas()[row["area_code"]]["level"] in ("district", "neighbourhood"):
            result[row["initiative_id"]].add(row["area_code"])
    return {key: frozenset(codes) for key, codes in result.items()}


@cache
def served() -> dict[str, frozenset[str]]:
    """Initiative -> areas that it serves: those named, and the district around each neighbourhood named."""
    result = {}
    for key, codes in stated_areas().items():
        around = {areas()[code]["parent_code"] for code in codes if areas()[code]["level"] == "neighbourhood"}
        result[key] = codes | around
    return result


def scope(key: str) -> set[str]:
    """Districts of an initiative, or city, region or unknown."""
    districts = {code for code in served()[key] if areas()[code]["level"] == "district"}
    precision = initiatives()[key]["precision"]
    return districts or {precision if precision in ("city", "region") else "unknown"}


def facet_codes(key: str, facet: str) -> set[str]:
    if facet == "district":
        return scope(key)
    return parts(initiatives()[key][FACET_COLUMNS[facet]]) or {"none"}


def plain(text: str) -> str:
    """Small letters without accents, by canonical decomposition."""
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(c for c in decomposed if unicodedata.category(c) != "Mn").lower()


@cache
def haystack(key: str) -> str:
    of_places = [row[name] for row in places().get(key, ()) for name in ("venue", "address")]
    return plain(" ".join([*(initiatives()[key][column] for column in SEARCHED), *of_places]))


def fits(key: str, choices: dict[str, list[str]], text: str = "", but: str = "", ended: bool = False) -> bool:
    """Whether an initiative fits the choices (those of facet `but` left aside) and holds every word of the text.

    What has ended fits where that status is chosen, or with `ended`; what is for the whole city or the region fits
    every choice of districts.
    """
    for facet, chosen in choices.items():
        wanted = set(chosen)
        if facet == "district" and any(code.startswith("WK") for code in chosen):
            wanted |= {"city", "region"}
        if facet != but and chosen and not facet_codes(key, facet) & wanted:
            return False
    gone = initiatives()[key]["status"] == "ended"
    if gone and not ended and but != "status" and not choices.get("status"):
        return False
    return all(word in haystack(key) for word in plain(text).split())


def current() -> list[str]:
    """The initiatives that are not known to have ended."""
    return [key for key, row in initiatives().items() if row["status"] != "ended"]


def with_ambition(ids: list[str], ambition: str) -> list[str]:
    return [key for key in ids if not ambition or ambition in parts(initiatives()[key]["ambition_codes"])]


def count(area: str, ids: list[str]) -> dict[str, list[str]]:
    """Who of `ids` is there for a municipality, district or neighbourhood, by the words of the issue: its own, shared
    with other districts, known to the district around it as a whole, for the city, for the region, area not known."""
    found: dict[str, list[str]] = {
        group: [] for group in ("own", "shared", "around", "city", "region", "unknown")
    }
    for key in ids:
        group = _group(area, key)
        if group:
            found[group].append(key)
    return found


def _group(area: str, key: str) -> str:
    where = scope(key)
    if where & {"city", "region"}:
        return next(iter(where))
    if areas()[area]["level"] == "municipality":
        return "unknown" if where == {"unknown"} else "own"
    district = areas()[area]["parent_code"] if areas()[area]["level"] == "neighbourhood" else area
    if area in served()[key]:
        return "own" if where == {district} else "shared"
    return "around" if area != district and district in stated_areas()[key] else ""


@cache
def observations() -> dict[tuple[str, str, str, str], Row]:
    """(indicator, year, age group, area) -> row of observations.csv."""
    return {(r["indicator_id"], r["year"], r["age_group"], r["area_code"]): r for r in rows("observations")}


def observed(indicator: str, year: int | str, age: str, area: str) -> float | None:
    """The published value; None where there is none."""
    row = observations().get((indicator, str(year), age, area))
    return float(row["value"]) if row and row["status"] == "present" else None
