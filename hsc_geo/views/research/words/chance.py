"""Whether what is counted differs more than by chance, in words."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from hsc_geo.analysis import intervals
from hsc_geo.analysis.funnel import HIGH, HIGHER, INSIDE, LOW, LOWER
from hsc_geo.analysis.rates import LEAST
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing, Row
from hsc_geo.views.maps.legend import areas_count
from hsc_geo.views.research.answers.chance import Chance, chance
from hsc_geo.views.research.choices import CONFIRMED, RATE, ResearchChoice
from hsc_geo.views.research.result import Result, Rows
from hsc_geo.views.research.rows.chance import centre, rows
from hsc_geo.views.research.words.chance_names import row_label, shown, title, unit_name
from hsc_geo.views.research.words.chance_plot import plot
from hsc_geo.views.wording import counted

NAMED = 3  # areas outside that the sentence names
ABOVE, BELOW = (HIGH, HIGHER), (LOW, LOWER)


def result(n: Names, choice: ResearchChoice) -> Result | None:
    """What the page says of counts and chance; None where no area has any size."""
    found = chance(n.package, choice, n.today, n.months)
    if found.table.empty:
        return None
    return Result(
        title=title(n, found),
        said=_said(n, found),
        beside=_beside(n, found),
        warnings=_warnings(n, found),
        listing=_listing(n, found),
        make_rows=lambda: Rows(rows(n, found), _columns(n)),
        plots=(plot(n, found),) if found.funnel is not None else (),
        method=_method(n, found),
    )


def _said(n: Names, found: Chance) -> str:
    w = n.w
    if found.funnel is None:
        return _without_funnel(n, found)
    around = w.t(
        "{what}: {centre} on the whole.", what=title(n, found), centre=shown(n, found, centre(found))
    )
    above, below = (_named(n, found, places) for places in (ABOVE, BELOW))
    if not above and not below:
        none = w.t("{rows} differ no more from it than by chance.", rows=_all(n, found, len(found.table)))
        return f"{around} {none}"
    more = w.t("More than chance would make of it: {names}.", names=above) if above else ""
    less = w.t("Less than chance would make of it: {names}.", names=below) if below else ""
    return " ".join(filter(None, [around, more, less]))


def _without_funnel(n: Names, found: Chance) -> str:
    w = n.w
    if found.table["count"].sum():
        return w.t("{what}: all of them, everywhere. So there is nothing to compare.", what=title(n, found))
    return w.t("{what}: none known anywhere. So there is nothing to compare.", what=title(n, found))


def _named(n: Names, found: Chance, places: Sequence[str]) -> str:
    """The rows outside on one side, the farthest first; the rest as a number."""
    out = found.table[found.table["place"].isin(places)].sort_values(
        "value", ascending=places is BELOW, kind="stable"
    )
    names = [row_label(n, found, str(code)) for code in out.index]
    rest = len(names) - NAMED
    shown_names = ", ".join(names[:NAMED])
    return shown_names if rest <= 0 else n.w.t("{names} and {n} more", names=shown_names, n=n.w.number(rest))


def _all(n: Names, found: Chance, count: int) -> str:
    if found.per_ambition:
        return n.w.tn("{n} ambition", "{n} ambitions", count)
    return areas_count(n, count, found.level)


def _beside(n: Names, found: Chance) -> str:
    w = n.w
    ambition = n.term("ambition", found.ambition) if found.ambition else w.t("all ambitions")
    first = w.tn(
        "{n} initiative for {ambition} ({label}).",
        "{n} initiatives for {ambition} ({label}).",
        found.count,
        ambition=ambition,
        label=counted.label(n),
    )
    wide = w.tn(
        "{n} of them is for the whole city or region, and counts for no area.",
        "{n} of them are for the whole city or region, and count for no area.",
        found.wide,
    )
    return f"{first} {wide}" if found.wide else first


def _warnings(n: Names, found: Chance) -> tuple[str, ...]:
    w = n.w
    return (
        w.t(
            "The register is no sample: it tells what is known, not what there is. Being outside is a reason to look."
        ),
        w.t("An initiative can count for several ambitions.")
        if found.per_ambition
        else w.t(
            "An initiative can count for several areas. So areas differ in other ways than chance would have it."
        ),
    )


def _listing(n: Names, found: Chance) -> Listing:
    w = n.w
    columns = [
        Column("name", unit_name(n, found)),
        Column("count", _count_name(n, found), numeric=True),
        Column("of", w.t("Residents") if found.what == RATE else w.t("Initiatives known"), numeric=True),
        Column(
            "value", w.t("Per 1,000 residents") if found.what == RATE else w.t("Share of them"), numeric=True
        ),
        Column("interval", w.t("95% interval"), sortable=False),
        Column("method", w.t("Interval by"), sortable=False),
        Column("place", w.t("Beside chance")),
    ]
    rows = [_row(n, found, str(code), row) for code, row in found.table.iterrows()]
    return Listing(title(n, found), columns, rows)


def _count_name(n: Names, found: Chance) -> str:
    if found.what == RATE:
        return n.w.t("Initiatives known")
    return n.w.t("Confirmed") if found.what == CONFIRMED else n.w.t("With a known place")


def _row(n: Names, found: Chance, code: str, line: pd.Series) -> Row:
    w, place, rate = n.w, str(line.get("place", "")), found.what == RATE
    cells = [
        row_label(n, found, code),
        counted.number(n, line["count"]) if rate else w.number(line["count"]),
        w.number(line["of"]),
        shown(n, found, line["value"]) if line["count"] or not rate else counted.number(n, 0),
        w.t("{low} to {high}", low=shown(n, found, line["lower"]), high=shown(n, found, line["upper"])),
        method_name(n, str(line["method"])),
        place_name(n, place),
    ]
    order = {
        "name": cells[0],
        **{key: line[key] for key in ("count", "of", "value")},
        "place": place_name(n, place),
    }
    return Row("", cells, order)


def method_name(n: Names, method: str) -> str:
    """The method of an interval."""
    w = n.w
    return {
        intervals.EXACT_POISSON: w.t("exact (Poisson)"),
        intervals.BYAR: "Byar",
        intervals.CLOPPER_PEARSON: w.t("exact (Clopper-Pearson)"),
        intervals.WILSON: "Wilson",
    }[method]


def place_name(n: Names, place: str) -> str:
    """Where a row stands in the funnel."""
    w = n.w
    return {
        INSIDE: w.t("within"),
        HIGH: w.t("above (95%)"),
        HIGHER: w.t("far above (99.8%)"),
        LOW: w.t("below (95%)"),
        LOWER: w.t("far below (99.8%)"),
    }.get(place, "–")


def _method(n: Names, found: Chance) -> tuple[str, ...]:
    w = n.w
    texts = [
        w.t("The lines are limits of 95% and 99.8% around all together, by size (Spiegelhalter 2005)."),
        w.t("They are exact: a row lies outside where its own exact interval leaves out the whole."),
    ]
    if found.what == RATE:
        texts.append(
            w.t(
                "Interval of a number: exact below 10, else by Byar (Breslow and Day 1987), as in PHEindicatormethods."
            )
        )
        texts.append(
            w.t("The whole is the sum over areas, in which one initiative can count more than once.")
        )
    else:
        texts.append(
            w.t("Interval of a share: exact where fewer than 10 have it or lack it, else by Wilson (1927).")
        )
    if found.what == CONFIRMED:
        texts.append(
            w.t("Confirmed: seen within {n} months before {date}.", n=found.months, date=n.w.date(n.today))
        )
    if found.left_out:
        texts.append(_left_out(n, found))
    return tuple(texts)


def _left_out(n: Names, found: Chance) -> str:
    left = _all(n, found, found.left_out)
    if found.what == RATE:
        return n.w.t("Left out, with fewer than {n} residents: {rows}.", n=n.w.number(LEAST), rows=left)
    return n.w.t("Left out since no initiative is known: {rows}.", rows=left)


def _columns(n: Names) -> dict[str, str]:
    w = n.w
    return {
        "code": w.t("code of the area (CBS) or of the ambition"),
        "name": w.t("its name"),
        "count": w.t("initiatives that are counted"),
        "of": w.t("residents, or initiatives known, of which they are a part"),
        "value": w.t("per 1,000 residents, or a percentage"),
        "lower": w.t("lower end of the interval; empty without one"),
        "upper": w.t("upper end of the interval; empty without one"),
        "confidence": w.t("level of the interval"),
        "method": w.t("method of the interval: exact_poisson, byar, clopper_pearson or wilson"),
        "place": w.t("inside, low or high (outside 95%), lower or higher (outside 99.8%)"),
        "whole": w.t("the value of all together, around which the limits stand"),
        "what": w.t("what is counted: rate, confirmed or placed"),
        "level": w.t("level of the areas, or ambition"),
        "ambition": w.t("ambition of the initiatives that count; empty for all"),
        "counted_from": w.t("day from which it counts"),
        "kind": w.t("how the number came about"),
        "table": w.t("where it comes from"),
        "year": w.t("year"),
        "age_group": w.t("age group"),
    }
