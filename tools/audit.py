"""Asks whether a pinned version has a known hole: pip-audit does, at the advisory service of OSV.

`./test` runs it. Without an answer (no network, a service that is down) it says so in one line and nothing fails, since
a check of the code must not hang on a service of others.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

PATIENCE = 10  # seconds for one answer
LONGEST = 90.0  # seconds for all answers together: there is one question for each pin
SKIPPED = "== audit: skipped, no answer from the advisory service"
# How pip-audit ends when nobody answers, or answers with what is no answer.
_NO_ANSWER = re.compile(
    r"requests\.exceptions\.|pip_audit\._service\.interface\.|ERROR:pip_audit\._cli:Tip: your network"
)


@dataclass(frozen=True)
class Outcome:
    """The line or lines to tell, and whether the check fails."""

    told: str
    failed: bool = False


def command(requirements: str) -> list[str]:
    """pip-audit on a file of pins with hashes, installing and resolving nothing."""
    how = ("--disable-pip", "--require-hashes", "--progress-spinner", "off", "--format", "json")
    asking = ("--vulnerability-service", "osv", "--timeout", str(PATIENCE))
    return [sys.executable, "-m", "pip_audit", "--requirement", requirements, *how, *asking]


def audit(asking: Sequence[str], longest: float = LONGEST) -> Outcome:
    """What the command finds. longest: seconds. A command that fails for any other reason than that nobody answered
    fails the check, with what it said."""
    try:
        done = subprocess.run(asking, capture_output=True, text=True, check=False, timeout=longest)
    except subprocess.TimeoutExpired:
        return Outcome(SKIPPED)
    if done.stdout.strip():
        return found(json.loads(done.stdout)["dependencies"])
    last = (done.stderr.strip().splitlines() or [""])[-1]
    return Outcome(SKIPPED) if _NO_ANSWER.match(last) else Outcome(f"== audit: {last}", failed=True)


def found(pins: Sequence[dict]) -> Outcome:
    """A line for each pin with a hole: its name and version, the hole, and the versions without it."""
    holes = [hole(pin, each) for pin in pins for each in pin.get("vulns", ())]
    if holes:
        return Outcome("\n".join(("== audit", *holes)), failed=True)
    return Outcome(f"== audit: {len(pins)} pins, none with a known hole")


def hole(pin: dict, advisory: dict) -> str:
    """One hole of a pin, on one line."""
    mended = ", ".join(advisory["fix_versions"]) or "no version yet"
    return f"{pin['name']} {pin['version']}: {advisory['id']}, mended in {mended}"


if __name__ == "__main__":
    outcome = audit(command(*sys.argv[1:]))
    print(outcome.told, file=sys.stderr)
    sys.exit(outcome.failed)
