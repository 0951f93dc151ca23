"""An edition opened from a folder, a zip and an address; and what cannot be opened told in one message."""

from __future__ import annotations

import http.server
import io
import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

import hsc_geo
from hsc_geo.data import opening
from hsc_geo.data.load import DataError, load
from tests.shared.naive import DATA


def packed(target: Path, inside: str = "", leave: str = "", change: str = "") -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(DATA.iterdir()):
            if file.is_file() and file.name != leave:
                content = file.read_bytes()
                archive.writestr(f"{inside}{file.name}", content + b"x" if file.name == change else content)
    return target


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return packed(tmp_path_factory.mktemp("edition") / "edition.zip", inside="data/")


@pytest.fixture(scope="module")
def served(edition: Path) -> Iterator[str]:
    """The address of a server on this machine that has the zip."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            """Nothing of a test belongs in its output."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(edition.parent)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_folder_zip_and_address_give_the_same(edition: Path, served: str) -> None:
    expected = load(DATA)
    for where in (DATA, str(DATA), edition, str(edition), f"{served}edition.zip"):
        found = hsc_geo.open(where)
        assert found.snapshot == expected.snapshot
        pd.testing.assert_frame_equal(found.observations, expected.observations)
        assert found.geometry.crs == expected.geometry.crs
        assert found.folder == Path(where)


@pytest.mark.parametrize(
    ("where", "wrong"),
    [
        ("http://example.org/edition.zip", "is no address of https"),
        ("ftp://example.org/edition.zip", "is no address of https"),
        ("file:///etc/passwd", "is no address of https"),
        ("http://127.0.0.1:1/edition.zip", "cannot be reached"),
        ("/nowhere/edition.zip", "cannot be read"),
    ],
)
def test_what_is_not_there_is_named(where: str, wrong: str) -> None:
    with pytest.raises(DataError, match=wrong) as told:
        hsc_geo.open(where)
    assert where in str(told.value)


def test_an_answer_without_the_edition_is_named(served: str) -> None:
    with pytest.raises(DataError, match="cannot be reached"):
        hsc_geo.open(f"{served}other.zip")


def test_a_file_that_is_no_zip(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"no zip")
    with pytest.raises(DataError, match="is no zip"):
        hsc_geo.open(tmp_path / "a.zip")


def test_a_zip_of_something_else(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"has no datapackage\.json"):
        hsc_geo.open(packed(tmp_path / "a.zip", leave="datapackage.json"))


def test_a_zip_that_lacks_a_file_or_holds_another(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"areas\.csv: is missing"):
        hsc_geo.open(packed(tmp_path / "a.zip", leave="areas.csv"))
    with pytest.raises(DataError, match=r"areas\.csv: is damaged"):
        hsc_geo.open(packed(tmp_path / "b.zip", change="areas.csv"))


def test_a_zip_is_unpacked_by_known_names_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = packed(tmp_path / "a.zip")
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("../outside.csv", b"out")
    kept = tmp_path / "kept"
    kept.mkdir()
    monkeypatch.setattr(opening.tempfile, "tempdir", str(kept))
    hsc_geo.open(target)
    assert list(tmp_path.glob("**/outside.csv")) == []
    assert list(kept.iterdir()) == []


def test_what_is_too_large_is_refused_before_it_is_unpacked(
    edition: Path, served: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "LARGEST", 1024 * 1024)
    for where in (str(edition), f"{served}edition.zip"):
        with pytest.raises(DataError, match="is larger than 1 MB"):
            hsc_geo.open(where)


def test_a_damaged_member_is_told(edition: Path, tmp_path: Path) -> None:
    content = bytearray(edition.read_bytes())
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        largest = max(archive.infolist(), key=lambda each: each.compress_size)
    middle = largest.header_offset + 60 + largest.compress_size // 2
    content[middle : middle + 8] = b"\xff" * 8
    (tmp_path / "a.zip").write_bytes(bytes(content))
    with pytest.raises(DataError, match="damaged"):
        hsc_geo.open(tmp_path / "a.zip")
