"""What a refresh would change, or changed: kept as one file, so that a page can show it without fetching anything."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from hsc_geo.data.writer import json_bytes
from hsc_geo.domain.message import Message
from hsc_geo.domain.problems import Problem

FILE_SETTING = "HSC_REFRESH"
FORM = 1  # of the file; another is not read

# What happened to an area, and to a column.
ADDED, GONE, RENAMED, MOVED = "added", "gone", "renamed", "moved"
AREAS_HAPPENED = (ADDED, GONE, RENAMED, MOVED)
NEW, UNKNOWN, OTHER_NAME, MISSING, TWICE = "new", "unknown", "other_name", "missing", "twice"
COLUMNS_HAPPENED = (MISSING, TWICE, OTHER_NAME, NEW, UNKNOWN)


@dataclass(frozen=True)
class Retrieved:
    """A source that was fetched: its edition, way, moment (ISO 8601, UTC), host, number of answers, and the hash over
    their hashes."""

    source_id: str
    title: str
    edition: str
    way: str
    retrieved_at: str
    host: str
    answers: int
    sha256: str


@dataclass(frozen=True)
class AreaChange:
    """An area that differs. other: its former name, or the areas that it now lies in, each with the share of it that
    lies there (`BU05460101 60%`). moved_m2: the surface between the two boundaries; None but of `moved`."""

    area_code: str
    name: str
    what: str
    other: str = ""
    moved_m2: float | None = None


@dataclass(frozen=True)
class ColumnChange:
    """A column that is not as we know it. key: its name in the table; stem: the name that we know it by, "" where none.
    `new`: not there at the last refresh; `unknown`: we have no indicator of it."""

    table_id: str
    key: str
    title: str
    unit: str
    what: str
    stem: str = ""


@dataclass(frozen=True)
class SeriesChange:
    """What changes in an indicator of a year and an age group, in numbers of figures.

    new, empty: that were not there, with and without a value; gone: no longer there. revised: with another value;
    largest: the largest difference, in the unit of the indicator. missing, published: that lost, or got, a value.
    limits: of which only the interval differs.
    """

    indicator_id: str
    year: int
    age_group: str
    new: int
    empty: int
    gone: int
    revised: int
    missing: int
    published: int
    limits: int
    largest: float | None


@dataclass(frozen=True)
class ValueChange:
    """A figure with another value, or with one where there was none, or the other way. Values are None where there is
    none; the status says why."""

    area_code: str
    indicator_id: str
    year: int
    age_group: str
    old: float | None
    old_status: str
    new: float | None
    new_status: str


@dataclass(frozen=True)
class NewerTable:
    """A table of the same family with a later year. Told, not fetched."""

    table_id: str
    newer_id: str
    title: str


@dataclass(frozen=True)
class RefreshReport:
    """All of one refresh. made_at: moment (ISO 8601, UTC). before, after: snapshot ids. written: whether it was put in
    the place of the package. problems: what stands in the way of that, each with its mend."""

    made_at: str
    municipality: str
    name: str
    before: str
    after: str
    written: bool
    retrieved: tuple[Retrieved, ...]
    areas: tuple[AreaChange, ...]
    columns: tuple[ColumnChange, ...]
    series: tuple[SeriesChange, ...]
    values: tuple[ValueChange, ...]
    newer: tuple[NewerTable, ...]
    problems: tuple[Problem, ...]

    @property
    def changes_nothing(self) -> bool:
        """Whether areas, figures and intervals are as they were."""
        return not (self.areas or self.series)


def default_file() -> Path:
    """The file that the setting HSC_REFRESH names, else `unset_file()`."""
    return Path(os.environ.get(FILE_SETTING) or unset_file()).expanduser().absolute()


def unset_file() -> Path:
    """Where the report is when nobody names a file: `hsc_geo/refresh.json` in the user's folder for data."""
    home = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(home) / "hsc_geo" / "refresh.json"


def as_json(report: RefreshReport) -> bytes:
    """The report as a JSON object."""
    problems = [{**asdict(each), **_template(each.mend)} for each in report.problems]
    return json_bytes({"form": FORM, **asdict(report), "problems": problems})


def _template(mend: str) -> dict[str, Any]:
    """Beside a mend what lets it be told in another language."""
    return {"template": mend.template, "values": dict(mend.values)} if isinstance(mend, Message) else {}


def _problem(template: str = "", values: Mapping[str, Any] | None = None, **cells: Any) -> Problem:
    return Problem(**cells | ({"mend": Message.again(template, values or {})} if template else {}))


def keep(report: RefreshReport, path: Path) -> None:
    """Write the report, in the place of an older one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(as_json(report))
    beside.replace(path)


_PARTS: Mapping[str, Any] = {
    "retrieved": Retrieved,
    "areas": AreaChange,
    "columns": ColumnChange,
    "series": SeriesChange,
    "values": ValueChange,
    "newer": NewerTable,
    "problems": _problem,
}


def read(path: Path) -> RefreshReport | None:
    """The report that is kept; None without one. Raises ValueError for a file that is none."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    try:
        told = json.loads(content)
        if told.pop("form") != FORM:
            raise ValueError("another form")
        parts = {name: tuple(kind(**each) for each in told[name]) for name, kind in _PARTS.items()}
        return RefreshReport(**{**told, **parts})
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"{path}: is no report of a refresh ({error}); run data refresh again") from error
