"""Words on the screen: Dutch and English, numbers and dates by locale.

Code is written with the English text; `locale/<language>/LC_MESSAGES/hsc_geo.po` holds the other languages. A text
without a translation falls back to English on the screen, and fails the completeness test.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

import pandas as pd
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from hsc_geo.domain.message import Meaning, Message, Value
from hsc_geo.views.kit.tongue import DEFAULT, LANGUAGES, Language

__all__ = ["DEFAULT", "LANGUAGES", "Words", "and_text", "catalogue", "lower_first"]

LOCALE_FOLDER = Path(__file__).resolve().parents[3] / "locale"
_LOCALES = {"nl": "nl_NL", "en": "en_GB"}
_PERCENT = "percent"
MINUS = "\u2212"  # the sign of a number: a hyphen is shorter, breaks a line, and is read as one
_PLACES = {"nl": ("stad", "gemeente"), "en": ("city", "municipality")}  # a city, and any other municipality
_THOUSANDS = "thousand_euro"
_BARE = frozenset({"count", "class"})  # a number of things that the figure's own name says


@cache
def catalogue(language: str) -> NullTranslations:
    """The texts of a language with its rule for plurals; none for the language the code is written in (English).

    Read as it is written, so that no compiled copy can differ from it.
    """
    path = LOCALE_FOLDER / language / "LC_MESSAGES" / "hsc_geo.po"
    if not path.exists():
        return NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as stream:
        write_mo(compiled, read_po(stream, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


@lru_cache(maxsize=4096)
def _of_no_city(text: str, language: str) -> str:
    """A text that says municipality for city. Both words have one gender, so those beside them stay as they are."""
    city, other = _PLACES[language]
    # Not the name of a value (`{city}`), and no part of a longer word but `city-wide`.
    found = re.sub(rf"(?<![\w{{-]){city}(?![\w}}])", other, text)
    return re.sub(rf"(?<![\w{{-]){city.capitalize()}(?![\w}}])", other.capitalize(), found)


@lru_cache(maxsize=4096)
def _decimal(value: float, decimals: int, language: str) -> str:
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(value, format=pattern, locale=_LOCALES[language]).replace("-", MINUS)


@lru_cache(maxsize=1024)
def _long_date(day: dt.date, language: str) -> str:
    return format_date(day, format="long", locale=_LOCALES[language])


@dataclass(frozen=True)
class Words(Language):
    """The words of one language. `code` is one of `LANGUAGES`. in_city: whether what they tell of is a city; of any
    other municipality they say so."""

    in_city: bool = True

    @property
    def locale(self) -> str:
        """The language with its country, by which numbers and dates are written and read."""
        return _LOCALES[self.code]

    def t(self, text: str, **values: object) -> str:
        """The text in this language, with `{name}` placeholders filled in."""
        found = self._found(text)
        return found.format(**values) if values else found

    def _found(self, text: str) -> str:
        # gettext's text of nothing is its header
        return self.of_here(catalogue(self.code).gettext(text)) if text else text

    def of_here(self, text: str) -> str:
        """The text with another word for the city where there is none."""
        return text if self.in_city else _of_no_city(text, self.code)

    def told(self, text: str) -> str:
        """What a lower layer told (`Message`), in this language and its numbers by locale; other text as it is."""
        if not isinstance(text, Message):
            return text
        found = self._found(text.template)
        values = {name: self._value_told(value) for name, value in text.values.items()}
        return found.format(**values) if values else found

    def _value_told(self, value: Value) -> str:
        if isinstance(value, Meaning):
            return value.nl if self.code == "nl" else value
        if isinstance(value, int):
            return self.number(value)
        if isinstance(value, float):
            return format_decimal(value, format="#,##0.######", locale=_LOCALES[self.code])
        return self.told(value)

    def tn(self, one: str, many: str, n: int, **values: object) -> str:
        """The singular or plural text for `n`; `{n}` becomes the number by locale."""
        found = self.of_here(catalogue(self.code).ngettext(one, many, int(n)))
        return found.format(n=self.number(n), **values)

    def number(self, value: float | None, decimals: int = 0) -> str:
        """A number by locale with a fixed number of decimals, below 0 with the minus sign; a missing value gives an en
        dash."""
        if value is None or pd.isna(value):
            return "–"
        return _decimal(round(float(value), decimals) + 0.0, decimals, self.code)  # -0.0 becomes 0

    def amount(self, value: float | None, unit: str, decimals: int) -> str:
        """The number of a figure as it is told; of thousands of euros how many euros."""
        if value is not None and unit == _THOUSANDS:
            return self.number(1000 * value, max(0, decimals - 3))
        return self.number(value, decimals)

    def value(self, value: float | None, unit: str, decimals: int, unit_name: str = "") -> str:
        """A figure with its unit: `12,3%`, `33.200 euro` for thousands of euros, else `1.234 inwoners`."""
        text = self.amount(value, unit, decimals)
        if text == "–":
            return text
        if unit == _THOUSANDS:
            return self.t("{amount} euros", amount=text)
        if unit == _PERCENT:
            return f"{text}%"
        if unit in _BARE:
            return text
        return f"{text} {unit_name}".rstrip()

    def date(self, day: dt.date) -> str:
        """A date in words, by locale."""
        return _long_date(day, self.code)


def lower_first(text: str) -> str:
    """The text with a small first letter, as inside a sentence."""
    return text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """The text with a first letter as a line or a column begins."""
    return text[:1].upper() + text[1:]


def and_text(w: Words, parts: Sequence[str]) -> str:
    """`a, b and c`."""
    *first, last = parts
    return w.t("{first} and {last}", first=", ".join(first), last=last) if first else last
