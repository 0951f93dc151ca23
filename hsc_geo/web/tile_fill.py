"""Filling the background map's cache ahead, so that the map is whole before the first visitor comes."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from hsc_geo.data.load import Package
from hsc_geo.web.settings import Settings, settings
from hsc_geo.web.tiles import ZOOMS, TileArea, TileKey, TileProxy, proxy_for, tile_area

Report = Callable[[int, int], None]
_BATCH = 64


@dataclass(frozen=True)
class Filled:
    """What a filling did: tiles kept already, fetched now, and not had (service out of reach, no such tile)."""

    kept: int
    fetched: int
    missing: int


def fill(
    package: Package,
    zooms: Iterable[int] = ZOOMS,
    *,
    chosen: Settings | None = None,
    report: Report = lambda done, total: None,
) -> Filled:
    """Fetch the tiles of the municipality at the zoom levels given, as far as they are not kept yet.

    `report` is called now and then with tiles done and tiles in all. The service is asked with a few requests
    at a time, and left alone once it fails: what is left then counts as missing.
    Raises ValueError for a zoom level that the server does not serve.
    """
    keys = list(_keys(tile_area(package), zooms))
    counts = asyncio.run(_fill(proxy_for(chosen or settings()), keys, report))
    return Filled(counts["cache"], counts["upstream"], counts["unavailable"])


def _keys(area: TileArea, zooms: Iterable[int]) -> Iterable[TileKey]:
    for z in zooms:
        if z not in ZOOMS:
            raise ValueError(f"zoom {z} is not served: take {ZOOMS.start} to {ZOOMS.stop - 1}")
        yield from area.keys(z)


async def _fill(proxy: TileProxy, keys: Sequence[TileKey], report: Report) -> Counter[str]:
    counts: Counter[str] = Counter()
    try:
        for start in range(0, len(keys), _BATCH):
            tiles = await asyncio.gather(*map(proxy.tile, keys[start : start + _BATCH]))
            counts.update(tile.origin for tile in tiles)
            report(counts.total(), len(keys))
    finally:
        await proxy.close()
    return counts


def main() -> None:
    """Fill the cache for the data package of this server and tell what was had: python -m hsc_geo.web.tile_fill."""
    from rich.console import Console

    from hsc_geo.web.register import package

    console = Console()
    with console.status("filling the background map's cache") as status:
        found = fill(package(), report=lambda done, total: status.update(f"{done} of {total} tiles"))
    console.print(f"{found.kept} tiles kept already, {found.fetched} fetched, {found.missing} not to be had")


if __name__ == "__main__":
    main()
