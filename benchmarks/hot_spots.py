"""Where our change of filter spends its time: cProfile round the fragment, in the running server.

    python -m benchmarks.hot_spots [146 1000 10000]

Processor time in the thread of the script. The profiler slows what it looks at: read the shares, not the seconds.
"""

from __future__ import annotations

import io
import pstats
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser

from benchmarks import synthetic
from benchmarks.browser import chromium, visit
from benchmarks.change import PATHS, SIZES, expected, steps
from benchmarks.servers import OURS, ROOT, serving
from benchmarks.timed_server import PROFILE

CLICKS = 4
LINES = 45


def profile(browser: Browser, count: int, folder: Path) -> pstats.Stats:
    """The profile of a few changes at a number of initiatives."""
    data = synthetic.package_of(count, folder / str(count))
    rows = synthetic.counted(data)
    file = folder / f"{count}.prof"
    with serving(OURS, data, **{PROFILE: str(file)}) as server, visit(browser, server) as page:
        page.open(PATHS[OURS], expected(rows, ()))
        page.settle()
        file.touch()
        for pill, wanted in steps(rows, CLICKS):
            page.change(pill, wanted)
    return pstats.Stats(str(file), stream=io.StringIO())


def told(stats: pstats.Stats, order: str, only: str = "") -> str:
    """The first lines of a profile by `cumulative` or `tottime`, paths cut short."""
    stats.stream = io.StringIO()  # type: ignore[attr-defined]
    stats.sort_stats(order).print_stats(*([only] if only else []), LINES)
    text: str = stats.stream.getvalue()  # type: ignore[attr-defined]
    return text.replace(f"{ROOT}/", "").replace(f"{Path(pstats.__file__).parent}/", "")


def run(sizes: Sequence[int] = SIZES) -> None:
    """Print, for each size, our own functions by the time within them and below, and all functions by their own."""
    with tempfile.TemporaryDirectory(prefix="hsc-bench-profile-") as folder, chromium() as browser:
        for count in sizes:
            stats = profile(browser, count, Path(folder))
            print(f"== {count:,} initiatives, {CLICKS} changes: functions of hsc_geo, with what they call")
            print(told(stats, "cumulative", "hsc_geo/"))
            print(f"== {count:,} initiatives: all functions, without what they call")
            print(told(stats, "tottime"))


if __name__ == "__main__":
    run([int(text) for text in sys.argv[1:]] or SIZES)
