"""How a verb is called, as a reader of a page needs it."""

from __future__ import annotations

import inspect
from dataclasses import is_dataclass


def signature(function: object) -> str:
    """Names and types as they are written, without what a reader of a page does not need."""
    made = inspect.signature(function)  # type: ignore[arg-type]
    for each in made.parameters.values():  # a frozen value tells all its fields
        usual = each.default
        if is_dataclass(usual) and not isinstance(usual, type):
            changed = each.replace(default=_Plain(f"{type(usual).__name__}()"))
            made = made.replace(
                parameters=[changed if e.name == each.name else e for e in made.parameters.values()]
            )
    return str(made).replace("'", "")


class _Plain(str):
    """Text that shows itself without quotes."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)
