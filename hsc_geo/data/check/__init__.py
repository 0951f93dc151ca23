"""Checking a data package: `check_folder(folder)` tells all problems at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

# Importing the modules registers their checks, in this order.
from hsc_geo.data.check import structure as structure  # isort: skip
from hsc_geo.data.check import form as form  # isort: skip
from hsc_geo.data.check import meaning as meaning  # isort: skip
from hsc_geo.data.check import days as days  # isort: skip
from hsc_geo.data.check import places as places  # isort: skip
from hsc_geo.data.check import consistency as consistency  # isort: skip
from hsc_geo.data.check import contacts as contacts  # isort: skip
from hsc_geo.data.check import explanations as explanations  # isort: skip
from hsc_geo.data.check.reading import read_package
from hsc_geo.data.check.registry import SEMANTIC, STRUCTURAL, all_checks
from hsc_geo.domain.problems import Problem

__all__ = ["SEMANTIC", "STRUCTURAL", "all_checks", "check_folder"]


def check_folder(folder: Path) -> list[Problem]:
    """Every problem of the package in `folder`, sorted by file, row and column, each with the code of the check
    that found it (docs/data-checks.md); none when it is sound.

    All checks run, whatever the others find: a file that is missing or was changed does not hide faults elsewhere.
    """
    package = read_package(folder)
    found = ((code, problem) for code, check in all_checks().items() for problem in check(package))
    return sorted({replace(problem, code=code) for code, problem in found})
