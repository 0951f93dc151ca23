"""A fault in the data, told in a way that lets someone mend it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

LONGEST_VALUE = 80  # characters of the offending value that are shown


@dataclass(frozen=True, order=True)
class Problem:
    """One fault: where it is (file, row, column), what stands there (value), how to mend it, and the code of the check
    that found it (docs/data-checks.md), if one did.

    Rows are counted as a spreadsheet shows them: the header is row 1, so the first record is row 2.
    Row 0 means the whole file; an empty column means the whole row or file.
    """

    file: str
    row: int
    column: str
    value: str
    mend: str
    code: str = ""

    def __str__(self) -> str:
        """One line of text, without line breaks whatever the value holds."""
        row = f", row {self.row}" if self.row else ""
        column = f", column {self.column}" if self.column else ""
        value = f"{shorten(self.value)!r}: " if self.value else ""
        code = f" [{self.code}]" if self.code else ""
        return f"{self.file}{row}{column}: {value}{' '.join(self.mend.split())}{code}"


class ProblemsError(Exception):
    """Faults that stop the work; all of them are told at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def shorten(value: str) -> str:
    """The value as shown to a reader: at most LONGEST_VALUE characters."""
    return value if len(value) <= LONGEST_VALUE else value[: LONGEST_VALUE - 3] + "..."


def as_json(problems: Iterable[Problem]) -> str:
    """The problems, sorted, as a JSON array of objects with the fields of Problem."""
    return json.dumps([asdict(problem) for problem in sorted(problems)], ensure_ascii=False, indent=2)
