"""How many residents have a place near, in words."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from hsc_geo.analysis.access import SATURATED
from hsc_geo.analysis.figures import tables_of, years_at
from hsc_geo.analysis.focus import focus_first, municipality_code
from hsc_geo.analysis.reach import EVERYONE, Reach
from hsc_geo.analysis.serving import DISTRICT, NEIGHBOURHOOD
from hsc_geo.analysis.suppression import hidden
from hsc_geo.views.coverage.answers.near import Near
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing, Row
from hsc_geo.views.kit.words import Words
from hsc_geo.views.wording.area import row_name
from hsc_geo.views.wording.reached import reach_text, small_counts_text

CONCEPTS = {  # of the residents that a column of areas.csv counts
    EVERYONE: "population",
    "population_0_14": "residents_0_14",
    "population_65_plus": "residents_65_plus",
}

HIDDEN = ("reached", "upper")  # the columns whose small counts are not shown


def said(n: Names, answer: Near) -> str:
    """The answer in a sentence."""
    return told_text(n, answer) or places_text(n, answer.found)


def told_text(n: Names, answer: Near) -> str:
    """How many residents live near, or that too few places are known to tell; '' where nothing fits."""
    return reach_text(n, answer.found, answer.distance) if answer.fit else ""


def reach_table(n: Names, answer: Near) -> Listing:
    """How many residents a place is near to, by district, and the city last."""
    caption = n.w.t(
        "Residents within {n} metres of an initiative, by district", n=n.w.number(answer.distance)
    )
    return Listing(caption, reach_columns(n, answer.people), reach_rows(n, answer.found))


def places_text(n: Names, found: Reach) -> str:
    """How many of the initiatives that fit can be measured at all, and how many cannot."""
    w = n.w
    total = found.placed + found.area_only + found.elsewhere
    if not total:
        return w.t("No initiative known fits these choices.")
    parts = [
        w.tn("{n} initiative fits.", "{n} initiatives fit.", total),
        w.tn("Only {n} has a known place.", "Only {n} have a known place.", found.placed)
        if found.placed
        else w.t("None of them has a known place."),
        _area_only(w, found.area_only),
        _elsewhere(w, found.elsewhere),
    ]
    return " ".join(part for part in parts if part)


def _area_only(w: Words, count: int) -> str:
    if not count:
        return ""
    return w.tn(
        "{n} is known to a district or neighbourhood only, which gives the upper bound.",
        "{n} are known to a district or neighbourhood only, which gives the upper bound.",
        count,
    )


def _elsewhere(w: Words, count: int) -> str:
    if not count:
        return ""
    return w.tn(
        "{n} has no known place and works for the whole city or region, or nobody tells where: it counts in no bound.",
        "{n} have no known place and work for the whole city or region, or nobody tells where: they count in no bound.",
        count,
    )


def warnings(n: Names, answer: Near) -> list[str]:
    """What to know before reading the table: a distance that says nothing, residents that are not known."""
    w, found = n.w, answer.found
    texts = []
    if not answer.measured:
        return []
    if answer.distance == 0:
        texts.append(w.t("At 0 metres nobody is reached; choose a longer distance."))
    elif found.city["share"] >= SATURATED:
        texts.append(w.t("At this distance nearly everyone is reached, so it no longer tells areas apart."))
    if hidden_reach(n, found).any(axis=None):
        texts.append(small_counts_text(n))
    if found.missing:
        texts.append(
            w.tn(
                "The residents of {n} neighbourhood are not known; they are left out.",
                "The residents of {n} neighbourhoods are not known; they are left out.",
                len(found.missing),
            )
        )
    return texts


def reach_columns(n: Names, people: str) -> list[Column]:
    """Columns that go with `reach_rows`."""
    w = n.w
    labels = [residents_name(n, people), w.t("Share who live near"), w.t("Residents who live near")]
    numbers = [Column(f"c{i}", label, numeric=True, sortable=False) for i, label in enumerate(labels)]
    return [Column("name", w.t("District"), sortable=False), *numbers]


def reach_rows(n: Names, found: Reach) -> list[Row]:
    """A row per district, focus districts first, and the city last; small counts are not shown."""
    gone = hidden_reach(n, found)
    lines = dict(zip(map(str, found.table.index), (line for _, line in found.table.iterrows()), strict=True))
    rows = [
        _row(n, row_name(n, code, DISTRICT), lines[code], {key: bool(gone[key][code]) for key in HIDDEN})
        for code in focus_first(n.package, lines)
    ]
    whole = n.w.t("{city} as a whole", city=n.area(municipality_code(n.package)))
    return [*rows, _row(n, whole, found.city, dict.fromkeys(HIDDEN, False))]


def hidden_reach(n: Names, found: Reach) -> pd.DataFrame:
    """Which of `reached` and `upper` of each district are too small to show, or would give such a one away."""
    return pd.DataFrame({number: hidden(found.table[number], n.small_counts) for number in HIDDEN})


def _row(n: Names, name: str, line: pd.Series, gone: Mapping[str, bool]) -> Row:
    w = n.w
    if pd.isna(line["residents"]):
        return Row("", [name, w.t("population not known"), "–", "–"], {})
    shares = [100 * line["share"], 100 * line["upper_share"]]
    percents = [w.value(each, "percent", 1) for each in shares]
    share: dict[str, Any] = {"text": _bounds(n, percents, gone)}
    if not any(gone.values()) and pd.notna(line["share"]):
        share["range"] = [round(each / 100, 3) for each in shares]
    counts = [w.number(line[each]) for each in HIDDEN]
    return Row("", [name, w.number(line["residents"]), share, _bounds(n, counts, gone)], {})


def _bounds(n: Names, texts: list[str], gone: Mapping[str, bool]) -> str:
    """`12,0% – 45,0%`, one of the two where the other may not be shown."""
    w, (low, high) = n.w, texts
    if all(gone.values()):
        return w.t("not shown")
    if gone[HIDDEN[0]]:
        return w.t("at most {n}", n=high)
    if gone[HIDDEN[1]]:
        return w.t("at least {n}", n=low)
    return low if low == high else f"{low} – {high}"


def residents_name(n: Names, people: str) -> str:
    """`Residents 2025`, or those of an age band, which are of a year of their own."""
    w, year = n.w, residents_year(n, people) or ""
    return {
        EVERYONE: w.t("Residents {year}", year=year),
        "population_0_14": w.t("Residents aged 0 to 14, {year}", year=year),
        "population_65_plus": w.t("Residents aged 65 and over, {year}", year=year),
    }[people]


def residents_year(n: Names, people: str) -> int | None:
    """The year in which the residents of neighbourhoods are counted; None where it is not known."""
    column = "population_year" if people == EVERYONE else "bands_year"
    years = n.package.areas.loc[n.package.areas["level"] == NEIGHBOURHOOD, column].dropna()
    return int(years.iloc[0]) if len(years) else None


def residents_source(n: Names, people: str) -> str:
    """Publisher and table of those numbers; '' where the package has no such table."""
    year = residents_year(n, people)
    for key in tables_of(n.package, CONCEPTS[people]):
        if year in years_at(n.package, key, NEIGHBOURHOOD):
            return n.source(key)
    return ""


def residents_note(n: Names, people: str) -> list[str]:
    """Where the residents come from, and how they are rounded; none where that is not known."""
    source = residents_source(n, people)
    text = n.w.t(
        "Residents by neighbourhood: {source}. Each number is rounded to 5, so their sum in a district can "
        "differ a little from the published number of the district.",
        source=source,
    )
    return [text] if source else []


def method_texts(n: Names, answer: Near) -> list[str]:
    """How the figures are computed and what they cannot say."""
    w, stage, people = n.w, answer.life_stage, answer.people
    texts = [
        w.t(
            "Residents are taken as spread evenly over their neighbourhood. The part of it within the distance is "
            "computed from its full boundary, without sampling; where circles overlap everyone counts once."
        ),
        w.t("Every place counts, also a place of what is there for the whole city or the region."),
        w.t(
            "At least: only initiatives with a known place. At most: as if each that is known to a district or "
            "neighbourhood only reached everyone there; who lives over the border is left out."
        ),
        w.t("Few initiatives have a known place: this is what is known, not all that there is."),
    ]
    if stage:
        texts.append(w.t("Those for all ages count for every life stage."))
    if stage and people == EVERYONE:
        texts.append(w.t("No published age band fits this life stage, so residents of all ages are counted."))
    return [*texts, *residents_note(n, people)]
