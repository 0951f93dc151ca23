"""The background map: one fixed tile service, asked by our server so that no visitor's browser has to.

Zoom levels and place are limited to the municipality; tiles are kept on disk. A tile that cannot be had
costs the visitor nothing: a transparent one is answered, and after a failure the service is left alone
for a minute.
"""

from __future__ import annotations

import asyncio
import logging
import math
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from hsc_geo.data.load import Package
from hsc_geo.web.settings import LOOPBACK_HOSTS, Settings

if TYPE_CHECKING:  # at the first tile that is not kept: a server that has them all needs no client
    import httpx

_LOGGER = logging.getLogger("hsc_geo")

ZOOMS = range(11, 18)
MARGIN_TILES = 3  # half a wide screen: 3 tiles of 256 pixels, at each zoom
LARGEST_TILE = 300_000  # bytes
MAX_AGE_SECONDS = 90 * 24 * 3600.0  # of a kept tile, before the service is asked again
TRANSPARENT = bytes.fromhex(  # a PNG of one clear pixel
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c48900"
    "00000b4944415478da636000020000050001e9fadcd80000000049454e44ae426082"
)
_PNG_START, _PNG_END = b"\x89PNG\r\n\x1a\n", b"\x00\x00\x00\x00IEND\xaeB`\x82"
_JPEG_START, _JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"


class TileKey(NamedTuple):
    """A tile of the web mercator grid (EPSG:3857): zoom, column from the west, row from the north."""

    z: int
    x: int
    y: int


@dataclass(frozen=True)
class Tile:
    """An answer: image, media type, and where it came from (cache, upstream, unavailable, outside)."""

    body: bytes
    media_type: str
    origin: str


UNAVAILABLE = Tile(TRANSPARENT, "image/png", "unavailable")
OUTSIDE = Tile(TRANSPARENT, "image/png", "outside")


class TileFault(Exception):
    """The service did not give a usable tile; the message says why."""


class TileAbsent(Exception):
    """The service says that this one tile does not exist."""


def image_type(body: bytes) -> str | None:
    """The media type of a whole PNG or JPEG of at most LARGEST_TILE bytes; None for anything else."""
    if len(body) > LARGEST_TILE:
        return None
    if body.startswith(_PNG_START) and body.endswith(_PNG_END):
        return "image/png"
    if body.startswith(_JPEG_START) and body.endswith(_JPEG_END):
        return "image/jpeg"
    return None


@dataclass(frozen=True)
class TileArea:
    """The box that tiles are served for, in degrees (WGS84), widened by MARGIN_TILES at each zoom."""

    west: float
    south: float
    east: float
    north: float

    def ranges(self, z: int) -> tuple[range, range]:
        """The columns and rows of zoom `z` that are served."""
        columns = _widened(_column(self.west, z), _column(self.east, z), z)
        return columns, _widened(_row(self.north, z), _row(self.south, z), z)

    def holds(self, key: TileKey) -> bool:
        """Whether a tile is served at all."""
        if key.z not in ZOOMS:
            return False
        columns, rows = self.ranges(key.z)
        return key.x in columns and key.y in rows

    def keys(self, z: int) -> Iterator[TileKey]:
        """All tiles that are served at a zoom, row by row."""
        columns, rows = self.ranges(z)
        return (TileKey(z, x, y) for y in rows for x in columns)


def _widened(first: int, last: int, z: int) -> range:
    return range(max(0, first - MARGIN_TILES), min(2**z, last + MARGIN_TILES + 1))


def _column(longitude: float, z: int) -> int:
    return int((longitude + 180) / 360 * 2**z)


def _row(latitude: float, z: int) -> int:
    return int((1 - math.asinh(math.tan(math.radians(latitude))) / math.pi) / 2 * 2**z)


def tile_area(package: Package) -> TileArea:
    """The bounding box of the municipality that the data are of; other municipalities around it do not count."""
    codes = package.areas.index[package.areas["level"] == "municipality"]
    shapes = package.geometry.loc[package.geometry.index.isin(codes)]
    return TileArea(*(float(value) for value in shapes.to_crs(4326).total_bounds))


class Kept(NamedTuple):
    """A tile from the disk and its age in seconds."""

    body: bytes
    age: float


class TileCache:
    """Tiles in a folder, `zoom/column/row`, together at most `largest` bytes; the oldest go first.

    Written whole or not at all. A file that is no image any more is removed. A disk that fails is no
    reason to fail: the tile is then simply not kept.
    """

    def __init__(self, folder: Path, largest: int) -> None:
        self._folder = folder
        self._largest = largest
        self._lock = threading.Lock()
        self._total: int | None = None  # bytes on disk, counted at the first write

    def read(self, key: TileKey) -> Kept | None:
        """A kept tile, or None; a damaged one is removed."""
        path = self._path(key)
        try:
            body, age = path.read_bytes(), time.time() - path.stat().st_mtime
            if image_type(body):
                return Kept(body, age)
            path.unlink()
        except OSError:
            return None
        return None

    def write(self, key: TileKey, body: bytes) -> None:
        """Keep a tile, and make room for it when the folder grows too large."""
        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(path, body)
            self._count(len(body))
        except OSError as error:
            _LOGGER.warning("Tile %s is not kept in %s: %s", key, self._folder, error)

    def _path(self, key: TileKey) -> Path:
        return self._folder / str(key.z) / str(key.x) / f"{key.y}.tile"

    def _count(self, added: int) -> None:
        with self._lock:
            self._total = self._measure() if self._total is None else self._total + added
            if self._total > self._largest:
                self._total = self._make_room()

    def _measure(self) -> int:
        return sum(size for _, size, _ in self._files())

    def _files(self) -> list[tuple[float, int, Path]]:
        found = ((path.stat(), path) for path in self._folder.glob("*/*/*.tile"))
        return [(stat.st_mtime, stat.st_size, path) for stat, path in found]

    def _make_room(self) -> int:
        """Remove the oldest until nine tenths of the room are used; the bytes that are left."""
        files = sorted(self._files())
        total = sum(size for _, size, _ in files)
        for _, size, path in files:
            if total <= 0.9 * self._largest:
                break
            path.unlink(missing_ok=True)
            total -= size
        return total


