"""The tests keep their own house: they stand where what they test stands, and share through modules of their own."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "tests").rglob("*.py"))
WITHOUT_A_LAYER = {"browser", "code", "docs", "frontend", "rebuild", "shared"}  # what they judge is the whole


def imported(file: Path) -> list[str]:
    """The modules that a file imports, and each name as if it were one."""
    found = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            found += [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
    return found


def test_nothing_is_imported_from_a_test() -> None:
    found = {
        f"{file.relative_to(ROOT)}: {name}"
        for file in FILES
        for name in imported(file)
        if name.startswith("tests.") and any(part.startswith("test_") for part in name.split("."))
    }
    assert not found
    assert sum(name.startswith("tests.") for file in FILES for name in imported(file)) > 100  # it sees them


def test_folders_mirror_the_product() -> None:
    folders = {
        str(file.parent.relative_to(ROOT / "tests")) for file in FILES if file.name.startswith("test_")
    }
    layers = {folder for folder in folders if folder.split("/")[0] not in WITHOUT_A_LAYER}
    assert {folder for folder in layers if not (ROOT / "hsc_geo" / folder).is_dir()} == set()
    assert {
        "views/coverage",
        "views/map",
        "views/profile",
        "views/partners",
        "analysis",
        "register",
    } <= layers
