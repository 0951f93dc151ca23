"""What is wrong in the files of a municipality's own, told as its keeper can mend it: by file, row and column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches

from hsc_geo.data.municipality import Municipality
from hsc_geo.domain import schema
from hsc_geo.domain.problems import Problem
from hsc_geo.sources.extracts import raise_if

TABLES = ("focus_areas", "place_names", "explanations", "asked_none")
MOST = 5  # areas that a fault names
_OWN_LEVELS = ("municipality", "district", "neighbourhood")
_CODE = re.compile(r"(?:GM|WK|BU)(\d{4})(?:\d\d|\d{4})?")

Rows = Mapping[str, Sequence[Mapping[str, str]]]


def refuse_strange_areas(rows: Rows) -> None:
    """Raise SourceError for every area code in TABLES that is of no area of the municipality.

    rows: the tables of the package, as text; those of its own files in the order of the file.
    """
    raise_if(_strange(rows))


def _strange(rows: Rows) -> Iterator[Problem]:
    mine = {each["area_code"]: each["name"] for each in rows["areas"] if each["level"] in _OWN_LEVELS}
    own = next(each["area_code"] for each in rows["areas"] if each["level"] == "municipality")
    known = {each["area_code"] for each in rows["areas"]}
    for name in TABLES:
        there = mine.keys() if name == "focus_areas" else known
        for number, row in enumerate(rows[name], start=2):
            code = row["area_code"]
            if code and code not in there:
                yield Problem(schema.table(name).path, number, "area_code", code, _mend(code, mine, own))


def _mend(code: str, mine: Mapping[str, str], own: str) -> str:
    here = f"{mine[own]} ({own})"
    if code.upper() in mine:
        return f"write it as {code.upper()}"
    read = _CODE.fullmatch(code.upper())
    if read and read[1] != own[2:]:
        return f"is an area of another municipality (GM{read[1]}); name an area of {here}"
    like = [] if read else _alike(code, mine)
    if like:
        return f"is no code; write {' or '.join(f'{each} ({mine[each]})' for each in like)}"
    districts = [each for each in mine if each.startswith("WK")]
    more = f" and {len(districts) - MOST} more" if len(districts) > MOST else ""
    some = ", ".join(f"{each} ({mine[each]})" for each in districts[:MOST])
    where = "all stand in areas.csv of a package that is built without this file"
    return f"is no area of {here}; correct the code. Districts are {some}{more}; {where}"


def _alike(name: str, mine: Mapping[str, str]) -> list[str]:
    """The codes of the areas whose name is this one, has it in it, or else looks like it; districts first."""
    key = name.casefold()
    names = {code: each.casefold() for code, each in mine.items()}
    same = [code for code, each in names.items() if each == key]
    within = [code for code, each in names.items() if key in each]
    close = get_close_matches(key, names.values(), n=MOST, cutoff=0.7)
    return (same or within or [code for code, each in names.items() if each in close])[:MOST]


def without_figure(here: Municipality, concepts: Iterable[str]) -> list[str]:
    """Remarks on the figures that the ambitions name and that the package does not have: no faults, for another way to
    build has them. concepts: those of which it has a figure."""
    there = set(concepts)
    return [
        f"ambitions.csv, column figures: {each!r} of ambition {code}: this package has no figure of it; "
        + (
            "the ambition goes by its other figures"
            if there & set(figures)
            else "nothing is shown for the ambition"
        )
        for code, figures in here.figures.items()
        for each in figures
        if each not in there
    ]
