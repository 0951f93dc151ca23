"""How unequal a value is over areas, in words."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing
from hsc_geo.views.research.answers import unequal as of
from hsc_geo.views.research.answers.unequal import Answer
from hsc_geo.views.research.choices import FIGURE, Moment, ResearchChoice
from hsc_geo.views.research.result import Result, Rows
from hsc_geo.views.research.rows import unequal as rows
from hsc_geo.views.research.words import unequal_caveats as caveats
from hsc_geo.views.research.words import unequal_plots as plots
from hsc_geo.views.research.words import unequal_tables as tables
from hsc_geo.views.research.words.page import source_text
from hsc_geo.views.research.words.unequal_names import (
    gap_text,
    highest,
    lowest,
    measure_name,
    shown,
    value_name,
)
from hsc_geo.views.wording import counted


def result(n: Names, choice: ResearchChoice) -> Result | None:
    """What the page says of the inequality of a value; None where the level has no figure or no measure."""
    found = of.answer(n.package, choice, n.small_counts)
    if found is None:
        return None
    title = n.w.t("{value}, by {measure}", value=value_name(n, found), measure=measure_name(n, found))
    if found.refused is not None:
        nothing = Listing(title, [Column("name", n.w.t("Measure of inequality"))], [])
        return Result(title, caveats.refusal(n, found), nothing, _no_rows, _beside(n, found))
    return Result(
        title=title,
        said=_said(n, found),
        beside=_beside(n, found),
        warnings=caveats.warnings(n, found),
        plots=plots.plots(n, found),
        listing=tables.indices(n, found),
        smaller=(tables.areas(n, found),),
        make_rows=lambda: Rows(rows.indices(n, found), tables.columns(n), {"areas": rows.areas(n, found)}),
        method=caveats.method(n, found),
        sources=_sources(n, found),
    )


def _no_rows() -> Rows:
    return Rows(pd.DataFrame(), {})


def _said(n: Names, made: Answer) -> str:
    w, found = n.w, made.found
    assert found is not None
    first = w.t(
        "{value}: {low} {lowest} and {high} {highest}, each for a fifth of the residents.",
        value=value_name(n, made),
        low=shown(n, made, found.low),
        high=shown(n, made, found.high),
        lowest=lowest(n, made),
        highest=highest(n, made),
    )
    return f"{first} {_difference(n, made, found.high - found.low)}"


def _difference(n: Names, made: Answer, gap: float) -> str:
    w, size = n.w, gap_text(n, made, abs(gap))
    if size == gap_text(n, made, 0):
        return w.t("That is about the same.")
    return w.t("That is {size} more.", size=size) if gap > 0 else w.t("That is {size} less.", size=size)


def _beside(n: Names, made: Answer) -> str:
    own = "" if made.value == FIGURE else _counted(n, made)
    return " ".join([*filter(None, [own]), *_sources(n, made)])


def _counted(n: Names, made: Answer) -> str:
    w = n.w
    ambition = n.term("ambition", made.ambition) if made.ambition else w.t("all ambitions")
    return w.tn(
        "{n} initiative counts for {ambition} ({label}); what is for the whole city or region counts for no area.",
        "{n} initiatives count for {ambition} ({label}); what is for the whole city or region counts for no area.",
        made.count,
        ambition=ambition,
        label=counted.label(n),
    )


def _sources(n: Names, made: Answer) -> tuple[str, ...]:
    figures: Sequence[Moment] = [
        each for each in (made.figure, made.measure) if each is not None and each.indicator_id
    ]
    return tuple(f"{n.indicator(each.indicator_id)}: {source_text(n, each)}" for each in figures)
