"""Axes of a plot in words: where round numbers stand, written in the language of the reader."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from hsc_geo.views.kit.words import Words
from hsc_geo.views.paper.model import Axis

MOST = 7  # round numbers on an axis
ROOM = 0.04  # of the axis beyond the first and the last value
_STEPS = (1, 2, 2.5, 5, 10)


def axis(w: Words, title: str, values: Iterable[float], unit: str = "", zero: bool = False) -> Axis:
    """An axis that holds all the values (missing ones are passed over), with round numbers. unit: what stands behind a
    number (`%`). zero: whether it begins at 0. Without any value it runs from 0 to 1."""
    known = [float(value) for value in values if value is not None and math.isfinite(value)]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    low = min(low, 0.0) if zero else low
    apart = (high - low) or max(abs(high), 1.0) * 0.1
    ends = (low if zero and low == 0 else low - ROOM * apart, high + ROOM * apart)
    step = _step(ends[1] - ends[0])
    return Axis(title, ends, tuple((at, _text(w, at, step, unit)) for at in _rounds(*ends, step)))


def categories(title: str, names: Sequence[str]) -> Axis:
    """An axis of things that have names, the first one on top: at the height of `place`."""
    return Axis(
        title, (-0.6, len(names) - 0.4), tuple((place(names, i), name) for i, name in enumerate(names))
    )


def place(names: Sequence[str], i: int) -> float:
    """Where the i-th of the names stands on the axis of `categories`."""
    return float(len(names) - 1 - i)


def _step(apart: float) -> float:
    """The smallest round step with which no more than MOST numbers stand on the axis."""
    power = 10.0 ** math.floor(math.log10(apart / MOST))
    return next(step * power for step in _STEPS if apart / (step * power) <= MOST)


def _rounds(low: float, high: float, step: float) -> list[float]:
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(i * step, 12) for i in range(first, last + 1)]


def _text(w: Words, value: float, step: float, unit: str) -> str:
    decimals = next((d for d in range(6) if abs(step * 10**d - round(step * 10**d)) < 1e-6), 6)
    return w.number(value, decimals) + unit