def _write_whole(path: Path, body: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@dataclass(frozen=True)
class Limits:
    """How much patience and effort the tile service gets: seconds, and requests at one time."""

    connect: float = 2.0
    whole: float = 5.0
    at_once: int = 4
    rest: float = 60.0


class TileProxy:
    """Tiles from the cache, else from the service; one request per tile however many ask for it."""

    def __init__(self, cache: TileCache, upstream: str, limits: Limits = Limits()) -> None:
        self._cache = cache
        self._upstream = upstream
        self._limits = limits
        self._slots = asyncio.Semaphore(limits.at_once)
        self._flights: dict[TileKey, asyncio.Task[Tile]] = {}
        self._resting_until = 0.0
        self._client: httpx.AsyncClient | None = None

    def resting(self) -> bool:
        """Whether the service failed a moment ago and is left alone."""
        return time.monotonic() < self._resting_until

    async def tile(self, key: TileKey) -> Tile:
        """A tile of the area served; UNAVAILABLE when it cannot be had. Never raises for a bad service."""
        flight = self._flights.get(key)
        if flight is None:
            flight = asyncio.create_task(self._obtain(key))
            self._flights[key] = flight
            flight.add_done_callback(lambda _: self._flights.pop(key, None))
        return await asyncio.shield(flight)  # a visitor who leaves does not take the tile from the others

    async def close(self) -> None:
        """Close the connections to the service."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def _obtain(self, key: TileKey) -> Tile:
        kept = await asyncio.to_thread(self._cache.read, key)
        if kept is not None and kept.age <= MAX_AGE_SECONDS:
            return _tile(kept.body, "cache")
        body = await self._ask(key)
        if body is not None:
            await asyncio.to_thread(self._cache.write, key, body)
            return _tile(body, "upstream")
        return UNAVAILABLE if kept is None else _tile(kept.body, "cache")

    async def _ask(self, key: TileKey) -> bytes | None:
        if self.resting():
            return None
        async with self._slots:
            if self.resting():  # it may have failed for another tile while this one waited
                return None
            return await self._ask_now(key)

    async def _ask_now(self, key: TileKey) -> bytes | None:
        import httpx

        try:
            async with asyncio.timeout(self._limits.whole):
                return await self._download(key)
        except TileAbsent:
            return None
        except (TileFault, TimeoutError, httpx.HTTPError, OSError) as error:
            self._resting_until = time.monotonic() + self._limits.rest
            reason = str(error) or type(error).__name__
            _LOGGER.warning("No tile %s (%s); not asked again for %g s", key, reason, self._limits.rest)
            return None

    async def _download(self, key: TileKey) -> bytes:
        address = self._upstream
        for part, number in zip(("{z}", "{x}", "{y}"), key, strict=True):
            address = address.replace(part, str(number))
        async with self._connection().stream("GET", address) as response:
            _check_start(response)
            body = await _limited_body(response)
        if image_type(body) is None:
            raise TileFault("the answer is no whole PNG or JPEG")
        return body

    def _connection(self) -> httpx.AsyncClient:
        if self._client is None:
            self._client = _client(self._upstream, self._limits)
        return self._client


def proxy_for(settings: Settings) -> TileProxy:
    """A proxy with the cache and the service that the settings name."""
    cache = TileCache(settings.tile_cache, settings.tile_cache_mb * 1_000_000)
    return TileProxy(cache, settings.tile_upstream)


def _client(upstream: str, limits: Limits) -> httpx.AsyncClient:
    import httpx

    local = urlsplit(upstream).hostname in LOOPBACK_HOSTS
    return httpx.AsyncClient(
        timeout=httpx.Timeout(limits.whole, connect=limits.connect),
        follow_redirects=False,
        trust_env=not local,  # an operator's proxy is used for PDOK, never for this machine
        headers={"Accept": "image/png, image/jpeg", "Accept-Encoding": "identity", "User-Agent": "hsc_geo"},
    )


def _check_start(response: httpx.Response) -> None:
    if response.status_code == 404:
        raise TileAbsent
    if response.status_code != 200:
        raise TileFault(f"status {response.status_code}")
    kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind not in ("image/png", "image/jpeg"):
        raise TileFault(f"type {kind[:60]!r}")


async def _limited_body(response: httpx.Response) -> bytes:
    body = bytearray()
    async for chunk in response.aiter_raw():  # raw: a small answer cannot unfold into a large one
        body += chunk
        if len(body) > LARGEST_TILE:
            raise TileFault(f"more than {LARGEST_TILE} bytes")
    return bytes(body)


def _tile(body: bytes, origin: str) -> Tile:
    return Tile(body, image_type(body) or "application/octet-stream", origin)
