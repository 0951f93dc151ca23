"""All benchmarks, one table: `python -m benchmarks`. Thresholds are told and never enforced."""

from __future__ import annotations

import time

from benchmarks import change, cold_start, data_build
from benchmarks.report import machine, print_lines

began = time.perf_counter()
print(f"measuring on {machine()}; this takes some five minutes")
lines = [*data_build.run(), *cold_start.run(), *change.run()]
print_lines("hsc_geo beside the plain way with folium", lines)
print(f"measured in {time.perf_counter() - began:.0f} s on {machine()}")
