"""Where the processor's time of a change goes with many visitors, by what is at work; samples by py-spy.

    python -m benchmarks.shares --spy /path/to/py-spy [--before CHECKOUT]

py-spy (`pip install py-spy`, in an environment of its own) looks 200 times a second which thread holds the
interpreter's lock, and what it does. A sample counts for the innermost part of PARTS that it is in, so that pandas
counts for who calls it.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from benchmarks.load import AT_ONCE, WARM, Place, measured
from benchmarks.report import machine
from benchmarks.servers import OURS, ROOT, serving
from benchmarks.visitors import Told, crowd

SECONDS, A_SECOND = 20, 200
# What is looked for in a line of a stack, the first that fits counts. Frames that fit none belong to who calls them.
PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("compression of the websocket", ("permessage_deflate",)),
    ("JSON", ("(json/", "_json (", "json_dumps")),
    (
        "protobuf: hash and bytes of messages",
        ("forward_msg_cache", "serialize_forward_msg", "calc_hash", "google/protobuf"),
    ),
    ("folium and its templates", ("folium/", "branca/", "jinja2/")),
    ("our tables, words and answers", ("hsc_geo/",)),
    (
        "Streamlit: elements and widgets",
        ("streamlit/elements", "streamlit/components", "streamlit/runtime/state"),
    ),
    (
        "Streamlit: making and queueing messages",
        ("delta_generator", "forward_msg_queue", "script_run_context", "enqueue"),
    ),
    (
        "server: uvicorn, starlette, websockets, asyncio",
        ("uvicorn/", "starlette/", "websockets/", "asyncio/"),
    ),
    ("the stopwatch of this benchmark", ("timed_server.py",)),
    ("Streamlit: runs, threads and the rest", ("streamlit/", "threading.py")),
)
OTHER = "anything else"


def part_of(stack: str) -> str:
    """Which part a sample belongs to: a stack as py-spy writes it, the outermost call first."""
    for frame in reversed(stack.split(";")):
        for name, signs in PARTS:
            if any(sign in frame for sign in signs):
                return name
    return OTHER


def shares(lines: Iterable[str]) -> dict[str, float]:
    """Part -> its share of all samples (0 to 1), the largest first."""
    found: Counter[str] = Counter()
    for line in lines:
        stack, _, number = line.rstrip().rpartition(" ")
        if number.isdigit():  # a stack that was read while it changed has none
            found[part_of(stack)] += int(number)
    return {name: count / found.total() for name, count in found.most_common()}


def sampled(place: Place, spy: str, file: Path) -> tuple[Told, float]:
    """What the crowd met and processor ms of a change, while py-spy writes its samples to the file."""
    looking: list[subprocess.Popen[bytes]] = []
    began = 0.0

    def look() -> None:
        nonlocal began
        began = place.processor()
        asked = [
            "-d",
            str(SECONDS - 1),
            "-r",
            str(A_SECOND),
            "-f",
            "raw",
            "-o",
            str(file),
            "--gil",
            "--nonblocking",
        ]
        looking.append(
            subprocess.Popen(
                [spy, "record", "-p", str(place.processes[0]), *asked], stdout=subprocess.DEVNULL
            )
        )

    told = asyncio.run(crowd(place.urls, place.page, AT_ONCE, SECONDS, 0.0, look))
    used = place.processor() - began
    looking[0].wait()
    return told, 1000 * used / max(1, len(told.seconds))


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(prog="benchmarks.shares")
    asked.add_argument("--spy", required=True)
    asked.add_argument("--before", type=Path, default=ROOT)
    chosen = asked.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="hsc-spy-") as folder,
        serving(OURS, ROOT / "data", True, root=chosen.before.resolve()) as server,
    ):
        place, file = Place("", [server.url], "kaart", [server.process.pid]), Path(folder) / "stacks"
        measured(place, WARM, 2.0, 0.5)
        told, cost = sampled(place, chosen.spy, file)
        found = shares(file.read_text().splitlines())
    print(f"{machine()}; {AT_ONCE} visitors without a pause, {len(told.seconds)} changes, {cost:.1f} ms each")
    print("| what is at work | share | ms of a change |\n| --- | ---: | ---: |")
    for name, share in found.items():
        print(f"| {name} | {100 * share:.0f}% | {share * cost:.1f} |")


if __name__ == "__main__":
    main()
