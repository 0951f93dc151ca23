"""The layers of the project and the rooms of its views, as the code has them: who stands where, who imports whom."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGE, VIEWS, PAGES = "hsc_geo", "hsc_geo.views", "pages"
Floor = tuple[str, ...]  # names of layers or rooms that stand beside each other


@dataclass(frozen=True)
class House:
    """floors: from above; purposes: name -> first sentence of its docstring; imports: (who, whom), both on a floor."""

    floors: tuple[Floor, ...]
    purposes: dict[str, str]
    imports: frozenset[tuple[str, str]]

    @property
    def names(self) -> tuple[str, ...]:
        """All that stands on a floor, from above."""
        return tuple(name for floor in self.floors for name in floor)

    def upward(self) -> list[tuple[str, str]]:
        """Imports that do not go down: to a floor above or to the same one."""
        level = {name: number for number, floor in enumerate(self.floors) for name in floor}
        return sorted(pair for pair in self.imports if level[pair[1]] <= level[pair[0]])


def house(root: Path) -> House:
    """The project in a folder. Raises ValueError where a folder with code stands on no floor."""
    floors = ((PAGES,), *contract_floors((root / "pyproject.toml").read_text(encoding="utf-8")))
    names = [name for floor in floors for name in floor]
    homeless = sorted({owner(module) for _, module in _modules(root)} - {*names, PACKAGE, VIEWS})
    if homeless:
        raise ValueError(f"{', '.join(homeless)}: in no layer of pyproject.toml")
    return House(floors, {name: purpose(root, name) for name in names}, frozenset(_pairs(root, set(names))))


def contract_floors(pyproject: str) -> tuple[Floor, ...]:
    """Floors from above: the layers of the contracts in pyproject.toml, the views replaced by those of their rooms."""
    contracts = tomllib.loads(pyproject)["tool"]["importlinter"]["contracts"]
    stacks = [_stack(contract) for contract in contracts if contract["type"] == "layers"]
    (layers,) = [stack for stack in stacks if (VIEWS,) in stack]
    (rooms,) = [stack for stack in stacks if {_parent(name) for floor in stack for name in floor} == {VIEWS}]
    return tuple(floor for layer in layers for floor in (rooms if layer == (VIEWS,) else [layer]))


def _stack(contract: dict[str, list[str]]) -> list[Floor]:
    before = "".join(f"{container}." for container in contract.get("containers", [])[:1])
    return [
        tuple(before + name.strip(" ()") for name in re.split(r"[|:]", layer)) for layer in contract["layers"]
    ]


def _parent(name: str) -> str:
    return name.rpartition(".")[0]


def owner(module: str) -> str:
    """The layer or room that a module is part of."""
    parts = module.split(".")
    if parts[0] == PAGES or module == "app":
        return PAGES
    return ".".join(parts[: 3 if module.startswith(f"{VIEWS}.") else 2])


def purpose(root: Path, name: str) -> str:
    """The first sentence of the docstring of a layer or room."""
    if name == PAGES:
        return "One short script a page, and app.py."
    told = ast.get_docstring(_tree(root / Path(*name.split(".")) / "__init__.py")) or ""
    return re.split(r"(?<=[.])\s", " ".join(told.split()), maxsplit=1)[0]


def _pairs(root: Path, names: set[str]) -> Iterator[tuple[str, str]]:
    for path, module in _modules(root):
        found = {owner(each) for each in imported(_tree(path))}
        yield from (
            (owner(module), each)
            for each in found
            if owner(module) in names and each in names - {owner(module)}
        )


def _modules(root: Path) -> Iterator[tuple[Path, str]]:
    paths = [*(root / PACKAGE).rglob("*.py"), *(root / PAGES).glob("*.py"), root / "app.py"]
    for path in sorted(paths):
        parts = path.relative_to(root).with_suffix("").parts
        if parts != (PACKAGE, "__main__"):
            yield path, ".".join(part for part in parts if part != "__init__")


def imported(tree: ast.AST) -> Iterable[str]:
    """Modules of the package that a file imports, each name of `from a import b` as a.b; nothing is relative here."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith(f"{PACKAGE}."))
        if isinstance(node, ast.ImportFrom) and f"{node.module}.".startswith(f"{PACKAGE}."):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))
