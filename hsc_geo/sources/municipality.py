"""What a municipality says of itself: who keeps its site, and its ambitions with the figures that fit each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from hsc_geo.sources.extracts import Record, raise_if
from hsc_geo.sources.words import MUNICIPALITY_COLUMNS, Words, read_words

KEY = "municipality"  # in datapackage.json
SAID = MUNICIPALITY_COLUMNS[1:]
# What people say for a name that the statistical office writes otherwise.
CALLED_BY_CBS = {"den haag": "'s-Gravenhage", "den bosch": "'s-Hertogenbosch"}
_VOCABULARY = "ambition"
_NAMES = ("name_nl", "name_en", "definition_nl", "definition_en")


def called(asked: str) -> str:
    """A municipality as it was asked for, as CBS would say it: blanks put right, the other name of some, and the code
    for four digits alone."""
    name = " ".join(asked.split())
    return f"GM{name}" if re.fullmatch(r"[0-9]{4}", name) else CALLED_BY_CBS.get(name.casefold(), name)


def ambition_terms(ambitions: Iterable[Record]) -> list[dict[str, str]]:
    """The ambitions as rows of the table of vocabularies, in the order of the file."""
    return [
        {
            "vocabulary": _VOCABULARY,
            "code": each["code"],
            "parent": "",
            **{name: each[name] for name in _NAMES},
            "sort_order": str(number),
        }
        for number, each in enumerate(ambitions, start=1)
    ]


def described(code: str, words: Words, province: str = "") -> dict[str, Any]:
    """What datapackage.json says of the municipality `code`: who keeps the site (each "" where the words do not say),
    and of each ambition the concepts of the figures that fit it and whether it is about young people.
    province: where the words name none. Raises SourceError where the words are of another municipality only."""
    rows = [row for row in words.municipality if row["area_code"] == code]
    others = words.municipality if not rows else ()
    raise_if(
        each.problem("area_code", f"is not the municipality that is built; write {code}") for each in others
    )
    named = {name: rows[0][name] if rows else "" for name in SAID}
    named["province"] = named["province"] or province
    fits = {
        each["code"]: {"figures": list(each.many("figures")), "aboutYouth": each["about_youth"] == "true"}
        for each in words.ambitions
    }
    return {"code": code, **named, "ambitions": fits}


@cache
def built_in() -> dict[str, Any]:
    """What is said of the municipality whose words come with the program."""
    words = read_words()
    return described(words.municipality[0]["area_code"], words)
