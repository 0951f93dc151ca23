"""One figure of the nation out of 1.8 million, beside reading them all, and the memory that the nation takes.

    python -m benchmarks.nation_figures            # beside pandas, whole, from Parquet and from CSV
    python -m benchmarks.nation_figures --duckdb   # beside DuckDB too, in an environment made for it and thrown away

Each way runs in a process of its own that has loaded the data package (DuckDB's: nothing). All give the same sum of the
same figure. Times are of the processor, all threads together, from the question to values by area; the first one also
opens what must be opened, and DuckDB's imports it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pandas as pd

from benchmarks.report import Line, amount, compared, machine, print_lines
from benchmarks.servers import ROOT
from hsc_geo.data.load import load
from hsc_geo.data.nation.reading import DEFAULT_FOLDER, OBSERVATIONS, figures, load_nation, offered

ASKED = ("50090NED-Overgewicht", 2020)
LEVEL = "neighbourhood"
AGAIN = 5
MOST_MEMORY = 2.0  # times that of a process with the data package alone

Told = dict[str, float]

DUCKDB = """
import json, sys, time
def rss():
    with open("/proc/self/status") as file:
        return int(next(line for line in file if line.startswith("VmRSS")).split()[1]) / 1024
before = rss()
imported = time.process_time()
import duckdb
file = duckdb.connect(config={"threads": 1})
query = ("SELECT area_code, value, lower, upper, status FROM read_parquet(?) "
         "WHERE indicator_id = ? AND year = ? AND area_code LIKE 'BU%'")
times = []
began = time.process_time() - imported
for _ in range(6):
    asked = time.process_time()
    rows = file.execute(query, [sys.argv[1], sys.argv[2], int(sys.argv[3])]).fetchnumpy()
    times.append((time.process_time() - asked) * 1000)
total = float(rows["value"].sum())
first, later = times[0] + began * 1000, sorted(times[1:])[2]
print(json.dumps({"first": first, "later": later, "memory": rss() - before, "sum": total}))
"""


def resident() -> float:
    """Megabytes that this process holds (Linux)."""
    status = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return int(next(line for line in status if line.startswith("VmRSS")).split()[1]) / 1024


def ours(_: str) -> Told:
    """A figure read alone; memory with the package, with the nation, after one figure, and after all."""
    load()
    told = {"alone": resident()}
    began = time.process_time()
    nation = load_nation(DEFAULT_FOLDER)
    told["load"] = (time.process_time() - began) * 1000
    told["nation"] = resident()
    asked = [each for each in sorted(offered(nation)) if each[:2] == ASKED and each.level == LEVEL]
    every = [each for each in sorted(offered(nation)) if each not in asked]
    told["first"] = _milliseconds(lambda: figures(nation, *asked[0]))
    told["one"] = resident()
    times = [_milliseconds(lambda each=each: figures(nation, *each)) for each in every]
    # Sorted, the three levels of a series follow each other: the first reads the file, the others what is kept.
    told |= {"later": max(median(times[n::3]) for n in range(3)), "all": resident()}
    drawn = float(figures(nation, *asked[0])["value"].sum())
    return told | {"memory": told["all"] - told["alone"], "drawn": drawn}


def whole(read: Callable[[], pd.DataFrame]) -> Told:
    """Everything read, then the figure taken out of it."""
    load()
    before = resident()
    kept: list[pd.DataFrame] = []
    first = _milliseconds(lambda: (kept.append(read()), _taken(kept[0])))
    later = median(_milliseconds(lambda: _taken(kept[0])) for _ in range(AGAIN))
    told = {"first": first, "later": later, "memory": resident() - before}
    values = _taken(kept[0])["value"]
    drawn = values[values.index.isin(load_nation(DEFAULT_FOLDER).areas.index)]
    return told | {"sum": float(values.sum()), "drawn": float(drawn.sum())}


def _taken(rows: pd.DataFrame) -> pd.DataFrame:
    mine = rows[(rows["indicator_id"] == ASKED[0]) & (rows["year"] == ASKED[1])]
    return mine[mine["area_code"].str.startswith("BU")].set_index("area_code")


def _milliseconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


WAYS: dict[str, Callable[[str], Told]] = {
    "ours": ours,
    "parquet": lambda _: whole(lambda: pd.read_parquet(DEFAULT_FOLDER / OBSERVATIONS)),
    "csv": lambda file: whole(lambda: pd.read_csv(file)),
}


def run(with_duckdb: bool = False) -> list[Line]:
    """The lines of the table; raises ValueError when two ways give another sum."""
    with tempfile.TemporaryDirectory(prefix="hsc-bench-nation-") as folder:
        file = Path(folder) / "observations.csv"
        pd.read_parquet(DEFAULT_FOLDER / OBSERVATIONS).to_csv(file, index=False)
        told = {way: _in_a_process(way, str(file)) for way in WAYS}
        if with_duckdb:
            told["DuckDB"] = _duckdb(Path(folder))
    mine = told.pop("ours")
    lines = []
    for way, theirs in told.items():
        lines += [
            compared(None, f"first figure, beside {way}", "ms", mine["first"], theirs["first"]),
            compared(None, f"a later figure, beside {way}", "ms", mine["later"], theirs["later"]),
            compared(None, f"memory for figures, beside {way}", "MB", mine["memory"], theirs["memory"]),
        ]
    for key in ("sum", "drawn"):  # of all neighbourhoods of 2020, and of those with a boundary
        if len({round(each[key], 3) for each in (mine, *told.values()) if key in each}) > 1:
            raise ValueError("the ways give different figures")
    return lines + _memory(mine)


def _memory(mine: Told) -> list[Line]:
    names = {"nation": "nation loaded", "one": "after one figure", "all": "after every figure"}
    lines = [Line(None, "data package alone: resident memory", amount(mine["alone"], "MB"))]
    for key, name in names.items():
        ratio = mine[key] / mine["alone"]
        wanted = f"at most {MOST_MEMORY:g}"
        lines.append(
            Line(
                None,
                f"{name}: resident memory",
                amount(mine[key], "MB"),
                "",
                f"{ratio:.2f}",
                wanted,
                ratio < MOST_MEMORY,
            )
        )
    return [*lines, Line(None, "loading the nation", amount(mine["load"], "ms"))]


def _in_a_process(way: str, file: str) -> Told:
    command = [sys.executable, "-m", "benchmarks.nation_figures", "--way", way, file]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    told: Told = json.loads(done.stdout)
    return told


def _duckdb(folder: Path) -> Told:
    venv.create(folder / "env", with_pip=True)
    python = str(folder / "env" / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "--quiet", "duckdb", "numpy"], check=True)
    asked = [str(DEFAULT_FOLDER / OBSERVATIONS), ASKED[0], str(ASKED[1])]
    done = subprocess.run([python, "-c", DUCKDB, *asked], check=True, capture_output=True, text=True)
    told: Told = json.loads(done.stdout)
    return told


if __name__ == "__main__":
    if "--way" in sys.argv:
        print(json.dumps(WAYS[sys.argv[-2]](sys.argv[-1])))
    else:
        print_lines(f"Figures of the nation, on {machine()}", run("--duckdb" in sys.argv))
