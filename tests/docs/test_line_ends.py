"""Line ends and the rest of how files are written: the same in every checkout and for every editor."""

from __future__ import annotations

import configparser
import subprocess
import tomllib
from pathlib import Path

import pytest

from hsc_geo.data.load import load
from tests.docs.project import copied, files, git
from tests.docs.reading import ROOT, text

WINDOWS = ("-c", "core.autocrlf=true", "-c", "core.eol=crlf", "-c", "core.safecrlf=false")
SCRIPTS = ("start", "test", ".ci/run", "tools/environment.sh")
BINARY = {".mbtiles", ".parquet", ".png"}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout on a Windows machine of what a Windows editor saved: CRLF wherever git allows it."""
    folder = tmp_path_factory.mktemp("windows")
    ours = copied(folder / "ours")
    for name in (*SCRIPTS, "app.py", "hsc_geo/sources/words/sources.csv"):
        saved = (ours / name).read_bytes()
        (ours / name).write_bytes(saved.replace(b"\n", b"\r\n"))
    commands = ("init", "-q"), (*WINDOWS, "add", "."), ("commit", "-qm", "saved on Windows")
    for words in (*commands, (*WINDOWS, "clone", "-q", str(ours), str(folder / "theirs"))):
        done = git(ours, *words)
        assert done.returncode == 0, done.stderr
    return folder / "theirs"


def test_a_checkout_on_windows_has_the_same_bytes(checkout: Path) -> None:
    names = [path.relative_to(checkout) for path in files(checkout)]
    assert {"start", "data/areas.parquet", "data/observations.csv"} <= {name.as_posix() for name in names}
    differ = [name for name in names if (checkout / name).read_bytes() != (ROOT / name).read_bytes()]
    assert differ == []


def test_what_a_checkout_on_windows_needs_still_works(checkout: Path) -> None:
    """The scripts are read by bash, and every file of data/ has its hash."""
    for name in SCRIPTS:
        subprocess.run(["bash", "-n", checkout / name], check=True)
    assert len(load(checkout / "data").initiatives) > 100


@pytest.mark.parametrize(
    "name", ["made.gpkg", "made.xlsx", "made.pdf", "made.png", "made.parquet", "made.mbtiles", "data/new.csv"]
)
def test_what_is_no_text_keeps_its_bytes(name: str, tmp_path: Path) -> None:
    (tmp_path / ".gitattributes").write_bytes((ROOT / ".gitattributes").read_bytes())
    assert git(tmp_path, "init", "-q").returncode == 0
    assert git(tmp_path, "check-attr", "text", "--", name).stdout.strip() == f"{name}: text: unset"


def sections() -> dict[str, dict[str, str]]:
    """`.editorconfig`: pattern -> its settings."""
    parser = configparser.ConfigParser()
    parser.read_string(f"[head]\n{text('.editorconfig')}")
    return {name: dict(parser[name]) for name in parser.sections()}


def test_editors_are_told_what_ruff_holds() -> None:
    settings = sections()
    assert settings["head"] == {"root": "true"}
    ruff = tomllib.loads(text("pyproject.toml"))["tool"]["ruff"]
    assert int(settings["*.py"]["max_line_length"]) == ruff["line-length"]
    assert settings["*.py"]["indent_size"] == "4"


def faults(path: Path) -> list[str]:
    """What a file has that `.editorconfig` does not allow."""
    found = path.read_bytes()
    wrong = {
        "CR": b"\r" in found,
        "tab": b"\t" in found,
        "byte order mark": found.startswith(b"\xef\xbb\xbf"),
        "no line end at the end": bool(found) and not found.endswith(b"\n"),
        "blank at the end of a line": any(line.endswith(b" ") for line in found.split(b"\n")),
    }
    return [name for name, is_so in wrong.items() if is_so]


def test_files_are_written_as_editors_are_told() -> None:
    data = ROOT / "data"
    ours = [path for path in files() if path.suffix not in BINARY and not path.is_relative_to(data)]
    assert len(ours) > 400
    assert {path.relative_to(ROOT).as_posix(): told for path in ours if (told := faults(path))} == {}
    for path in ours:
        path.read_text(encoding="utf-8")
