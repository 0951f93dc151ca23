"""Files as spreadsheets save them: one problem each, and no fault hidden behind it."""

from __future__ import annotations

import csv
from pathlib import Path

from hsc_geo.domain.problems import Problem
from tests.data.cases import AREAS, OBSERVATIONS, SERVED, VENUES, case
from tests.data.editing import read

MARK = b"\xef\xbb\xbf"
MEND = "save it as UTF-8 without a mark, with commas between cells, points in numbers and LF line ends"


def rewrite(folder: Path, file: str, separator: str, commas: bool = False) -> int:
    """Save a file with another separator and, if asked, a comma in its numbers; gives how many numbers got one."""
    rows = read(folder, file)
    count = 0
    for row in rows[1:]:
        for place, cell in enumerate(row):
            head, point, tail = cell.partition(".")
            if commas and point and head.removeprefix("-").isdigit() and tail.isdigit():
                row[place] = f"{head},{tail}"
                count += 1
    with (folder / file).open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, delimiter=separator, lineterminator="\n").writerows(rows)
    return count


def mark(folder: Path, file: str) -> None:
    (folder / file).write_bytes(MARK + (folder / file).read_bytes())


def end_lines_as_windows(folder: Path, file: str) -> None:
    content = (folder / file).read_bytes()
    (folder / file).write_bytes(content.replace(b"\n", b"\r\n"))


@case("file-form")
def saved_with_a_mark(folder: Path) -> list[Problem]:
    mark(folder, AREAS)
    return [Problem(AREAS, 0, "", "", f"begins with a byte order mark: {MEND}")]


@case("file-form")
def saved_with_semicolons_and_with_tabs(folder: Path) -> list[Problem]:
    rewrite(folder, SERVED, ";")
    rewrite(folder, VENUES, "\t")
    return [
        Problem(SERVED, 0, "", "", f"has semicolons between its cells: {MEND}"),
        Problem(VENUES, 0, "", "", f"has tabs between its cells: {MEND}"),
    ]


@case("file-form")
def saved_by_windows(folder: Path) -> list[Problem]:
    end_lines_as_windows(folder, AREAS)
    return [Problem(AREAS, 0, "", "", f"ends its lines in CR LF: {MEND}")]


@case("file-form")
def saved_by_a_dutch_spreadsheet(folder: Path) -> list[Problem]:
    count = rewrite(folder, OBSERVATIONS, ";", commas=True)
    end_lines_as_windows(folder, OBSERVATIONS)
    mark(folder, OBSERVATIONS)
    assert count > 10_000
    told = (
        "begins with a byte order mark, has semicolons between its cells, "
        f"has a comma in {count:,} numbers, ends its lines in CR LF"
    )
    return [Problem(OBSERVATIONS, 0, "", "", f"{told}: {MEND}")]
