"""Half a build never replaces a whole one."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsc_geo.data import swap as swapping
from hsc_geo.data.swap import building_beside, recover
from hsc_geo.sources.extracts import SourceError


def old(tmp_path: Path) -> Path:
    output = tmp_path / "data"
    output.mkdir()
    (output / "areas.csv").write_text("old", encoding="utf-8")
    return output


def only(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in tmp_path.iterdir())


def test_a_whole_build_takes_the_place_of_the_old(tmp_path: Path) -> None:
    output = old(tmp_path)
    with building_beside(output) as folder:
        assert folder.parent == output.parent
        (folder / "venues.csv").write_text("new", encoding="utf-8")
        assert only(output) == ["areas.csv"]
    assert only(output) == ["venues.csv"]
    assert only(tmp_path) == ["data"]


def test_a_first_build_needs_no_old_folder(tmp_path: Path) -> None:
    with building_beside(tmp_path / "deep" / "data") as folder:
        (folder / "areas.csv").write_text("new", encoding="utf-8")
    assert only(tmp_path / "deep") == ["data"]
    assert (tmp_path / "deep" / "data").stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize("fault", [ValueError, KeyboardInterrupt, SystemExit, OSError])
def test_a_failure_or_interruption_leaves_the_old_folder(tmp_path: Path, fault: type[BaseException]) -> None:
    output = old(tmp_path)

    def half_a_build() -> None:
        with building_beside(output) as folder:
            (folder / "areas.csv").write_text("half", encoding="utf-8")
            raise fault

    with pytest.raises(fault):
        half_a_build()
    assert (output / "areas.csv").read_text(encoding="utf-8") == "old"
    assert only(tmp_path) == ["data"]


@pytest.mark.parametrize("failing", [1, 2])
def test_a_failure_while_swapping_puts_the_old_folder_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    output = old(tmp_path)
    rename, calls = Path.rename, []

    def rename_once(self: Path, target: Path) -> Path:
        calls.append(self)
        if len(calls) == failing:
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", rename_once)
    with pytest.raises(KeyboardInterrupt), building_beside(output) as folder:
        (folder / "areas.csv").write_text("new", encoding="utf-8")
    assert (output / "areas.csv").read_text(encoding="utf-8") == "old"
    assert only(tmp_path) == ["data"]


def test_a_swap_that_was_cut_off_is_undone_at_the_next_build(tmp_path: Path) -> None:
    output = old(tmp_path)
    output.rename(tmp_path / ".data.old-123")
    recover(output)
    assert (output / "areas.csv").read_text(encoding="utf-8") == "old"
    assert only(tmp_path) == ["data"]
    (tmp_path / ".data.old-124").mkdir()
    recover(output)
    assert only(tmp_path) == ["data"]


def test_a_folder_with_other_files_is_never_replaced(tmp_path: Path) -> None:
    output = old(tmp_path)
    (output / "my thesis.docx").write_text("years of work", encoding="utf-8")
    with pytest.raises(SourceError, match="holds files that this command does not write") as told:
        swapping.refuse_other_folder(output)
    assert "'my thesis.docx'" in str(told.value)
    with pytest.raises(SourceError), building_beside(output):
        pass
    assert only(output) == ["areas.csv", "my thesis.docx"]
    with pytest.raises(SourceError, match="is a file; give a folder"):
        swapping.refuse_other_folder(output / "areas.csv")
