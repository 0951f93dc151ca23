"""The package as it is installed: a wheel, unpacked outside the checkout."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest
from flit_core.buildapi import build_wheel

from tests.docs.reading import ROOT


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel unpacked, as pip does; nothing of the checkout is on its path."""
    folder, here = tmp_path_factory.mktemp("wheel"), Path.cwd()
    os.chdir(ROOT)
    try:
        name = build_wheel(str(folder))
    finally:
        os.chdir(here)
    with zipfile.ZipFile(folder / name) as wheel:
        wheel.extractall(folder / "site")
    return folder / "site"
