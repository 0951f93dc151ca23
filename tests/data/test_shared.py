"""What processes share on disk: whole or not at all, never out of date, never believed when it is damaged."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from hsc_geo.data import shared
from hsc_geo.data.load import Package, load
from hsc_geo.data.shared import Form, SharedFolder
from hsc_geo.data.shared_frames import frames_from_bytes, frames_to_bytes

ROOM = 1_000_000
TEXT = Form(write=str.encode, read=lambda content: bytes(content).decode())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "made"


@pytest.fixture
def used(folder: Path) -> Iterator[Path]:
    """The folder, through which all is shared during the test."""
    shared.use(SharedFolder(folder, ROOM))
    yield folder
    shared.use(None)


def only(folder: Path) -> Path:
    (found,) = folder.iterdir()
    return found


def never() -> str:
    pytest.fail("it was made again")


def test_what_one_process_made_another_reads(folder: Path) -> None:
    SharedFolder(folder, ROOM).write("layer", "key", b"content")
    found = SharedFolder(folder, ROOM).read("layer", "key")
    assert found is not None
    assert bytes(found) == b"content"


@pytest.mark.parametrize(("name", "key"), [("layer", "other"), ("other", "key")])
def test_another_name_or_key_is_not_found(folder: Path, name: str, key: str) -> None:
    SharedFolder(folder, ROOM).write("layer", "key", b"content")
    assert SharedFolder(folder, ROOM).read(name, key) is None


def test_another_program_does_not_find_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    SharedFolder(folder, ROOM).write("layer", "key", b"content")
    monkeypatch.setattr(shared, "code_version", lambda: "of another day")
    assert SharedFolder(folder, ROOM).read("layer", "key") is None


def test_a_changed_file_of_the_program_is_another_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "__init__.py"
    file.write_text("A = 1\n")
    monkeypatch.setattr(shared.hsc_geo, "__file__", str(file))
    before = shared.code_version.__wrapped__()
    assert shared.code_version.__wrapped__() == before
    when = file.stat()
    file.write_text("A = 2\n")
    os.utime(
        file, ns=(when.st_atime_ns, when.st_mtime_ns)
    )  # as an image does that knows one time for all its files
    assert shared.code_version.__wrapped__() != before


def test_what_cannot_be_written_is_given_all_the_same(used: Path, caplog: pytest.LogCaptureFixture) -> None:
    def no_writer(content: str) -> bytes:
        raise TypeError(content)

    with caplog.at_level(logging.ERROR, "hsc_geo"):
        found = shared.kept("layer", "key", lambda: "content", Form(no_writer, TEXT.read))
    assert found == "content"
    assert caplog.messages == ["layer could not be written to be shared"]
    assert not list(used.glob("*.kept"))


DAMAGES = {
    "cut off": lambda path: os.truncate(path, path.stat().st_size - 1),
    "empty": lambda path: os.truncate(path, 0),
    "a byte changed": lambda path: path.write_bytes(path.read_bytes()[:-1] + b"!"),
    "of another key": lambda path: path.write_bytes(
        shared._head("layer", "another", memoryview(b"content")) + b"content"
    ),
}


@pytest.mark.parametrize("how", DAMAGES)
def test_a_damaged_file_is_told_in_one_line_and_made_again(
    used: Path, caplog: pytest.LogCaptureFixture, how: str
) -> None:
    assert shared.kept("layer", "key", lambda: "content", TEXT) == "content"
    DAMAGES[how](only(used))
    with caplog.at_level(logging.WARNING, "hsc_geo"):
        assert shared.kept("layer", "key", lambda: "made anew", TEXT) == "made anew"
    (told,) = caplog.messages
    assert str(only(used)) in told
    assert shared.kept("layer", "key", never, TEXT) == "made anew"


def test_what_cannot_be_read_is_made_again(used: Path) -> None:
    shared.kept("layer", "key", lambda: "no tables", TEXT)
    tables = {"one": pd.DataFrame({"a": [1]})}
    form = Form(write=frames_to_bytes, read=frames_from_bytes)
    assert shared.kept("layer", "key", lambda: tables, form) is tables
    assert_frame_equal(shared.kept("layer", "key", dict, form)["one"], tables["one"])


def test_without_a_folder_or_a_key_all_is_made_each_time(folder: Path) -> None:
    shared.use(None)
    assert shared.kept("layer", "key", lambda: "one", TEXT) == "one"
    assert shared.kept("layer", "key", lambda: "two", TEXT) == "two"
    shared.use(SharedFolder(folder, ROOM))
    assert shared.kept("layer", "", lambda: "three", TEXT) == "three"
    assert not folder.exists()
    shared.use(None)


def refused(*_: object, **__: object) -> tuple[int, str]:
    raise OSError(30, "Read-only file system")


def test_a_folder_that_cannot_be_written_is_told_once_and_still_read(
    used: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    shared.kept("layer", "kept", lambda: "before", TEXT)
    monkeypatch.setattr(tempfile, "mkstemp", refused)
    with caplog.at_level(logging.WARNING, "hsc_geo"):
        assert shared.kept("layer", "new", lambda: "one", TEXT) == "one"
        assert shared.kept("layer", "new", lambda: "two", TEXT) == "two"
    assert len(caplog.messages) == 1
    assert "Read-only file system" in caplog.text
    assert shared.kept("layer", "kept", never, TEXT) == "before"


def test_a_folder_that_cannot_be_made_is_told_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("")
    found = SharedFolder(tmp_path / "file" / "made", ROOM)
    with caplog.at_level(logging.WARNING, "hsc_geo"):
        for _ in range(2):
            found.write("layer", "key", b"content")
            assert found.read("layer", "key") is None
    assert len(caplog.messages) == 1


@pytest.mark.parametrize("mode", [0o777, 0o770])
def test_a_folder_that_others_may_write_is_not_believed(
    folder: Path, caplog: pytest.LogCaptureFixture, mode: int
) -> None:
    SharedFolder(folder, ROOM).write("layer", "key", b"content")
    folder.chmod(mode)
    with caplog.at_level(logging.WARNING, "hsc_geo"):
        assert SharedFolder(folder, ROOM).read("layer", "key") is None
    assert "is not used" in caplog.text
    assert str(folder) in caplog.text


def test_a_link_in_the_place_of_a_file_is_not_followed(folder: Path, tmp_path: Path) -> None:
    found = SharedFolder(folder, ROOM)
    found.write("layer", "key", b"content")
    elsewhere = only(folder).rename(tmp_path / "elsewhere")
    found._path("layer", "key").symlink_to(elsewhere)
    assert found.read("layer", "key") is None


def test_the_folder_is_for_its_user_alone(folder: Path) -> None:
    SharedFolder(folder, ROOM).write("layer", "key", b"content")
    assert folder.stat().st_mode & 0o077 == 0
    assert only(folder).stat().st_mode & 0o077 == 0


def test_what_was_used_the_longest_ago_goes_first(folder: Path) -> None:
    found = SharedFolder(folder, 1000)
    for number, age in (("1", 30), ("2", 20), ("3", 10)):
        found.write("layer", number, bytes(200))
        then = time.time() - age
        os.utime(found._path("layer", number), (then, then))
    assert found.read("layer", "1") is not None  # so it was used now
    found.write("layer", "4", bytes(200))
    assert [number for number in "1234" if found.read("layer", number) is not None] == ["1", "3", "4"]
    assert sum(path.stat().st_size for path in folder.iterdir()) <= 1000


def test_what_is_larger_than_the_room_is_not_kept(folder: Path) -> None:
    found = SharedFolder(folder, 1000)
    found.write("layer", "key", bytes(1000))
    assert found.read("layer", "key") is None


def test_what_a_process_that_was_killed_left_behind_goes(folder: Path) -> None:
    found = SharedFolder(folder, ROOM)
    found.write("layer", "1", b"content")
    old, new = folder / "old.part", folder / "new.part"
    for path, age in ((old, 2 * shared.LEFT_BEHIND), (new, 1)):
        path.write_bytes(b"half")
        os.utime(path, (time.time() - age,) * 2)
    found.write("layer", "2", b"content")
    assert not old.exists()
    assert new.exists()


WRITER = """
import sys, time
from pathlib import Path
from hsc_geo.data.shared import SharedFolder
folder, sign = SharedFolder(Path(sys.argv[1]), 10_000_000), sys.argv[2].encode()
print("writes", flush=True)
end = time.monotonic() + 1.5
while time.monotonic() < end:
    folder.write("layer", "key", sign * 300_000 * len(sign))
