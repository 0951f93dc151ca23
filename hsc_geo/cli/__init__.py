"""The command line: `python -m hsc_geo ...`."""
