"""`docs dictionary`, `docs checks` and `docs library`: documentation that is generated from the code."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hsc_geo.cli.tell import count, fail, line

app = typer.Typer(help="Generate documentation from the code.", no_args_is_help=True)

FOLDER = Path(__file__).resolve().parents[2] / "docs"
DICTIONARY = FOLDER / "data-dictionary.md"
CHECKS = FOLDER / "data-checks.md"
LIBRARY = FOLDER / "library.md"

Compare = Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 when the page is out of date.")]
Output = Annotated[Path, typer.Option(help="Page to write.", show_default=False)]


@app.command()
def dictionary(
    check: Compare = False,
    output: Output = DICTIONARY,
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
    _write(output, made.dictionary(package), made.COMMAND, check)


@app.command()
def checks(check: Compare = False, output: Output = CHECKS) -> None:
    """Write docs/data-checks.md: the code of every check of `data check`, with what it checks."""
    from hsc_geo.data.check import page as made

    _write(output, made.page(), made.COMMAND, check)


@app.command()
def library(check: Compare = False, output: Output = LIBRARY) -> None:
    """Write docs/library.md: the verbs of the package for a notebook, each with an example."""
    from hsc_geo.cli import reference as made

    _write(output, made.page(), made.COMMAND, check)


def _write(output: Path, text: str, command: str, check: bool) -> None:
    if not check:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text, encoding="utf-8", newline="\n")
        line(f"wrote {output}")
    elif not output.is_file() or output.read_text(encoding="utf-8") != text:
        line(f"{output}: out of date; run `{command}`", to_err=True)
        raise typer.Exit(1)
    else:
        line(f"{output}: up to date")
