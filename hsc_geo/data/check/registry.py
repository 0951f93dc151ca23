"""The list of checks: small named generators, structural apart from semantic."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hsc_geo.data.check.reading import RawPackage
from hsc_geo.domain.problems import Problem

Check = Callable[[RawPackage], Iterator[Problem]]

STRUCTURAL: list[Check] = []
SEMANTIC: list[Check] = []


def structural(check: Check) -> Check:
    """Register a check of the form of files: present, whole, readable, typed, keyed."""
    STRUCTURAL.append(check)
    return check


def semantic(check: Check) -> Check:
    """Register a check of what the data say: does it fit with itself and with the world."""
    SEMANTIC.append(check)
    return check


def all_checks() -> dict[str, Check]:
    """Every registered check by its name, structural ones first."""
    return {check.__name__: check for check in (*STRUCTURAL, *SEMANTIC)}
