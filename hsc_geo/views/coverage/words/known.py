"""What is known by area and ambition, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hsc_geo.analysis.focus import municipality_code
from hsc_geo.analysis.matrix import ALL, Matrix
from hsc_geo.analysis.serving import CITY, DISTRICT, WIDE_SCOPES
from hsc_geo.domain.schema_register import NAMED, STATED
from hsc_geo.views.coverage.answers.known import Known
from hsc_geo.views.coverage.choices import CoverageChoice
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing, Row
from hsc_geo.views.wording.area import row_name
from hsc_geo.views.wording.asked import absent, asked_on
from hsc_geo.views.wording.counts import TOTAL, cell_text

BETWEEN = "|"  # a row and an ambition, in what a chosen cell says


def matrix_columns(n: Names, found: Matrix, split: str) -> list[Column]:
    """Area, a column per ambition, and all of them."""
    numeric = split == TOTAL
    return [
        Column("name", n.w.t("Area")),
        *(Column(code, n.term("ambition", code), numeric=numeric) for code in found.ambitions),
        Column("all", n.w.t("Any ambition"), numeric=numeric),
    ]


def matrix_rows(
    n: Names,
    found: Matrix,
    level: str,
    split: str,
    ever: Matrix | None = None,
    opens: bool = False,
    beside: bool = False,
) -> list[Row]:
    """A row per area, then what is known less precisely; these stay last however the table is sorted.

    ever: the same without what limits `found`; where that has initiatives and `found` none, that is told. opens: cells
    with initiatives can be chosen. beside: with what is there for the whole city and the region beside each number.
    """
    cells = _Cells(n, found, split, ever, opens, beside)
    return [_row(cells, code, level) for code in found.rows]


@dataclass(frozen=True)
class _Cells:
    """What the cells of a matrix are made with."""

    n: Names
    found: Matrix
    split: str
    ever: Matrix | None
    opens: bool
    beside: bool

    def text(self, code: str, key: str) -> str:
        """A cell: the number, or what is said of none known."""
        n, ids = self.n, self.found.at(code, key)
        ever = self.ever.at(code, key) if self.ever else ()
        text = cell_text(n, ids, self.split, ever, "" if ids or ever else self._none(code, key))
        wide = self.found.wide(key)
        if not self.beside or code in WIDE_SCOPES or not wide:
            return text
        return n.w.t("{here}; city and region {wide}", here=text, wide=n.w.number(len(wide)))

    def cell(self, code: str, key: str) -> Any:
        """The same, as one that can be chosen where it has initiatives."""
        text = self.text(code, key)
        chosen = self.opens and self.found.at(code, key)
        return {"text": text, "pick": f"{code}{BETWEEN}{key}"} if chosen else text

    def _none(self, code: str, key: str) -> str:
        area = municipality_code(self.n.package) if code == CITY else code
        return absent(self.n, area, key)


def _row(cells: _Cells, code: str, level: str) -> Row:
    n, found = cells.n, cells.found
    keys = (*found.ambitions, ALL)
    counts = {key or "all": len(found.at(code, key)) for key in keys}
    texts: list[Any] = [row_name(n, code, level), *(cells.cell(code, key) for key in keys)]
    is_area = code in n.package.areas.index and n.package.areas.at[code, "level"] == level
    return Row(code, texts, {"name": n.area(code).casefold(), **counts} if is_area else {})


def known_table(n: Names, answer: Known, choice: CoverageChoice, opens: bool = False) -> Listing:
    """The matrix with what is chosen to stand in each cell. opens: its cells can be chosen."""
    level = n.w.t("district") if answer.level == DISTRICT else n.w.t("neighbourhood")
    return Listing(
        n.w.t("Initiatives known to serve each {level}, by ambition", level=level),
        matrix_columns(n, answer.found, choice.split),
        matrix_rows(n, answer.found, answer.level, choice.split, answer.ever, opens, choice.beside),
    )


def several_text(n: Names) -> str:
    """That one can stand in several cells."""
    return n.w.t(
        "One that serves several areas or ambitions counts in each of them, and once under any ambition."
    )


def inferred_text(n: Names, ids: Sequence[str]) -> str:
    """For how many of the initiatives we inferred the ambition."""
    stated = n.package.initiatives["ambition_basis"].reindex(list(ids)).isin((STATED, NAMED))
    return n.w.t(
        "The ambition is inferred by us for {n} of {total}.",
        n=n.w.number(int((~stated).sum())),
        total=n.w.number(len(ids)),
    )


def explanation(n: Names, answer: Known) -> str:
    """How to read the numbers."""
    w = n.w
    texts = [
        several_text(n),
        w.t("What is for the whole city or the region has rows of its own and is in no area's number."),
        inferred_text(n, answer.ids),
    ]
    if any(code.startswith("BU") for code in answer.found.rows):
        texts.append(w.t("One that is known to a district only is in a row of that district."))
    return " ".join(texts)


def without_texts(n: Names, without: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Per ambition the districts for which none is known, with the day on which it was asked where someone did."""
    return tuple(
        n.w.t(
            "{ambition}: {places}",
            ambition=n.term("ambition", ambition),
            places=", ".join(_without_name(n, place, ambition) for place in places),
        )
        for ambition, places in without.items()
    )


def _without_name(n: Names, area_code: str, ambition: str) -> str:
    said = asked_on(n, area_code, ambition)
    return f"{n.area(area_code)} ({said})" if said else n.area(area_code)
