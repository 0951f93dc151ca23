"""`docs dictionary`: documentation that is generated from the contract."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hsc_geo.cli.tell import count, fail, line

app = typer.Typer(help="Generate documentation from the contract.", no_args_is_help=True)

DICTIONARY = Path(__file__).resolve().parents[2] / "docs" / "data-dictionary.md"


@app.callback()
def docs() -> None:
    """Generate documentation from the contract."""


@app.command()
def dictionary(
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 when the page is out of date.")
    ] = False,
    output: Annotated[Path, typer.Option(help="Page to write.", show_default=False)] = DICTIONARY,
    data: Annotated[
        Path | None, typer.Option(help="Folder of the package; default: the built-in one.")
    ] = None,
) -> None:
    """Write docs/data-dictionary.md: every table, column, code and indicator, in English and Dutch."""
    from hsc_geo.data import dictionary as made
    from hsc_geo.data.load import DataError, load

    try:
        package = load(data)
    except DataError as error:
        line(str(error), to_err=True)
        raise typer.Exit(1) from None
    problems = list(made.undocumented(package.indicators))
    if problems:
        failed = fail(problems)
        line(f"{count(len(problems))}: not everything is documented", to_err=True)
        raise failed
    text = made.dictionary(package)
    if not check:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text, encoding="utf-8", newline="\n")
        line(f"wrote {output}")
    elif not output.is_file() or output.read_text(encoding="utf-8") != text:
        line(f"{output}: out of date; run `{made.COMMAND}`", to_err=True)
        raise typer.Exit(1)
    else:
        line(f"{output}: up to date")
