"""The map of the Leiden Healthy Society Center: what is known to be going on, where, and for whom."""

__version__ = "0.1.0"
