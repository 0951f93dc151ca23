"""The map of the Leiden Healthy Society Center: what is known to be going on, where, and for whom."""

__version__ = "0.3.0"  # of the program; that of data/ is in hsc_geo/domain/versions.py
