"""A table as a call of the library (`hsc_geo.tables`), and the Python that makes it, for a notebook.

The code is written from the frozen values that the page itself works with. What a link or the data say stands in it as
a literal, so no text of theirs can become code.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from textwrap import indent
from typing import Any, TypeVar

from hsc_geo.analysis.own_area import OwnArea
from hsc_geo.analysis.suppression import DEFAULT
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.tongue import DEFAULT as DUTCH

WIDTH = 88  # letters of a line
T = TypeVar("T")


@dataclass(frozen=True)
class Call:
    """The verb of a page's module of `hsc_geo.tables`, with the choice that it takes (None for none) and what else;
    page '' for a table of the package itself, which `verb` then names. name: what the table is called."""

    page: str
    verb: str
    choice: object = None
    arguments: Mapping[str, object] = field(default_factory=dict)
    name: str = ""

    @property
    def called(self) -> str:
        """The name of the table."""
        return self.name or self.verb


@dataclass(frozen=True)
class Opened:
    """An argument of a call: another edition, which the code opens first under this name."""

    name: str
    address: str


def only(choice: T, names: Iterable[str]) -> T:
    """A choice with these of its fields, and all others as they are when nobody chose."""
    made: Any = type(choice)
    return made(**{name: getattr(choice, name) for name in names})


def code(calls: Sequence[Call], address: str, own: Iterable[OwnArea] = ()) -> str:
    """The code of the tables. address: that of the edition; own: the own areas that it is given first."""
    areas = [f"    make({literal(each.name)}, {literal(each.neighbourhoods)})," for each in own]
    return "\n".join(
        [
            *_imports(calls, bool(areas)),
            "",
            *(f"{each.name} = hsc_geo.open({literal(each.address)})" for each in _opened(calls)),
            f"edition = hsc_geo.open({literal(address)})",
            *(["edition = with_own(edition, (", *areas, "))"] if areas else []),
            *_statements(calls),
        ]
    )


def _opened(calls: Sequence[Call]) -> list[Opened]:
    """The editions that are opened beside that of the page, each once."""
    values = (value for call in calls for value in call.arguments.values())
    return list(dict.fromkeys(value for value in values if isinstance(value, Opened)))


def _imports(calls: Sequence[Call], own: bool) -> Iterator[str]:
    values = [(each.page, value) for call in calls for each, value in ((call, v) for v in _values(call))]
    if any(isinstance(value, dt.date) for _, value in values):
        yield "from datetime import date\n"
    yield "import hsc_geo"
    if own:
        yield "from hsc_geo.analysis.own_areas import make, with_own"
    pages = sorted({each.page for each in calls if each.page})
    if pages:
        yield f"from hsc_geo.tables import {', '.join(pages)}"
    for page in pages:
        names = sorted({type(value).__name__ for of, value in values if of == page and is_dataclass(value)})
        if names:
            yield f"from hsc_geo.tables.{page} import {', '.join(names)}"


def _values(call: Call) -> Iterator[object]:
    """Every value of the arguments that is told, and all in it."""
    waiting = [call.choice, *call.arguments.values()]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Opened):
            continue
        yield value
        if is_dataclass(value):
            waiting += (part for _, part in _told(value))
        elif isinstance(value, (tuple, list)):
            waiting += value


def _statements(calls: Sequence[Call]) -> Iterator[str]:
    """Each table, after its choice where that is not the one before."""
    before = None
    for each in calls:
        if each.choice is not None and each.choice != before:
            yield f"choice = {literal(each.choice)}"
            before = each.choice
        yield f"{each.called} = {_made(each)}"


def _made(call: Call) -> str:
    if not call.page:
        return f"edition.{call.verb}"
    choice = [] if call.choice is None else ["choice"]
    given = ["edition", *choice, *(f"{name}={literal(value)}" for name, value in call.arguments.items())]
    return _bracketed(f"{call.page}.{call.verb}", given)


def _bracketed(name: str, given: Sequence[str]) -> str:
    """A call in one line where it fits, else with a line for each of what it is given."""
    line = f"{name}({', '.join(given)})"
    if len(line) <= WIDTH and "\n" not in line:
        return line
    return "\n".join([f"{name}(", *(indent(f"{each},", "    ") for each in given), ")"])


def literal(value: object) -> str:
    """A value as Python writes it; of a frozen value of ours the fields that are not as usual; of
    an edition its name.

    Raises TypeError for what is neither of these, nor text, number, day, None, or a list, tuple or dict of them.
    """
    if isinstance(value, str):
        return repr(str(value))
    if isinstance(value, Opened):
        return value.name
    if value is None or type(value) in (bool, int, float):
        return repr(value)
    if type(value) is dt.date:
        return f"date({value.year}, {value.month}, {value.day})"
    if isinstance(value, tuple):
        return f"({', '.join(map(literal, value))}{',' if len(value) == 1 else ''})"
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{literal(key)}: {literal(part)}' for key, part in value.items())}}}"
    if is_dataclass(value) and not isinstance(value, type) and type(value).__module__.startswith("hsc_geo."):
        return _bracketed(type(value).__name__, [f"{name}={literal(part)}" for name, part in _told(value)])
    raise TypeError(f"{value!r} cannot stand in code; give text, numbers, days, None, or a frozen value")


def _told(value: Any) -> Iterator[tuple[str, object]]:
    """The fields that are not as usual."""
    for each in fields(value):
        usual = each.default_factory() if each.default_factory is not MISSING else each.default
        found = getattr(value, each.name)
        if usual is MISSING or found != usual:
            yield each.name, found


def hiding(n: Names) -> dict[str, object]:
    """What hides small numbers as this site does, where that is not as usual."""
    return {"hide_below": n.small_counts} if n.small_counts != DEFAULT else {}


def as_of(n: Names) -> dict[str, object]:
    """The day from which the page counts."""
    return {"as_of": n.today}


def speaking(n: Names) -> dict[str, object]:
    """The language of the page, where that is not as usual."""
    return {"language": n.w.code} if n.w.code != DUTCH else {}
