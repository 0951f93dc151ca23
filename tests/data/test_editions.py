"""Editions that are kept: whole or not at all, the same bytes for the same content, never written over."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import hsc_geo
from hsc_geo.data import editions
from hsc_geo.data.check import check_folder
from hsc_geo.data.editions import EditionError, default_folder, find, kept, make, opened
from hsc_geo.data.load import DataError, Package, load
from tests.shared.naive import DATA

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2026, 11, 29)


@pytest.fixture(scope="module")
def package() -> Package:
    return load(DATA)


@pytest.fixture(scope="module")
def changed(package: Package) -> Package:
    """As a register would change it."""
    initiatives = package.initiatives.copy()
    initiatives.loc["LEI-010", ["name", "last_confirmed"]] = ['Een "nieuwe", naam', "2026-11-29"]
    return replace(package, initiatives=initiatives, snapshot=f"{package.snapshot}-r7")


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def seen(folder: Path) -> list[str]:
    """What is there to see: what begins with a dot is not."""
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def test_the_data_package_alone_is_kept_byte_for_byte(package: Package, tmp_path: Path) -> None:
    made = make(package, tmp_path / "deep" / "editions", DAY)
    assert made.new
    assert made.edition.name == f"2026-11-29-{package.snapshot}"
    assert content(made.edition.folder) == content(DATA)
    assert made.edition.folder.stat().st_mode & 0o777 == 0o755


def test_what_the_register_changed_opens_again_and_gives_the_same_bytes(
    package: Package, changed: Package, tmp_path: Path
) -> None:
    first = make(changed, tmp_path / "first", DAY).edition
    again = hsc_geo.open(first.folder)
    assert again.snapshot == first.snapshot != package.snapshot
    assert again.initiatives.equals(changed.initiatives)
    assert check_folder(first.folder) == []
    second = make(again, tmp_path / "second", DAY).edition
    assert (second.name, content(second.folder)) == (first.name, content(first.folder))


def test_the_same_on_one_day_is_one_edition_and_on_another_day_another(
    package: Package, tmp_path: Path
) -> None:
    first = make(package, tmp_path, DAY)
    before = first.edition.folder.stat().st_mtime_ns
    again = make(package, tmp_path, DAY)
    assert (again.new, again.edition) == (False, first.edition)
    assert first.edition.folder.stat().st_mtime_ns == before
    assert make(package, tmp_path, date(2026, 12, 1)).new
    assert [each.day.day for each in kept(tmp_path)] == [29, 1]


def test_one_that_is_there_is_never_written_over(package: Package, tmp_path: Path) -> None:
    edition = make(package, tmp_path, DAY).edition
    (edition.folder / "venues.csv").write_text("other", encoding="utf-8")
    with pytest.raises(EditionError, match="stays as it is: move it away"):
        make(package, tmp_path, DAY)
    assert (edition.folder / "venues.csv").read_text(encoding="utf-8") == "other"
    assert seen(tmp_path) == [edition.name]
    with pytest.raises(DataError, match=rf"{edition.name}/venues.csv: is damaged .*back-up"):
        opened(edition.name, tmp_path)


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_leaves_nothing(
    package: Package, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: BaseException
) -> None:
    def fail(package: Package, folder: Path) -> str:
        (folder / "areas.csv").write_text("half", encoding="utf-8")
        raise fault

    monkeypatch.setattr(editions, "write", fail)
    with pytest.raises(type(fault)):
        make(package, tmp_path, DAY)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock"]


KILLED = """
import os, signal, sys
from datetime import date
from pathlib import Path
from hsc_geo.data import editions, packing
from hsc_geo.data.load import load

def fatal(owner, name):
    real = getattr(owner, name)
    def then_killed(*given):
        if owner is not Path:
            real(*given)
        os.kill(os.getpid(), signal.SIGKILL)
    setattr(owner, name, then_killed)

if sys.argv[1] == "geometry":
    fatal(packing, "write_geometry")
else:
    fatal(Path, "rename")
