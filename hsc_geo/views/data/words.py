"""The sentence that each section of the page on data and method opens with."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hsc_geo.analysis.counting import MUNICIPALITY
from hsc_geo.analysis.figures import concept_of, listed
from hsc_geo.analysis.focus import freshness
from hsc_geo.analysis.quality import completeness
from hsc_geo.analysis.serving import DISTRICT, NEIGHBOURHOOD
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.words import Words
from hsc_geo.views.wording.fields import field_names

_LEVELS = (DISTRICT, NEIGHBOURHOOD, MUNICIPALITY, "country")
_MOSTLY = 0.5  # a field that fewer initiatives have is called often empty


def sentence(n: Names, section: str, indicator: str = "") -> str:
    """What a section says in a sentence or two, with its numbers. indicator: the figure that is chosen among all."""
    if section == "indicators" and indicator:
        row = n.package.indicators.loc[indicator]
        return n.w.t(
            "{figure}: {definition}", figure=n.indicator(indicator), definition=n.w.pick(row, "definition")
        )
    said: dict[str, Callable[[Names], str]] = {
        "indicators": _indicators,
        "sources": _sources,
        "register": _register,
        "quality": _quality,
        "accessibility": _accessibility,
    }
    return said[section](n)


def figures_once(n: Names) -> list[str]:
    """Each thing that is measured once: the indicator of the table that has it newest; the register's own last."""
    found = listed(n.package, _LEVELS)
    shown = {concept_of(n.package, key) for key in found}
    rest = (str(key) for key in n.package.indicators.index)
    return [*found, *(key for key in rest if concept_of(n.package, key) not in shown)]


def lacking(w: Words) -> Sequence[str]:
    """What does not meet the standard for accessibility yet."""
    return (
        w.t("The page is drawn by Streamlit, which needs JavaScript; without it only a short message shows."),
        w.t(
            "Some controls that Streamlit draws itself (the lists that open, the menu on a phone) cannot be "
            "changed by us; in the field for a day a screen reader says day, month and year in English."
        ),
        w.t(
            "The box in which a steward chooses a file to import is drawn by Streamlit with a role that "
            "screen readers may tell wrongly."
        ),
    )


def _indicators(n: Names) -> str:
    w, found = n.w, figures_once(n)
    return w.t(
        "{n} different figures from {tables} tables; the newest are of {year}. Choose one to see what it means and "
        "what it cannot say.",
        n=w.number(len(found)),
        tables=w.number(n.package.indicators["table_id"].nunique()),
        year=str(n.package.observations["year"].max()),
    )


def _sources(n: Names) -> str:
    w, sources = n.w, n.package.sources
    free = int((sources["licence_url"].fillna("").astype(str) != "").sum())
    return w.t(
        "All that is shown comes from {n} sources; {free} of them have a licence that you can read online.",
        n=w.number(len(sources)),
        free=w.number(free),
    )


def _register(n: Names) -> str:
    w = n.w
    return w.t(
        "The register holds {n} initiatives and {m} organisations. Each row names its source. What is not in it can "
        "still exist.",
        n=w.number(len(n.package.initiatives)),
        m=w.number(len(n.package.organisations)),
    )


def _quality(n: Names) -> str:
    w, found = n.w, completeness(n.package)
    empty, names = found[found["share"] < _MOSTLY], field_names(w)
    fewest = found["share"].idxmin()
    return w.t(
        "{full} of {all} fields are filled for at least half of the initiatives. Least filled: {field} ({share}%). "
        "{undated} initiatives have no date.",
        full=w.number(len(found) - len(empty)),
        all=w.number(len(found)),
        field=names[str(fewest)],
        share=w.number(100 * float(found["share"].min()), 0),
        undated=w.number(freshness(n.package, n.today).undated),
    )


def _accessibility(n: Names) -> str:
    return n.w.t(
        "We aim at WCAG 2.2, level AA. {n} points do not meet it yet.", n=n.w.number(len(lacking(n.w)))
    )
