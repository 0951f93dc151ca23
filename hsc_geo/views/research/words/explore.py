"""Initiatives by two facets, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hsc_geo.analysis.crosstab import COLUMN, ROW, WHOLE, YEARS, Axis
from hsc_geo.analysis.facets import DISTRICT, NONE, STATUS
from hsc_geo.analysis.matrix import ALL
from hsc_geo.analysis.serving import CITY, REGION, UNKNOWN, WIDE_SCOPES
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Listing
from hsc_geo.views.kit.words import and_text, lower_first
from hsc_geo.views.research.answers.explore import Explorer, explore
from hsc_geo.views.research.choices import ResearchChoice
from hsc_geo.views.research.choices_explore import NUMBER, RESIDENTS, Explored
from hsc_geo.views.research.result import Result, Rows
from hsc_geo.views.research.rows.explore import behind, rows
from hsc_geo.views.research.words import nearby
from hsc_geo.views.research.words.explore_filters import beside
from hsc_geo.views.research.words.explore_plot import plot
from hsc_geo.views.research.words.explore_table import column_texts, table
from hsc_geo.views.wording.facets import facet_name, facet_order, facet_title
from hsc_geo.views.wording.short import short_list

MOST = 2  # options that the sentence names as the largest
PAPER = 7  # columns for which a paper has room
GAPS = 4  # options that it names as those of which none is known


def result(n: Names, choice: ResearchChoice) -> Result:
    """What the page says of initiatives by two facets, or of who lives near them."""
    asked = choice.explored
    if asked.counted == RESIDENTS:
        return nearby.result(n, asked)
    found = explore(n, asked)
    return Result(
        title=title(n, asked),
        said=said(n, found),
        beside=beside(n, asked, found.found.total),
        warnings=warnings(n, found),
        plots=(plot(n, found),) if found.found.total else (),
        listing=table(n, found),
        turned=_turned(n, found),
        first_wide=True,
        make_rows=lambda: Rows(rows(n, found), column_texts(n), {"initiatives": behind(n, found)}),
        method=method(n, found),
    )


def _turned(n: Names, answer: Explorer) -> Listing | None:
    """A table with more columns than fit a paper, with its columns as rows."""
    asked, found = answer.asked, answer.found
    if len(found.columns.codes) <= PAPER or len(found.rows.codes) >= len(found.columns.codes):
        return None
    return table(n, explore(n, replace(asked, rows=asked.columns, columns=asked.rows)))


def title(n: Names, asked: Explored) -> str:
    """`Initiatives by kind of activity and ambition`."""
    rows, columns = (lower_first(facet_title(n, facet)) for facet in (asked.rows, asked.columns))
    return n.w.t("Initiatives by {rows} and {columns}", rows=rows, columns=columns)


def said(n: Names, answer: Explorer) -> str:
    """How many there are, what most fall under, of what none is known, and how many combinations have none."""
    w, found = n.w, answer.found
    if not found.total:
        return w.t("No initiative known fits these choices.")
    parts = [_most(n, answer), _unknown(n, answer), _none(n, answer), _empty(n, answer), _wide(n, answer)]
    return " ".join(filter(None, parts))


def _most(n: Names, answer: Explorer) -> str:
    w, found, facet = n.w, answer.found, answer.asked.rows
    known = [
        code for code in facet_order(n, facet, list(found.rows.codes)) if code not in (NONE, *WIDE_SCOPES)
    ]
    ranked = sorted((code for code in known if found.number(code)), key=lambda code: -found.number(code))
    if not ranked:
        return w.tn("{n} initiative is known.", "{n} initiatives are known.", found.total)
    told = [f"{facet_name(n, facet, code)} ({w.number(found.number(code))})" for code in ranked[:MOST]]
    return w.tn(
        "The {n} initiative known falls under {names}.",
        "Of {n} initiatives known, most fall under {names}.",
        found.total,
        names=and_text(w, told),
    )


def _unknown(n: Names, answer: Explorer) -> str:
    facet = answer.asked.rows
    count = answer.found.number(UNKNOWN if facet == DISTRICT else NONE)
    text = n.w.t("{facet} not known: {n}.", facet=facet_title(n, facet), n=n.w.number(count))
    return text if count else ""


def _none(n: Names, answer: Explorer) -> str:
    """Of which options none is known; years without any are no gap."""
    axes = {axis.facet: axis for axis in (answer.found.rows, answer.found.columns)}
    names = [name for axis in axes.values() for name in _without(n, answer, axis)]
    if not names:
        return ""
    more = len(names) - GAPS
    told = names[:GAPS] if more <= 1 else [*names[:GAPS], n.w.t("{n} others", n=n.w.number(more))]
    return n.w.t("None known for {names}.", names=and_text(n.w, told if more != 1 else names))


def _without(n: Names, answer: Explorer, axis: Axis) -> list[str]:
    if axis.facet in YEARS or (axis.facet == STATUS and not answer.asked.ended):
        return []
    found, rows = answer.found, axis is answer.found.rows
    empty = [code for code in axis.codes if not (found.number(code) if rows else found.number(ALL, code))]
    ordered = facet_order(n, axis.facet, [code for code in empty if code not in WIDE_SCOPES])
    return [facet_name(n, axis.facet, code) for code in ordered]


def _empty(n: Names, answer: Explorer) -> str:
    """Of how many combinations none is known, among options that have any."""
    found = answer.found
    if answer.asked.rows == answer.asked.columns or {answer.asked.rows, answer.asked.columns} & {*YEARS}:
        return ""
    cells = found.cells[found.of_rows > 0][:, found.of_columns > 0]
    empty = int((cells == 0).sum())
    text = n.w.t(
        "In {n} of the {total} combinations of these none is known.",
        n=n.w.number(empty),
        total=n.w.number(cells.size),
    )
    return text if empty else ""


def _wide(n: Names, answer: Explorer) -> str:
    """Beside the numbers of districts always what is there for everyone in the city."""
    asked, found = answer.asked, answer.found
    if DISTRICT not in (asked.rows, asked.columns):
        return ""
    on_rows = asked.rows == DISTRICT
    wide = sum(found.number(code) if on_rows else found.number(ALL, code) for code in (CITY, REGION))
    text = n.w.tn(
        "For the whole city or the region there is {n} more.",
        "For the whole city or the region there are {n} more.",
        wide,
    )
    return text if wide else ""


def warnings(n: Names, answer: Explorer) -> tuple[str, ...]:
    """That totals can be less than sums, and what we inferred."""
    several, found = answer.found.several, answer.found
    text = n.w.tn(
        "{n} initiative stands in several cells. A total counts it once, so a total can be less than the sum.",
        "{n} initiatives stand in several cells. A total counts each once, so a total can be less than the sum.",
        several,
    )
    told = [text] if several else []
    return (
        *told,
        *(_inferred(n, facet, len(ids), found.total) for facet, ids in answer.inferred.items() if ids),
    )


def _inferred(n: Names, facet: str, count: int, total: int) -> str:
    w, numbers = n.w, {"n": n.w.number(count), "total": n.w.number(total)}
    if facet == "ladder":
        return w.t("How far it has come is inferred from the status for {n} of {total}.", **numbers)
    return w.t("{facet}: inferred by us for {n} of {total}.", facet=facet_title(n, facet), **numbers)


def method(n: Names, answer: Explorer) -> tuple[str, ...]:
    """How it was counted."""
    w, asked = n.w, answer.asked
    facets = {asked.rows, asked.columns}
    texts = [
        w.t("Counted by us from the register. Each number opens its initiatives."),
        w.t("A total counts each initiative once, whatever the number of cells in which it stands."),
        w.t("What is not known is an option of its own and is never left out."),
        w.t(
            "These are entries of a public register and no people, so small numbers are shown. The rule for small "
            "numbers protects people."
        ),
    ]
    if DISTRICT in facets:
        texts.append(
            w.t("What is for the whole city or the region has rows of its own and is in no area's number.")
        )
    if asked.rows == asked.columns:
        texts.append(w.t("Rows and columns are the same: a cell tells how many have both."))
    if asked.shown != NUMBER:
        texts.append(w.t("A share is of different initiatives, so shares can add up to more than 100%."))
    if "ladder" in facets:
        texts.append(w.t("Evaluated says that it was examined, and not that it works."))
    return tuple(texts)


def cell_title(n: Names, answer: Explorer) -> str:
    """`Meeting · Mental health`: what is open."""
    row, column = answer.open or (ALL, ALL)
    of = [(answer.asked.rows, row), (answer.asked.columns, column)]
    told = [facet_name(n, facet, code) for facet, code in of if code != ALL]
    return " · ".join(told) or n.w.t("All of these")


def cell_list(n: Names, answer: Explorer) -> Listing:
    """The initiatives of the cell that is open."""
    return short_list(n, answer.listed)


def shown_names(n: Names, people: bool = False) -> dict[str, str]:
    """What can stand in each cell; of a table of people the number, or the share of all who live there."""
    w = n.w
    if people:
        return {NUMBER: w.t("Number"), WHOLE: w.t("Share of the residents there")}
    return {
        NUMBER: w.t("Number"),
        ROW: w.t("Share of the row"),
        COLUMN: w.t("Share of the column"),
        WHOLE: w.t("Share of all"),
    }


def counted_names(n: Names) -> dict[str, str]:
    """What is counted."""
    return {"initiatives": n.w.t("Initiatives"), "residents": n.w.t("Residents near these")}


def axis_names(n: Names, axes: Sequence[str]) -> dict[str, str]:
    """What the rows and the columns can be."""
    return {facet: facet_title(n, facet) for facet in axes}
