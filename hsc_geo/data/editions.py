"""Editions that are kept: one folder for each, a whole data package with the register over it as it then stood."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hsc_geo.data.load import DataError, Package
from hsc_geo.data.opening import open_edition
from hsc_geo.data.packing import write
from hsc_geo.domain.message import Message, MessageError

FOLDER_SETTING = "HSC_EDITIONS"
_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})-([0-9a-f]{12})", re.ASCII)
_MAKING, _LOCK = ".making-", ".lock"
_DAMAGED = Message("take the edition from a back-up, or move its folder away")


class EditionError(MessageError):
    """An edition that cannot be made or found; the message says how to mend it."""


@dataclass(frozen=True)
class Edition:
    """One that is kept. name: of its folder, `YYYY-MM-DD-<snapshot>`; day: on which it was made; snapshot: the id of
    its content."""

    name: str
    day: date
    snapshot: str
    folder: Path


@dataclass(frozen=True)
class Made:
    """The edition, and whether it is new: of one day, the same content is the same edition."""

    edition: Edition
    new: bool


def default_folder() -> Path:
    """The folder that the setting HSC_EDITIONS names, else `unset_folder()`."""
    return Path(os.environ.get(FOLDER_SETTING) or unset_folder()).expanduser().absolute()


def unset_folder() -> Path:
    """Where editions are when nobody names a folder: `hsc_geo/editions` in the user's folder for data."""
    home = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(home) / "hsc_geo" / "editions"


def make(package: Package, folder: Path, day: date) -> Made:
    """Keep the package as the edition of this day, the same bytes for the same content.

    It is written beside and gets its name when it is whole; one that is there is never written over. Raises
    EditionError where the folder of that name holds something else, OSError where it cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder), _beside(folder) as new:
        snapshot = write(package, new)
        target = folder / f"{day.isoformat()}-{snapshot}"
        made = Edition(target.name, day, snapshot, target)
        if target.exists():
            _require_same(new, target)
            return Made(made, new=False)
        new.rename(target)
        return Made(made, new=True)


def kept(folder: Path) -> list[Edition]:
    """The editions in a folder, the oldest first, those of one day by when they were written; none where there is no
    folder. What has another name is none."""
    if not folder.is_dir():
        return []
    found = [_edition(path) for path in folder.iterdir() if path.is_dir()]
    return sorted((each for each in found if each is not None), key=_when)


def named(name: str, folder: Path) -> Edition | None:
    """The edition of exactly this name; None where there is none, as for any text that is no name of an edition."""
    path = folder / name if _NAME.fullmatch(name) else None
    return _edition(path) if path is not None and path.is_dir() else None


def find(which: str, folder: Path) -> Edition | None:
    """The one edition whose name, or else whose snapshot id, begins so; None where there is none.

    Raises EditionError, with their names, where there are several.
    """
    editions = kept(folder)
    by_name = [each for each in editions if each.name.startswith(which)]
    found = by_name or [each for each in editions if each.snapshot.startswith(which)]
    if len(found) > 1:
        names = ", ".join(each.name for each in found)
        raise EditionError(
            Message("{which} can be {names}; write more of the name", which=repr(which), names=names)
        )
    return found[0] if found else None


def opened(which: str, folder: Path) -> Package:
    """The package of an edition: of its name or the beginning of it in `folder`, else of its own folder, its zip or
    the address of that zip.

    Raises EditionError where there is none, DataError where it is damaged.
    """
    edition = find(which, folder) if which else None
    if edition is not None:
        return package_of(edition)
    if not which or ("://" not in which and not Path(which).exists()):
        names = ", ".join(each.name for each in kept(folder)) or "-"
        told = Message(
            "{which} is no edition in {folder} and no folder; there are: {names}",
            which=repr(which),
            folder=str(folder),
            names=names,
        )
        raise EditionError(told)
    return _elsewhere(which)


def _elsewhere(which: str) -> Package:
    try:
        return open_edition(which)
    except DataError as error:
        if which in error.file:
            raise
        raise DataError(f"{which}/{error.file}", error.wrong, error.mend) from error


def package_of(edition: Edition) -> Package:
    """The package of an edition, checked by its hashes and against its name. Raises DataError where it is damaged, gone
    or of another version of the contract."""
    try:
        package = open_edition(edition.folder)
    except DataError as error:
        raise DataError(f"{edition.folder}/{error.file}", error.wrong, _DAMAGED) from error
    if package.snapshot != edition.snapshot:
        told = Message("holds the snapshot {found}, which is not that of its name", found=package.snapshot)
        raise DataError(str(edition.folder), told, _DAMAGED)
    return package


def _when(edition: Edition) -> tuple[date, int, str]:
    return edition.day, edition.folder.stat().st_mtime_ns, edition.name


def _edition(path: Path) -> Edition | None:
    parts = _NAME.fullmatch(path.name)
    if parts is None:
        return None
    try:
        return Edition(path.name, date.fromisoformat(parts[1]), parts[2], path)
    except ValueError:
        return None  # no day of the calendar


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Nobody else makes an edition here meanwhile; the system lets go of the lock when a process is killed."""
    with (folder / _LOCK).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """An empty folder to write in, gone at the end unless it got another name; so is what a killed process left."""
    for left in folder.glob(f"{_MAKING}*"):
        shutil.rmtree(left, ignore_errors=True)
    new = Path(tempfile.mkdtemp(prefix=_MAKING, dir=folder))
    try:
        new.chmod(0o755)
        yield new
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _require_same(new: Path, target: Path) -> None:
    if not target.is_dir() or _content(new) != _content(target):
        told = Message(
            "{folder} is there and holds something else; it stays as it is: move it away and make the edition again",
            folder=str(target),
        )
        raise EditionError(told)


def _content(folder: Path) -> dict[str, bytes | None]:
    return {path.name: path.read_bytes() if path.is_file() else None for path in folder.iterdir()}
