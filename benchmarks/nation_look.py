"""What the pages of the country have in common, and how a picture of one is read."""

from __future__ import annotations

import io
from typing import cast

import numpy as np
from PIL import Image

from hsc_geo.views.maps.colours import NO_FIGURE, ramp

WAY, LEVEL, BOUNDARIES = "HSC_BENCH_WAY", "HSC_BENCH_LEVEL", "HSC_BENCH_BOUNDARIES"
INDICATOR, YEARS = "50090NED-Eenzaam", ("2012", "2016", "2020")
COLOURS, NONE = ramp(5), NO_FIGURE
_NEAR = 14  # of each part of a colour: smoothed edges are mixed, and count as none


def shares(picture: bytes) -> np.ndarray:
    """How many pixels of a picture (PNG) have each of the colours."""
    pixels = np.asarray(Image.open(io.BytesIO(picture)).convert("RGB"), dtype=np.int16)
    wanted = np.array([[int(each[i : i + 2], 16) for i in (1, 3, 5)] for each in COLOURS])
    far = np.abs(pixels[:, :, None, :] - wanted).max(axis=-1)
    return cast(np.ndarray, (far <= _NEAR).sum(axis=(0, 1)))


def changed(before: np.ndarray, after: np.ndarray) -> bool:
    """Whether a map is painted whole and in other classes than before."""
    whole = after.sum() >= 0.75 * before.sum()
    return bool(whole and np.abs(after - before).sum() >= 0.03 * before.sum())
