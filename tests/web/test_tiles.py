"""The tile proxy against a small server on the loopback, its faults included."""

from __future__ import annotations

import asyncio
import gzip
import math
import os
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import box

from hsc_geo.web.settings import Settings
from hsc_geo.web.tile_fill import Filled, fill
from hsc_geo.web.tiles import (
    LARGEST_TILE,
    MARGIN_TILES,
    TRANSPARENT,
    UNAVAILABLE,
    Limits,
    Tile,
    TileArea,
    TileCache,
    TileKey,
    TileProxy,
    image_type,
    tile_area,
)
from tests.web import loopback
from tests.web.loopback import TileServer

KEY = TileKey(13, 4198, 2700)
QUICK = Limits(connect=0.5, whole=0.5, at_once=3, rest=60)
JPEG = b"\xff\xd8\xff\xe0" + b"x" * 50 + b"\xff\xd9"


@pytest.fixture
def server() -> Iterator[TileServer]:
    with loopback.tile_server() as running:
        yield running


@pytest.fixture
def cache(tmp_path: Path) -> TileCache:
    return TileCache(tmp_path / "tiles", 10_000_000)


def ask(proxy: TileProxy, *keys: TileKey) -> list[Tile]:
    async def run() -> list[Tile]:
        try:
            return list(await asyncio.gather(*map(proxy.tile, keys)))
        finally:
            await proxy.close()

    return asyncio.run(run())


def kept_files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_tile_is_fetched_once_then_comes_from_disk(
    server: TileServer, cache: TileCache, tmp_path: Path
) -> None:
    assert ask(TileProxy(cache, server.template), KEY) == [Tile(TRANSPARENT, "image/png", "upstream")]
    assert ask(TileProxy(cache, server.template), KEY) == [Tile(TRANSPARENT, "image/png", "cache")]
    assert server.asked == ["/13/4198/2700.png"]
    assert [path.suffix for path in kept_files(tmp_path)] == [".tile"]


def test_jpeg_keeps_its_type(server: TileServer, cache: TileCache) -> None:
    server.answer = loopback.image(JPEG, "image/jpeg")
    assert ask(TileProxy(cache, server.template), KEY) == [Tile(JPEG, "image/jpeg", "upstream")]


