"""The one rule by which text is cleaned, whoever brings it: a proposal, a file, a steward.

What is wrong is left as it stands, for the rules to tell. Only what a reader cannot see changes, and what has one
meaning.
"""

from __future__ import annotations

import re
import unicodedata

from hsc_geo.domain.contract import Field
from hsc_geo.domain.schema_asked import DAY
from hsc_geo.domain.schema_register import PARTIAL_DATE
from hsc_geo.domain.text import carriable

# Characters that show nothing or turn the direction of reading; who writes them cannot see that they are there.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff"
    "\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_COMMA = re.compile(r"-?[0-9]{1,3},[0-9]+")
_DUTCH_DAY = re.compile(r"([0-9]{1,2})[-.]([0-9]{1,2})[-.]([0-9]{4})")
_DUTCH_MONTH = re.compile(r"([0-9]{1,2})-([0-9]{4})")


def clean_text(text: str) -> str:
    """The text as it is kept: composed Unicode (NFC), without control characters, without what shows nothing or turns
    the reading direction, without blanks around. A sign that stands for a lost letter (U+FFFD) stays, to be told."""
    return unicodedata.normalize("NFC", carriable(_INVISIBLE.sub("", text), "")).strip()


def clean_value(field: Field | None, text: str) -> str:
    """The text of a field: cleaned; a number or day in the digits 0 to 9, with a point where a Dutch program wrote a
    comma, and the day as the register writes it (8-11-2022 is 2022-11-08). `field` None: it is of no field."""
    cleaned = clean_text(text)
    if field is None or not cleaned:
        return cleaned
    if field.type in ("integer", "number", "date") or field.pattern in (DAY, PARTIAL_DATE):
        cleaned = "".join(str(unicodedata.decimal(sign, sign)) for sign in cleaned)  # digits of other scripts
    if field.type == "number" and _COMMA.fullmatch(cleaned):
        return cleaned.replace(",", ".")
    if field.type == "date" or field.pattern in (DAY, PARTIAL_DATE):
        return _as_day(cleaned, partial=field.pattern == PARTIAL_DATE)
    return cleaned


def _as_day(text: str, partial: bool) -> str:
    if found := _DUTCH_DAY.fullmatch(text):
        day, month, year = found.groups()
        return f"{year}-{int(month):02}-{int(day):02}"
    if partial and (found := _DUTCH_MONTH.fullmatch(text)):
        return f"{found[2]}-{int(found[1]):02}"
    return text
