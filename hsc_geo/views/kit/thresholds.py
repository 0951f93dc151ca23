"""Thresholds of classes as a visitor types and reads them: numbers in the visitor's language."""

from __future__ import annotations

import re

from babel.numbers import NumberFormatError, parse_decimal

from hsc_geo.analysis.own_breaks import code, parts
from hsc_geo.views.kit.words import Words

_NUMBER = re.compile(r"-?\d[\d.,]*%?", re.ASCII)


def coded(w: Words, typed: str) -> str:
    """What was typed, as it stands in an address; as it was typed where not all of it are numbers."""
    found = [_number(w, part) for part in parts(typed)]
    told = code(value for value in found if value is not None)
    return typed.strip() if None in found else told


def shown(w: Words, text: str) -> str:
    """The thresholds of an address as a visitor types them; as they stand there where not all of it are numbers."""
    try:
        return " ".join(_by_locale(w, float(part)) for part in parts(text))
    except ValueError:
        return text


def _by_locale(w: Words, value: float) -> str:
    _, _, fraction = code([value]).partition(".")
    return w.number(value, len(fraction))


def _number(w: Words, part: str) -> float | None:
    """A number as the language writes it (1.234,5 in Dutch); else with whatever sign before its decimals."""
    if not _NUMBER.fullmatch(part):
        return None
    plain = part.rstrip("%")
    try:
        return float(parse_decimal(plain, locale=w.locale, strict=True))
    except NumberFormatError:
        pass
    try:
        return float(plain.replace(",", "."))
    except ValueError:
        return None
