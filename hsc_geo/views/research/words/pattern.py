"""The spatial pattern of a figure in words: whether neighbours look alike, and where groups of them lie."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hsc_geo.analysis.spatial import CHANCE, HH, HL, LH, LL, PERMUTATIONS, RATE, SEED, TOO_FEW, Moran
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing, Row
from hsc_geo.views.maps.legend import areas_count
from hsc_geo.views.research.answers.pattern import Neighbours, neighbours
from hsc_geo.views.research.choices import ResearchChoice
from hsc_geo.views.research.result import Result, Rows
from hsc_geo.views.research.rows.pattern import around_values, codes_of, rows
from hsc_geo.views.research.words.page import level_name, moment_text, source_text
from hsc_geo.views.research.words.pattern_pictures import (
    cluster_map,
    cluster_names,
    plot,
    signed,
)
from hsc_geo.views.wording.area import row_name

SMALLEST = 0.001  # p below it is told as such
MOST_LACKING = 1 / 3  # of the areas: from here it is told with the answer that they have no figure


def result(n: Names, choice: ResearchChoice) -> Result | None:
    """What the page says of the pattern of a figure; None where it has nothing at this level."""
    found = neighbours(n.package, choice)
    if found is None:
        return None
    computed = found.found.moran is not None
    title = n.w.t("Neighbours in {figure}", figure=moment_text(n, choice.figure))
    return Result(
        title=title,
        said=" ".join(_said(n, found)),
        beside=source_text(n, choice.figure),
        warnings=tuple(_warnings(n, found)),
        listing=_listing(n, found, title),
        make_rows=lambda: Rows(rows(n, found), _columns(n)),
        plots=(plot(n, found),) if computed else (),
        map=cluster_map(n, found) if computed else None,
        method=tuple(_method(n, found)),
        sources=(source_text(n, choice.figure),),
    )


def _said(n: Names, found: Neighbours) -> Iterable[str]:
    w, told = n.w, found.found
    if told.moran is None:
        yield _nothing(n, found)
        return
    yield _whole(n, found, told.moran)
    kinds = [(HH, w.t("high with high around")), (LL, w.t("low with low around"))]
    kinds += [(HL, w.t("high with low around")), (LH, w.t("low with high around"))]
    counts = [f"{w.number(len(found.of(kind)))} {name}" for kind, name in kinds if found.of(kind)]
    if counts:
        yield w.t(
            "For {areas} this is more than chance: {kinds}.",
            areas=areas_count(n, found.called, told.level),
            kinds=", ".join(counts),
        )
    else:
        yield w.t("Of no single area can a group be told from chance.")


def _nothing(n: Names, found: Neighbours) -> str:
    if found.found.why_not == TOO_FEW:
        return n.w.t("Too few areas beside each other have this figure to look for a pattern.")
    return n.w.t("All areas have the same value: there is no pattern to look for.")


def _whole(n: Names, found: Neighbours, moran: Moran) -> str:
    w = n.w
    named = {
        "figure": n.indicator(found.found.measure.indicator_id),
        "i": w.number(moran.value, 2),
        "expected": w.number(moran.expected, 2),
        "p": f"p = {p_text(n, moran.p)}".replace("= <", "<"),
    }
    if moran.p > RATE:
        return w.t(
            "{figure}: neighbours look no more alike than chance gives. Moran’s I is {i} ({p}); without a pattern it "
            "is {expected}.",
            **named,
        )
    if moran.value > moran.expected:
        return w.t(
            "{figure}: neighbours look more alike than chance gives. Moran’s I is {i} ({p}); without a pattern it is "
            "{expected}.",
            **named,
        )
    return w.t(
        "{figure}: neighbours look less alike than chance gives. Moran’s I is {i} ({p}); without a pattern it is "
        "{expected}.",
        **named,
    )


def p_text(n: Names, p: float) -> str:
    """`0.012`, `< 0.001`."""
    return n.w.number(p, 3) if p >= SMALLEST else f"< {n.w.number(SMALLEST, 3)}"


def _warnings(n: Names, found: Neighbours) -> Iterable[str]:
    w, told = n.w, found.found
    if told.moran is None:
        return
    if told.modelled:
        yield w.t(
            "A circle: {figure} is estimated by a model from who lives there and from the areas around. So neighbours "
            "look alike because of the model too. It shows no cause in the place.",
            figure=n.indicator(told.measure.indicator_id),
        )
    yield _power(n, found)
    lacking = len(told.missing) + len(told.islands)
    if lacking >= MOST_LACKING * (len(told.table) + lacking):
        yield w.t(
            "{areas} have no figure here, or no neighbour with one. The pattern is that of the others only.",
            areas=areas_count(n, lacking, told.level),
        )
    if len(found.of(CHANCE)):
        yield w.t(
            "What cannot be told from chance may still be a group: it was not shown that there is none."
        )


def _power(n: Names, found: Neighbours) -> str:
    areas = areas_count(n, len(found.found.table), found.found.level)
    if found.seen is None:
        return n.w.t("With {areas} even a strong pattern would be missed too often.", areas=areas)
    return n.w.t(
        "With {areas} a pattern is seen in four of five cases only from a Moran’s I of about {least}.",
        areas=areas,
        least=n.w.number(found.seen.moran, 2),
    )


def _listing(n: Names, found: Neighbours, title: str) -> Listing:
    w = n.w
    columns = [
        Column("name", level_name(n, found.found.level)),
        Column("value", n.indicator(found.found.measure.indicator_id), numeric=True),
        Column("around", w.t("Mean of its neighbours"), numeric=True),
        Column("cluster", w.t("Group")),
        Column("local", w.t("Local Moran’s I"), numeric=True, spare=True),
        Column("p", "p", numeric=True, spare=True),
        Column("q", w.t("p for all areas together"), numeric=True, spare=True),
    ]
    return Listing(title, columns, [_row(n, found, code) for code in codes_of(n, found)])


def _row(n: Names, found: Neighbours, code: str) -> Row:
    told, w, key = found.found, n.w, found.found.measure.indicator_id
    name = row_name(n, code, told.level)
    if code in told.missing:
        return Row("", [name, n.missing(told.missing[code]), *["–"] * 5], {"name": n.area(code)})
    if code not in told.table.index or told.moran is None:
        return Row("", [name, w.t("no neighbour with a figure"), *["–"] * 5], {"name": n.area(code)})
    row: Any = told.table.loc[code]
    around = around_values(found)[code]
    numbers = (w.number(row["local"], 2), p_text(n, row["p"]), p_text(n, row["q"]))
    cells = [n.value(key, row["value"]), n.value(key, around), signed(n, str(row["cluster"])), *numbers]
    order = {each: row[each] for each in ("value", "local", "p", "q", "cluster")}
    return Row("", [name, *cells], {"name": n.area(code), "around": around, **order})


def _method(n: Names, found: Neighbours) -> Iterable[str]:
    w, told = n.w, found.found
    yield w.t(
        "Moran’s I, of all areas (Moran 1950) and of each (Anselin 1995). Neighbours share a border or a corner, and "
        "count alike; they are computed from the full boundaries."
    )
    yield w.t(
        "p is two-sided, by {n} random orders of the values (seed {seed}). The one for all areas together keeps false "
        "discoveries at 5% (Benjamini and Hochberg 1995).",
        n=w.number(PERMUTATIONS),
        seed=str(SEED),
    )
    if told.moran is not None:
        yield w.t(
            "What could be seen is simulated over the same neighbours, 2,000 patterns of each strength (Whittle 1954)."
        )
    for reason in sorted(set(told.missing.values())):
        names = ", ".join(n.area(code) for code, status in told.missing.items() if status == reason)
        yield w.t("Left out, {reason}: {areas}.", reason=n.missing(reason), areas=names)
    if told.islands:
        names = ", ".join(map(n.area, told.islands))
        yield w.t("Left out, no neighbour with a figure: {areas}.", areas=names)
    said = w.pick(n.package.indicators.loc[told.measure.indicator_id], "not_for")
    if said:
        yield f"{n.indicator(told.measure.indicator_id)}: {said}"


def _columns(n: Names) -> dict[str, str]:
    w = n.w
    names = cluster_names(n)
    told = "; ".join(f"{code}: {name}" for code, name in names.items())
    return {
        "area_code": w.t("code of the area"),
        "name": w.t("name of the area"),
        "value": w.t("value of the figure, in its unit; empty: missing"),
        "neighbours_mean": w.t("mean of the values of its neighbours"),
        "neighbours": w.t("number of neighbours with a figure"),
        "local": w.t("Local Moran’s I"),
        "p": w.t("two-sided p of the area by itself"),
        "q": w.t("p with the false discovery rate of all areas"),
        "quadrant": w.t("where it lies, whatever the p"),
        "cluster": told,
        "status": w.t("whether the value is there, or why not"),
        "level": w.t("level of the area"),
        "indicator_id": w.t("which figure"),
        "table_id": w.t("source table"),
        "kind": w.t("how the figure came about"),
        "unit": w.t("unit of the value"),
        "year": w.t("year"),
        "age_group": w.t("age group"),
        "moran": w.t("Moran’s I of all areas"),
        "moran_p": w.t("its two-sided p"),
        "method": w.t("how the row came about"),
    }
