"""A cell of a spreadsheet as the text that a person sees in it, or why it is none."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from hsc_geo.domain.message import Message
from hsc_geo.domain.text import split_names

FORMULA = Message("a formula stands here; replace it by the text that it shows")
ERROR = Message("the spreadsheet could not work this out; write what is meant, or leave it empty")
NOTHING = Message("a program wrote this where there was nothing; leave the cell empty")
YEARLESS = Message(
    "the spreadsheet made a day of this, and does not show of which year; write what is meant as text"
)
MERGED = Message("this cell is merged with others; unmerge it, and write in each what it holds")
# What spreadsheets show for an error, in English, Dutch, German and French; what stands in such a cell is in capitals.
_ERRORS = frozenset(
    split_names(
        """
        #N/A #REF! #NAME? #VALUE! #DIV/0! #NUM! #NULL! #GETTING_DATA #SPILL! #CALC! #FIELD! #BLOCKED! #UNKNOWN!
        #CONNECT! #BUSY! #PYTHON! #EXTERNAL! #ERROR! #ARG!
        #N/B #VERW! #NAAM? #WAARDE! #DEEL/0! #GETAL! #LEEG! #OVERLOOP! #BEREKENING! #VELD! #GEBLOKKEERD! #ONBEKEND!
        #NV #BEZUG! #WERT! #ZAHL! #KALK! #ÜBERLAUF! #NOM? #VALEUR! #NOMBRE! #NUL! #PROPAGATION!
        """
    )
)
# A number of an error of LibreOffice, and a column that is too narrow for what it holds.
_OF_PROGRAM = re.compile(r"(?:Err|Fout):\d{3}|#{4,}")
# What programs write where there is nothing, such as pandas; not NULL and None, which a person can mean.
_NOTHING = frozenset(("NaN", "nan", "NaT", "<NA>", "[object Object]", "\\N"))
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_OPENS_ESCAPE = re.compile(
    "_(?=x[0-9A-Fa-f]{4}_)"
)  # the sign alone: one that ends an escape can open the next
# Of a number format: what is shown as it stands, colour, locale, room and filling.
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
# Its parts: text in quotation marks, a sign, a currency, what shows nothing, digits, another sign.
_PARTS = re.compile(
    r'"(?P<text>[^"]*)"|\\(?P<sign>.)|\[\$(?P<money>[^\]-]*)[^\]]*\]|\[[^\]]*\]|_.|\*.'
    r"|(?P<digits>General|[0#?][0#?.,]*(?:E[+-]0+)?%?)|(?P<other>.)",
    re.DOTALL,
)


@dataclass(frozen=True)
class CellFault:
    """A cell that holds no text: its row as the sheet counts them, its column from 0, and what to do."""

    row: int
    column: int
    value: str
    mend: Message


def is_error(text: str) -> bool:
    """Whether a text is what a spreadsheet shows for an error."""
    return text.upper() in _ERRORS or bool(_OF_PROGRAM.fullmatch(text))


def is_nothing(text: str) -> bool:
    """Whether a text is what a program writes where there is nothing."""
    return text in _NOTHING


def mend_of(text: str) -> Message:
    """What to do about such a text."""
    return NOTHING if is_nothing(text) else ERROR


def unescaped(text: str) -> str:
    """The text of a workbook: `_x000D_` stands for a carriage return, `_x005F_` for the sign `_` itself
    (ECMA-376, 22.9.2.19)."""
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")  # pairs are one sign


def escaped(text: str) -> str:
    """The text as a workbook holds it, so that `unescaped` gives it back."""
    return _OPENS_ESCAPE.sub("_x005F_", text)


def fault_of(cell: Any) -> Message | None:
    """Why a cell of a workbook holds no text, if so."""
    value = cell.value
    if cell.data_type == "f":
        return FORMULA
    if cell.data_type == "e" or (isinstance(value, str) and is_error(value)):
        return ERROR
    if isinstance(value, float) and not math.isfinite(value):
        return ERROR
    return YEARLESS if isinstance(value, date) and _hides_year(cell.number_format or "") else None


def shown(value: Any) -> str:
    """What stands in a cell, as a fault shows it: of a formula over many cells, the formula."""
    return str(getattr(value, "text", None) or getattr(value, "ref", None) or value)


def text_of(cell: Any) -> str:
    """A cell of a workbook as text: as its number format shows it, whole numbers without a point, a day without a time,
    and a month that became a date as that month."""
    value, form = cell.value, cell.number_format or ""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return _number(value, form) if math.isfinite(value) else str(value)
    if isinstance(value, timedelta):
        return _clock(int(value.total_seconds()))
    if isinstance(value, time):
        return _clock(value.hour * 3600 + value.minute * 60 + value.second)
    if isinstance(value, datetime):
        return _moment(value, form)
    return value.isoformat() if isinstance(value, date) else unescaped(shown(value))


def _number(value: int | float, form: str) -> str:
    """The number with the text that its format puts around or, as of a telephone number, between the digits."""
    parts = [
        (found.lastgroup or "", found[found.lastgroup or 0]) for found in _PARTS.finditer(form.split(";")[0])
    ]
    parts = [(kind, text) for kind, text in parts if kind]
    digits = [text for kind, text in parts if kind == "digits"]
    # Fractions, and formats that show thousands or millions: the number itself is what is meant.
    if not digits or "?" in "".join(digits) or digits[-1].rstrip("%").endswith(","):
        return _plain(value)
    if value >= 0 and value == int(value) and re.fullmatch("[0#]*0[0#]*|#{2,}", "".join(digits)):
        return _in_places(int(value), parts)
    at = [kind for kind, _ in parts].index("digits")
    around = [
        "".join(text for kind, text in some if kind != "digits") for some in (parts[:at], parts[at + 1 :])
    ]
    return f"{around[0]}{_in_form(value, digits[0], money=any(around))}{around[1]}".strip()


def _in_places(value: int, parts: list[tuple[str, str]]) -> str:
    """The digits in the places of a format, from the last on: a telephone number keeps its noughts and its dashes."""
    places = "".join(text for kind, text in parts if kind == "digits")
    left = str(value).rjust(len(places))
    over, inside = left[: -len(places)], zip(left[-len(places) :], places, strict=True)
    filled = iter([digit if digit != " " else "0" * (place == "0") for digit, place in inside])
    told = ["".join(next(filled) for _ in text) if kind == "digits" else text for kind, text in parts]
    first = [kind for kind, _ in parts].index("digits")
    return "".join([*told[:first], over, *told[first:]]).strip()


def _in_form(value: int | float, form: str, money: bool) -> str:
    """A number without grouping; as many decimals as are shown, where it is an amount and that loses nothing."""
    if form.endswith("%"):
        return f"{_plain(value * 100)}%"
    decimals = len(form.partition(".")[2]) if money and "E" not in form else 0
    return f"{value:.{decimals}f}" if decimals and round(value, decimals) == value else _plain(value)


def _plain(value: int | float) -> str:
    if value == int(value):
        return str(int(value))
    return format(Decimal(repr(round(value, 12))), "f")


def _clock(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    return f"{hours}:{minutes:02}" + (f":{rest:02}" if rest else "")


def _bare(form: str) -> str:
    """A format of days without what it shows as it stands."""
    return _LITERAL.sub("", form.split(";")[0]).lower()


def _hides_year(form: str) -> bool:
    bare = _bare(form)
    return "d" in bare and "y" not in bare and "h" not in bare


def _moment(value: datetime, form: str) -> str:
    bare = _bare(form)
    if "y" in bare and "d" not in bare and "h" not in bare:
        return f"{value:%Y-%m}" if "m" in bare else f"{value:%Y}"
    return value.date().isoformat() if value.time() == time.min else f"{value:%Y-%m-%d %H:%M}"
