"""The commands as a user meets them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hsc_geo.cli import docs
from hsc_geo.cli.main import app
from hsc_geo.data.check import all_checks, check_folder
from hsc_geo.data.load import FOLDER_SETTING
from tests.data.editing import put

run = CliRunner().invoke


def test_a_sound_package_passes(folder: Path) -> None:
    result = run(app, ["data", "check", str(folder)])
    assert result.exit_code == 0
    assert result.output == f"{folder}: no problems\n"


def test_problems_are_told_one_a_line_sorted_with_their_number(broken: Path) -> None:
    put(broken, "initiatives.csv", 5, status="runs", name="<b>two\nlines</b>")
    result = run(app, ["data", "check", str(broken)])
    assert result.exit_code == 1
    *lines, last = result.output.splitlines()
    assert lines == [str(problem) for problem in check_folder(broken)]
    assert last == f"{broken}: {len(lines)} problems"
    assert len(lines) == 3


def test_problems_are_told_as_json(broken: Path) -> None:
    put(broken, "initiatives.csv", 5, status="runs")
    result = run(app, ["data", "check", "--json", str(broken)])
    assert result.exit_code == 1
    told = json.loads(result.output)
    assert [(each["row"], each["column"], each["value"], each["code"]) for each in told] == [
        (0, "", "", "content-changed"),
        (5, "status", "runs", "code-unknown"),
    ]


def test_the_setting_names_the_folder_to_check(broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (broken / "areas.csv").unlink()
    monkeypatch.setenv(FOLDER_SETTING, str(broken))
    result = run(app, ["data", "check"])
    assert result.exit_code == 1
    assert "areas.csv: the file is missing" in result.output


def test_missing_extracts_give_one_clear_message(tmp_path: Path) -> None:
    absent = tmp_path / "absent"
    result = run(app, ["data", "build", "--extracts", str(absent), "--output", str(tmp_path / "data")])
    assert result.exit_code == 1
    assert (
        result.output
        == f"{absent}: there is no such folder; give the folder of the extracts with --extracts\n"
    )
    assert not (tmp_path / "data").exists()


def test_incomplete_extracts_name_every_file(tmp_path: Path) -> None:
    (tmp_path / "extracts").mkdir()
    command = ["data", "build", "--extracts", str(tmp_path / "extracts"), "--output", str(tmp_path / "data")]
    result = run(app, command)
    assert result.exit_code == 1
    assert "statistics/50090NED.csv: missing in" in result.output
    assert (
        result.output.splitlines()[-1] == f"14 problems: nothing was built; {tmp_path / 'data'} is as it was"
    )
    assert "Traceback" not in result.output


def test_the_dictionary_is_written_and_checked(tmp_path: Path, folder: Path) -> None:
    page = tmp_path / "docs" / "data-dictionary.md"
    command = ["docs", "dictionary", "--output", str(page), "--data", str(folder)]
    assert run(app, [*command, "--check"]).exit_code == 1
    assert not page.exists()
    assert run(app, command).exit_code == 0
    assert page.read_text(encoding="utf-8") == docs.DICTIONARY.read_text(encoding="utf-8")
    assert run(app, [*command, "--check"]).exit_code == 0
    page.write_text(page.read_text(encoding="utf-8").replace("Areas", "Regions"), encoding="utf-8")
    result = run(app, [*command, "--check"])
    assert result.exit_code == 1
    assert "out of date; run `python -m hsc_geo docs dictionary`" in result.output


def test_the_page_of_checks_is_up_to_date() -> None:
    result = run(app, ["docs", "checks", "--check"])
    assert result.exit_code == 0, result.output


def test_the_page_of_checks_is_written_and_names_every_code(tmp_path: Path) -> None:
    page = tmp_path / "data-checks.md"
    command = ["docs", "checks", "--output", str(page)]
    assert run(app, command).exit_code == 0
    codes = re.findall(r"^\| `([a-z-]+)` \| \S", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(codes) == sorted(all_checks())
    page.write_text(page.read_text(encoding="utf-8").replace("`type-wrong`", "`type`"), encoding="utf-8")
    result = run(app, [*command, "--check"])
    assert result.exit_code == 1
    assert "out of date; run `python -m hsc_geo docs checks`" in result.output


def test_a_dictionary_of_a_damaged_package_gives_one_clear_message(broken: Path, tmp_path: Path) -> None:
    (broken / "indicators.csv").write_text("x", encoding="utf-8")
    result = run(app, ["docs", "dictionary", "--output", str(tmp_path / "page.md"), "--data", str(broken)])
    assert result.exit_code == 1
    assert result.output.startswith("indicators.csv: is damaged or was changed by hand")
    assert len(result.output.splitlines()) == 1


@pytest.mark.parametrize(
    "command", [[], ["data"], ["docs"], ["data", "build", "--help"], ["data", "check", "--help"]]
)
def test_help_is_there(command: list[str]) -> None:
    assert "Usage" in run(app, command).output
