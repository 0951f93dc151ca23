"""A program run with the wheel in place of the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

# What the app has more than the base of the wheel: a program outside finds none of it.
WITHOUT_THE_APP = """
import sys


class _Away:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in APP:
            raise ModuleNotFoundError(f"{name} comes with the app alone", name=name)


sys.meta_path.insert(0, _Away())
"""


def outside(installed: Path, program: str, where: Path) -> subprocess.CompletedProcess[str]:
    """Run a program in an empty folder, with the wheel in place of the checkout."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HSC_", "PYTHON"))}
    return subprocess.run(
        [sys.executable, "-P", "-c", program],
        cwd=where,
        env={**kept, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
