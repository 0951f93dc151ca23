"""The colours of maps, one system: from light to dark, for one quantity.

Lightness alone orders the classes, so the order is readable with any colour vision and in grey print. Dark has one
meaning: of a figure with a direction it is less favourable, of one without it is more. The ramp is interpolated in
steps that differ enough to be told apart; the lightest still stands out on paper white.
"""

from __future__ import annotations

from functools import cache

import plotly.colors as pc

INK, FOCUS, PLACE = (
    "#1c2530",
    "#b3400a",
    "#ffd34d",
)  # lines and letters, the focus areas, a place of an initiative
NO_FIGURE, BETWEEN = "#d8dee4", "#ffffff"  # an area when no figure is drawn, the lines between areas
MISSING, MISSING_GROUND = (
    "#767676",
    "#f3f3f1",
)  # the hatching of an area without a figure, and what lies under it
SEQUENTIAL = ["rgb(222,235,241)", "rgb(157,197,209)", "rgb(86,148,172)", "rgb(35,96,131)", "rgb(10,46,82)"]


def ramp(k: int, dark_is_low: bool = False) -> list[str]:
    """`k` colours as `#rrggbb`, from low to high: from light to dark, or the other way round."""
    return list(_ramp(k)[::-1] if dark_is_low else _ramp(k))


@cache
def _ramp(k: int) -> tuple[str, ...]:
    stops = [i / (len(SEQUENTIAL) - 1) for i in range(len(SEQUENTIAL))]
    at = [0.5] if k == 1 else [i / (k - 1) for i in range(k)]
    found = pc.sample_colorscale([list(pair) for pair in zip(stops, SEQUENTIAL, strict=True)], at)
    return tuple("#" + "".join(f"{round(float(part)):02x}" for part in c[4:-1].split(",")) for c in found)
