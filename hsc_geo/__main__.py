"""`python -m hsc_geo`: the command line."""

from hsc_geo.cli.main import app

app()
