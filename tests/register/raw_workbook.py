"""Workbooks put together part by part, as programs write them that are not openpyxl."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKED = "http://schemas.openxmlformats.org/package/2006"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def sheet(rows: str, before: str = "", after: str = "") -> str:
    """A sheet with these rows; before: what stands over its data, after: what stands below."""
    body = f"{before}<sheetData>{rows}</sheetData>{after}"
    return f'{_HEAD}<worksheet xmlns="{_MAIN}" xmlns:r="{_LINKED}">{body}</worksheet>'


def packed(
    sheets: Mapping[str, str],
    shared: str = "",
    styles: str = "",
    hidden: frozenset[str] = frozenset(),
    **parts: str,
) -> bytes:
    """The workbook: title -> sheet. shared: the items of the table of texts. parts: more parts, by name in `xl/` with
    `__` for a slash."""
    numbers = range(1, len(sheets) + 1)
    files = {
        f"worksheets/sheet{number}.xml": each for number, each in zip(numbers, sheets.values(), strict=True)
    }
    files["workbook.xml"] = _workbook(list(sheets), hidden)
    files["_rels/workbook.xml.rels"] = _links(len(sheets))
    files["sharedStrings.xml"] = f'{_HEAD}<sst xmlns="{_MAIN}">{shared}</sst>'
    files["styles.xml"] = f'{_HEAD}<styleSheet xmlns="{_MAIN}">{styles}</styleSheet>'
    files |= {name.replace("__", "/") + ".xml": _HEAD + part for name, part in parts.items()}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _types(len(sheets)))
        archive.writestr("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]))
        for name, content in files.items():
            archive.writestr(f"xl/{name}", content)
    return target.getvalue()


def _workbook(titles: list[str], hidden: frozenset[str]) -> str:
    state = dict.fromkeys(hidden, ' state="hidden"')
    named = "".join(
        f'<sheet name="{title}" sheetId="{number}" r:id="rId{number}"{state.get(title, "")}/>'
        for number, title in enumerate(titles, 1)
    )
    return f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_LINKED}"><sheets>{named}</sheets></workbook>'


def _links(sheets: int) -> str:
    parts = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, sheets + 1)]
    return _relations([*parts, ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")])


def _relations(parts: list[tuple[str, str]]) -> str:
    told = "".join(
        f'<Relationship Id="rId{number}" Type="{_LINKED}/{kind}" Target="{path}"/>'
        for number, (kind, path) in enumerate(parts, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKED}/relationships">{told}</Relationships>'


def _types(sheets: int) -> str:
    parts = {f"worksheets/sheet{number}": "worksheet" for number in range(1, sheets + 1)}
    parts |= {"workbook": "sheet.main", "sharedStrings": "sharedStrings", "styles": "styles"}
    told = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{_SHEET_TYPE}.{kind}+xml"/>'
        for name, kind in parts.items()
    )
    plain = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    )
    xml = '<Default Extension="xml" ContentType="application/xml"/>'
    return f'{_HEAD}<Types xmlns="{_PACKED}/content-types">{plain}{xml}{told}</Types>'
