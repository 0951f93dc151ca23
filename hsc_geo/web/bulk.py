"""All figures as files: made when first asked for, kept for the edition, and never part of a page's message."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from hsc_geo.analysis import bulk
from hsc_geo.data.load import Package
from hsc_geo.web.paths import address
from hsc_geo.web.resource import Resource

ZIP, PARQUET = "application/zip", "application/vnd.apache.parquet"


@dataclass(frozen=True)
class _File:
    media_type: str
    make: Callable[[Package, int], bytes]


FILES = {
    "figures.parquet": _File(PARQUET, bulk.to_parquet),
    "figures-csv.zip": _File(ZIP, bulk.to_csv_zip),
    "figures-excel-nl.zip": _File(ZIP, partial(bulk.to_csv_zip, excel=True)),
}

_lock = threading.Lock()
_made: dict[tuple[str, str], Resource] = {}


def figures_file(package: Package, name: str) -> Resource:
    """One of FILES; KeyError for another name. Those of an earlier edition are dropped."""
    edition, file = bulk.edition(package), FILES[name]
    with _lock:
        if (edition, name) not in _made:
            for old in [key for key in _made if key[0] != edition]:
                del _made[old]
            _made[edition, name] = Resource(file.make(package, dt.date.today().year), file.media_type)
        return _made[edition, name]


def figures_urls() -> dict[str, str]:
    """The address of each of FILES: always that of the newest edition, so that a program can keep it."""
    return {name: address(f"figures/{name}") for name in FILES}


def file_name(package: Package, name: str) -> str:
    """What a browser calls the file: with the edition in it."""
    return f"hsc-geo-{bulk.edition(package)}-{name}"


def forget_files() -> None:
    """Drop the files made so far: for tests."""
    with _lock:
        _made.clear()