editions.make(load(Path(sys.argv[2])), Path(sys.argv[3]), date(2026, 11, 29))
"""


@pytest.mark.parametrize("moment", ["geometry", "rename"])
def test_killed_in_between_nothing_half_is_kept(package: Package, tmp_path: Path, moment: str) -> None:
    command = [sys.executable, "-c", KILLED, moment, str(DATA), str(tmp_path)]
    died = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False, timeout=120
    )
    assert died.returncode == -signal.SIGKILL
    assert len(list(tmp_path.glob(".making-*"))) == 1
    assert (seen(tmp_path), kept(tmp_path)) == ([], [])
    made = make(package, tmp_path, DAY)
    assert made.new
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", made.edition.name]
    assert content(made.edition.folder) == content(DATA)


def names(tmp_path: Path, *folders: str) -> Path:
    for name in folders:
        (tmp_path / name).mkdir()
    return tmp_path


FIRST, SECOND, THIRD = "2026-11-29-aaaaaaaaaaaa", "2026-11-29-aabbbbbbbbbb", "2026-12-01-2026cccccccc"


@pytest.mark.parametrize(
    ("which", "found"),
    [
        (FIRST, FIRST),
        ("2026-12", THIRD),
        ("aab", SECOND),
        ("2026c", THIRD),
        ("0", None),
        ("2026-11-29-ab", None),
    ],
)
def test_one_is_found_by_how_it_begins(tmp_path: Path, which: str, found: str | None) -> None:
    folder = names(tmp_path, FIRST, SECOND, THIRD)
    edition = find(which, folder)
    assert (edition.name if edition else None) == found


@pytest.mark.parametrize("which", ["2026", "2026-11-29-", "aa"])
def test_several_that_begin_so_are_named(tmp_path: Path, which: str) -> None:
    with pytest.raises(EditionError, match=rf"{FIRST}, {SECOND}.*write more of the name"):
        find(which, names(tmp_path, FIRST, SECOND, THIRD))


def test_what_is_no_edition_is_not_listed(tmp_path: Path) -> None:
    names(tmp_path, FIRST, ".making-x", "other", "2026-13-01-aaaaaaaaaaaa", "2026-11-29-a47a")
    (tmp_path / SECOND).write_text("a file", encoding="utf-8")
    assert [each.name for each in kept(tmp_path)] == [FIRST]
    assert kept(tmp_path / "absent") == []


@pytest.mark.parametrize("which", ["", "absent"])
def test_an_edition_that_is_not_there_is_told_with_those_that_are(tmp_path: Path, which: str) -> None:
    with pytest.raises(EditionError, match=f"is no edition .* there are: {FIRST}"):
        opened(which, names(tmp_path, FIRST))


def test_a_folder_under_the_name_of_another_edition_is_refused(package: Package, tmp_path: Path) -> None:
    edition = make(package, tmp_path, DAY).edition
    edition.folder.rename(tmp_path / FIRST)
    with pytest.raises(DataError, match=f"{package.snapshot}, which is not that of its name"):
        opened(FIRST, tmp_path)


def test_of_a_folder_that_is_none_the_message_names_it(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=rf"^{tmp_path}/datapackage.json: is missing"):
        opened(str(tmp_path), tmp_path)
    (tmp_path / "edition.zip").write_text("no zip", encoding="utf-8")
    with pytest.raises(DataError, match=rf"^{tmp_path}/edition.zip: is no zip"):
        opened(str(tmp_path / "edition.zip"), tmp_path)


def test_a_snapshot_that_is_not_that_of_the_files_is_refused(package: Package, tmp_path: Path) -> None:
    edition = make(package, tmp_path, DAY).edition
    file = edition.folder / "datapackage.json"
    descriptor = json.loads(file.read_text(encoding="utf-8")) | {"snapshot": "a" * 12}
    file.write_text(json.dumps(descriptor), encoding="utf-8")
    with pytest.raises(DataError, match=f"says snapshot aaaaaaaaaaaa, and its files make {package.snapshot}"):
        hsc_geo.open(edition.folder)


def test_where_they_are_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("HSC_EDITIONS", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_folder() == tmp_path / "hsc_geo" / "editions"
    monkeypatch.setenv("HSC_EDITIONS", str(tmp_path / "kept"))
    assert default_folder() == tmp_path / "kept"
