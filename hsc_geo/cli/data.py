"""`data build` and `data check`; `data refresh` and `data geocode` stand beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hsc_geo.cli.build_live import build_live
from hsc_geo.cli.geocode import geocode
from hsc_geo.cli.nation import nation
from hsc_geo.cli.refresh import Sources, refresh
from hsc_geo.cli.stopping import as_it_was, stop_at_term
from hsc_geo.cli.tell import count, err, line, out
from hsc_geo.domain.problems import as_json

if TYPE_CHECKING:
    from hsc_geo.data.build import Summary, Tell

app = typer.Typer(help="Build, check and refresh the data package.", no_args_is_help=True)
app.command()(refresh)
app.command()(geocode)
app.command()(nation)

_STEP_WORDS = {
    "sources": "reading the extracts and the words",
    "areas": "areas",
    "figures": "figures",
    "initiatives": "initiatives and the areas that they serve",
    "drawing": "boundaries",
    "writing": "writing the files",
    "checking": "checking what was written",
}


@app.command()
def build(
    extracts: Annotated[Path | None, typer.Option(help="Folder of the source extracts.")] = None,
    output: Annotated[
        Path | None, typer.Option(help="Folder to write; its old content is replaced when the new is whole.")
    ] = None,
    municipality: Annotated[
        str,
        typer.Option(
            help="Another municipality: its code (GM0518) or name. Without --extracts it is fetched. Asks for --output."
        ),
    ] = "",
    own: Annotated[
        Path | None,
        typer.Option(
            help="Folder of that municipality's own files: focus areas, ambitions, who keeps the site."
        ),
    ] = None,
    year: Annotated[
        int | None,
        typer.Option(help="Year of boundaries that are fetched; default: that of the health table."),
    ] = None,
    sources: Sources = "",
) -> None:
    """Build the data package from the source extracts and the project's own words.

    A second run gives the same bytes. When the build fails or is interrupted, the old folder stays as it was. The
    package of another municipality comes from the national extracts or, without extracts, from StatLine and PDOK.
    """
    from hsc_geo.data.load import default_folder

    _refuse_halves(extracts, municipality, own, output)
    target = output or default_folder()
    stop_at_term()
    with as_it_was(target):
        if extracts is None:
            snapshot = build_live(municipality, own, target, sources, year)
        else:
            snapshot = _tell_summary(_from_extracts(extracts, municipality, own, target))
        _tell_remarks(target)
        line(f"snapshot {snapshot} in {target}")


def _from_extracts(extracts: Path, municipality: str, own: Path | None, target: Path) -> Summary:
    from hsc_geo.data.build import Elsewhere
    from hsc_geo.data.build import build as run
    from hsc_geo.data.check import check_folder
    from hsc_geo.sources.extracts import require_files

    elsewhere = Elsewhere(municipality, own) if municipality else None
    if not elsewhere:
        require_files(extracts)
    with _progress() as tell:
        return run(extracts, target, elsewhere=elsewhere, tell=tell, check=check_folder)


def _refuse_halves(extracts: Path | None, municipality: str, own: Path | None, output: Path | None) -> None:
    """End with what is missing. The package of another municipality never takes the place of the built-in one."""
    mend = ""
    if not extracts and not municipality:
        mend = "give the folder of the extracts with --extracts, or another municipality with --municipality"
    elif own and not municipality:
        mend = "--own is of another municipality: name it with --municipality"
    elif own and not own.is_dir():
        mend = f"{own}: there is no such folder; give the folder of the municipality's own files with --own"
    elif municipality and not output:
        mend = "name the folder to write with --output: the built-in data stay those of the program"
    if mend:
        line(mend, to_err=True)
        raise typer.Exit(1)


@app.command()
def check(
    folder: Annotated[
        Path | None, typer.Argument(help="Folder of the package; default: the built-in one.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Tell the problems as a JSON array.")] = False,
) -> None:
    """Check a data package: form and meaning, all problems at once; exit 1 when there are any."""
    from hsc_geo.data.check import check_folder
    from hsc_geo.data.load import default_folder

    where = folder or default_folder()
    problems = check_folder(where)
    if json:
        line(as_json(problems))
    else:
        for problem in problems:
            line(str(problem))
        line(f"{where}: {count(len(problems)) if problems else 'no problems'}")
    raise typer.Exit(1 if problems else 0)


@contextmanager
def _progress() -> Iterator[Tell]:
    """A bar that moves on with each step of the build; a plain line a step where there is no terminal."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

    from hsc_geo.data.build import STEPS

    if not err.is_terminal:
        yield lambda step: line(f"[{STEPS.index(step) + 1}/{len(STEPS)}] {_STEP_WORDS[step]}", to_err=True)
        return
    columns = (SpinnerColumn(), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("", total=len(STEPS))
        yield lambda step: bar.update(task, completed=STEPS.index(step), description=_STEP_WORDS[step])


def _tell_remarks(target: Path) -> None:
    """What the keeper of the package should know of its own words, though it is no fault."""
    from hsc_geo.data.load import load
    from hsc_geo.data.municipality import municipality_of
    from hsc_geo.data.own_words import without_figure

    package = load(target)
    for remark in without_figure(municipality_of(package), package.indicators["concept"]):
        line(f"remark: {remark}")


def _tell_summary(summary: Summary) -> str:
    """The rows that were made and what was left out; gives the snapshot id."""
    from rich.table import Table

    from hsc_geo.data.left_out import REASONS

    rows = Table("file", "rows", title="Built", title_justify="left")
    rows.columns[1].justify = "right"
    for name, number in summary.rows.items():
        rows.add_row(name, str(number))
    out.print(rows)
    if not summary.left_out:
        line("nothing left out")
        return summary.snapshot
    left = Table(
        "left out or not matched", "rows", "why", title="Left out (left_out.csv)", title_justify="left"
    )
    left.columns[1].justify = "right"
    for reason, number in summary.left_out.items():
        left.add_row(reason, str(number), REASONS[reason][1])
    out.print(left)
    return summary.snapshot
