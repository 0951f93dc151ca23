"""What one asks of a collection of features, read from the texts of an address: each text is right, or told.

Source: OGC API - Features, Part 1: Core (17-069r4) for limit, bbox and datetime; Part 2 (18-058r1) for crs and
bbox-crs.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches

from hsc_geo.analysis.feature_kinds import Kind
from hsc_geo.domain.contract import Field
from hsc_geo.domain.crs import RD, WGS84
from hsc_geo.domain.message import Message
from hsc_geo.domain.problems import shorten

CRS = {
    "http://www.opengis.net/def/crs/OGC/1.3/CRS84": WGS84,
    "http://www.opengis.net/def/crs/EPSG/0/28992": RD,
}
CRS_OF = {epsg: uri for uri, epsg in CRS.items()}
DEFAULT_LIMIT, MOST = 100, 1000
OFFSET_MOST = 10**9
LONGEST_NAME = 50  # letters of a parameter that is not known, which are compared with those that are
LIMIT, OFFSET, BBOX, DATETIME = "limit", "offset", "bbox", "datetime"
CRS_NAME, BBOX_CRS = "crs", "bbox-crs"
NAMES = (LIMIT, OFFSET, BBOX, BBOX_CRS, DATETIME, CRS_NAME)

Box = tuple[float, float, float, float]
Span = tuple[dt.datetime, dt.datetime]
_EVER = (dt.datetime.min, dt.datetime.max)
_NUMBER = re.compile(r"[+-]?(\d{1,20}(\.\d{0,20})?|\.\d{1,20})([eE][+-]?\d{1,2})?", re.ASCII)
_WHOLE = re.compile(r"[+-]?\d{1,15}", re.ASCII)
_MOMENT = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[Tt](\d{2}:\d{2}:\d{2})(?:\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2}))?", re.ASCII
)


class WrongParameter(ValueError):
    """A parameter that cannot be used: its name, what was given, and what to give instead; `told` says all three."""

    def __init__(self, name: str, value: str, mend: Message) -> None:
        self.name, self.value, self.mend = name, value, mend
        self.told = Message(
            "{name}={value} cannot be used: {mend}", name=name, value=repr(shorten(value)), mend=mend
        )
        super().__init__(self.told)


@dataclass(frozen=True)
class Query:
    """What is asked.

    limit: most features of a page. offset: features that are passed over. crs: EPSG code of the coordinates in the
    answer. box: west, south, east, north in the system `box_crs`. span: the first and last moment (UTC). equal: pairs
    of a property and its value, all of which must hold.
    """

    limit: int = DEFAULT_LIMIT
    offset: int = 0
    crs: int = WGS84
    box: Box | None = None
    box_crs: int = WGS84
    span: Span | None = None
    equal: tuple[tuple[str, str | float | bool], ...] = ()


def read(kind: Kind, given: Iterable[tuple[str, str]]) -> Query:
    """The query that the parameters of an address make. Raises WrongParameter."""
    found = once(given, (*NAMES, *(field.name for field in kind.fields)))
    box_crs = crs(BBOX_CRS, found.get(BBOX_CRS))
    query = Query(
        limit=min(whole(LIMIT, found.get(LIMIT), DEFAULT_LIMIT, 1, None), MOST),
        offset=whole(OFFSET, found.get(OFFSET), 0, 0, OFFSET_MOST),
        crs=crs(CRS_NAME, found.get(CRS_NAME)),
        box_crs=box_crs,
    )
    if BBOX in found:
        query = replace(query, box=box(found[BBOX], box_crs))
    if DATETIME in found:
        query = replace(query, span=span(found[DATETIME]))
    equal = ((each, found[each.name]) for each in kind.fields if each.name in found)
    return replace(query, equal=tuple((field.name, value(field, text)) for field, text in equal))


def once(given: Iterable[tuple[str, str]], known: Iterable[str]) -> dict[str, str]:
    """The parameters by name. Raises WrongParameter for a name that is not known, or that stands there twice."""
    found: dict[str, str] = {}
    names = tuple(known)
    for name, text in given:
        if name not in names:
            raise WrongParameter(shorten(name), text, _unknown(name, names))
        if name in found:
            raise WrongParameter(name, text, Message("the parameter stands there twice; give it once"))
        found[name] = text
    return found


def _unknown(name: str, names: tuple[str, ...]) -> Message:
    near = get_close_matches(name[:LONGEST_NAME], names, n=1)
    if near:
        return Message(
            "there is no such parameter here; did you mean {near}? /api/openapi.json has them all",
            near=near[0],
        )
    return Message("there is no such parameter here; /api/openapi.json has them all")


def whole(name: str, text: str | None, default: int, least: int, most: int | None) -> int:
    """A whole number from `least` to `most`, `default` where none is given. Raises WrongParameter."""
    if text is None:
        return default
    if not _WHOLE.fullmatch(text) or int(text) < least or (most is not None and int(text) > most):
        raise WrongParameter(name, text, _no_whole(least, most))
    return int(text)


def _no_whole(least: int, most: int | None) -> Message:
    if most is None:
        return Message("write a whole number from {least} up", least=str(least))
    return Message("write a whole number from {least} to {most}", least=str(least), most=str(most))


def crs(name: str, text: str | None) -> int:
    """The EPSG code of a coordinate system given as address; that of CRS84 is 4326. Raises WrongParameter."""
    if text is None:
        return WGS84
    if text not in CRS:
        raise WrongParameter(name, text, one_of(CRS))
    return CRS[text]


def one_of(known: Iterable[str]) -> Message:
    """What to do where only some texts are known."""
    return Message("write one of {known}", known=", ".join(known))


def box(text: str, epsg: int) -> Box:
    """Four numbers, or six of which the heights are passed over. Raises WrongParameter."""
    parts = [part.strip() for part in text.split(",")]
    mend = Message("write west,south,east,north as four numbers with commas between them")
    if len(parts) not in (4, 6) or not all(map(_NUMBER.fullmatch, parts)):
        raise WrongParameter(BBOX, text, mend)
    numbers = [float(part) for part in parts]
    if not all(map(math.isfinite, numbers)):
        raise WrongParameter(BBOX, text, mend)
    half = len(numbers) // 2
    west, south, east, north = numbers[0], numbers[1], numbers[half], numbers[half + 1]
    if south > north:
        told = Message("the second number is the south, and may not be above the north")
        raise WrongParameter(BBOX, text, told)
    if west > east and epsg != WGS84:
        told = Message("the first number is the west, and may not be beyond the east")
        raise WrongParameter(BBOX, text, told)
    return west, south, east, north


def span(text: str) -> Span:
    """The moments that a text of RFC 3339 stands for: a day, a moment, or two with a slash between them, of which one
    may be open (`..` or nothing). Raises WrongParameter."""
    first, slash, last = text.partition("/")
    if not slash:
        return _moments(first, text)
    if (first in ("", "..") and last in ("", "..")) or "/" in last:
        raise _no_time(text)
    begin = _EVER[0] if first in ("", "..") else _moments(first, text)[0]
    end = _EVER[1] if last in ("", "..") else _moments(last, text)[1]
    if begin > end:
        raise WrongParameter(DATETIME, text, Message("the first moment may not come after the last"))
    return begin, end


def _moments(part: str, text: str) -> Span:
    found = _MOMENT.fullmatch(part)
    if found is None:
        raise _no_time(text)
    day, time, zone = found.groups()
    try:
        if time is None:
            whole_day = dt.datetime.fromisoformat(day)
            return whole_day, whole_day + dt.timedelta(hours=23, minutes=59, seconds=59)
        moment = dt.datetime.fromisoformat(f"{day}T{time}{zone.upper().replace('Z', '+00:00')}")
        utc = moment.astimezone(dt.UTC).replace(tzinfo=None)
    except (ValueError, OverflowError):
        raise _no_time(text) from None
    return utc, utc


def _no_time(text: str) -> WrongParameter:
    mend = Message(
        "write a day as 2024-06-30, a moment as 2024-06-30T12:00:00Z, or two with a slash as 2020-01-01/.."
    )
    return WrongParameter(DATETIME, text, mend)


def value(field: Field, text: str) -> str | float | bool:
    """The value that a text stands for, by the type of the property. Raises WrongParameter."""
    if not text:
        raise WrongParameter(field.name, text, Message("write a value, or leave the parameter out"))
    if field.type == "boolean":
        return switch(field.name, text)
    if field.type in ("integer", "number"):
        if not _NUMBER.fullmatch(text) or not math.isfinite(float(text)):
            mend = Message("write a number with a full stop for decimals")
            raise WrongParameter(field.name, text, mend)
        return float(text)
    return text


def switch(name: str, text: str) -> bool:
    """Yes or no. Raises WrongParameter."""
    if text not in ("true", "false"):
        raise WrongParameter(name, text, Message("write true or false"))
    return text == "true"
