"""Files that the browser needs beside Streamlit's: Leaflet from an installed wheel, and our own.

What may be served is a list made at the first use; a name that is not on it does not reach the disk. The version of
our own files is one folder in their address, so that a script that imports `./map/areas.mjs` gets that of its version.
"""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from functools import cache
from pathlib import Path
from types import MappingProxyType

from hsc_geo.views.kit.components import FRONTEND, SERVED
from hsc_geo.web.paths import address
from hsc_geo.web.resource import Resource

OWN_FOLDER = Path(__file__).with_name("static")
MADE_FOLDER = (
    Path(sys.prefix) / "share" / "hsc_geo"
)  # the fonts that tools/fonts.py makes at set-up, if it did
LEAFLET_FILES = (
    "leaflet.js",
    "leaflet.css",
    "images/layers.png",
    "images/layers-2x.png",
    "images/marker-icon.png",
    "images/marker-icon-2x.png",
    "images/marker-shadow.png",
)
_MEDIA_TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".json": "application/json",
    ".woff2": "font/woff2",
}


class AssetError(RuntimeError):
    """An asset that is not there; the message names it and says what to do."""


def leaflet_folder() -> Path:
    """The folder of Leaflet's files inside the wheel that carries them, found without importing it.

    Raises AssetError when the wheel is not installed.
    """
    spec = importlib.util.find_spec("js_lib_leaflet")
    if spec is None or not spec.submodule_search_locations:
        raise AssetError("Leaflet is not installed: run pip install --require-hashes -r requirements.txt")
    return Path(spec.submodule_search_locations[0]) / "static" / "js_lib_leaflet"


@cache
def leaflet_files() -> MappingProxyType[str, Resource]:
    """Leaflet's files by their path, for example `images/layers.png`."""
    return _resources(leaflet_folder(), LEAFLET_FILES)


@cache
def own_files() -> MappingProxyType[str, Resource]:
    """Our own files by their path: what lies in `static/` and in what set-up made at the first use, of a
    type that we serve."""
    made = {name: file for folder in (OWN_FOLDER, MADE_FOLDER) for name, file in _all_of(folder).items()}
    return MappingProxyType(made)


def _all_of(folder: Path) -> MappingProxyType[str, Resource]:
    found = (path for path in folder.rglob("*") if path.suffix in _MEDIA_TYPES)
    return _resources(folder, sorted(path.relative_to(folder).as_posix() for path in found))


@cache
def own_version() -> str:
    """First 12 hex of the sha256 over the names and versions of all our own files."""
    told = "\n".join(f"{name} {resource.version}" for name, resource in own_files().items())
    return hashlib.sha256(told.encode()).hexdigest()[:12]


@cache
def kit_files() -> MappingProxyType[str, Resource]:
    """The files of our components that the browser fetches, by name."""
    return _resources(FRONTEND, SERVED)


def asset_url(name: str) -> str:
    """The address of one of our own files, below a folder with the version of all, so that browsers may keep it.

    Raises AssetError for a name that is not in `hsc_geo/web/static/`.
    """
    _expect("own", name, own_files())
    return address(f"assets/own/{own_version()}/{name}")


def leaflet_url(name: str) -> str:
    """The address of one of Leaflet's files, with a hash of its content. Raises AssetError if unknown."""
    _expect("leaflet", name, leaflet_files())
    return f"{address(f'assets/leaflet/{name}')}?v={leaflet_files()[name].version}"


def _expect(group: str, name: str, files: MappingProxyType[str, Resource]) -> None:
    if name not in files:
        raise AssetError(f"No {group} asset {name!r}: there are {', '.join(files) or 'none'}")


def _resources(folder: Path, names: tuple[str, ...] | list[str]) -> MappingProxyType[str, Resource]:
    missing = [name for name in names if not (folder / name).is_file()]
    if missing:
        raise AssetError(
            f"Not in the installed package: {', '.join(missing)}; install requirements.txt again"
        )
    return MappingProxyType({name: _resource(folder / name) for name in names})


def _resource(path: Path) -> Resource:
    return Resource(path.read_bytes(), _MEDIA_TYPES[path.suffix])
