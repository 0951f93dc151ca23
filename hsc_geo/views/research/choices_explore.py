"""What the address of the page of research says of its tables of initiatives by two facets."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from hsc_geo.analysis.crosstab import AXES, SHARES, Asked
from hsc_geo.analysis.explore import facet_index
from hsc_geo.analysis.facets import FACETS
from hsc_geo.analysis.matrix import ALL, EVERY, KNOWN, SPANS, Basis
from hsc_geo.data.load import Package
from hsc_geo.views.kit.state import PAGE_NUMBERS, PageState, Param
from hsc_geo.views.wording.facets import PARAMETERS

INITIATIVES, RESIDENTS = COUNTED = ("initiatives", "residents")
NUMBER = "number"
SHOWN = (NUMBER, *SHARES)  # in each cell: the number, or of what it is a share
BETWEEN = "|"  # a row and a column, in what a chosen cell says
# Those of the map page, but that of ambition is the page's own for one ambition.
FILTERS = {**PARAMETERS, "ambition": "ambs"}
TEXT, ENDED, WITHIN = "q", "ended", "conf"
FILTER_KEYS = (*FILTERS.values(), TEXT, ENDED, WITHIN)
OPEN_KEYS = ("cell", "sel", "lpage")  # of the list beside the table


@dataclass(frozen=True)
class Explored:
    """What is counted (one of COUNTED), by which facets, and what stands in each cell (one of SHOWN). facets: the
    choices of each, text: words to search for. ended: also what has ended; within: confirmed within so many months.
    distance: in metres, of residents. cell: the option of the row and of the column that is open, ALL for a margin;
    None as long as none is. initiative: the one that is open in its list, page: of the list."""

    counted: str = INITIATIVES
    rows: str = "activity"
    columns: str = "ambition"
    shown: str = NUMBER
    facets: tuple[tuple[str, tuple[str, ...]], ...] = ()
    text: str = ""
    ended: bool = False
    within: int | None = None
    distance: int = 500
    cell: tuple[str, str] | None = None
    initiative: str = ""
    page: int = 1

    def basis(self, today: dt.date) -> Basis:
        """Which initiatives count, as of a day."""
        return Basis(EVERY if self.ended else KNOWN, self.within, today)

    def asked(self, today: dt.date) -> Asked:
        """The table that is asked, as of a day."""
        return Asked(self.rows, self.columns, dict(self.facets), self.text, self.basis(today))


def explored_parameters(package: Package) -> tuple[Param, ...]:
    """The choices of these tables, each with its valid codes and its default."""
    index, usual = facet_index(package), Explored()
    return (
        Param("of", usual.counted, frozenset(COUNTED)),
        Param("rows", usual.rows, frozenset(AXES)),
        Param("cols", usual.columns, frozenset(AXES)),
        Param("cells", usual.shown, frozenset(SHOWN)),
        *(Param(FILTERS[facet], "", frozenset(index.options[facet]), many=True) for facet in FACETS),
        Param(TEXT),
        Param(ENDED, "", frozenset({"1"})),
        Param(WITHIN, "", frozenset(map(str, SPANS))),
        Param("cell"),
        Param("sel", "", frozenset(index.ids)),
        Param("lpage", "1", PAGE_NUMBERS),
    )


def explored(state: PageState) -> Explored:
    """The choices as they are in the state."""
    return Explored(
        counted=state["of"],
        rows=state["rows"],
        columns=state["cols"],
        shown=state["cells"],
        facets=tuple((facet, tuple(state.many(key))) for facet, key in FILTERS.items() if state.many(key)),
        text=state[TEXT],
        ended=state.on(ENDED),
        within=state.number(WITHIN) if state[WITHIN] else None,
        distance=state.number("dist"),
        cell=_cell(state["cell"]),
        initiative=state["sel"],
        page=state.number("lpage"),
    )


def _cell(chosen: str) -> tuple[str, str] | None:
    """A row and a column; of a row alone its margin."""
    row, _, column = chosen.partition(BETWEEN)
    return (row or ALL, column or ALL) if chosen else None