FAULTS = {
    "error": loopback.status(500),
    "busy": loopback.status(429),
    "forbidden": loopback.status(403),
    "no content": loopback.status(204),
    "wrong type": loopback.image(TRANSPARENT, "text/html"),
    "no type": loopback.image(TRANSPARENT, ""),
    "vector image": loopback.image(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
    "garbage": loopback.image(b"<html>sign in to this network</html>"),
    "empty": loopback.image(b""),
    "cut off image": loopback.image(TRANSPARENT[:-5]),
    "huge": loopback.image(TRANSPARENT[:-12] + b"x" * LARGEST_TILE + TRANSPARENT[-12:]),
    "shorter than told": loopback.image(TRANSPARENT, **{"Content-Length": "5000"}),
    "zipped": loopback.image(gzip.compress(b"x" * 10_000_000), **{"Content-Encoding": "gzip"}),
    "slow": loopback.after(1.5),
    "drip": loopback.drip,
}


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_gives_a_transparent_tile_soon_and_leaves_the_service_alone(
    fault: str, server: TileServer, cache: TileCache, tmp_path: Path
) -> None:
    server.answer = FAULTS[fault]
    proxy = TileProxy(cache, server.template, QUICK)
    began = time.monotonic()
    assert ask(proxy, KEY) == [UNAVAILABLE]
    assert ask(proxy, *(TileKey(13, 4198, y) for y in range(2700, 2720))) == [UNAVAILABLE] * 20
    assert time.monotonic() - began < 2
    assert len(server.asked) == 1
    assert kept_files(tmp_path) == []


def test_redirect_is_not_followed(server: TileServer, cache: TileCache) -> None:
    with loopback.tile_server() as elsewhere:
        server.answer = loopback.status(302, Location=f"{elsewhere.host}/tile.png")
        assert ask(TileProxy(cache, server.template, QUICK), KEY) == [UNAVAILABLE]
        assert elsewhere.asked == []


def test_service_out_of_reach(cache: TileCache) -> None:
    with loopback.tile_server() as gone:
        template = gone.template
    assert ask(TileProxy(cache, template, QUICK), KEY) == [UNAVAILABLE]


def test_service_is_asked_again_after_its_rest(server: TileServer, cache: TileCache) -> None:
    proxy = TileProxy(cache, server.template, Limits(0.5, 0.5, 3, rest=0.2))
    server.answer = loopback.status(500)
    assert ask(proxy, KEY) == [UNAVAILABLE]
    server.answer = loopback.good
    time.sleep(0.25)
    assert ask(proxy, KEY)[0].origin == "upstream"


def test_one_missing_tile_does_not_stop_the_others(server: TileServer, cache: TileCache) -> None:
    server.answer = lambda handler: (loopback.status(404) if "2700" in handler.path else loopback.good)(
        handler
    )
    proxy = TileProxy(cache, server.template, QUICK)
    assert [tile.origin for tile in ask(proxy, KEY)] == ["unavailable"]
    assert [tile.origin for tile in ask(proxy, TileKey(13, 4198, 2701))] == ["upstream"]


def test_many_asking_for_one_tile_make_one_request(server: TileServer, cache: TileCache) -> None:
    server.answer = loopback.after(0.2)
    tiles = ask(TileProxy(cache, server.template), *[KEY] * 25)
    assert {tile.origin for tile in tiles} == {"upstream"}
    assert len(server.asked) == 1


def test_the_service_gets_few_requests_at_a_time(server: TileServer, cache: TileCache) -> None:
    server.answer = loopback.after(0.03)
    ask(TileProxy(cache, server.template, QUICK), *(TileKey(13, 4198, y) for y in range(2690, 2710)))
    assert len(server.asked) == 20
    assert 1 < server.most_at_once <= QUICK.at_once


def test_a_visitor_who_leaves_does_not_take_the_tile_from_another(
    server: TileServer, cache: TileCache
) -> None:
    server.answer = loopback.after(0.2)

    async def run() -> Tile:
        proxy = TileProxy(cache, server.template)
        leaver, stayer = asyncio.create_task(proxy.tile(KEY)), asyncio.create_task(proxy.tile(KEY))
        await asyncio.sleep(0.05)
        leaver.cancel()
        tile = await stayer
        await proxy.close()
        return tile

    assert asyncio.run(run()).origin == "upstream"
    assert len(server.asked) == 1


@pytest.mark.parametrize("damage", [b"", b"garbage", TRANSPARENT[:20], b"<script>alert(1)</script>"])
def test_damaged_file_is_fetched_again(
    damage: bytes, server: TileServer, cache: TileCache, tmp_path: Path
) -> None:
    ask(TileProxy(cache, server.template), KEY)
    (file,) = kept_files(tmp_path)
    file.write_bytes(damage)
    assert ask(TileProxy(cache, server.template), KEY) == [Tile(TRANSPARENT, "image/png", "upstream")]
    assert file.read_bytes() == TRANSPARENT


def test_old_tile_is_renewed_and_still_served_when_it_cannot_be(
    server: TileServer, cache: TileCache, tmp_path: Path
) -> None:
    cache.write(KEY, JPEG)
    (file,) = kept_files(tmp_path)
    year_ago = time.time() - 365 * 24 * 3600
    os.utime(file, (year_ago, year_ago))
    server.answer = loopback.status(500)
    assert ask(TileProxy(cache, server.template, QUICK), KEY) == [Tile(JPEG, "image/jpeg", "cache")]
    server.answer = loopback.good
    assert ask(TileProxy(cache, server.template, QUICK), KEY) == [Tile(TRANSPARENT, "image/png", "upstream")]
    assert file.read_bytes() == TRANSPARENT


def test_folder_stays_within_its_size_and_the_oldest_go(tmp_path: Path) -> None:
    cache = TileCache(tmp_path, 10 * len(TRANSPARENT))
    for y in range(40):
        cache.write(TileKey(13, 1, y), TRANSPARENT)
        os.utime(tmp_path / "13" / "1" / f"{y}.tile", (1000 + y, 1000 + y))
        assert len(kept_files(tmp_path)) <= 10
    kept = {int(path.stem) for path in kept_files(tmp_path)}
    assert 39 in kept
    assert kept == set(range(min(kept), 40))


def test_folder_that_cannot_be_written_does_no_harm(server: TileServer, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    assert ask(TileProxy(TileCache(blocked, 1000), server.template), KEY)[0].origin == "upstream"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (TRANSPARENT, "image/png"),
        (JPEG, "image/jpeg"),
        (b"", None),
        (TRANSPARENT[:-1], None),
        (b"GIF89a", None),
        (JPEG[:-1], None),
        (TRANSPARENT[:8] + bytes(LARGEST_TILE) + TRANSPARENT[-12:], None),
    ],
)
def test_image_type(body: bytes, expected: str | None) -> None:
    assert image_type(body) == expected


