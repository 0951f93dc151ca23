"""`data refresh`: fresh figures and boundaries from the services that publish them."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hsc_geo.cli.stopping import INTERRUPTED, stop_at_term
from hsc_geo.cli.tell import count, fail, line
from hsc_geo.domain.problems import Problem, ProblemsError

if TYPE_CHECKING:
    from hsc_geo.data.load import Package
    from hsc_geo.data.refresh_report import (
        AreaChange,
        ColumnChange,
        RefreshReport,
        SeriesChange,
        ValueChange,
    )
    from hsc_geo.sources.live.fetch import Fetcher
    from hsc_geo.sources.live.odata import LiveRead
    from hsc_geo.sources.live.pdok import LiveBoundaries

HEALTH, KEY_FIGURES, BOUNDARIES = PARTS = ("health", "key-figures", "boundaries")
LATER = f"{KEY_FIGURES}="
LIFETIME = timedelta(days=1)  # of an answer that is kept: what is written is what was shown before
_MOST = 20  # lines of one kind; the report holds all


Where = Annotated[
    Path | None, typer.Option("--folder", help="Folder of the package; default: the built-in one.")
]
Part = Annotated[
    list[str] | None,
    typer.Option(
        "--part",
        help=f"Only this: {', '.join(PARTS)}, or {KEY_FIGURES}=TABLE for a later edition. Can be given often.",
    ),
]
Year = Annotated[
    int | None,
    typer.Option("--year", help="Year of the boundaries; default: that of the health table's areas."),
]
Sources = Annotated[
    str,
    typer.Option(
        "--sources",
        envvar="HSC_SOURCES",
        help="Address below which the hosts stand as folders; default: the real hosts.",
    ),
]
Answers = Annotated[
    Path | None, typer.Option("--answers", help="Folder in which answers are kept for a day.")
]
Fresh = Annotated[bool, typer.Option("--fresh", help="Ask anew, also what is kept.")]
Report = Annotated[
    Path | None, typer.Option("--report", help="File for the report; default: that of HSC_REFRESH.")
]


def refresh(
    write: Annotated[
        bool, typer.Option("--write", help="Put the result in the place of the package; else only tell.")
    ] = False,
    folder: Where = None,
    part: Part = None,
    year: Year = None,
    sources: Sources = "",
    answers: Answers = None,
    fresh: Fresh = False,
    report: Report = None,
) -> None:
    """Fetch figures from StatLine and boundaries from PDOK, and tell what would change in the data package.

    Nothing is written without --write, and then all or nothing. The extracts are not needed. After a break a second
    run goes on where the first stopped.
    """
    from hsc_geo.data.load import default_folder, load
    from hsc_geo.data.refresh_report import default_file

    target, file = folder or default_folder(), report or default_file()
    stop_at_term()
    with _faults_told(target):
        fetcher = fetcher_of(sources, answers, fresh)
        package = load(target)
        read, live = fetched(fetcher, package, _parts(part), year)
        told = _put(package, read, live, target if write else None, file)
    for text in _lines(told):
        line(text)
    line(f"report: {file}")
    if told.problems:
        failed = fail(told.problems)
        line(f"{count(len(told.problems))}: this cannot be written; {target} is as it was", to_err=True)
        raise failed
    done = f"written to {target}" if write else f"nothing was written; --write puts it in {target}"
    line(f"snapshot {told.before} -> {told.after}: {done}")


@contextmanager
def _faults_told(target: Path) -> Iterator[None]:
    """What goes wrong becomes lines that say what and that nothing was written, and an exit."""
    from hsc_geo.data.load import DataError

    try:
        yield
    except ProblemsError as error:
        failed = fail(error.problems)
        line(f"nothing was written; {target} is as it was", to_err=True)
        raise failed from None
    except DataError as error:
        line(str(error), to_err=True)
        raise typer.Exit(1) from None
    except OSError as error:
        line(f"{error.filename or target}: {error.strerror}; {target} is as it was", to_err=True)
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        line(f"interrupted; {target} is as it was, and what was fetched is kept", to_err=True)
        raise typer.Exit(INTERRUPTED) from None


def _parts(part: Sequence[str] | None) -> tuple[str, ...]:
    from hsc_geo.sources.extracts import raise_if

    mend = f"is no part; give one of {', '.join(PARTS)}, or {LATER}TABLE for a later edition"
    wrong = [each for each in part or () if each not in PARTS and not re.fullmatch(rf"{LATER}\w+", each)]
    raise_if(Problem("--part", 0, "", each, mend) for each in wrong)
    return tuple(part or PARTS)


def fetcher_of(sources: str, answers: Path | None, fresh: bool) -> Fetcher:
    """Asks the services, or the hosts below `sources`, and keeps what they answer."""
    from hsc_geo.sources.live.answers import KeptAnswers, default_folder
    from hsc_geo.sources.live.fetch import Fetcher, Hosts

    kept = KeptAnswers(answers or default_folder(), LIFETIME)
    return Fetcher(Hosts(sources), kept, fresh, tell=lambda text: line(text, to_err=True))


def fetched(
    fetcher: Fetcher, package: Package, parts: Sequence[str], year: int | None
) -> tuple[list[LiveRead], LiveBoundaries | None]:
    """Every table and the boundaries, told as they come: `[2/4] 86165NED`."""
    from hsc_geo.data.municipality import municipality_of
    from hsc_geo.data.refresh import stems_of
    from hsc_geo.sources.live import tables
    from hsc_geo.sources.live.odata import read_table
    from hsc_geo.sources.live.pdok import read_boundaries
    from hsc_geo.sources.words import read_words

    place, words = municipality_of(package).code, read_words()
    parts_of = {HEALTH: (tables.HEALTH,), KEY_FIGURES: (tables.KEY_FIGURES_2025, tables.KEY_FIGURES_2024)}
    wanted = [table for name, mine in parts_of.items() if name in parts for table in mine]
    wanted += [tables.later_key_figures(each.removeprefix(LATER)) for each in parts if each.startswith(LATER)]
    steps = len(wanted) + (BOUNDARIES in parts)
    read = []
    for number, table in enumerate(wanted, start=1):
        line(f"[{number}/{steps}] {table.table_id} at {table.host}", to_err=True)
        read.append(read_table(fetcher, table, place, stems_of(package, table, words)))
    if BOUNDARIES not in parts:
        return read, None
    of_table = next((each.classification_year for each in read if each.classification_year), None)
    chosen = year or of_table or int(package.indicators["classification_year"].max())
    line(f"[{steps}/{steps}] boundaries of {chosen} at PDOK", to_err=True)
    return read, read_boundaries(fetcher, place, chosen)


def _put(
    package: Package,
    read: Sequence[LiveRead],
    live: LiveBoundaries | None,
    target: Path | None,
    report: Path,
) -> RefreshReport:
    """Make the package anew in a folder of its own, check it, tell and, where a target is given and nothing stands in
    the way, put it there. The report is kept whatever comes of it."""
    from hsc_geo.analysis.refreshing import report as make
    from hsc_geo.data.check import check_folder
    from hsc_geo.data.load import load
    from hsc_geo.data.packing import write
    from hsc_geo.data.refresh import refreshed
    from hsc_geo.data.refresh_report import keep
    from hsc_geo.sources.words import read_words

    made = refreshed(package, read, live, read_words())
    at = datetime.now(UTC).isoformat(timespec="seconds")
    told = None
    try:
        with _room(target) as folder:
            write(made.package, folder)
            problems = made.problems or tuple(check_folder(folder))
            writes = target is not None and not problems
            told = make(package, load(folder), read, problems, at, writes)
            if target is not None and problems:
                raise _Blocked
    except _Blocked:
        pass
    assert told is not None
    keep(told, report)
    return told


class _Blocked(Exception):
    """What was made may not take the place of what is there."""


@contextmanager
def _room(target: Path | None) -> Iterator[Path]:
    """A folder that takes the place of `target` when left without an error; without a target it is thrown away."""
    from hsc_geo.data.swap import building_beside

    if target is not None:
        with building_beside(target) as folder:
            yield folder
        return
    with tempfile.TemporaryDirectory(prefix="hsc_geo-") as name:
        yield Path(name)


# What is told


def _lines(told: RefreshReport) -> Iterator[str]:
    for each in told.retrieved:
        came = f"{each.way} at {each.host}, {each.retrieved_at}, {each.answers} answers"
        yield f"{each.source_id}: {each.title}; edition {each.edition}; {came}"
    yield from _some("areas", [_area(each) for each in told.areas])
    yield from _some("columns", [_column(each) for each in told.columns])
    yield from _some("figures", [_series(each) for each in told.series])
    yield from _some("values that differ", [_value_change(each) for each in told.values])
    for newer in told.newer:
        yield f"newer than {newer.table_id}: {newer.newer_id} {newer.title} (not fetched)"


def _some(title: str, lines: Sequence[str]) -> Iterator[str]:
    yield f"{title}: {len(lines) or 'nothing changes'}"
    yield from (f"  {each}" for each in lines[:_MOST])
    if len(lines) > _MOST:
        yield f"  and {len(lines) - _MOST} more, in the report"


def _area(each: AreaChange) -> str:
    why = {"gone": "now in", "renamed": "before:"}.get(each.what, "")
    moved = f"by {each.moved_m2:g} m2" if each.moved_m2 is not None else ""
    return " ".join(
        filter(None, [each.what, each.area_code, each.name, each.other and why, each.other, moved])
    )


def _column(each: ColumnChange) -> str:
    name = f"{each.key or each.stem} ({each.title}, {each.unit})" if each.title else each.key or each.stem
    known = f", known as {each.stem}" if each.stem and each.key else ""
    return f"{each.table_id} {each.what.replace('_', ' ')}: {name}{known}"


def _series(each: SeriesChange) -> str:
    numbers = {
        "new": each.new,
        "new without a value": each.empty,
        "gone": each.gone,
        "revised": each.revised,
        "no longer published": each.missing,
        "now published": each.published,
        "with a new interval": each.limits,
    }
    counted = [f"{number} {name}" for name, number in numbers.items() if number]
    if each.largest:
        counted.append(f"largest difference {each.largest:g}")
    return (
        f"{each.indicator_id} {each.year} {each.age_group}: {', '.join(counted) or 'another unit or status'}"
    )


def _value_change(each: ValueChange) -> str:
    old, new = _value(each.old, each.old_status), _value(each.new, each.new_status or "gone")
    return f"{each.area_code} {each.indicator_id} {each.year} {each.age_group}: {old} -> {new}"


def _value(value: float | None, status: str) -> str:
    return status if value is None else f"{value:g}"
