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
OTHER = 255
_NEAR = 14  # of each part of a colour: smoothed edges are mixed, and count as none


def seen(picture: bytes) -> np.ndarray:
    """Of each pixel of a picture (PNG) which of the colours it has, OTHER for none."""
    pixels = np.asarray(Image.open(io.BytesIO(picture)).convert("RGB"), dtype=np.int16)
    wanted = np.array([[int(each[i : i + 2], 16) for i in (1, 3, 5)] for each in COLOURS])
    far = np.abs(pixels[:, :, None, :] - wanted).max(axis=-1)
    return cast(np.ndarray, np.where(far.min(axis=-1) <= _NEAR, far.argmin(axis=-1), OTHER).astype(np.uint8))


def apart(one: np.ndarray, other: np.ndarray) -> float:
    """What part of the pixels that have a colour in either picture differs."""
    either = (one != OTHER) | (other != OTHER)
    return float(((one != other) & either).sum() / max(int(either.sum()), 1))