"""


def test_two_processes_that_write_the_same_never_give_half_of_it(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    signs = (b"a", b"bb")
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(folder), sign.decode()], stdout=subprocess.PIPE)
        for sign in signs
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"writes\n"
    reader, whole = SharedFolder(folder, 10_000_000), {sign * 300_000 * len(sign) for sign in signs}
    read = set()
    while any(writer.poll() is None for writer in writers):
        if (found := reader.read("layer", "key")) is not None:
            read.add(bytes(found))
    assert read
    assert read <= whole
    assert not caplog.messages


def test_tables_come_back_as_they_were(package: Package) -> None:
    names = ("initiatives", "organisations", "venues", "initiative_places", "observations")
    frames = {name: getattr(package, name) for name in names}
    again = frames_from_bytes(memoryview(frames_to_bytes(frames)))
    assert list(again) == list(names)
    for name, frame in frames.items():
        assert_frame_equal(again[name], frame)


def test_tables_without_rows_and_with_odd_text_come_back() -> None:
    odd = pd.DataFrame(
        {"text": ['é\n,"', "", "=1", "\U0001f600"], "number": [1.5, np.nan, 0, -1]},
        index=pd.Index(list("abcd"), name="id"),
    ).astype({"text": "str"})
    again = frames_from_bytes(memoryview(frames_to_bytes({"odd": odd, "none": odd.iloc[:0]})))
    assert_frame_equal(again["odd"], odd)
    assert_frame_equal(again["none"], odd.iloc[:0])


def test_what_is_made_of_a_package_is_not_taken_for_it(package: Package) -> None:
    own = replace(package)
    shared.mark(own, "all of it")
    assert shared.mark_of(own)
    assert shared.mark_of(replace(own, initiatives=own.initiatives.iloc[:1])) == ""


def test_nothing_is_read_that_runs_when_it_is_read() -> None:
    for module in ("shared", "shared_frames"):
        code = (Path(shared.__file__).parent / f"{module}.py").read_text()
        assert "pickle" not in code
        assert "eval(" not in code


@pytest.fixture(scope="module")
def package() -> Package:
    return load()
