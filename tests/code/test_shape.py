"""The shape of the code: short functions, few parameters, no circle between files, a layout by the formatter."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Layers of hsc_geo; add one when it holds to this.
LAYERS = ("domain", "sources", "data", "register", "analysis", "cli", "views", "web")
FORMATTED = (*(f"hsc_geo/{layer}" for layer in LAYERS), "benchmarks", "tools", "tests/code")
FORMATTED += tuple(f"tests/{part}" for part in ("analysis", "data", "domain", "register", "rebuild", "docs"))
# File -> why the formatter does not lay out all of it: a table of data, never code.
BY_HAND: dict[str, str] = {}

MOST_LINES = 40  # of a function, its docstring not counted
MOST_PARAMETERS = 8

Function = ast.FunctionDef | ast.AsyncFunctionDef


def files(*folders: str) -> list[Path]:
    """The Python files of folders below the root."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


OF_LAYERS = files(*(f"hsc_geo/{layer}" for layer in LAYERS))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(module: ast.Module) -> Iterator[Function]:
    return (each for each in ast.walk(module) if isinstance(each, Function))


def lines(function: Function) -> int:
    """How many lines it takes, without those of its docstring."""
    first = function.body[0]
    told = first.end_lineno - first.lineno + 1 if ast.get_docstring(function, clean=False) is not None else 0
    return function.end_lineno - function.lineno + 1 - told


def parameters(function: Function) -> int:
    """How many things can be given to it, `self` apart."""
    given = function.args
    places = [*given.posonlyargs, *given.args]
    count = len(places) + len(given.kwonlyargs) + bool(given.vararg) + bool(given.kwarg)
    return count - bool(places and places[0].arg in ("self", "cls"))


def too_large(path: Path) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{each.lineno} {each.name}: {lines(each)} lines, {parameters(each)} parameters"
        for each in functions(tree(path))
        if lines(each) > MOST_LINES or parameters(each) > MOST_PARAMETERS
    ]


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(module: ast.Module) -> Iterator[str]:
    """What a module imports, also inside functions, but not what only a type checker reads; `a.b` and each `a.b.c` of
    `from a.b import c`."""
    ahead: list[ast.AST] = [module]
    while ahead:
        node = ahead.pop()
        if isinstance(node, ast.If) and ast.unparse(node.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING"):
            ahead += node.orelse
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module
            assert not node.level, "imports name the whole module"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        else:
            ahead += ast.iter_child_nodes(node)


def graph(paths: list[Path]) -> dict[str, set[str]]:
    """Module -> those of these files that it imports."""
    known = {module_name(path): path for path in paths}

    def found(name: str) -> str:
        return name if name in known else name.rpartition(".")[0]

    return {
        name: {found(each) for each in imports(tree(path))} & known.keys() - {name}
        for name, path in known.items()
    }


def circle(of: dict[str, set[str]]) -> list[str]:
    """The modules of a circle, in order; none when there is no circle."""
    try:
        TopologicalSorter(of).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_functions_are_short_and_take_few_things() -> None:
    assert len(OF_LAYERS) > 100
    assert [told for path in OF_LAYERS for told in too_large(path)] == []


def test_no_circle_between_files() -> None:
    assert circle(graph(OF_LAYERS)) == []


def test_the_formatter_decides_the_layout() -> None:
    mark = "# fmt" + ":"
    found = {
        str(path.relative_to(ROOT)) for path in files(*FORMATTED) if mark in path.read_text(encoding="utf-8")
    }
    assert found == BY_HAND.keys()
    assert all(len(why) > 20 for why in BY_HAND.values())


def cached_by_hand(module: ast.Module) -> list[str]:
    """Functions of a package that keep results in a cache of their own, which would hold on to the package."""
    return [
        each.name
        for each in functions(module)
        if each.args.args and ast.unparse(each.args.args[0].annotation or ast.Constant("")) == "Package"
        if any(
            kept in ast.unparse(mark) for mark in each.decorator_list for kept in ("lru_cache", "functools")
        )
        or any(ast.unparse(mark) == "cache" for mark in each.decorator_list)
    ]


def test_results_are_kept_with_the_package() -> None:
    """By `hsc_geo.data.cached.per_package`, so that they go with it."""
    assert {str(path): found for path in OF_LAYERS if (found := cached_by_hand(tree(path)))} == {}


def test_a_cache_by_hand_is_seen() -> None:
    marks = ("@lru_cache(maxsize=4)", "@functools.cache", "@cache", "@per_package(maxsize=4)", "")
    text = "\n".join(f"{mark}\ndef f{i}(package: Package, year: int): ..." for i, mark in enumerate(marks))
    assert cached_by_hand(ast.parse(text)) == ["f0", "f1", "f2"]


LONG = "def f(self, a, b):\n" + '    """Message\n    at\n    length."""\n' + "    a = b\n" * 41


def test_a_long_function_is_seen_and_its_docstring_not_counted() -> None:
    (function,) = functions(ast.parse(LONG))
    assert (lines(function), parameters(function)) == (42, 2)


@pytest.mark.parametrize(
    ("text", "count"),
    [("def f(a, /, b, *, c): ...", 3), ("def f(*a, **b): ...", 2), ("async def f(cls, a=1): ...", 1)],
)
def test_every_kind_of_parameter_counts(text: str, count: int) -> None:
    (function,) = functions(ast.parse(text))
    assert parameters(function) == count


IMPORTING = """
from a import b
if TYPE_CHECKING:
    import c
else:
    import d
def f():
    from e.f import g, h
"""


def test_imports_inside_functions_count_and_those_for_types_do_not() -> None:
    assert sorted(imports(ast.parse(IMPORTING))) == ["a.b", "d", "e.f.g", "e.f.h"]


def test_a_circle_is_seen() -> None:
    assert set(circle({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}})) == {"a", "b", "c"}
    assert circle({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []
