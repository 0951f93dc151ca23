"""The package built again from the extracts: the same bytes, complete, and never half."""

from __future__ import annotations

import csv
import os
import shutil
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hsc_geo.cli.main import app
from hsc_geo.data import build as building
from hsc_geo.data.build import CheckFailed, Summary, build
from hsc_geo.data.check import check_folder
from hsc_geo.data.load import BESIDE_PACKAGE, load
from hsc_geo.domain.problems import Problem
from hsc_geo.sources.extracts import SourceError
from hsc_geo.sources.words import FOLDER as WORDS

pytestmark = [pytest.mark.extracts, pytest.mark.slow]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def built(extracts: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Summary]:
    folder = tmp_path_factory.mktemp("built") / "data"
    return folder, build(extracts, folder, check=check_folder)


def source_rows(extracts: Path, file: str) -> list[dict[str, str]]:
    with (extracts / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_a_second_build_gives_the_same_bytes(extracts: Path, built: tuple[Path, Summary]) -> None:
    folder, summary = built
    before = contents(folder)
    assert build(extracts, folder, check=check_folder) == summary
    assert contents(folder) == before


def test_the_committed_package_is_what_is_built(built: tuple[Path, Summary]) -> None:
    folder, summary = built
    committed, made = contents(BESIDE_PACKAGE), contents(folder)
    assert sorted(made) == sorted(committed)
    differing = [name for name in committed if committed[name] != made[name]]
    assert differing == [], (
        "run `python -m hsc_geo data build`, then `python -m hsc_geo docs dictionary`, and commit"
    )
    assert summary.snapshot == load(BESIDE_PACKAGE).snapshot


def test_every_row_of_the_register_is_kept_word_for_word(extracts: Path, built: tuple[Path, Summary]) -> None:
    package = load(built[0])
    initiatives = source_rows(extracts, "register/initiatives.csv")
    assert list(package.initiatives.index) == [row["initiative_id"] for row in initiatives]
    for column, source in (
        ("name", "name"),
        ("description_en", "description"),
        ("partners", "partners"),
        ("status_as_of", "status_as_of"),
        ("activity_types", "activity_type"),
    ):
        assert package.initiatives[column].tolist() == [row[source] for row in initiatives]
    organisations = source_rows(extracts, "register/partners.csv")
    assert package.organisations["name"].tolist() == [row["name"] for row in organisations]
    assert package.venues["venue"].tolist() == [
        row["venue"] for row in source_rows(extracts, "register/venues.csv")
    ]


def test_every_figure_of_the_tables_is_kept(extracts: Path, built: tuple[Path, Summary]) -> None:
    """Cell by cell against a naive reading of the health table."""
    rows = load(built[0]).observations
    keys = rows[["indicator_id", "area_code", "year", "age_group"]].astype(str).agg(" ".join, axis=1)
    told = dict(zip(keys, zip(rows["value"], rows["status"], strict=True), strict=True))
    ages = {"20300": "18plus", "53115": "18to64", "80200": "65plus"}
    cells = 0
    for row in source_rows(extracts, "statistics/50090NED.csv"):
        area = "NL00" if row["WijkenEnBuurten"] == "NL01" else row["WijkenEnBuurten"]
        for column, text in list(row.items())[7:]:
            stem = column.rpartition("_")[0]
            value, status = told[f"50090NED-{stem} {area} {row['Perioden'][:4]} {ages[row['Leeftijd']]}"]
            expected = {".": "suppressed", "": "not_measured"}.get(text, "present")
            assert status == expected
            assert expected != "present" or value == float(text)
            cells += 1
    assert cells == 35 * 66 * 8


def test_the_command_tells_progress_and_what_it_made(extracts: Path, tmp_path: Path) -> None:
    output = tmp_path / "data"
    result = CliRunner().invoke(app, ["data", "build", "--extracts", str(extracts), "--output", str(output)])
    assert result.exit_code == 0
    assert "[1/7] reading the extracts" in result.output
    assert "[7/7] checking what was written" in result.output
    assert "25728" in result.output
    assert "area_unknown" in result.output
    assert result.output.splitlines()[-1] == f"snapshot {load(output).snapshot} in {output}"


@pytest.mark.parametrize("step", building.STEPS)
@pytest.mark.parametrize("fault", [KeyboardInterrupt, OSError])
def test_an_interruption_at_any_step_keeps_the_old_folder(
    extracts: Path, tmp_path: Path, step: str, fault: type[BaseException]
) -> None:
    output = Path(shutil.copytree(BESIDE_PACKAGE, tmp_path / "data"))
    before = contents(output)

    def tell(now: str) -> None:
        if now == step:
            raise fault

    with pytest.raises(fault):
        build(extracts, output, tell=tell)
    assert contents(output) == before
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_command_that_is_stopped_keeps_the_old_folder(
    extracts: Path, tmp_path: Path, stop: signal.Signals
) -> None:
    output = Path(shutil.copytree(BESIDE_PACKAGE, tmp_path / "data"))
    before = contents(output)
    command = [
        sys.executable,
        "-m",
        "hsc_geo",
        "data",
        "build",
        "--extracts",
        str(extracts),
        "--output",
        str(output),
    ]
    with subprocess.Popen(
        command,
        cwd=BESIDE_PACKAGE.parent,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=dict(os.environ),
        # What a shell starts in the background does not hear Ctrl+C, nor do its children.
        preexec_fn=partial(signal.signal, stop, signal.SIG_DFL),
    ) as process:
        assert process.stderr is not None
        while "[2/7]" not in process.stderr.readline():
            time.sleep(0.001)
        process.send_signal(stop)
        told = process.stderr.read()
    if process.returncode == 0:
        pytest.fail("the build was done before it could be stopped")
    assert process.returncode == 130
    assert "Traceback" not in told
    assert told.splitlines()[-1] == f"interrupted; {output} is as it was"
    assert contents(output) == before
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_a_package_that_fails_its_check_does_not_replace_the_old(extracts: Path, tmp_path: Path) -> None:
    output = Path(shutil.copytree(BESIDE_PACKAGE, tmp_path / "data"))
    before = contents(output)
    with pytest.raises(CheckFailed, match=r"areas\.csv: made up"):
        build(extracts, output, check=lambda folder: [Problem("areas.csv", 0, "", "", "made up")])
    assert contents(output) == before


def copied(extracts: Path, tmp_path: Path) -> Path:
    """A copy of the extracts that may be changed (those themselves may be read-only)."""
    target = tmp_path / "extracts"
    for part in ("boundaries", "statistics", "register"):
        shutil.copytree(extracts / part, target / part, copy_function=shutil.copyfile)
        (target / part).chmod(0o755)
    return target


def test_a_changed_english_text_asks_for_a_new_translation(extracts: Path, tmp_path: Path) -> None:
    changed = copied(extracts, tmp_path)
    file = changed / "register" / "initiatives.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("City-wide agreement in which 40", "City-wide agreement in which 41"), encoding="utf-8"
    )
    with pytest.raises(SourceError) as told:
        build(changed, tmp_path / "data")
    (problem,) = told.value.problems
    assert (problem.file, problem.row, problem.column) == ("initiatives_nl.csv", 2, "description_sha")
    assert problem.mend.startswith("the English text changed; translate it again and write ")


