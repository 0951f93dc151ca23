"""How commands speak: results on standard output, faults on standard error, one line each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import typer
from rich.console import Console

from hsc_geo.domain.problems import Problem

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def line(text: str, to_err: bool = False) -> None:
    """One line as it stands: not wrapped, no markup, whatever data it quotes."""
    typer.echo(text, err=to_err)


def count(number: int) -> str:
    """`1 problem` or `2 problems`."""
    return f"{number} problem" if number == 1 else f"{number} problems"


def fail(problems: Sequence[Problem] | Iterable[Problem]) -> typer.Exit:
    """Tell every problem on standard error; the exit to raise."""
    for problem in problems:
        line(str(problem), to_err=True)
    return typer.Exit(1)
