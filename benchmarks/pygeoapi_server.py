"""pygeoapi with its own GeoJSON provider, in an environment of its own that is thrown away.

It is no part of the pins: `environment` makes one in a folder with pip, some 360 MB, and needs a package index.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

VERSION = "0.21.0"
_SHARED = ("starlette", "uvicorn")  # in the versions that serve ours
_SERVER = """
import os, uvicorn
uvicorn.run("pygeoapi.starlette_app:APP", port=int(os.environ["PORT"]), log_level="error")
"""


def environment(folder: Path) -> str:
    """The Python of a new environment in the folder, with pygeoapi in it."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    python = str(folder / "bin" / "python")
    wanted = [f"pygeoapi=={VERSION}", *(f"{name}=={version(name)}" for name in _SHARED)]
    subprocess.run([python, "-m", "pip", "install", "--quiet", *wanted], check=True)
    return python


@contextmanager
def serving(
    python: str, folder: Path, files: Mapping[str, Path], port: int
) -> Iterator[subprocess.Popen[bytes]]:
    """Its Starlette app with one collection a file of GeoJSON; it has the port when it answers."""
    configuration, description = folder / "pygeoapi.yml", folder / "openapi.yml"
    configuration.write_text(json.dumps(_configured(files, port)), encoding="utf-8")  # JSON is YAML
    description.write_text(json.dumps({"openapi": "3.0.2", "info": {}, "paths": {}}), encoding="utf-8")
    own = {
        "PYGEOAPI_CONFIG": str(configuration),
        "PYGEOAPI_OPENAPI": str(description),
        "PORT": str(port),
    }
    process = subprocess.Popen([python, "-c", _SERVER], cwd=folder, env={**os.environ, **own})
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def _configured(files: Mapping[str, Path], port: int) -> dict[str, Any]:
    named = {"title": "benchmark", "description": "benchmark", "keywords": ["benchmark"]}
    here = f"http://127.0.0.1:{port}"
    return {
        "server": {
            "bind": {"host": "127.0.0.1", "port": port},
            "url": here,
            "mimetype": "application/json; charset=UTF-8",
            "encoding": "utf-8",
            "language": "en-US",
            "limits": {"default_items": 100, "max_items": 100},
            "map": {"url": here, "attribution": ""},
        },
        "logging": {"level": "ERROR"},
        "metadata": {
            "identification": {**named, "url": here},
            "license": {"name": "none"},
            "provider": {"name": "none"},
            "contact": {"name": "none"},
        },
        "resources": {name: _collection(named, file) for name, file in files.items()},
    }


def _collection(named: Mapping[str, Any], file: Path) -> dict[str, Any]:
    return {
        "type": "collection",
        **named,
        "links": [],
        "extents": {"spatial": {"bbox": [4.3, 52.0, 4.7, 52.3]}},
        "providers": [{"type": "feature", "name": "GeoJSON", "data": str(file), "id_field": "id"}],
    }
