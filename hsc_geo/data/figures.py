"""From the figures of the source tables to the long table of observations, and the facts of indicators that follow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from hsc_geo.data.left_out import LeftOut
from hsc_geo.domain.areas import LEVELS, level_of
from hsc_geo.domain.contract import SEPARATOR
from hsc_geo.domain.problems import Problem
from hsc_geo.domain.schema_figures import AGE_GROUPS
from hsc_geo.sources.extracts import Record, raise_if
from hsc_geo.sources.statline import NO_ROW, NOT_MEASURED, PRESENT, SUPPRESSED, Figure

Rows = list[dict[str, str]]
COUNTED_TABLE = "REGISTER"  # indicators that the app counts itself; no source table holds them


@dataclass(frozen=True)
class Kept:
    """Figures that go into the package and what was left out of it."""

    figures: tuple[Figure, ...]
    left_out: tuple[LeftOut, ...]


def keep_figures(
    read: Sequence[Sequence[Figure]], indicators: Collection[str], areas: Collection[str]
) -> Kept:
    """The figures of known indicators and areas, one for each indicator, area, year and age group.

    read: the figures of each extract, in order of preference where two extracts of one table give the same cell.
    """
    everything = [figure for extract in read for figure in extract]
    known = [f for f in everything if f.indicator_id in indicators and f.area_code in areas]
    merged, clashes = _merge(known)
    figures, levels = _why_missing(merged)
    left_out = [
        *clashes,
        *levels,
        *_without_indicator(everything, indicators),
        *_without_area(everything, areas),
    ]
    for extract in read:
        left_out.extend(_areas_without_row(extract, areas))
    return Kept(tuple(sorted(figures, key=_order)), tuple(left_out))


def _why_missing(figures: Sequence[Figure]) -> tuple[list[Figure], list[LeftOut]]:
    """Figures with the reason of empty cells settled, and the levels of which an extract has no figure at all.

    An extract writes an empty cell for a figure that nobody made, for one that the source holds back, and for one that
    the extract does not have. A series (indicator, year and age group) without a value anywhere was not made: not
    measured. One with values for other areas of the level was made: the cell was held back. One with values at other
    levels only is not in this extract at this level: there is no figure, and its levels are told.
    """
    made = {_series(f) for f in figures if f.status == PRESENT}
    at_level = {(_series(f), level_of(f.area_code)) for f in figures if f.status == PRESENT}
    kept, lost = [], set()
    for f in figures:
        level = level_of(f.area_code)
        if f.status != NOT_MEASURED or _series(f) not in made:
            kept.append(f)
        elif (_series(f), level) in at_level:
            kept.append(f._replace(status=SUPPRESSED))
        else:
            lost.add(LeftOut(f.file, None, f"{level} {f.stem} {f.year}", "level_without_figures"))
    return kept, sorted(lost, key=lambda each: each.sort_key)


def _series(figure: Figure) -> tuple[str, int, str]:
    return figure.indicator_id, figure.year, figure.age_group


def _order(figure: Figure) -> tuple[str, int, str, str]:
    return figure.indicator_id, figure.year, figure.age_group, figure.area_code


def _merge(figures: Iterable[Figure]) -> tuple[list[Figure], list[LeftOut]]:
    best: dict[tuple[str, int, str, str], Figure] = {}
    clashes = []
    for figure in figures:
        first = best.setdefault(_order(figure), figure)
        if first is figure or figure.status != PRESENT or first.value == figure.value:
            continue
        reason = "values_disagree" if first.status == PRESENT else "filled_from_second_file"
        clashes.append(LeftOut(figure.file, figure.row, f"{figure.area_code} {figure.stem}", reason))
        if first.status != PRESENT:
            best[_order(figure)] = figure
    return list(best.values()), clashes


def _without_indicator(figures: Iterable[Figure], indicators: Collection[str]) -> list[LeftOut]:
    lost = {(f.file, f.stem) for f in figures if f.indicator_id not in indicators}
    return [LeftOut(file, None, stem, "column_without_indicator") for file, stem in sorted(lost)]


def _without_area(figures: Iterable[Figure], areas: Collection[str]) -> list[LeftOut]:
    lost = {(f.file, f.row, f.area_code) for f in figures if f.area_code not in areas}
    return [
        LeftOut(file, row if row > NO_ROW else None, code, "code_without_area")
        for file, row, code in sorted(lost)
    ]


def _areas_without_row(extract: Sequence[Figure], areas: Collection[str]) -> list[LeftOut]:
    """Areas that the table lacks; a level that it lacks altogether is told once, not area by area."""
    file = extract[0].file if extract else ""
    there = {figure.area_code for figure in extract}
    levels = {level_of(code) for code in there}
    wanted = {level_of(code) for code in areas}
    absent = [LeftOut(file, None, level, "level_not_in_table") for level in sorted(wanted - levels)]
    lost = sorted(code for code in areas if level_of(code) in levels and code not in there)
    held_back = sorted({figure.area_code for figure in extract if figure.row == NO_ROW} & set(areas))
    return [
        *absent,
        *(LeftOut(file, None, code, "area_without_row") for code in lost),
        *(LeftOut(file, None, code, "held_back_without_row") for code in held_back),
    ]


def observation_rows(figures: Iterable[Figure]) -> Rows:
    """Rows of observations.csv. Lower and upper limits are empty where the source gives none: none is made up."""
    return [
        {
            "area_code": f.area_code,
            "indicator_id": f.indicator_id,
            "year": str(f.year),
            "age_group": f.age_group,
            "value": f.value,
            "lower": f.lower,
            "upper": f.upper,
            "status": f.status,
        }
        for f in figures
    ]


def indicator_rows(words: Sequence[Record], figures: Iterable[Figure]) -> Rows:
    """Rows of indicators.csv: our words with the years, age groups and levels for which a value is present.

    Raises SourceError for an indicator of a source table that has no figures at all.
    """
    derived = _derive(figures)
    raise_if(_without_figures(words, derived))
    nothing = {"years": "", "age_groups": "", "levels": ""}
    rows = [{**record.cells, **derived.get(record["indicator_id"], nothing)} for record in words]
    return sorted(rows, key=lambda row: row["indicator_id"])


def _without_figures(words: Iterable[Record], derived: Mapping[str, object]) -> Iterable[Problem]:
    for record in words:
        if record["table_id"] != COUNTED_TABLE and record["indicator_id"] not in derived:
            yield record.problem("indicator_id", "no table has this column; correct the table or the stem")


def _derive(figures: Iterable[Figure]) -> dict[str, dict[str, str]]:
    groups: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        groups[figure.indicator_id].append(figure)
    return {key: _present_in([f for f in group if f.status == PRESENT]) for key, group in groups.items()}


def _present_in(figures: Sequence[Figure]) -> dict[str, str]:
    ages = {f.age_group for f in figures}
    levels = {level_of(f.area_code) for f in figures}
    return {
        "years": SEPARATOR.join(str(year) for year in sorted({f.year for f in figures})),
        "age_groups": SEPARATOR.join(age for age in AGE_GROUPS if age in ages),
        "levels": SEPARATOR.join(level for level in LEVELS if level in levels),
    }
