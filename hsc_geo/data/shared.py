"""What the processes of a machine share on disk: results that are dear to make, each in a file of its own.

Never more than a shortcut: whatever is wrong with the folder or a file, the result is made as without them. Files hold
text, JSON or Arrow, never what runs when it is read. A name tells all that the content follows from, so what is out of
date is not found, rather than found and believed.
"""

from __future__ import annotations

import hashlib
import logging
import mmap
import os
import stat
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Generic, TypeVar

import hsc_geo

T = TypeVar("T")

HEAD = 64  # bytes before the content: its digest, and zeros; Arrow asks that what it reads lies at a multiple of this
LEFT_BEHIND = 3600.0  # seconds after which a file that was never finished is one of a process that was killed
_MARK = "shared as"
_LIBRARIES = ("pandas", "pyarrow", "shapely", "pyproj", "geopandas")  # that shape what is kept
_LOGGER = logging.getLogger("hsc_geo")


@dataclass(frozen=True)
class Form(Generic[T]):
    """How a result is written, and read again; what reads raises for what it cannot read."""

    write: Callable[[T], bytes]
    read: Callable[[memoryview], T]


class SharedFolder:
    """A folder of at most so many bytes. Safe for threads and processes: a file appears whole, or not at all."""

    def __init__(self, folder: Path, largest: int) -> None:
        self._folder = folder
        self._largest = largest
        self._told: set[str] = set()

    def read(self, name: str, key: str) -> memoryview | None:
        """What was kept under this name, as a view of the file, which all processes have in memory once; None when
        there is none. A damaged file is told, removed, and as if it were not there."""
        path = self._path(name, key)
        if not self._usable(make=False):
            return None
        try:
            content = _mapped(path)
        except OSError:
            return None
        if content is not None and bytes(content[:HEAD]) == _head(name, key, content[HEAD:]):
            _touch(path)
            return content[HEAD:]
        self.drop(name, key)
        return None

    def write(self, name: str, key: str, body: bytes) -> None:
        """Keep this, and make room for it; a folder that cannot be written is told once."""
        content = memoryview(body)
        if HEAD + content.nbytes > self._largest or not self._usable(make=True):
            return
        try:
            self._put(self._path(name, key), _head(name, key, content), content)
            self._make_room()
        except OSError as error:
            self._tell(f"Nothing is kept in {self._folder} (HSC_CACHE): {error}")

    def drop(self, name: str, key: str) -> None:
        """Remove a file that is not what it should be."""
        path = self._path(name, key)
        _LOGGER.warning("The shared file %s (HSC_CACHE) is damaged; it is made again", path)
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            self._tell(f"{path} cannot be removed: {error}")

    def _path(self, name: str, key: str) -> Path:
        return self._folder / f"{name}-{_digest(key, code_version())[:32]}.kept"

    def _usable(self, make: bool) -> bool:
        """Whether the folder is there and nobody else may write in it: what is read from it is believed."""
        try:
            if make:
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            found = self._folder.stat()
        except OSError as error:
            if make:
                self._tell(f"Nothing is kept in {self._folder} (HSC_CACHE): {error}")
            return False
        mine = stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & 0o022
        if not mine:
            self._tell(f"{self._folder} (HSC_CACHE) is not used: others than this user may write in it")
        return mine

    def _put(self, path: Path, head: bytes, content: memoryview) -> None:
        handle, part = tempfile.mkstemp(dir=self._folder, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(head)
                file.write(content)
            os.replace(part, path)
        except BaseException:
            Path(part).unlink(missing_ok=True)
            raise

    def _make_room(self) -> None:
        """Remove what was used the longest ago until nine tenths of the room are used, and what was left behind."""
        for part in self._folder.glob("*.part"):
            if (found := _stat(part)) and time.time() - found.st_mtime > LEFT_BEHIND:
                part.unlink(missing_ok=True)
        files = [(found.st_mtime, found.st_size, path) for path in self._kept() if (found := _stat(path))]
        total = sum(size for _, size, _ in files)
        most = self._largest if total <= self._largest else 0.9 * self._largest
        for _, size, path in sorted(files):
            if total <= most:
                break
            path.unlink(missing_ok=True)
            total -= size

    def _kept(self) -> list[Path]:
        return list(self._folder.glob("*.kept"))

    def _tell(self, text: str) -> None:
        if text not in self._told:
            self._told.add(text)
            _LOGGER.warning("%s", text)


_folder: SharedFolder | None = None


def use(folder: SharedFolder | None) -> None:
    """Share through this folder from now on; None: not at all, as when nobody says so."""
    global _folder
    _folder = folder


def mark(owner: object, *parts: str) -> None:
    """Say what a package follows from, whole: two with the same parts hold the same. What is made of it by
    `dataclasses.replace` has no mark, and nothing of it is shared."""
    vars(owner)[_MARK] = _digest(*parts)


def mark_of(owner: object) -> str:
    """The mark of a package; "" for none."""
    return str(vars(owner).get(_MARK, ""))


def kept(name: str, key: str, make: Callable[[], T], form: Form[T]) -> T:
    """What is kept under this name and key, else what `make` makes, which is kept then. key: all that the result
    follows from beside the code; "" shares nothing."""
    folder = _folder
    if folder is None or not key:
        return make()
    if (found := folder.read(name, key)) is not None:
        try:
            return form.read(found)
        except Exception:  # noqa: BLE001 - readers raise many kinds
            folder.drop(name, key)
    made = make()
    try:
        content = form.write(made)
    except Exception:  # writers raise many kinds; sharing is a shortcut, and what was made is good
        _LOGGER.exception("%s could not be written to be shared", name)
    else:
        folder.write(name, key, content)
    return made


@cache
def code_version() -> str:
    """What tells this program from one that may make something else: the content of its files, and its libraries."""
    root = Path(hsc_geo.__file__).parent
    files = sorted(root.rglob("*.py"))
    told = (f"{path.relative_to(root)} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in files)
    return _digest(sys.version, *map(version, _LIBRARIES), *told)


def _mapped(path: Path) -> memoryview | None:
    """The file in memory; None for one that is too short to be whole."""
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        if os.fstat(handle).st_size <= HEAD:
            return None
        return memoryview(mmap.mmap(handle, 0, access=mmap.ACCESS_READ))
    finally:
        os.close(handle)


def _head(name: str, key: str, content: memoryview) -> bytes:
    digest = hashlib.sha256(f"{name} {key} {content.nbytes}\n".encode())
    digest.update(content)
    return digest.digest().ljust(HEAD, b"\0")


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None  # another process removed it


def _touch(path: Path) -> None:
    """That it was used now; where that may not be written it is not told."""
    try:
        os.utime(path)
    except OSError:
        return
