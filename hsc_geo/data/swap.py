"""Building beside the old folder and taking its place only when whole: half a build never replaces a whole one."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from hsc_geo.domain import schema
from hsc_geo.domain.problems import Problem
from hsc_geo.sources.extracts import SourceError

_OURS = frozenset(
    {schema.DESCRIPTOR, *(t.path for t in schema.TABLES), *(g.path for g in schema.GEOMETRY_FILES)}
)
_OLD, _NEW = ".old-", ".building-"


def refuse_other_folder(output: Path, ours: Collection[str] = _OURS) -> None:
    """Raise SourceError when `output` holds anything that a build did not write, for the swap would remove it.

    ours: names of the files that a build writes; those of a data package when not given.
    """
    if output.exists() and not output.is_dir():
        raise SourceError([Problem(str(output), 0, "", "", "is a file; give a folder with --output")])
    found = sorted(path.name for path in output.iterdir()) if output.is_dir() else []
    strange = [name for name in found if name not in ours]
    if strange:
        mend = "holds files that this command does not write; move them or give another folder with --output"
        raise SourceError([Problem(str(output), 0, "", ", ".join(strange), mend)])


@contextmanager
def building_beside(output: Path, ours: Collection[str] = _OURS) -> Iterator[Path]:
    """An empty folder beside `output`; on leaving without an error it becomes `output`, else it is removed."""
    refuse_other_folder(output, ours)
    output.parent.mkdir(parents=True, exist_ok=True)
    recover(output)
    new = Path(tempfile.mkdtemp(prefix=f".{output.name}{_NEW}", dir=output.parent))
    try:
        new.chmod(0o755)
        yield new
        swap(new, output)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def swap(new: Path, output: Path) -> None:
    """Put `new` in the place of `output` by renaming; when that fails or is interrupted, `output` is put back."""
    old = output.parent / f".{output.name}{_OLD}{os.getpid()}"
    had_one = output.exists()
    try:
        if had_one:
            output.rename(old)
        new.rename(output)
    except BaseException:
        if old.exists() and not output.exists():
            old.rename(output)
        raise
    _remove([old])


def recover(output: Path) -> None:
    """Undo a swap that was cut off between its two renames, and clear away old folders that were left behind."""
    left_behind = sorted(output.parent.glob(f".{output.name}{_OLD}*"))
    if left_behind and not output.exists():
        left_behind.pop().rename(output)
    _remove(left_behind)


def _remove(folders: Iterable[Path]) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
