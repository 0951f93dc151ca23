"""`data nation`: the folder with which the map shows the whole country."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hsc_geo.cli.stopping import as_it_was, stop_at_term
from hsc_geo.cli.tell import line

_STEP_WORDS = {
    "sources": "reading the national extracts",
    "figures": "figures",
    "boundaries": "boundaries",
    "tiles": "tiles",
    "writing": "writing the files",
}


def nation(
    extracts: Annotated[
        Path, typer.Option(help="Folder of the source extracts; their folder `national` is read.")
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            help="Folder to write; its old content is replaced when the new is whole. Default: nation/."
        ),
    ] = None,
) -> None:
    """Build the nation: all municipalities, districts and neighbourhoods, with boundaries as tiles and their figures.

    When the build fails or is interrupted, the old folder stays as it was.
    """
    from hsc_geo.data.nation.build import STEPS, build_nation
    from hsc_geo.data.nation.reading import DEFAULT_FOLDER

    target = output or DEFAULT_FOLDER
    stop_at_term()

    def tell(step: str) -> None:
        line(f"[{STEPS.index(step) + 1}/{len(STEPS)}] {_STEP_WORDS[step]}", to_err=True)

    with as_it_was(target):
        summary = build_nation(extracts, target, tell)
    for name, number in summary.rows.items():
        line(f"{name}: {number}")
    line(f"snapshot {summary.snapshot} in {target}")
