"""A cell of a spreadsheet as the text that a person sees in it, or why it is none."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from hsc_geo.domain.message import Message

FORMULA = Message("a formula stands here; replace it by the text that it shows")
ERROR = Message("the spreadsheet could not work this out; write what is meant, or leave it empty")
# What spreadsheets show for an error, in English and in Dutch.
_ERRORS = frozenset(
    [
        "#N/A",
        "#REF!",
        "#NAME?",
        "#VALUE!",
        "#DIV/0!",
        "#NUM!",
        "#NULL!",
        "#GETTING_DATA",
        "#SPILL!",
        "#CALC!",
        "#N/B",
        "#VERW!",
        "#NAAM?",
        "#WAARDE!",
        "#DEEL/0!",
        "#GETAL!",
        "#LEEG!",
        "#OVERLOOP!",
        "#BEREKENING!",
    ]
)
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_OPENS_ESCAPE = re.compile(
    "_(?=x[0-9A-Fa-f]{4}_)"
)  # the sign alone: one that ends an escape can open the next
# Of a number format: what is shown as it stands, colour, locale, room and filling.
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


def is_error(text: str) -> bool:
    """Whether a text is what a spreadsheet shows for an error."""
    return text in _ERRORS


def unescaped(text: str) -> str:
    """The text of a workbook: `_x000D_` stands for a carriage return, `_x005F_` for the sign `_` itself
    (ECMA-376, 22.9.2.19)."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def escaped(text: str) -> str:
    """The text as a workbook holds it, so that `unescaped` gives it back."""
    return _OPENS_ESCAPE.sub("_x005F_", text)


def fault_of(cell: Any) -> Message | None:
    """Why a cell of a workbook holds no text, if so."""
    if cell.data_type == "f":
        return FORMULA
    if cell.data_type == "e" or (isinstance(cell.value, str) and is_error(cell.value)):
        return ERROR
    return None


def text_of(cell: Any) -> str:
    """A cell of a workbook as text: as its number format shows it, whole numbers without a point, a day without a time,
    and a month that became a date as that month."""
    value, form = cell.value, cell.number_format or ""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return _number(value, form)
    if isinstance(value, datetime):
        return _moment(value, form)
    return value.isoformat() if isinstance(value, date) else unescaped(str(value))


def _number(value: int | float, form: str) -> str:
    shown = _LITERAL.sub("", form.split(";")[0])
    if "%" in shown:
        return f"{_plain(value * 100)}%"
    if re.fullmatch("0{2,}", shown) and value == int(value):
        return f"{int(value):0{len(shown)}d}"  # a telephone number keeps its noughts
    return _plain(value)


def _plain(value: int | float) -> str:
    if value == int(value):
        return str(int(value))
    return format(Decimal(repr(round(value, 12))), "f")


def _moment(value: datetime, form: str) -> str:
    shown = _LITERAL.sub("", form.split(";")[0]).lower()
    if "y" in shown and "d" not in shown and "h" not in shown:
        return f"{value:%Y-%m}" if "m" in shown else f"{value:%Y}"
    return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat()
