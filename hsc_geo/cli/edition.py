"""`edition ...`: editions that are kept, and what changed between two of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hsc_geo.cli.register import opened as register_opened
from hsc_geo.cli.stopping import INTERRUPTED, stop_at_term
from hsc_geo.cli.tell import line

if TYPE_CHECKING:
    from hsc_geo.analysis.changes import Changes, EntryChange
    from hsc_geo.data.load import Package

app = typer.Typer(
    help="Editions: the data with the register over them, kept as they stood on a day.", no_args_is_help=True
)

Folder = Annotated[
    Path | None,
    typer.Option("--folder", help="Where the editions are kept; else the folder that HSC_EDITIONS names."),
]
Which = Annotated[
    str, typer.Argument(help="Name of an edition or how it or its snapshot begins; or a folder, or a zip.")
]
_PLURAL = {
    "initiative": "initiatives",
    "organisation": "organisations",
    "venue": "venues",
    "asked": "asked, none found",
}
_SHORT = 60  # characters of a value in a line


@app.command()
def make(
    folder: Folder = None,
    data_only: Annotated[bool, typer.Option("--data-only", help="Leave the register out.")] = False,
) -> None:
    """Keep the data package, with the register over it, as the edition of today.

    The register is that of HSC_DATABASE; where nobody names one and there is none, the data package is kept alone.
    """
    from hsc_geo.data.editions import default_folder
    from hsc_geo.data.editions import make as run

    stop_at_term()
    where = folder or default_folder()
    try:
        with _package(data_only) as package:
            done = run(package, where, date.today())
    except KeyboardInterrupt:
        line(f"interrupted; nothing was made in {where}", to_err=True)
        raise typer.Exit(INTERRUPTED) from None
    line(f"{'made' if done.new else 'was there already, with the same content'}: {done.edition.folder}")


@app.command("list")
def list_(folder: Folder = None) -> None:
    """The editions that are kept, the oldest first."""
    from hsc_geo.data.editions import default_folder, kept

    where = folder or default_folder()
    with _faults_told():
        editions = kept(where)
    for each in editions:
        line(each.name)
    if not editions:
        line(f"no editions in {where}; `edition make` makes one", to_err=True)


@app.command()
def diff(
    before: Which,
    after: Which,
    folder: Folder = None,
    as_json: Annotated[bool, typer.Option("--json", help="Tell every change as one JSON object.")] = False,
) -> None:
    """What changed between two editions: entries added, ended, gone, confirmed and corrected, and figures."""
    from hsc_geo.analysis.changes import as_dict, changes
    from hsc_geo.data.editions import default_folder, opened

    where = folder or default_folder()
    with _faults_told():
        found = changes(opened(before, where), opened(after, where))
    if as_json:
        line(json.dumps(as_dict(found), ensure_ascii=False, indent=2))
    else:
        for text in _told(found):
            line(text)


@contextmanager
def _package(data_only: bool) -> Iterator[Package]:
    """The data package with the register over it; without one, or when asked, alone."""
    from hsc_geo.data.load import load
    from hsc_geo.register.address import default_file, default_url

    unnamed = default_url() == f"sqlite:///{default_file()}"
    if data_only or (unnamed and not default_file().exists()):
        if not data_only:
            line("there is no register; this is the data package alone", to_err=True)
        with _faults_told():
            yield load()
        return
    with register_opened() as (register, _):
        untouched = register.revision() == register.untouched
        yield register.package if untouched else register.overlay(register.package)


@contextmanager
def _faults_told() -> Iterator[None]:
    """What goes wrong becomes one line and exit 1."""
    from hsc_geo.data.load import DataError

    try:
        yield
    except (DataError, ValueError) as error:
        line(str(error), to_err=True)
        raise typer.Exit(1) from None
    except OSError as error:
        line(f"{error.filename}: {error.strerror}", to_err=True)
        raise typer.Exit(1) from None


def _told(found: Changes) -> Iterator[str]:
    from hsc_geo.analysis.changes import FIGURES_HAPPENED, HAPPENED, KINDS

    yield f"snapshot {found.before} -> {found.after}"
    for kind in KINDS:
        mine = [each for each in found.entries if each.kind == kind]
        yield f"{_PLURAL[kind]}: {_counted([each.what for each in mine], HAPPENED)}"
        yield from (f"  {_entry(each)}" for each in mine)
    for title, groups in (("by ambition", found.by_ambition()), ("by area", found.by_area())):
        if groups:
            yield f"{title}: {', '.join(f'{code} {len(part)}' for code, part in groups.items())}"
    yield f"figures: {_counted([each.what for each in found.figures], FIGURES_HAPPENED)}"
    of_one: dict[tuple[str, int, str], list[str]] = {}
    for each in found.figures:
        of_one.setdefault((each.indicator_id, each.year, each.age_group), []).append(each.what)
    for (indicator, year, age), happened in sorted(of_one.items()):
        yield f"  {indicator} {year} {age}: {_counted(happened, FIGURES_HAPPENED)}"
    if found.others:
        yield f"other files that differ: {', '.join(found.others)}"


def _counted(happened: Sequence[str], order: Sequence[str]) -> str:
    count = Counter(happened)
    return ", ".join(f"{count[what]} {what}" for what in order if count[what]) or "nothing changed"


def _entry(change: EntryChange) -> str:
    fields = [f"{each.field} {_short(each.old)!r} -> {_short(each.new)!r}" for each in change.fields]
    rows = [f"{each.table} {len(each.gone)} rows less, {len(each.added)} more" for each in change.rows]
    what = "; ".join([*fields, *rows])
    name = change.name if change.name != change.key else ""
    return " ".join(f"{change.what} {change.key} {name}".split()) + (f": {what}" if what else "")


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else text[: _SHORT - 3] + "..."
