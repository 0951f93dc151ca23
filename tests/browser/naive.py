"""The data once more, read with nothing but csv, and counted in the plainest way: what the screen is compared with."""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "data"
FACETS = {
    "amb": ("ambition", "ambition_codes"),
    "theme": ("theme", "theme"),
    "life": ("life_stage", "life_stages"),
    "sector": ("sector", "sector"),
    "act": ("activity_group", "activity_groups"),
    "status": ("status", "status"),
    "evyear": ("", "last_evidence_year"),
    "evidence": ("evidence_level", "evidence_level"),
    "ladder": ("ladder", "ladder"),
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
WIDE = ("city", "region")  # there for everyone, and so for no district alone
Row = dict[str, str]


@cache
def rows(table: str, folder: Path = DATA) -> tuple[Row, ...]:
    """The rows of a table of the data package."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


@cache
def areas() -> dict[str, Row]:
    return {row["area_code"]: row for row in rows("areas")}


@cache
def initiatives() -> dict[str, Row]:
    return {row["initiative_id"]: row for row in rows("initiatives")}


def of_level(level: str) -> list[str]:
    """The codes of the areas of a level, in the order of the table."""
    return [code for code, row in areas().items() if row["level"] == level]


def focus_first(level: str) -> list[str]:
    """The same with focus districts, or what lies in them, before the others."""
    within = set(focus())
    return sorted(of_level(level), key=lambda code: (not {code, areas()[code]["parent_code"]} & within, code))


def focus() -> dict[str, Row]:
    """The focus districts in force, by area code."""
    return {row["area_code"]: row for row in rows("focus_areas") if not row["valid_to"]}


def term(vocabulary: str, code: str, language: str) -> str:
    """The name of a code."""
    found = [r for r in rows("vocabularies") if (r["vocabulary"], r["code"]) == (vocabulary, code)]
    return found[0][f"name_{language}"] if found else code


# Figures


@cache
def observations() -> dict[tuple[str, str, str, str], Row]:
    """(indicator, year, age group, area) -> row."""
    return {(r["indicator_id"], r["year"], r["age_group"], r["area_code"]): r for r in rows("observations")}


def indicator(key: str) -> Row:
    return next(row for row in rows("indicators") if row["indicator_id"] == key)


def figure(key: str, year: str, age: str, area: str, language: str) -> str:
    """A percentage or another figure as it must stand on the screen; '' where the table has no value."""
    found = observations().get((key, year, age, area))
    if found is None or found["status"] != "present":
        return ""
    row = indicator(key)
    text = number(float(found["value"]), int(row["decimals"] or 0), language)
    return f"{text}%" if row["unit"] == "percent" else f"{text} {term('unit', row['unit'], language)}"


def number(value: float, decimals: int, language: str) -> str:
    """A number as the Dutch or the English write it."""
    text = f"{value:,.{decimals}f}"
    return text.translate(str.maketrans(",.", ".,")) if language == "nl" else text


# Initiatives


@cache
def served() -> dict[str, set[str]]:
    """Initiative -> the districts and neighbourhoods that it serves, a neighbourhood's district included."""
    found: dict[str, set[str]] = {key: set() for key in initiatives()}
    for row in rows("initiative_areas"):
        area = areas()[row["area_code"]]
        if area["level"] in ("district", "neighbourhood"):
            found[row["initiative_id"]].add(row["area_code"])
        if area["level"] == "neighbourhood":
            found[row["initiative_id"]].add(area["parent_code"])
    return found


@cache
def places() -> dict[str, tuple[Row, ...]]:
    """Initiative -> where it happens, in its order; where it only had an event is no place."""
    found: dict[str, tuple[Row, ...]] = dict.fromkeys(initiatives(), ())
    for row in rows("initiative_places"):
        if row["role"] == "location":
            found[row["initiative_id"]] += (row,)
    return found


def points(key: str) -> list[tuple[str, str]]:
    """(latitude, longitude) of each place of an initiative whose point is known."""
    return [(row["latitude"], row["longitude"]) for row in places()[key] if row["latitude"]]


def not_ended() -> list[str]:
    """The initiatives that count as long as nobody asks for what has ended."""
    return [key for key, row in initiatives().items() if row["status"] != "ended"]


def drawn(keys: list[str]) -> list[str]:
    """Those of the initiatives that have a circle, each once for every point of it."""
    return [key for key in keys for _ in points(key)]


def not_drawn(keys: list[str]) -> list[str]:
    """Those without any point and without a district, which the map can show nowhere."""
    return [key for key in keys if not points(key) and not served()[key]]


def codes(key: str, facet: str) -> set[str]:
    """The options of a facet that an initiative has."""
    row = initiatives()[key]
    if facet == "district":
        districts = {code for code in served()[key] if areas()[code]["level"] == "district"}
        return districts or {row["precision"] if row["precision"] in WIDE else "unknown"}
    if facet == "evyear":  # the last year in which it was seen, in the evidence or by who confirmed it
        years = {row["last_evidence_year"], row["last_confirmed"][:4]} - {""}
        return {max(years)} if years else {"none"}
    return set(filter(None, row[FACETS[facet][1]].split("|"))) or {"none"}


def fits(key: str, facet: str, chosen: list[str]) -> bool:
    """Whether an initiative is left by the options chosen in a facet. Without a choice what has ended is not; and what
    is there for the whole city or the region is left by every choice of districts."""
    if not chosen:
        return facet != "status" or initiatives()[key]["status"] != "ended"
    wide = WIDE if facet == "district" and set(chosen) & set(areas()) else ()
    return bool(codes(key, facet) & {*chosen, *wide})


def fitting(choices: dict[str, list[str]], text: str = "") -> list[str]:
    """The initiatives that have one of the options chosen in every facet, and every word of the text."""
    words = fold(text).split()
    return [
        key
        for key in initiatives()
        if all(fits(key, facet, choices.get(facet, [])) for facet in {*choices, "status"})
        and all(word in searched(key) for word in words)
    ]


def beside(facet: str, choices: dict[str, list[str]]) -> Counter[str]:
    """The numbers beside the options of a facet: what has the option under the choices in all other facets."""
    others = {name: chosen for name, chosen in choices.items() if name != facet}
    left = [
        key
        for key in initiatives()
        if all(fits(key, other, others.get(other, [])) for other in {*others, "status"} - {facet})
    ]
    return Counter(code for key in left for code in codes(key, facet))


def searched(key: str) -> str:
    """The text in which words are looked for."""
    texts = [initiatives()[key][column] for column in SEARCHED]
    texts += [row[column] for row in places()[key] for column in ("venue", "address")]
    return fold(" ".join(texts))


def serving(area: str, keys: list[str]) -> list[str]:
    """Those of the initiatives that serve an area; every one serves the municipality."""
    return [key for key in keys if areas()[area]["level"] == "municipality" or area in served()[key]]


def wide(keys: list[str]) -> list[str]:
    """Those that are there for the whole city or the region: the second number of every area."""
    return [key for key in keys if not served()[key] and initiatives()[key]["precision"] in WIDE]


def option_name(facet: str, code: str, language: str) -> str:
    """The name of an option as it must stand on the screen."""
    if facet == "district":
        return areas()[code]["name"]
    vocabulary = FACETS[facet][0]
    return term(vocabulary, code, language) if vocabulary else code


def fold(text: str) -> str:
    """Small letters without accents."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()
