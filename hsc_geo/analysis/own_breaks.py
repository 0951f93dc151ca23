"""Thresholds of classes that a reader gives: read from a text, rounded as the figure is published, and checked.

In an address they stand as `10_12.5_20`. Whoever types may put spaces or semicolons between them, and a decimal comma.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from hsc_geo.domain.message import Message, MessageError

LEAST, MOST = 2, 6  # thresholds: from three classes to seven, as the other ways to make classes have
LONGEST = 100  # letters of all of them together
_BETWEEN = re.compile(r",?[\s;_]+")
_NUMBER = re.compile(r"-?\d{1,12}(?:[.,]\d{1,12})?%?", re.ASCII)


def parts(text: str) -> list[str]:
    """The thresholds of a text, each as it was written."""
    return [part for part in _BETWEEN.split(text.replace("\u2212", "-")) if part]


def thresholds(text: str, decimals: int, values: tuple[float, float]) -> tuple[float, ...]:
    """The thresholds (in the unit of the figure) of a text, rounded to the decimals of the figure, halves up.

    values: the lowest and the highest that the figure has; a threshold divides them, so it lies above the first and at
    or under the second. Raises MessageError with the first thing that is wrong: not a number, too few, too many, not
    rising once rounded, outside the values.
    """
    found = tuple(_number(part, decimals) for part in parts(text))
    for fault in (_count_fault(text, found), _order_fault(found), _range_fault(found, *values)):
        if fault:
            raise MessageError(fault)
    return found


def code(found: Iterable[float]) -> str:
    """Thresholds as they stand in an address."""
    return "_".join(f"{value:.10f}".rstrip("0").rstrip(".") for value in found)


def _number(part: str, decimals: int) -> float:
    if not _NUMBER.fullmatch(part):
        raise MessageError(
            Message(
                '"{value}" is not a number. Give numbers with a space between them: 10 15 20.', value=part
            )
        )
    exact = Decimal(part.rstrip("%").replace(",", "."))
    return float(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)) + 0.0  # no minus before a zero


def _count_fault(text: str, found: tuple[float, ...]) -> Message | None:
    if not found:
        return Message("No threshold is given. Give {least} to {most}.", least=LEAST, most=MOST)
    if len(found) < LEAST:
        return Message(
            "Only {value} is given. Give {least} to {most} thresholds, with a space between them.",
            value=found[0],
            least=LEAST,
            most=MOST,
        )
    if len(found) > MOST:
        return Message(
            "{count} thresholds are too many. Leave out {extra} or more: the last of {most} is {value}.",
            count=len(found),
            extra=len(found) - MOST,
            most=MOST,
            value=found[MOST - 1],
        )
    return None


def _order_fault(found: tuple[float, ...]) -> Message | None:
    for before, value in pairwise(found):
        if value <= before:
            return Message(
                "{value} stands behind {before}, but is not higher. Give the thresholds from low to high, each once.",
                value=value,
                before=before,
            )
    return None


def _range_fault(found: tuple[float, ...], low: float, high: float) -> Message | None:
    outside = next((value for value in found if not low < value <= high), None)
    if outside is None:
        return None
    return Message(
        "{value} lies outside the values of this figure. Take a threshold above {low} and not above {high}.",
        value=outside,
        low=low,
        high=high,
    )
