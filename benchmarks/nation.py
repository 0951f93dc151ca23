"""The country at once, beside what others draw it with: plain folium (SVG, and with prefer_canvas), st.pydeck_chart and
plotly's choropleth_map (WebGL), in one run and the same Chromium, with the same figure and five classes.

    python -m benchmarks.nation [neighbourhood municipality]    needs HSC_EXTRACTS, else ../shared/extracts

Each page is opened by a visitor with an empty cache, then its year is changed twice. A picture is painted when the
pixels on the screen are those that stay: pictures are taken without a pause, so a time is right to about a fifth of a
second. The peers get boundaries simplified to 100 metres, about what ours fetches when it is zoomed in two steps.
Memory of the browser is what its processes that draw have more than with an empty page.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import geopandas as gpd
import numpy as np
import shapely
from playwright.sync_api import Browser
from playwright.sync_api import Error as PlaywrightError
from rich.console import Console
from rich.table import Table

from benchmarks.browser import Visit, chromium, visit
from benchmarks.foreign import fetch_packages
from benchmarks.nation_look import BOUNDARIES, INDICATOR, LEVEL, OTHER, WAY, YEARS, apart, seen
from benchmarks.report import machine
from benchmarks.servers import OURS, ROOT, Server, serving
from hsc_geo.domain.areas import municipality_of

PEER = "benchmarks/nation_peer_page.py"
WAYS = {
    "ours": "tiles on canvases",
    "folium": "plain folium GeoJson (SVG)",
    "canvas": "plain folium, prefer_canvas",
    "pydeck": "st.pydeck_chart (WebGL)",
    "plotly": "plotly choropleth_map (WebGL)",
}
LEVELS = ("municipality", "neighbourhood")
TOLERANCE = 100.0  # metres
STILL, LIMIT = 2.5, 90.0  # seconds without a change: it stays so; and at most for one picture
ATTEMPTS = 20  # at a picture
WEBGL = "--enable-unsafe-swiftshader"  # on a machine without a graphics card
LEFT = 660  # pixels: what lies at the left of this is not looked at, since our legend and list stand there
# Parts of the coloured pixels that differ at most in a picture that stays, and at least in one of another year; and the
# part of all pixels that has a colour where a map is drawn.
STEADY, ANOTHER, LEAST = 0.002, 0.03, 0.03


@dataclass(frozen=True)
class Told:
    """One way at one level. Seconds to the first picture and from a click to the repaint; processor milliseconds
    of the server for a change; kB sent (messages as they are, HTTP as it comes) for the first picture and for a change;
    MB of memory."""

    first: float
    repaint: float
    server: float
    opened: float
    change: float
    server_memory: float
    browser_memory: float


def boundaries(level: str, folder: Path) -> Path:
    """The boundaries for the peers as GeoJSON (WGS84, 5 decimals)."""
    extracts = Path(os.environ.get("HSC_EXTRACTS") or ROOT.parent / "shared" / "extracts") / "national"
    if level == "municipality":
        rows = gpd.read_parquet(extracts / "wijken_2022.parquet").to_crs(28992)
        rows = rows.dissolve(by=rows["code"].map(municipality_of)).reset_index(names="of")
        rows = rows.assign(code=rows["of"], name=rows["of"])
    else:
        rows = gpd.read_parquet(extracts / "buurten_2016.parquet").to_crs(28992)
        rows = rows.rename(columns={"BU_CODE": "code", "BU_NAAM": "name"})
    drawn = rows.set_geometry(shapely.coverage_simplify(rows.geometry.to_numpy(), TOLERANCE), crs=28992)
    drawn = drawn[["code", "name", "geometry"]].to_crs(4326)
    drawn = drawn.set_geometry(shapely.set_precision(drawn.geometry.to_numpy(), 1e-5, mode="pointwise"))
    path = folder / f"{level}.json"
    path.write_text(json.dumps(json.loads(drawn.to_json(drop_id=True)), separators=(",", ":")))
    return path


def measure(browser: Browser, way: str, level: str, path: Path) -> Told:
    """Open the page, change its year twice, read the memory."""
    told = {WAY: way, LEVEL: level, BOUNDARIES: str(path)}
    with ExitStack() as stack:
        server = stack.enter_context(
            serving(OURS if way == "ours" else PEER, ROOT / "data", way == "ours", **told)
        )
        page = stack.enter_context(visit(browser, server))
        empty = drawing_memory()
        began = time.perf_counter()
        page.page.goto(address(server, way, level), wait_until="commit")
        first = painted(page, None) - began
        page.settle()
        opened = page.traffic.sent().plain / 1000
        if way == "ours":  # the list of years stands in a chip, which is opened before
            page.page.locator(".st-key-chip_figure button").first.click()
            page.settle()
        changes = [change(page, server, way, year) for year in YEARS[1:]]
        repaint, seconds, sent = (median(each) for each in zip(*changes, strict=True))
        return Told(
            first, repaint, seconds, opened, sent, server.memory().get("VmRSS", 0), drawing_memory() - empty
        )


def address(server: Server, way: str, level: str) -> str:
    """The address of the page with the first of the years."""
    query = f"nation={level}&ind={INDICATOR}&year={YEARS[0]}&classes=quantiles"
    return f"{server.url}/kaart?{query}" if way == "ours" else server.url


def change(page: Visit, server: Server, way: str, year: str) -> tuple[float, float, float]:
    """Seconds to the repaint, processor milliseconds of the server, kB sent."""
    before, runs, mark = look(page), len(server.runs()), page.traffic.mark()
    press = pick(page, way, year)
    began = time.perf_counter()
    press()
    repaint = painted(page, before) - began
    page.settle()
    return (
        repaint,
        1000 * sum(run["cpu"] for run in server.runs()[runs:]),
        page.traffic.sent(mark).plain / 1000,
    )


def pick(page: Visit, way: str, year: str) -> Callable[[], None]:
    """What chooses a year by one press."""
    if way != "ours":
        button = page.page.get_by_role("radio", name=year).or_(page.page.get_by_role("button", name=year))
        return button.first.click
    page.page.locator(".st-key-w_year").get_by_role("combobox").press("ArrowDown")
    option = page.page.get_by_role("option", name=year, exact=True)
    option.wait_for()
    return option.click


def painted(page: Visit, before: np.ndarray | None) -> float:
    """When the picture was there that stays, and is another than `before`."""
    since, last = 0.0, None
    limit = time.perf_counter() + LIMIT
    while time.perf_counter() < limit:
        found, now = look(page), time.perf_counter()
        if last is None or apart(found, last) > STEADY:
            since, last = now, found
        coloured = (found != OTHER).mean() > LEAST
        if coloured and now - since >= STILL and (before is None or apart(found, before) > ANOTHER):
            return since
    raise TimeoutError("the map was not painted in time")


def look(page: Visit) -> np.ndarray:
    """The colours of the map as they stand on the screen."""
    clip = {"x": LEFT, "y": 280, "width": 1280 - LEFT, "height": 560}
    for attempt in range(ATTEMPTS):
        try:
            return seen(page.page.screenshot(clip=clip, animations="allow", timeout=1000 * LIMIT))  # type: ignore[arg-type]
        except PlaywrightError:  # a browser that has too much to draw gives no picture now and then
            if attempt == ATTEMPTS - 1:
                raise
            time.sleep(0.5)
    raise AssertionError("not reached")


def drawing_memory() -> float:
    """MB that the browser's processes of pages and of graphics have for themselves."""
    return sum(map(_private, _drawing(os.getpid()))) / 1024


