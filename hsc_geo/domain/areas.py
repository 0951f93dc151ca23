"""Area codes of Statistics Netherlands (CBS): what level a code is, what it belongs to, how it is written here."""

from __future__ import annotations

import re

COUNTRY = "NL00"
COUNTRY_IN_HEALTH_TABLES = "NL01"  # the tables of RIVM name the nation so, those of CBS NL00

LEVELS = ("country", "municipality", "district", "neighbourhood", "surrounding")
SERVED_LEVELS = ("municipality", "district", "neighbourhood")

ADULT_SHARE_OF_15_24 = (
    7 / 10
)  # of the residents of 15 to 24, those from 18 on, spread evenly over the ten years

CODE_PATTERN = r"NL00|GM\d{4}|WK\d{6}|BU\d{8}"
_LEVEL_OF_PREFIX = {"NL": "country", "GM": "municipality", "WK": "district", "BU": "neighbourhood"}


def normalise_code(code: str) -> str:
    """The code without StatLine's padding, the nation as NL00 (`NL01` in the health tables).

    Raises ValueError for text that is not an area code.
    """
    plain = code.strip()
    plain = COUNTRY if plain == COUNTRY_IN_HEALTH_TABLES else plain
    if not re.fullmatch(CODE_PATTERN, plain):
        raise ValueError(f"{code!r} is not an area code; expected NL00, GM, WK or BU with its digits")
    return plain


def level_of(code: str) -> str:
    """country, municipality, district or neighbourhood, read from the code's first letters.

    Raises KeyError for another prefix. Whether a municipality is only surroundings is for the table of areas to say.
    """
    return _LEVEL_OF_PREFIX[code[:2]]


def municipality_of(code: str) -> str:
    """The municipality (`GM....`) in which a district or neighbourhood lies; the code itself for a municipality."""
    return "GM" + code[2:6]


def district_of(code: str) -> str:
    """The district (`WK......`) of a neighbourhood code; the code itself for a district."""
    return "WK" + code[2:8]
