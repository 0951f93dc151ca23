"""Tests that build the package again from the source extracts, which are not part of this repository.

HSC_EXTRACTS names their folder; without it, `../shared/extracts` beside the repository is tried. Without extracts the
tests cannot run; a warning says so, so that they are not passed over in silence.
"""

from __future__ import annotations

import os
import warnings
from pathlib import Path

import pytest

SETTING = "HSC_EXTRACTS"
BESIDE = Path(__file__).resolve().parents[3] / "shared" / "extracts"


@pytest.fixture(scope="session")
def extracts() -> Path:
    named = os.environ.get(SETTING)
    folder = Path(named) if named else BESIDE
    if named and not folder.is_dir():
        pytest.fail(f"{SETTING} names {folder}, which is no folder")
    if not folder.is_dir():
        told = f"the rebuild of data/ was NOT tested: no source extracts; name their folder with {SETTING}"
        warnings.warn(told, stacklevel=1)
        pytest.skip(told)
    return folder
