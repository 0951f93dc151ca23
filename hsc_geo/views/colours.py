"""The colours of maps, one system: light to dark for one quantity, two hues from a middle for deviations.

Lightness alone orders the classes, so the order is readable with any colour vision and in grey print. Ramps are
interpolated from palettes that plotly ships (ColorBrewer and CARTO, made for maps).
"""

from __future__ import annotations

import plotly.colors as pc

SEQUENTIAL = ["rgb(226,236,240)", "rgb(157,197,209)", "rgb(86,148,172)", "rgb(35,96,131)", "rgb(10,46,82)"]
DIVERGING = ["rgb(140,81,10)", "rgb(216,179,101)", "rgb(245,243,238)", "rgb(90,160,175)", "rgb(1,76,99)"]


def ramp(k: int, diverging: bool = False) -> list[str]:
    """`k` colours as `#rrggbb`, from low to high."""
    scale = DIVERGING if diverging else SEQUENTIAL
    stops = [i / (len(scale) - 1) for i in range(len(scale))]
    at = [0.5] if k == 1 else [i / (k - 1) for i in range(k)]
    found = pc.sample_colorscale([list(pair) for pair in zip(stops, scale, strict=True)], at)
    return ["#" + "".join(f"{round(float(part)):02x}" for part in c[4:-1].split(",")) for c in found]
