"""The figures of one or a few areas in a brief: the spine chart, the same as a table, and their sources."""

from __future__ import annotations

from collections.abc import Sequence

from hsc_geo.analysis import profile
from hsc_geo.analysis.figures import Figure
from hsc_geo.analysis.focus import country_code, municipality_code
from hsc_geo.analysis.profile import FAVOURABLE, UNFAVOURABLE, Spine, against_city
from hsc_geo.views.brief import parts
from hsc_geo.views.brief.model import BETTER, NEUTRAL, SAME, WORSE, Chart, Mark, SpineRow, Table
from hsc_geo.views.brief.parts import as_table, figure_sources
from hsc_geo.views.components import Column, Row
from hsc_geo.views.names import Names
from hsc_geo.views.profile_tables import spine_columns, spine_rows

Groups = Sequence[Sequence[Spine]]
FIGURE, AREA = 0, 1  # columns of `spine_columns`


def core_groups(n: Names, codes: Sequence[str], age_group: str) -> list[tuple[Spine, ...]]:
    """Per core figure the rows of the areas, all of one level."""
    found = [profile.core(profile.spine(n.package, code, age_group), n.package) for code in codes]
    return list(zip(*found, strict=True))


def other_groups(n: Names, codes: Sequence[str], age_group: str) -> list[tuple[Spine, ...]]:
    """Per figure that is not a core one the rows of the areas."""
    core = {group[0].indicator_id for group in core_groups(n, codes, age_group)}
    found = zip(*(profile.spine(n.package, code, age_group) for code in codes), strict=True)
    return [group for group in found if group[0].indicator_id not in core]


def chart(n: Names, codes: Sequence[str], groups: Groups) -> Chart:
    """The spine chart of the areas; all that it shows is in the table too, and its description says so."""
    w = n.w
    names = tuple(n.area(code) for code in codes)
    alt = w.t(
        "Chart of {figures} figures of {areas} beside the city and the country, from unfavourable on the left to "
        "favourable on the right. The table under it holds the same.",
        figures=len(groups),
        areas=", ".join(names),
    )
    return Chart(
        caption="",
        alt=alt,
        names=names,
        city=n.area(municipality_code(n.package)),
        country=n.area(country_code(n.package)),
        low=w.t("unfavourable"),
        high=w.t("favourable"),
        words=(
            w.t("more favourable than the city"),
            w.t("less favourable than the city"),
            w.t("about the same as the city, or neither good nor bad"),
        ),
        rows=tuple(_row(n, group) for group in groups),
    )


def _row(n: Names, group: Sequence[Spine]) -> SpineRow:
    first = group[0]
    areas = tuple(_mark(n, row, row.figure) for row in group)
    tones = tuple(tone(n, row) for row in group)
    label = n.indicator(first.indicator_id)
    return SpineRow(label, areas, _mark(n, first, first.city), _mark(n, first, first.country), tones)


def _mark(n: Names, row: Spine, found: Figure) -> Mark:
    text = n.figure(found) if found.value is not None else "–"
    return Mark(row.position(found.value), text)


def tone(n: Names, row: Spine) -> str:
    """How the area compares with the city, for its mark."""
    verdict = against_city(n.package, row)
    return {FAVOURABLE: BETTER, UNFAVOURABLE: WORSE, profile.SAME: SAME}.get(verdict, NEUTRAL)


def table(n: Names, codes: Sequence[str], groups: Groups, caption: str, elastic: bool = False) -> Table:
    """Figures of the areas, the city and the country, how the area compares, lowest to highest area, year and source.

    Year, age, kind and source stand once in the caption where they are the same for all.
    """
    columns = [*spine_columns(n, codes), Column("table", n.w.t("Table"))]
    rows = [_with_table(n, row, group) for row, group in zip(spine_rows(n, groups), groups, strict=True)]
    numbers = len(codes) + 2
    compared = len(codes) == 1
    last = AREA + numbers + compared  # lowest to highest; then interval, moment, kind, source, table
    told = {_told(n, group[0]) for group in groups}
    one = len(told) == 1
    keep = [FIGURE, *range(AREA, last + 1), *([] if one else [last + 2, last + 5])]
    if not one and not compared:  # no room for the range beside several areas, year and table
        keep.remove(last)
    widths = _widths(numbers, one, compared)
    said = f"{caption} ({told.pop()})" if one else caption
    return as_table(said, columns, rows, keep, elastic=elastic, widths=widths)


def _with_table(n: Names, row: Row, group: Sequence[Spine]) -> Row:
    """The row with the id of its table behind it; the publisher stands with the sources."""
    return Row(
        row.id, [*row.cells, str(n.package.indicators.at[group[0].indicator_id, "table_id"])], row.order
    )


def _widths(numbers: int, one: bool, compared: bool) -> tuple[float, ...]:
    """The name, the numbers, against the city, lowest to highest, and where they differ year and age, and table."""
    name, moment, table_id = (0.3, 0.0, 0.0) if one else (0.21, 0.19, 0.1)
    spread = 0.14 if one or compared else 0.0
    rest = 1 - name - moment - table_id - spread - (0.13 if compared else 0)
    middle = [rest / numbers] * numbers
    return (
        name,
        *middle,
        *([0.13] if compared else []),
        *([spread] if spread else []),
        *([] if one else [moment, table_id]),
    )


def _told(n: Names, row: Spine) -> str:
    """Year, age group, kind and source of a figure."""
    moment = n.moment(row.year, row.age_group)
    return f"{moment}; {n.kind(row.indicator_id).lower()}; {n.source(row.indicator_id)}"


def sources(n: Names, groups: Groups) -> tuple[str, ...]:
    """A line per table that the figures come from."""
    return figure_sources(n, [(g[0].indicator_id, g[0].year, g[0].age_group) for g in groups])


def limits(n: Names, groups: Groups) -> tuple[str, ...]:
    """The readings that the figures do not bear, each once."""
    return parts.limits(n, [group[0].indicator_id for group in groups])
