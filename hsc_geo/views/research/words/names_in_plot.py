"""Which marks of a plot have their name beside them: those that matter most, where no two names run together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

MOST = 8
WIDE, HIGH = 0.28, 0.06  # how much of the plot a name takes, as a share of what the marks span


def named(order: Iterable[str], points: Mapping[str, tuple[float, float]]) -> frozenset[str]:
    """The codes that get a name. order: those that may, the one that matters most first. points: all marks (x, y)."""
    if not points:
        return frozenset()
    spans = [max(axis) - min(axis) or 1.0 for axis in zip(*points.values(), strict=True)]
    kept: list[str] = []
    for code in order:
        x, y = points[code]
        near = (
            abs(x - points[other][0]) < WIDE * spans[0] and abs(y - points[other][1]) < HIGH * spans[1]
            for other in kept
        )
        if len(kept) < MOST and not any(near):
            kept.append(code)
    return frozenset(kept)
