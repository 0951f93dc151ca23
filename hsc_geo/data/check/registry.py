"""The list of checks: small generators, each with a code that a message names; structural apart from semantic."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from hsc_geo.data.check.reading import RawPackage
from hsc_geo.domain.problems import Problem

Check = Callable[[RawPackage], Iterator[Problem]]

STRUCTURAL: dict[str, Check] = {}
SEMANTIC: dict[str, Check] = {}
_CODE = re.compile(r"[a-z]+(-[a-z]+)*")


def structural(code: str) -> Callable[[Check], Check]:
    """Register a check of the form of files: present, whole, readable, typed, keyed."""
    return _registering(STRUCTURAL, code)


def semantic(code: str) -> Callable[[Check], Check]:
    """Register a check of what the data say: does it fit with itself and with the world."""
    return _registering(SEMANTIC, code)


def _registering(kind: dict[str, Check], code: str) -> Callable[[Check], Check]:
    """A code is what others look a message up by: once given, it stays with the check.

    Raises ValueError when it is another check's, or not written in small letters with hyphens.
    """
    if not _CODE.fullmatch(code):
        raise ValueError(f"{code!r} is no code of a check: small letters with hyphens")
    if code in all_checks():
        raise ValueError(f"{code!r} is the code of another check: give each its own")

    def register(check: Check) -> Check:
        kind[code] = check
        return check

    return register


def all_checks() -> dict[str, Check]:
    """Every registered check by its code, structural ones first."""
    return STRUCTURAL | SEMANTIC
