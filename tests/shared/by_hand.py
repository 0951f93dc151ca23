"""Neighbours and partners counted by hand, for tests of the analysis and of the views."""

import math
from collections import Counter

from hsc_geo.analysis.dutch_stop_words import STOP_WORDS
from hsc_geo.analysis.neighbours import LEAST_ALIKE
from tests.shared import naive


def words(text: str) -> list[str]:
    found, word = [], ""
    for sign in naive.plain(text) + " ":
        if sign.isalpha():
            word += sign
        else:
            found += [word] if len(word) > 1 and word not in STOP_WORDS else []
            word = ""
    return found


def vectors() -> dict[str, dict[str, float]]:
    texts = {
        key: words(f"{row['name']} {row['description_nl']} {row['target_group_nl']}")
        for key, row in naive.initiatives().items()
    }
    df = Counter(word for text in texts.values() for word in set(text))
    made_: dict[str, dict[str, float]] = {}
    for key, text in texts.items():
        raw = {
            word: n * (math.log((1 + len(texts)) / (1 + df[word])) + 1) for word, n in Counter(text).items()
        }
        size = math.sqrt(sum(value**2 for value in raw.values()))
        made_[key] = {word: value / size for word, value in raw.items()}
    return made_


VECTORS = vectors()


def partners_of(key: str) -> set[str]:
    return {
        row["organisation_id"] or naive.plain(row["organisation_name"]).strip()
        for row in naive.rows("initiative_organisations")
        if row["initiative_id"] == key
    }


def venues(key: str) -> set[str]:
    return {naive.plain(row["venue"]).strip() for row in naive.places().get(key, [])} - {""}


def by_hand(key: str, other: str) -> dict[str, float]:
    """Reason -> points, written down once more from the text of issue and page."""
    mine, theirs = naive.initiatives()[key], naive.initiatives()[other]
    points: dict[str, float] = {}
    stages = [naive.parts(row["life_stages"]) - {"n/a"} for row in (mine, theirs)]
    people = all(stages) and ("all" in stages[0] | stages[1] or stages[0] & stages[1])
    areas = naive.served()[key] & naive.served()[other]
    here, there = naive.points().get(key, []), naive.points().get(other, [])
    metres = min(
        (math.hypot((a[0] - b[0]) * 68_400, (a[1] - b[1]) * 111_260) for a in here for b in there),
        default=math.inf,
    )
    nearness = 1.0 if metres <= 1000 or any(c.startswith("BU") for c in areas) else 0.5 if areas else 0.0
    ambitions = [naive.parts(row["ambition_codes"]) for row in (mine, theirs)]
    if people and nearness and all(ambitions):
        common = ambitions[0] & ambitions[1]
        points["join" if common else "refer"] = (3 if common else 2) * nearness
    if partners_of(key) & partners_of(other):
        points["partners"] = min(3, len(partners_of(key) & partners_of(other)))
    if venues(key) & venues(other) or set(here) & set(there):
        points["place"] = 1
    cosine = sum(value * VECTORS[other].get(word, 0) for word, value in VECTORS[key].items())
    if cosine >= LEAST_ALIKE:
        points["alike"] = 2 * cosine
    return points


KNOWN = [key for key, row in naive.initiatives().items() if row["status"] != "ended"]

ORGANISATIONS = {row["organisation_id"]: row for row in naive.rows("organisations")}

LINKS = naive.rows("initiative_organisations")


def roles(key: str) -> dict[str, str]:
    """Initiative -> role of an organisation; leading goes first."""
    found: dict[str, str] = {}
    for row in LINKS:
        if row["organisation_id"] == key and found.get(row["initiative_id"]) != "lead":
            found[row["initiative_id"]] = row["role"]
    return found


def takes_part(sector: str) -> set[str]:
    stated = {key for key, row in naive.initiatives().items() if sector in naive.parts(row["sector"])}
    linked = {
        row["initiative_id"]
        for row in LINKS
        if row["organisation_id"] and ORGANISATIONS[row["organisation_id"]]["sector"] == sector
    }
    return stated | linked


def with_ambition(keys: set[str], ambition: str) -> set[str]:
    return {
        key
        for key in keys
        if not ambition or ambition in naive.parts(naive.initiatives()[key]["ambition_codes"])
    }
