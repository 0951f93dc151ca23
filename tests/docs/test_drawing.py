"""The drawing of the architecture is that of the code, and shows what does not belong."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import grimp
import pytest

from tests.docs.reading import ROOT, text
from tools.draw_architecture import DRAWING, WRONG, drawn
from tools.rooms import PAGES, House, contract_floors, house, owner

CONTRACTS = """
[[tool.importlinter.contracts]]
type = "layers"
layers = ["hsc_geo.web", "hsc_geo.views", "hsc_geo.domain"]

[[tool.importlinter.contracts]]
type = "layers"
containers = ["hsc_geo.views"]
layers = ["map | data", "kit"]
"""
FILES = {
    "pyproject.toml": CONTRACTS,
    "app.py": "from hsc_geo.web.server import app",
    "pages/map.py": "from hsc_geo.views.map import page",
    "hsc_geo/web/__init__.py": '"""The server. It has more to say."""',
    "hsc_geo/web/server.py": "import hsc_geo.domain.areas",
    "hsc_geo/views/__init__.py": '"""Views."""',
    "hsc_geo/views/map/__init__.py": '"""Map <and> table."""',
    "hsc_geo/views/map/page.py": "from hsc_geo.views.kit import words\ndef a():\n import hsc_geo.views.data.page",
    "hsc_geo/views/data/__init__.py": '"""Data."""',
    "hsc_geo/views/kit/__init__.py": '"""Kit."""',
    "hsc_geo/views/kit/words.py": "import os\nfrom hsc_geo.domain import areas",
    "hsc_geo/domain/__init__.py": '"""Domain."""',
}
IMPORTS = {
    ("pages", "hsc_geo.web"),
    ("pages", "hsc_geo.views.map"),
    ("hsc_geo.web", "hsc_geo.domain"),
    ("hsc_geo.views.map", "hsc_geo.views.kit"),
    ("hsc_geo.views.map", "hsc_geo.views.data"),
    ("hsc_geo.views.kit", "hsc_geo.domain"),
}


def written(folder: Path, files: dict[str, str]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    return folder


@pytest.fixture
def small(tmp_path: Path) -> House:
    """A small project in which the map wrongly imports the room beside it, inside a function."""
    return house(written(tmp_path, FILES))


def test_drawing_is_that_of_the_code() -> None:
    now = drawn(house(ROOT))
    assert text("docs/architecture.svg") == now, "run .venv/bin/python tools/draw_architecture.py"


def test_floors_are_those_of_the_contracts(small: House) -> None:
    views = tuple(f"hsc_geo.views.{name}" for name in ("map", "data"))
    below = (("hsc_geo.views.kit",), ("hsc_geo.domain",))
    assert small.floors == (("pages",), ("hsc_geo.web",), views, *below)
    assert small.purposes["hsc_geo.web"] == "The server."


def test_every_import_is_found_also_inside_a_function(small: House) -> None:
    assert small.imports == IMPORTS
    assert small.upward() == [("hsc_geo.views.map", "hsc_geo.views.data")]


def test_what_does_not_go_down_stands_out_and_text_is_no_markup(small: House) -> None:
    picture = drawn(small)
    assert picture.count(f'fill="{WRONG}"') == 1
    assert picture.count("<circle") == len(IMPORTS)
    assert "Map &lt;and&gt; table." in picture
    assert "views.map imports views.data, views.kit;" in picture


def test_a_room_without_a_floor_is_told(tmp_path: Path) -> None:
    folder = written(tmp_path, {**FILES, "hsc_geo/views/start/__init__.py": '"""Start."""'})
    with pytest.raises(ValueError, match=re.escape("hsc_geo.views.start: in no layer of pyproject.toml")):
        house(folder)


def test_imports_are_those_that_import_linter_sees() -> None:
    graph = grimp.build_graph("hsc_geo", cache_dir=None)
    names = {name for floor in contract_floors(text("pyproject.toml")) for name in floor}
    pairs = {(owner(a), owner(b)) for a in graph.modules for b in graph.find_modules_directly_imported_by(a)}
    expected = {(a, b) for a, b in pairs if a != b and {a, b} <= names}
    assert {pair for pair in house(ROOT).imports if pair[0] != PAGES} == expected


def test_drawing_is_a_picture_of_its_own() -> None:
    """Well formed, with title and description, and it neither runs nor loads anything."""
    source = DRAWING.read_text(encoding="utf-8")
    root = ElementTree.fromstring(source)
    tags = {each.tag for each in root}
    assert {f"{{http://www.w3.org/2000/svg}}{tag}" for tag in ("title", "desc")} <= tags
    assert not re.search(r"<script|<image|<foreignObject|\shref|\son\w+=|@import", source)
