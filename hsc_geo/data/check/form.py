"""Structural check of how files are written: what a spreadsheet makes of a file is one problem, named as what it is.

The other checks read such a file as it is meant (`hsc_geo.data.check.written`), so that no other fault hides behind it.
"""

from __future__ import annotations

from collections.abc import Iterator

from hsc_geo.data.check.reading import RawPackage
from hsc_geo.data.check.registry import structural
from hsc_geo.data.check.written import COMMA, Form
from hsc_geo.domain.problems import Problem

SEPARATORS = {";": "semicolons", "\t": "tabs"}
AS_AGREED = "save it as UTF-8 without a mark, with commas between cells, points in numbers and LF line ends"


@structural("file-form")
def written_as_agreed(package: RawPackage) -> Iterator[Problem]:
    """A file has no byte order mark, commas between its cells, points in its numbers and LF at its line ends."""
    for file, form in package.forms.items():
        if not form.agreed:
            yield Problem(file, 0, "", "", f"{', '.join(_otherwise(form))}: {AS_AGREED}")


def _otherwise(form: Form) -> Iterator[str]:
    if form.mark:
        yield "begins with a byte order mark"
    if form.separator != COMMA:
        yield f"has {SEPARATORS[form.separator]} between its cells"
    if form.decimal_commas:
        yield f"has a comma in {form.decimal_commas:,} numbers"
    if form.carriage_returns:
        yield "ends its lines in CR LF"
