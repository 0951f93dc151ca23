"""The nation built again from the extracts: what is committed, by content (bytes follow zlib, SQLite and pyarrow)."""

from __future__ import annotations

import gzip
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner

from hsc_geo.cli.main import app
from hsc_geo.data.nation import build
from hsc_geo.data.nation.build import build_nation
from hsc_geo.data.nation.reading import AREAS, DEFAULT_FOLDER, LEVELS, OBSERVATIONS, load_nation, tiles_file
from hsc_geo.sources.extracts import SourceError

pytestmark = [pytest.mark.extracts, pytest.mark.slow]

OF_THE_BYTES = {"hash", "bytes"}


def tiles(folder: Path, level: str) -> dict[tuple[int, int, int], Any]:
    with closing(sqlite3.connect(folder / tiles_file(level))) as file:
        return {
            tuple(key): json.loads(gzip.decompress(body))
            for *key, body in file.execute("SELECT * FROM tiles")
        }


def told(folder: Path) -> dict[str, Any]:
    """The descriptor without what follows from the bytes of the files."""
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    del descriptor["snapshot"]
    plain = [
        {key: value for key, value in each.items() if key not in OF_THE_BYTES}
        for each in descriptor["resources"]
    ]
    return {**descriptor, "resources": plain}


def test_the_committed_nation_is_what_is_built(extracts: Path, tmp_path: Path) -> None:
    output = tmp_path / "nation"
    result = CliRunner().invoke(app, ["data", "nation", "--extracts", str(extracts), "--output", str(output)])
    assert result.exit_code == 0, result.output
    assert "[5/5] writing the files" in result.output
    assert result.output.splitlines()[-1] == f"snapshot {load_nation(output).snapshot} in {output}"
    assert told(output) == told(DEFAULT_FOLDER), "run `python -m hsc_geo data nation` and commit"
    for name in (AREAS, OBSERVATIONS):
        pd.testing.assert_frame_equal(pd.read_parquet(output / name), pd.read_parquet(DEFAULT_FOLDER / name))
    for level in LEVELS:
        assert tiles(output, level) == tiles(DEFAULT_FOLDER, level)
    assert sum(path.stat().st_size for path in DEFAULT_FOLDER.iterdir()) < 10e6


@pytest.mark.parametrize("step", ["sources", "figures", "boundaries"])
@pytest.mark.parametrize("fault", [KeyboardInterrupt, OSError])
def test_an_interruption_keeps_the_old_folder(
    extracts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, fault: type[BaseException]
) -> None:
    output = Path(shutil.copytree(DEFAULT_FOLDER, tmp_path / "nation"))
    monkeypatch.setattr(build, "write_figures", lambda every, path: None)  # slow, and not what is tested

    def tell(now: str) -> None:
        if now == step:
            raise fault

    with pytest.raises(fault):
        build_nation(extracts, output, tell)
    assert {path.name: path.read_bytes() for path in output.iterdir()} == {
        path.name: path.read_bytes() for path in DEFAULT_FOLDER.iterdir()
    }
    assert [path.name for path in tmp_path.iterdir()] == ["nation"]


def test_without_the_national_extracts_each_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as faults:
        build_nation(tmp_path, tmp_path / "nation")
    assert {each.file for each in faults.value.problems} == {
        "national/buurten_2016.parquet",
        "national/wijken_2022.parquet",
        "national/50090NED_18plus.parquet",
    }


def test_a_code_or_age_that_is_not_known_is_told(extracts: Path, tmp_path: Path) -> None:
    shutil.copytree(extracts / "national", tmp_path / "national", copy_function=shutil.copyfile)
    (tmp_path / "national").chmod(0o755)
    file = tmp_path / "national" / "50090NED_18plus.parquet"
    table = pd.read_parquet(file)
    table.loc[5, "WijkenEnBuurten"] = "XX01"
    table.loc[6, "Leeftijd"] = "99999"
    table.to_parquet(file)
    with pytest.raises(SourceError, match="'XX01': is no area code") as faults:
        build_nation(tmp_path, tmp_path / "nation")
    assert "'99999': is no known age group" in str(faults.value)
    assert not (tmp_path / "nation").exists()


def test_a_folder_with_other_files_is_not_replaced(extracts: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(SourceError, match=r"letter\.txt"):
        build_nation(extracts, tmp_path)
    assert (tmp_path / "letter.txt").read_text() == "mine"
