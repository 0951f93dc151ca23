"""Files that the browser needs beside Streamlit's: Leaflet from an installed wheel, and our own.

What may be served is a list made at the first use; a name that is not on it does not reach the disk.
"""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from types import MappingProxyType

from hsc_geo.web.paths import address
from hsc_geo.web.resource import Resource

OWN_FOLDER = Path(__file__).with_name("static")
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
    """Our own files by name: what lies in `static/` at the first use and has a type that we serve."""
    names = sorted(path.name for path in OWN_FOLDER.glob("*") if path.suffix in _MEDIA_TYPES)
    return _resources(OWN_FOLDER, names)


def asset_url(name: str) -> str:
    """The address of one of our own files, with a hash of its content, so that browsers may keep it.

    Raises AssetError for a name that is not in `hsc_geo/web/static/`.
    """
    return _versioned("own", name, own_files())


def leaflet_url(name: str) -> str:
    """The address of one of Leaflet's files, with a hash of its content. Raises AssetError if unknown."""
    return _versioned("leaflet", name, leaflet_files())


def _versioned(group: str, name: str, files: MappingProxyType[str, Resource]) -> str:
    if name not in files:
        raise AssetError(f"No {group} asset {name!r}: there are {', '.join(files) or 'none'}")
    return f"{address(f'assets/{group}/{name}')}?v={files[name].version}"


def _resources(folder: Path, names: tuple[str, ...] | list[str]) -> MappingProxyType[str, Resource]:
    missing = [name for name in names if not (folder / name).is_file()]
    if missing:
        raise AssetError(
            f"Not in the installed package: {', '.join(missing)}; install requirements.txt again"
        )
    return MappingProxyType({name: _resource(folder / name) for name in names})


def _resource(path: Path) -> Resource:
    return Resource(path.read_bytes(), _MEDIA_TYPES[path.suffix])
