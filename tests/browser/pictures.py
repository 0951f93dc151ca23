"""Small pictures: a tile to serve, and how much there is to see in a screenshot."""

from __future__ import annotations

import io

from PIL import Image

TILE_COLOUR = (150, 190, 150)


def tile_picture() -> bytes:
    """A tile of one plain colour, 256 by 256, as PNG."""
    out = io.BytesIO()
    Image.new("RGB", (256, 256), TILE_COLOUR).save(out, "PNG")
    return out.getvalue()


def colours(png: bytes) -> dict[tuple[int, int, int], int]:
    """How many pixels of each colour a picture has."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    return {colour: count for count, colour in picture.getcolors(picture.width * picture.height) or []}
