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
    "openpyxl",
    "rapidfuzz",
    "scipy",
    "sklearn",
    "sqlalchemy",
    "typst",
}


# What the second judges of the tests bring; no page may come to need it.
OF_THE_TESTS = {
    "django",
    "esda",
    "frictionless",
    "libpysal",
    "mapclassify",
    "matplotlib",
    "networkx",
    "owslib",
    "pulp",
    "spopt",
}


def modules_after(code: str) -> set[str]:
    """The modules that a fresh process has imported when it has run this."""
    command = [sys.executable, "-c", f"import sys\n{code}\nprint(*sys.modules)"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


def test_the_server_imports_nothing_that_only_one_page_needs() -> None:
    modules = modules_after("import hsc_geo.web.server")
    assert "streamlit" in modules
    assert not (LATE | OF_THE_TESTS) & modules


def test_no_part_of_the_coverage_page_imports_what_only_tests_need() -> None:
    code = """
from hsc_geo.views.coverage.choices import PARTS
from tests.views.screens import visit, whole
for part in PARTS:
    whole(visit("dekking", part=part))
"""
    modules = modules_after(code)
    assert {"scipy.optimize", "access"} <= modules
    assert not OF_THE_TESTS & modules


def test_no_part_of_the_page_of_research_imports_what_only_tests_need() -> None:
    code = """
from hsc_geo.views.research.choices import PARTS
from tests.views.screens import visit, whole
for part in PARTS:
    whole(visit("onderzoek", part=part))
"""
    assert not OF_THE_TESTS & modules_after(code)
