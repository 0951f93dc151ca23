"""What a refresh changes in the data package: areas, columns, figures, intervals, and what is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlsplit

import shapely

from hsc_geo.analysis.changes import GONE, NEW, FigureChange, FigureValue, changes
from hsc_geo.data import refresh_report as told
from hsc_geo.data.descriptor import RETRIEVALS
from hsc_geo.data.load import Package
from hsc_geo.domain.problems import Problem
from hsc_geo.sources.live.odata import LiveRead

SMALLEST_MOVE = 1.0  # m2 between two boundaries; what is less is rounding
SMALLEST_SHARE = 0.01  # of an area that lies in another one to be named

_Series = tuple[str, int, str]


def report(
    before: Package,
    after: Package,
    read: Sequence[LiveRead],
    problems: Iterable[Problem],
    made_at: str,
    written: bool,
) -> told.RefreshReport:
    """The report of a refresh. after: the package as it would be, with its own snapshot id. made_at: ISO 8601, UTC."""
    figures = changes(before, after).figures
    whole = after.areas[after.areas["level"] == "municipality"]
    return told.RefreshReport(
        made_at,
        str(whole.index[0]),
        str(whole["name"].iloc[0]),
        before.snapshot,
        after.snapshot,
        written,
        tuple(_retrieved(after, made_at, read)),
        tuple(area_changes(before, after)),
        tuple(_columns(before, read)),
        tuple(series_changes(figures)),
        tuple(_values(figures)),
        tuple(_newer(after, read)),
        tuple(problems),
    )


def _newer(after: Package, read: Iterable[LiveRead]) -> Iterator[told.NewerTable]:
    there = set(after.indicators["table_id"])
    for each in read:
        for key, title in each.newer:
            if key not in there:
                yield told.NewerTable(each.table.table_id, key, title)


def _retrieved(after: Package, made_at: str, read: Sequence[LiveRead]) -> Iterator[told.Retrieved]:
    now = {each.table.table_id for each in read}
    for each in after.descriptor.get(RETRIEVALS, ()):
        if each["source_id"] in now or not each["source_id"][0].isdecimal():
            yield told.Retrieved(
                each["source_id"],
                each["title"],
                each["edition"],
                each["way"],
                each["retrieved_at"],
                str(urlsplit(each["answers"][0]["address"]).hostname),
                len(each["answers"]),
                each["sha256"],
            )


def area_changes(before: Package, after: Package) -> Iterator[told.AreaChange]:
    """Areas that came, went, have another name or other boundaries; of one that went, where it lies now."""
    old, new = (
        {str(code): str(name) for code, name in each.areas["name"].items()} for each in (before, after)
    )
    shapes = [each.geometry.geometry.to_dict() for each in (before, after)]
    levels = before.areas["level"].to_dict() | after.areas["level"].to_dict()
    for code in sorted(old.keys() | new.keys()):
        if code not in old:
            yield told.AreaChange(code, new[code], told.ADDED)
            continue
        if code not in new:
            beside = {
                key: shape
                for key, shape in shapes[1].items()
                if levels[key] == levels[code] and key not in old
            }
            yield told.AreaChange(code, old[code], told.GONE, lies_in(shapes[0][code], beside))
            continue
        if old[code] != new[code]:
            yield told.AreaChange(code, new[code], told.RENAMED, old[code])
        if code in shapes[0] and code in shapes[1] and not shapes[0][code].equals_exact(shapes[1][code]):
            between = shapely.symmetric_difference(shapes[0][code], shapes[1][code]).area
            if between >= SMALLEST_MOVE:
                yield told.AreaChange(code, new[code], told.MOVED, moved_m2=round(between, 1))


def lies_in(shape: shapely.Geometry, others: dict[str, shapely.Geometry]) -> str:
    """The areas that a shape lies in, with the share of it that lies there: `BU05460101 60%, BU05460102 40%`."""
    shares = {code: shape.intersection(other).area / shape.area for code, other in others.items()}
    found = sorted(((share, code) for code, share in shares.items() if share >= SMALLEST_SHARE), reverse=True)
    return ", ".join(f"{code} {share:.0%}" for share, code in found)


def _columns(before: Package, read: Iterable[LiveRead]) -> Iterator[told.ColumnChange]:
    left = before.left_out[before.left_out["reason_code"] == "column_without_indicator"]
    known = {(str(file), str(key)) for file, key in zip(left["file"], left["key"], strict=True)}
    for each in read:
        table, columns = each.table.table_id, each.columns
        refreshed_before = any(file == table for file, _ in known)
        for stem in columns.missing:
            yield told.ColumnChange(table, "", "", "", told.MISSING, stem)
        for stem in columns.twice:
            yield told.ColumnChange(table, "", "", "", told.TWICE, stem)
        for column, stem in columns.renamed:
            yield told.ColumnChange(table, column.key, column.title, column.unit, told.OTHER_NAME, stem)
        for column in columns.unknown:
            is_new = refreshed_before and (table, column.stem) not in known
            what = told.NEW if is_new else told.UNKNOWN
            yield told.ColumnChange(table, column.key, column.title, column.unit, what)


def series_changes(figures: Iterable[FigureChange]) -> Iterator[told.SeriesChange]:
    """What changes, counted by indicator, year and age group."""
    groups: dict[_Series, list[FigureChange]] = defaultdict(list)
    for each in figures:
        groups[each.indicator_id, each.year, each.age_group].append(each)
    for key in sorted(groups):
        yield _series(key, groups[key])


def _series(key: _Series, group: Sequence[FigureChange]) -> told.SeriesChange:
    both = [(each.old, each.new) for each in group if each.old and each.new]
    differences = [
        abs(new.value - old.value)
        for old, new in both
        if old.value is not None and new.value is not None and old.value != new.value
    ]
    return told.SeriesChange(
        *key,
        new=sum(each.what == NEW and _has_value(each.new) for each in group),
        empty=sum(each.what == NEW and not _has_value(each.new) for each in group),
        gone=sum(each.what == GONE for each in group),
        revised=len(differences),
        missing=sum(old.value is not None and new.value is None for old, new in both),
        published=sum(old.value is None and new.value is not None for old, new in both),
        limits=sum(old.value == new.value and _limits(old) != _limits(new) for old, new in both),
        largest=round(max(differences), 6) if differences else None,
    )


def _has_value(value: FigureValue | None) -> bool:
    return value is not None and value.value is not None


def _limits(value: FigureValue) -> tuple[float | None, float | None]:
    return value.lower, value.upper


def _values(figures: Iterable[FigureChange]) -> Iterator[told.ValueChange]:
    """Figures that were there and have another value or status; what is new stands in the series."""
    for each in figures:
        old, new = each.old, each.new
        if old is None or (new is not None and (old.value, old.status) == (new.value, new.status)):
            continue
        yield told.ValueChange(
            each.area_code,
            each.indicator_id,
            each.year,
            each.age_group,
            old.value,
            old.status,
            new.value if new else None,
            new.status if new else "",
        )
