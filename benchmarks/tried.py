"""What was tried to make many visitors cheaper, each beside the app as it is, in turn in one run.

    python -m benchmarks.tried [--rounds 3] [--before CHECKOUT] [--uvloop FOLDER] [name ...]

All servers run at once and meet the same crowd one after the other, so that what else the machine does hits all.
before: another checkout of the project, served as it is. uvloop: a folder with that library
(`pip install --target FOLDER uvloop`).
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.load import WARM, Measured, Place, measured
from benchmarks.report import machine
from benchmarks.servers import OURS, ROOT, serving
from benchmarks.timed_server import TRY
from benchmarks.tries import TRIES

VISITORS, SECONDS = 20, 6.0  # who press again as soon as there is an answer
PRESENT = "as it is"


@dataclass(frozen=True)
class Way:
    """One way to serve: more arguments for Streamlit, another checkout, settings of the environment."""

    arguments: Sequence[str] = ()
    root: Path = ROOT
    environment: dict[str, str] = field(default_factory=dict)


SETTINGS = {
    "no_compression": Way(("--server.enableWebsocketCompression", "false")),
    "no_fast_reruns": Way(("--runner.fastReruns", "false")),
    "collect_after_each_run": Way(("--runner.postScriptGC", "true")),
}


def ways(told: argparse.Namespace) -> dict[str, Way]:
    """What is measured, the app as it is first."""
    found = {**SETTINGS, **{name: Way(environment={TRY: name}) for name in TRIES}}
    if told.before:
        found["before"] = Way(root=told.before.resolve())
    if told.uvloop:
        path = os.pathsep.join((str(ROOT), str(told.uvloop.resolve())))
        found["uvloop"] = Way(environment={"PYTHONPATH": path})
    names = told.names or list(found)
    return {PRESENT: Way(), **{name: found[name] for name in names}}


def line(name: str, rounds: Sequence[Measured], present: Sequence[Measured]) -> str:
    """One row of the table."""
    costs = [_cost(each) for each in rounds]
    beside = median(cost / _cost(other) for cost, other in zip(costs, present, strict=True))
    p50, p95 = (median(each.told.quantile(share) for each in rounds) for share in (0.5, 0.95))
    opening = 1000 * median(each.opening for each in rounds) / VISITORS
    return (
        f"| {name} | {sum(len(each.told.seconds) for each in rounds)} | {median(costs):.1f} "
        f"({min(costs):.1f} – {max(costs):.1f}) | {beside:.2f} | {p50:.2f} | {p95:.2f} | {opening:.0f} |"
    )


def _cost(found: Measured) -> float:
    return 1000 * found.changing / max(1, len(found.told.seconds))


def main() -> None:
    """Measure all ways in turn and print them."""
    asked = argparse.ArgumentParser(prog="benchmarks.tried")
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--before", type=Path)
    asked.add_argument("--uvloop", type=Path)
    asked.add_argument("names", nargs="*")
    told = asked.parse_args()
    print(
        f"{machine()}; {VISITORS} visitors without a pause, {told.rounds} rounds of {SECONDS:g} s", flush=True
    )
    found: dict[str, list[Measured]] = {}
    with ExitStack() as stack:
        places = {}
        for name, way in ways(told).items():
            server = stack.enter_context(
                serving(OURS, ROOT / "data", True, way.arguments, way.root, **way.environment)
            )
            places[name] = Place(name, [server.url], "kaart", [server.process.pid])
            measured(places[name], WARM, 2.0, 0.5)
        for _ in range(told.rounds):
            for name, place in places.items():
                found.setdefault(name, []).append(measured(place, VISITORS, SECONDS, 0.0))
    print("| | changes | processor ms a change | beside as it is | p50 s | p95 s | ms to open |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, rounds in found.items():
        print(line(name, rounds, found[PRESENT]))
    print(f"{machine()} after it")


if __name__ == "__main__":
    main()