def _drawing(parent: int) -> Iterator[Path]:
    """The processes below one that draw."""
    for task in Path(f"/proc/{parent}/task").glob("*/children"):
        for child in task.read_text().split():
            told = Path(f"/proc/{child}/cmdline").read_bytes()
            if b"--type=renderer" in told or b"--type=gpu-process" in told:
                yield Path(f"/proc/{child}/smaps_rollup")
            yield from _drawing(int(child))


def _private(path: Path) -> int:
    lines = path.read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def run(levels: tuple[str, ...]) -> dict[tuple[str, str], Told | None]:
    """All ways at all levels; None where one did not paint in time."""
    fetch_packages()
    found: dict[tuple[str, str], Told | None] = {}
    with tempfile.TemporaryDirectory(prefix="hsc-bench-nation-") as folder:
        for level in levels:
            path = boundaries(level, Path(folder))
            print(f"{level}: boundaries for the peers {path.stat().st_size / 1e6:.1f} MB", flush=True)
            for way in WAYS:
                try:
                    with chromium(
                        WEBGL
                    ) as browser:  # a new one, so that none has the memory of another's map
                        found[level, way] = measure(browser, way, level, path)
                except (TimeoutError, PlaywrightError) as why:
                    print(level, way, str(why)[:200])
                    found[level, way] = None
                print(level, way, found[level, way], flush=True)
    return found


def show(found: dict[tuple[str, str], Told | None]) -> None:
    """The table, with how many times ours each takes."""
    table = Table(title=f"The country at once, on {machine()}", title_justify="left")
    heads = ("first picture s", "click to repaint s", "server ms a change", "kB first", "kB a change")
    for head in ("level", "way", *heads, "server MB", "page MB"):
        table.add_column(head, justify="left" if head in ("level", "way") else "right")
    for (level, way), told in found.items():
        own = found.get((level, "ours"))
        cells = (
            ["not within the limit"] if told is None else list(_cells(told, own if way != "ours" else None))
        )
        table.add_row(level, WAYS[way], *cells)
    Console(width=170).print(table)


def _cells(told: Told, own: Told | None) -> Iterator[str]:
    digits = {
        "first": 1,
        "repaint": 2,
        "server": 0,
        "opened": 0,
        "change": 0,
        "server_memory": 0,
        "browser_memory": 0,
    }
    for name, decimals in digits.items():
        value, ours = getattr(told, name), getattr(own, name) if own else 0
        times = f" ({value / ours:.1f}x)" if ours else ""
        yield f"{value:,.{decimals}f}{times}"


if __name__ == "__main__":
    show(run(tuple(each for each in LEVELS if each in sys.argv[1:]) or LEVELS))