def test_words_that_are_missing_are_told(extracts: Path, tmp_path: Path) -> None:
    words = Path(shutil.copytree(WORDS, tmp_path / "words"))
    lines = (words / "organisations_nl.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (words / "organisations_nl.csv").write_text("".join(lines[:-1]), encoding="utf-8")
    with pytest.raises(
        SourceError, match=r"partners\.csv, row 88, column partner_id: 'ORG-087': has no Dutch texts"
    ):
        build(extracts, tmp_path / "data", words=words)
    sources = (words / "sources.csv").read_text(encoding="utf-8")
    (words / "organisations_nl.csv").write_text("".join(lines), encoding="utf-8")
    (words / "sources.csv").write_text(
        sources.replace("\nBOUNDARIES2016,", "\nBORDERS2016,"), encoding="utf-8"
    )
    with pytest.raises(SourceError, match="'BOUNDARIES': the source is not in the words; add it"):
        build(extracts, tmp_path / "data", words=words)


def test_coordinates_in_metres_do_not_get_into_the_package(extracts: Path, tmp_path: Path) -> None:
    changed = copied(extracts, tmp_path)
    file = changed / "register" / "venue_coordinates.csv"
    file.write_text(
        file.read_text(encoding="utf-8").replace("52.158162,4.490852", "463600,93700"), encoding="utf-8"
    )
    with pytest.raises(
        CheckFailed,
        match=r"initiative_places\.csv, row 2, column latitude: '463600 93700': these are RD metres",
    ):
        build(changed, tmp_path / "data", check=check_folder)


def test_without_coordinates_the_names_are_followed(extracts: Path, tmp_path: Path) -> None:
    changed = copied(extracts, tmp_path)
    (changed / "register" / "venue_coordinates.csv").unlink()
    build(changed, tmp_path / "data", check=check_folder)
    package = load(tmp_path / "data")
    assert package.initiative_places["latitude"].isna().all()
    assert set(package.initiative_places["coordinate_source"]) == {""}
    assert "coordinates" not in set(package.initiative_areas["basis"])
    rows = package.initiative_areas[package.initiative_areas["initiative_id"] == "LEI-112"]
    assert rows["area_code"].tolist() == ["WK054603"]
