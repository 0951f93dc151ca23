"""Answers, from this machine, for what a plain folium map asks of other hosts.

Leaflet comes from the wheel of django-js-lib-leaflet (1.9.4; folium asks 1.9.3). jQuery, Bootstrap, d3 and
awesome-markers come from npm in the versions that folium names (awesome-markers 2.0.5 for 2.0.2), if npm and a registry
are there; they are kept in the user's cache folder. What cannot be had is answered with an empty script or style: then
less runs in the plain page, so the ratios get lower.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

_TYPES = {".js": "text/javascript", ".css": "text/css", ".png": "image/png", ".woff2": "font/woff2"}
_EMPTY_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)
# The end of an address -> the npm package that has it, and the file in that package.
_FROM_NPM = {
    "/jquery-3.7.1.min.js": ("jquery@3.7.1", "dist/jquery.min.js"),
    "/bootstrap.bundle.min.js": ("bootstrap@5.2.2", "dist/js/bootstrap.bundle.min.js"),
    "/bootstrap.min.css": ("bootstrap@5.2.2", "dist/css/bootstrap.min.css"),
    "/d3.v4.min.js": ("d3@4.13.0", "build/d3.min.js"),
    "/3.5.5/d3.min.js": ("d3@3.5.5", "d3.min.js"),
    "/leaflet.awesome-markers.js": ("leaflet.awesome-markers@2.0.5", "dist/leaflet.awesome-markers.js"),
    "/leaflet.awesome-markers.css": ("leaflet.awesome-markers@2.0.5", "dist/leaflet.awesome-markers.css"),
}


@dataclass(frozen=True)
class Answer:
    """What is answered: the bytes, their type, and where they come from."""

    content: bytes
    type: str
    origin: str


def answer(url: str) -> Answer:
    """The answer for an address of another host."""
    path = urlsplit(url).path
    kind = _TYPES.get(Path(path).suffix, "application/octet-stream")
    if kind == "image/png" and "leaflet" not in path:
        return Answer(_EMPTY_PNG, kind, "stand-in: one clear pixel")
    for known in (_from_wheel, _from_npm):
        found = known(path)
        if found:
            return Answer(found[0].read_bytes(), kind, found[1])
    return Answer(b"", kind, "stand-in: empty")


def fetch_packages() -> Mapping[str, str]:
    """Get the npm packages that are not in the cache yet; package -> why it could not be had."""
    return {package: why for package, _ in _FROM_NPM.values() if (why := _fetch(package))}


@cache
def _wheel() -> Path:
    import importlib.util

    spec = importlib.util.find_spec("js_lib_leaflet")
    if spec is None or spec.origin is None:
        raise RuntimeError("django-js-lib-leaflet is not installed; it is in requirements.txt")
    return Path(spec.origin).parent / "static" / "js_lib_leaflet"


def _from_wheel(path: str) -> tuple[Path, str] | None:
    if "/leaflet@" not in path:
        return None
    file = _wheel() / path.split("/dist/")[-1]
    return (file, "wheel of django-js-lib-leaflet") if file.is_file() else None


def _from_npm(path: str) -> tuple[Path, str] | None:
    for ending, (package, inside) in _FROM_NPM.items():
        file = _folder(package) / "package" / inside
        if path.endswith(ending) and file.is_file():
            return file, f"npm {package}"
    return None


def _folder(package: str) -> Path:
    cache_home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache_home / "hsc_geo" / "benchmarks" / package


@cache
def _fetch(package: str) -> str:
    folder = _folder(package)
    if (folder / "package").is_dir():
        return ""
    npm = shutil.which("npm")
    if npm is None:
        return "npm is not installed"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        subprocess.run(
            [npm, "pack", "--silent", package], cwd=folder, check=True, capture_output=True, timeout=60
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return "npm could not get it"
    for archive in folder.glob("*.tgz"):
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
        archive.unlink()
    return ""
