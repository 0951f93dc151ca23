"""All benchmarks, one table: `python -m benchmarks`, with `--markdown` as it stands in README.md.

Thresholds are told and never enforced.
"""

from __future__ import annotations

import sys
import time

from benchmarks import (
    api_page,
    change,
    cold_start,
    coverage_change,
    crosstab,
    data_build,
    floor,
    imports,
    nearest,
    reach,
    reach_national,
    register_writes,
    research_change,
)
from benchmarks.report import machine, print_lines, print_markdown

began = time.perf_counter()
print(f"measuring on {machine()}; this takes some fifteen minutes", file=sys.stderr)
parts = (
    data_build,
    imports,
    cold_start,
    reach,
    reach_national,
    nearest,
    crosstab,
    register_writes,
    api_page,
    coverage_change,
    research_change,
    change,
    floor,
)
lines = [line for part in parts for line in part.run()]
if "--markdown" in sys.argv[1:]:
    print_markdown(lines)
else:
    print_lines("hsc_geo beside the plain way with folium", lines)
print(f"measured in {time.perf_counter() - began:.0f} s on {machine()}", file=sys.stderr)
