"""An edition from wherever it is kept: a folder, a zip, or the address of a zip."""

from __future__ import annotations

import io
import tempfile
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path, PurePosixPath
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from hsc_geo.data.descriptor import snapshot_id
from hsc_geo.data.load import DataError, Package, load
from hsc_geo.domain import schema
from hsc_geo.domain.message import Message
from hsc_geo.sources.municipality import KEY as MUNICIPALITY

LARGEST = 512 * 1024 * 1024  # bytes of an edition, packed or not: one of the whole country has less
PATIENCE = 60.0  # seconds without an answer
_ANOTHER = Message("give the folder of an edition, its zip, or the address of that zip")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def open_edition(where: str | Path) -> Package:
    """The data package in a folder or zip, or at an address (https; http of this machine alone).

    A zip is checked against its hashes as a folder is, and these against the snapshot id. Raises DataError, which names
    the file or address, what is wrong and how to mend it.
    """
    if isinstance(where, str) and "://" in where:
        return _of_zip(_fetched(where), where)
    path = Path(where)
    if path.is_dir():
        return _loaded(path)
    try:
        return _of_zip(path.read_bytes(), str(path))
    except OSError as error:
        raise DataError(
            str(path), Message("cannot be read ({reason})", reason=str(error.strerror)), _ANOTHER
        ) from error


def _loaded(folder: Path) -> Package:
    package = load(folder)
    expected = snapshot_id(package.descriptor["resources"], package.descriptor.get(MUNICIPALITY))
    if package.snapshot != expected:
        told = Message(
            "says snapshot {found}, and its files make {expected}", found=package.snapshot, expected=expected
        )
        raise DataError(schema.DESCRIPTOR, told)
    return package


def _fetched(address: str) -> bytes:
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise DataError(address, Message("is no address of https"), _ANOTHER)
    asked = Request(address, headers={"User-Agent": "hsc_geo", "Accept": "application/zip"})  # noqa: S310 - as above
    try:
        with urlopen(asked, timeout=PATIENCE) as answer:  # noqa: S310 - as above
            content: bytes = answer.read(LARGEST + 1)
    except (URLError, OSError, ValueError) as error:
        reason = str(getattr(error, "reason", error))
        raise DataError(address, Message("cannot be reached ({reason})", reason=reason), _ANOTHER) from error
    if len(content) > LARGEST:
        raise _too_large(address)
    return content


def _of_zip(content: bytes, where: str) -> Package:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile as error:
        raise DataError(where, Message("is no zip"), _ANOTHER) from error
    members = _members(archive)
    if schema.DESCRIPTOR not in members:
        raise DataError(where, Message("has no {file}", file=schema.DESCRIPTOR), _ANOTHER)
    if sum(each.file_size for each in members.values()) > LARGEST:
        raise _too_large(where)
    with tempfile.TemporaryDirectory(prefix="hsc_geo-") as folder:
        try:
            for name, member in members.items():
                (Path(folder) / name).write_bytes(archive.read(member))
        except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as error:
            raise DataError(where, Message("is a zip that is damaged or locked"), _ANOTHER) from error
        return replace(_loaded(Path(folder)), folder=Path(where))


def _members(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The files that the contract knows, by their own name, whatever folder of the zip they lie in."""
    known = {schema.DESCRIPTOR, *(each.path for each in (*schema.TABLES, *schema.GEOMETRY_FILES))}
    found = {PurePosixPath(each.filename).name: each for each in archive.infolist() if not each.is_dir()}
    return {name: found[name] for name in sorted(known & found.keys())}


def _too_large(where: str) -> DataError:
    return DataError(where, Message("is larger than {most} MB", most=LARGEST // 1024**2), _ANOTHER)