def naive_tile(longitude: float, latitude: float, z: int) -> tuple[int, int]:
    """The other common form of the web mercator formula, with a logarithm."""
    phi = math.radians(latitude)
    row = (1 - math.log(math.tan(phi) + 1 / math.cos(phi)) / math.pi) / 2 * 2**z
    return math.floor((longitude + 180) / 360 * 2**z), math.floor(row)


@given(st.floats(3.4, 7.2), st.floats(50.8, 53.5), st.integers(11, 17))
def test_a_point_gets_the_tile_that_the_other_formula_gives_and_its_margin(
    longitude: float, latitude: float, z: int
) -> None:
    column, row = naive_tile(longitude, latitude, z)
    area = TileArea(longitude, latitude, longitude, latitude)
    expected = {
        (column + dx, row + dy)
        for dx in range(-MARGIN_TILES, MARGIN_TILES + 1)
        for dy in range(-MARGIN_TILES, MARGIN_TILES + 1)
    }
    assert {(key.x, key.y) for key in area.keys(z)} == expected
    assert all(area.holds(key) for key in area.keys(z))


def test_what_lies_outside_is_not_served() -> None:
    leiden = TileArea(4.43, 52.12, 4.54, 52.19)
    assert leiden.holds(KEY)
    amsterdam = TileKey(13, *naive_tile(4.9, 52.37, 13))
    assert not leiden.holds(amsterdam)
    assert not leiden.holds(TileKey(10, 524, 337))
    assert not leiden.holds(TileKey(18, 134_344, 86_400))
    assert not leiden.holds(TileKey(-1, 0, 0))


def package_at(*bounds: float) -> SimpleNamespace:
    """A package with one municipality at a box (EPSG:28992, metres) and a far neighbour."""
    shapes = [box(*bounds), box(0, 300_000, 1000, 301_000)]
    codes = pd.Index(["GM9999", "GM0001"], name="area_code")
    levels = ["municipality", "surrounding"]
    return SimpleNamespace(
        areas=pd.DataFrame({"level": levels}, index=codes),
        geometry=gpd.GeoDataFrame({"level": levels}, geometry=shapes, index=codes, crs=28992),
    )


def test_area_is_that_of_whatever_municipality_the_data_are_of() -> None:
    """The origin of the Dutch grid, Amersfoort (155000, 463000), lies at 52.155174 N, 5.387206 E (Kadaster)."""
    area = tile_area(package_at(155_000, 463_000, 156_000, 464_000))
    assert (area.west, area.south) == pytest.approx((5.387206, 52.155174), abs=2e-5)
    assert (area.east, area.north) == pytest.approx((5.4018, 52.1642), abs=5e-4)


def test_fill_fetches_all_once_and_tells_the_progress(server: TileServer, tmp_path: Path) -> None:
    package = package_at(90_000, 460_000, 97_000, 467_000)
    chosen = Settings(tile_cache=tmp_path, tile_upstream=server.template)
    reports: list[tuple[int, int]] = []
    expected = sum(1 for z in (11, 12) for _ in tile_area(package).keys(z))
    done = fill(package, [11, 12], chosen=chosen, report=lambda *counts: reports.append(counts))
    assert done == Filled(kept=0, fetched=expected, missing=0)
    assert reports[-1] == (expected, expected)
    assert fill(package, [11, 12], chosen=chosen) == Filled(kept=expected, fetched=0, missing=0)
    assert len(server.asked) == expected == len(set(server.asked))


def test_fill_gives_up_when_the_service_fails(server: TileServer, tmp_path: Path) -> None:
    server.answer = loopback.status(503)
    chosen = Settings(tile_cache=tmp_path, tile_upstream=server.template)
    done = fill(package_at(90_000, 460_000, 97_000, 467_000), chosen=chosen)
    assert done.fetched == 0
    assert done.missing > 1000
    assert len(server.asked) <= Limits().at_once


def test_fill_refuses_a_zoom_that_is_not_served(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="zoom 19 is not served: take 11 to 17"):
        fill(package_at(90_000, 460_000, 97_000, 467_000), [19], chosen=Settings(tile_cache=tmp_path))
