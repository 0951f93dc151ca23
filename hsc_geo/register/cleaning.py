"""The one rule by which text is cleaned, whoever brings it: a proposal, a file, a steward.

What is wrong is left as it stands, for the rules to tell. Only what a reader cannot see changes, and what has one
meaning.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from hsc_geo.data.check.meaning import is_link
from hsc_geo.data.check.structure import is_number
from hsc_geo.domain.contract import SEPARATOR, Field
from hsc_geo.domain.schema_asked import DAY
from hsc_geo.domain.schema_register import PARTIAL_DATE
from hsc_geo.domain.text import clean_text
from hsc_geo.register.place_fields import field_named
from hsc_geo.sources.extracts import split_many

_COMMA = re.compile(r"[-+]?[0-9]{1,3},[0-9]+")
_DUTCH_DAY = re.compile(r"([0-9]{1,2})[-.]([0-9]{1,2})[-.]([0-9]{4})")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MIDNIGHT = re.compile(r"[ T]0?0:00(:00(\.0+)?)?Z?$")  # which programs write behind a day
_DUTCH_MONTH = re.compile(r"([0-9]{1,2})-([0-9]{4})")
# A page named as people say it: by the name of its host, which is no name of a file (kaart.pdf) and no mailbox.
_HOST = re.compile(r"(?i)(www\.([\w-]+\.)+[a-z]{2,}|([\w-]+\.)+(nl|org|com|net|eu|info))([/?#]\S*)?")
_MOST_DIGITS = 15  # of a whole number with a point or an exponent: as many as a float holds


def clean_link(text: str) -> str:
    """The address of a page: cleaned, and with `https://` before what can only be the name of a host."""
    cleaned = clean_text(text)
    return f"https://{cleaned}" if _HOST.fullmatch(cleaned) and is_link(f"https://{cleaned}") else cleaned


def clean_value(field: Field | None, text: str) -> str:
    """The text of a field: cleaned; a number or day in the digits 0 to 9, with a point where a Dutch program wrote a
    comma, a whole number as such (2024.0 is 2024), the day as the register writes it (8-11-2022 is 2022-11-08), a page
    with its `https://`, and no blanks around or nothing between several values. `field` None: it is of no field."""
    cleaned = clean_text(text)
    if field is None or not cleaned:
        return cleaned
    if field.link:
        return clean_link(cleaned)
    if field.many:
        return SEPARATOR.join(split_many(cleaned))
    return _in_digits(field, cleaned)


def clean_fields(table: str, fields: Mapping[str, str]) -> dict[str, str]:
    """Fields of a row of this table, or of a form that stands for one, each cleaned."""
    return {str(name): clean_value(field_named(table, str(name)), str(text)) for name, text in fields.items()}


def _in_digits(field: Field, text: str) -> str:
    day = field.type == "date" or field.pattern in (DAY, PARTIAL_DATE)
    if not day and field.type not in ("integer", "number"):
        return text
    digits = "".join(str(unicodedata.decimal(sign, sign)) for sign in text)  # digits of other scripts
    if day:
        return _as_day(digits, partial=field.pattern == PARTIAL_DATE)
    return _as_number(digits, whole=field.type == "integer")


def _as_number(text: str, whole: bool) -> str:
    plain = (text.replace(",", ".") if _COMMA.fullmatch(text) else text).removeprefix("+")
    if not is_number(plain):
        return text
    if not whole or plain.removeprefix("-").isdigit():
        return plain
    fits = float(plain).is_integer() and abs(float(plain)) < 10**_MOST_DIGITS
    return str(int(float(plain))) if fits else plain


def _as_day(told: str, partial: bool) -> str:
    text = _MIDNIGHT.sub("", told)
    if found := _DUTCH_DAY.fullmatch(text):
        day, month, year = found.groups()
        return f"{year}-{int(month):02}-{int(day):02}"
    if partial and (found := _DUTCH_MONTH.fullmatch(text)):
        return f"{found[2]}-{int(found[1]):02}"
    return text if _DAY.fullmatch(text) else told
