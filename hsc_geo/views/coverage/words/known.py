"""What is known by area and ambition, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hsc_geo.analysis.facets import NONE
from hsc_geo.analysis.focus import municipality_code
from hsc_geo.analysis.matrix import ALL
from hsc_geo.analysis.own_area import OWN
from hsc_geo.analysis.serving import CITY, DISTRICT
from hsc_geo.domain.schema_register import NAMED, STATED
from hsc_geo.views.coverage.answers.known import Known, Served
from hsc_geo.views.coverage.choices import CoverageChoice
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing, Row
from hsc_geo.views.kit.words import and_text, lower_first
from hsc_geo.views.wording.area import row_name
from hsc_geo.views.wording.asked import absent, asked_on
from hsc_geo.views.wording.counted import number
from hsc_geo.views.wording.counts import TOTAL, cell_text
from hsc_geo.views.wording.own_area import definitions

MANY = 12  # districts: more are not named one by one where it is all of them
BETWEEN = "|"  # a row and an ambition, in what a chosen cell says


def matrix_columns(n: Names, found: Served, split: str) -> list[Column]:
    """Area, a column per ambition, and all of them."""
    numeric = split == TOTAL
    return [
        Column("name", n.w.t("Area")),
        *(Column(code, n.term("ambition", code), numeric=numeric) for code in found.ambitions),
        Column("all", n.w.t("Any ambition"), numeric=numeric),
    ]


@dataclass(frozen=True)
class _Cells:
    """What the cells of a matrix are made with. opens: a cell can be chosen. most: the largest number of an area, of a
    column."""

    n: Names
    answer: Known
    choice: CoverageChoice
    opens: bool
    most: Mapping[str, int]

    def text(self, code: str, key: str) -> str:
        """The number, or what is said of none known; with what is there for the whole city beside it, if asked."""
        n, ids = self.n, self.answer.found.at(code, key)
        ever = self.answer.ever.at(code, key) if self.answer.ever else ()
        text = cell_text(n, ids, self.choice.split, ever, "" if ids or ever else self._none(code, key))
        wide = self.answer.found.beside(code, key)
        if not self.choice.beside or not wide:
            return text
        return n.w.t("{here}; city and region {wide}", here=text, wide=n.w.number(len(wide)))

    def cell(self, code: str, key: str) -> Any:
        """The same with its colour, of an area: the more, the stronger."""
        found = self.answer.found
        most = self.most[key] if code in found.published else 0
        return {
            "text": self.text(code, key),
            **({"pick": f"{code}{BETWEEN}{key}"} if self.opens else {}),
            **({"heat": round(len(found.at(code, key)) / most, 2)} if most else {}),
        }

    def _none(self, code: str, key: str) -> str:
        area = municipality_code(self.n.package) if code == CITY else code
        return absent(self.n, area, key)


def known_row_name(n: Names, code: str, level: str) -> str:
    """The name of a row; the last is the municipality with all that counts."""
    if code == municipality_code(n.package):
        return n.w.t("{city} as a whole", city=n.area(code))
    return row_name(n, code, level)


def _row(cells: _Cells, code: str) -> Row:
    n, found, level = cells.n, cells.answer.found, cells.answer.level
    keys = (*found.ambitions, ALL)
    counts = {key or "all": len(found.at(code, key)) for key in keys}
    texts: list[Any] = [known_row_name(n, code, level), *(cells.cell(code, key) for key in keys)]
    is_area = code in n.package.areas.index and n.package.areas.at[code, "level"] in (level, OWN)
    return Row(code, texts, {"name": n.area(code).casefold(), **counts} if is_area else {})


def known_table(n: Names, answer: Known, choice: CoverageChoice, opens: bool = False) -> Listing:
    """The matrix with what is chosen to stand in each cell: a row per area, then what is known less precisely and the
    total, which stay last however the table is sorted. opens: its cells can be chosen, in colours."""
    level = n.w.t("district") if answer.level == DISTRICT else n.w.t("neighbourhood")
    most = {key: answer.found.most(key) for key in (*answer.found.ambitions, ALL)}
    cells = _Cells(n, answer, choice, opens, most)
    caption = (
        n.w.t("Initiatives known by {level} and ambition; the stronger the colour, the more", level=level)
        if opens
        else n.w.t("Initiatives known by {level} and ambition", level=level)
    )
    rows = [_row(cells, code) for code in answer.found.rows]
    return Listing(caption, matrix_columns(n, answer.found, choice.split), rows)


def said(n: Names, answer: Known, choice: CoverageChoice) -> str:
    """The answer in a sentence: of the cell that is chosen, or of the focus areas; and what there is beside it."""
    rows = answer.found.rows
    if choice.area in rows:
        return _said_of_cell(n, answer.found, choice)
    focus = [code for code in n.focus() if code in rows] or [rows[-1]]
    return " ".join(part for part in (_said_of(n, answer, focus), _said_beside(n, answer, focus)) if part)


def _said_of(n: Names, answer: Known, codes: Sequence[str]) -> str:
    w, names = n.w, n.focus()
    counts = [(names.get(code) or n.area(code), len(answer.found.at(code))) for code in codes]
    told = [
        _count_of(n, *counts[0]),
        *(w.t("{n} in {area}", n=number(n, c), area=name) for name, c in counts[1:]),
    ]
    without = [
        lower_first(n.term("ambition", each))
        for each in answer.found.ambitions
        if each != NONE and not any(answer.found.at(code, each) for code in codes)
    ]
    none = w.t(", none for {ambitions}", ambitions=and_text(n.w, without)) if without else ""
    return w.t("Known: {told}{none}.", told=and_text(n.w, told), none=none)


def _count_of(n: Names, name: str, count: int) -> str:
    if not count:
        return n.w.t("no initiatives for {area}", area=name)
    return n.w.tn("{n} initiative in {area}", "{n} initiatives in {area}", count, area=name)


def _said_beside(n: Names, answer: Known, codes: Sequence[str], ambition: str = ALL) -> str:
    wide = answer.found.beside(codes[0], ambition)
    return beside_text(n, len(wide)) if wide else ""


def beside_text(n: Names, wide: int) -> str:
    """That there is more for everyone in the city."""
    return n.w.tn(
        "For the whole city or the region there is {n} more.",
        "For the whole city or the region there are {n} more.",
        wide,
    )


def cell_title(n: Names, choice: CoverageChoice, code: str, ambition: str) -> str:
    """`Leiden-Noord · Mentale gezondheid`: the row and the ambition of a cell."""
    of = [n.term("ambition", ambition)] if ambition else []
    return " · ".join([known_row_name(n, code, choice.level), *of])


def _said_of_cell(n: Names, found: Served, choice: CoverageChoice) -> str:
    w, code = n.w, choice.area
    count, wide = len(found.at(code, choice.cell)), len(found.beside(code, choice.cell))
    title = cell_title(n, choice, code, choice.cell)
    some = w.tn("{title}: {n} initiative known.", "{title}: {n} initiatives known.", count, title=title)
    none = w.t("{title}: no initiative known.", title=title)
    beside = beside_text(n, wide) if wide else ""
    return " ".join(part for part in (some if count else none, beside) if part)


def wide_title(n: Names, ids: Sequence[str]) -> str:
    """What is there for the whole city beside a cell."""
    return n.w.t("Also for the whole city or the region ({n})", n=n.w.number(len(ids)))


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
    if answer.found.own:
        texts.append(w.t("An own area overlaps other rows, and is in no total."))
        texts += definitions(n, answer.found.own)
    return " ".join(texts)


def without_title(n: Names) -> str:
    """What the districts without any are."""
    return n.w.t("Districts without a known initiative, by ambition")


def without_texts(n: Names, without: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Per ambition the districts for which none is known, with the day on which it was asked where someone did."""
    return tuple(
        n.w.t(
            "{ambition}: {places}",
            ambition=n.term("ambition", ambition),
            places=_places_without(n, places, ambition),
        )
        for ambition, places in without.items()
    )


def _places_without(n: Names, places: Sequence[str], ambition: str) -> str:
    """The districts by name; all of many are not named one by one."""
    every = int((n.package.areas["level"] == DISTRICT).sum())
    if len(places) == every > MANY:
        return n.w.t("none of the {n} districts", n=n.w.number(every))
    return ", ".join(_without_name(n, place, ambition) for place in places)


def _without_name(n: Names, area_code: str, ambition: str) -> str:
    said = asked_on(n, area_code, ambition)
    return f"{n.area(area_code)} ({said})" if said else n.area(area_code)
