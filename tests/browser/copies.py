"""Copies of the data package that a test may spoil, and their seal made good again where the loader must take them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from hsc_geo.data.descriptor import HASH, snapshot_id
from hsc_geo.data.writer import file_hash, json_bytes
from hsc_geo.domain.schema import DESCRIPTOR
from tests.browser.naive import DATA
from tests.data import editing


def copy_of_data(folder: Path) -> Path:
    """The committed package in a folder of its own."""
    return Path(shutil.copytree(DATA, folder / "data"))


def seal(folder: Path) -> None:
    """Write the hashes and the snapshot that the files have now, so that the package loads as if it were built so."""
    path = folder / DESCRIPTOR
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    for each in descriptor["resources"]:
        file = folder / each["path"]
        each.update(hash=HASH + file_hash(file), bytes=file.stat().st_size)
    descriptor["snapshot"] = snapshot_id(descriptor["resources"], descriptor.get("municipality"))
    path.write_bytes(json_bytes(descriptor))


SCRIPT = '<script>window.__hacked=1;alert(1)</script><img src=x onerror="window.__hacked=2;alert(2)">'
BREAKING_OUT = (
    '</script></style></textarea>\'"`--><svg onload="window.__hacked=3"><script>window.__hacked=4</script>'
)
IN_MARKDOWN = (
    "[press](javascript:window.__hacked=5) ![x](http://127.0.0.1:9/x.png) :red[red] $x^2$ {{7*7}} {0} %s"
)
ODD_LETTERS = (
    "\u202eright to left\u202c \ufffe\uffff \u0301\u0301 \U0001f9d1\u200d\U0001f3eb \x07\x1b[31m \ufffd"
)
LONG = "x" * 100_000
FORMULA = "=cmd|' /C calc'!A0"
LINK = "javascript:window.__hacked=6//http://x"


def spoil(folder: Path) -> None:
    """Hostile text in names, descriptions, links, places, figures, words and the map's own layer."""
    _initiatives(folder)
    for file, column in (
        ("organisations.csv", "name"),
        ("sources.csv", "title"),
        ("place_names.csv", "name"),
    ):
        editing.put(folder, file, 2, **{column: f"{SCRIPT} {BREAKING_OUT} {file}"})
    editing.put(folder, "sources.csv", 3, url=LINK, licence_url="JaVaScRiPt:window.__hacked=7")
    editing.put(folder, "left_out.csv", 2, key=SCRIPT, reason_nl=SCRIPT, reason_en=BREAKING_OUT)
    area = editing.row_of(folder, "areas.csv", area_code="WK054603")
    editing.put(folder, "areas.csv", area, name=SCRIPT)
    focus = editing.row_of(folder, "focus_areas.csv", area_code="WK054605")
    editing.put(folder, "focus_areas.csv", focus, name_nl=BREAKING_OUT, name_en=BREAKING_OUT, basis_nl=SCRIPT)
    figure = editing.row_of(folder, "indicators.csv", indicator_id="50090NED-Overgewicht")
    editing.put(
        folder, "indicators.csv", figure, name_nl=f"{SCRIPT} {IN_MARKDOWN}", definition_nl=BREAKING_OUT
    )
    term = editing.row_of(folder, "vocabularies.csv", vocabulary="ambition", code="A2")
    editing.put(folder, "vocabularies.csv", term, name_nl=f"{IN_MARKDOWN} {SCRIPT}", definition_nl=SCRIPT)
    editing.put_drawing(folder, _spoil_drawing)
    seal(folder)


def _initiatives(folder: Path) -> None:
    row = editing.row_of(folder, "initiatives.csv", precision="address")
    editing.put(folder, "initiatives.csv", row, name=SCRIPT, organisation=BREAKING_OUT, source_url=LINK)
    told = (
        "description_nl",
        "target_group_nl",
        "note_nl",
        "schedule_nl",
        "cost_nl",
        "how_to_join_nl",
        "contact",
    )
    texts = dict.fromkeys(told, SCRIPT)
    at = editing.row_of(folder, "initiative_places.csv", initiative_id=spoiled_place(), role="location")
    editing.put(folder, "initiative_places.csv", at, venue=SCRIPT, address=FORMULA, coordinate_note=SCRIPT)
    editing.put(folder, "initiatives.csv", row, **texts, source_title=BREAKING_OUT, source2_url=LINK)
    editing.put(folder, "initiatives.csv", 3, name=LONG, description_nl=LONG, organisation=ODD_LETTERS)
    editing.put(folder, "initiatives.csv", 4, name=IN_MARKDOWN, description_nl=IN_MARKDOWN)
    editing.put(
        folder, "initiatives.csv", 5, name=ODD_LETTERS, description_nl=ODD_LETTERS, organisation=FORMULA
    )
    editing.put(
        folder, "initiatives.csv", 6, name=BREAKING_OUT, description_nl=FORMULA, district_as_stated=SCRIPT
    )
    editing.put(folder, "initiatives.csv", 7, name=FORMULA)


def _spoil_drawing(features: dict[str, Any]) -> None:
    features["WK054603"]["properties"]["name"] = SCRIPT
    features["WK054609"]["properties"]["name"] = BREAKING_OUT


def spoiled_place() -> str:
    """The id of the initiative at a place whose name is SCRIPT."""
    row = editing.row_of(DATA, "initiatives.csv", precision="address")
    return editing.cell(DATA, "initiatives.csv", row, "initiative_id")
