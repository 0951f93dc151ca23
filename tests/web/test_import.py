"""What the server's import brings along, and what waits until it is asked for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
# Each takes a good part of a second, and is for one page, one choice or one download.
LATE = {
    "access",
    "folium",
    "httpx",
    "mapclassify",
    "matplotlib",
    "openpyxl",
    "rapidfuzz",
    "scipy",
    "sklearn",
    "sqlalchemy",
    "typst",
}


def test_the_server_imports_nothing_that_only_one_page_needs() -> None:
    code = "import sys, hsc_geo.web.server; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    modules = set(done.stdout.split())
    assert "streamlit" in modules
    assert not LATE & modules
