"""Proposing an entry or a correction."""
