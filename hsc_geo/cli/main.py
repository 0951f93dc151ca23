"""The commands, put together. Each command imports what it needs when it runs, so that help comes at once."""

from __future__ import annotations

import typer

from hsc_geo.cli import data, docs, edition, register

app = typer.Typer(
    name="python -m hsc_geo",
    help="Healthy society on the map: its data package, its register and its documentation.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)
app.add_typer(data.app, name="data")
app.add_typer(docs.app, name="docs")
app.add_typer(edition.app, name="edition")
app.add_typer(register.app, name="register")
