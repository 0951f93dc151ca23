"""Our own words beside the extracts: translations, vocabularies, indicators' metadata, sources, names of places."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from hsc_geo.domain import schema
from hsc_geo.domain.contract import Table
from hsc_geo.domain.problems import Problem
from hsc_geo.sources.extracts import Record, raise_if, read_records

FOLDER = Path(__file__).parent / "words"
ELSEWHERE = FOLDER / "elsewhere"  # what goes for a municipality that says nothing else
DERIVED = frozenset(
    {"years", "age_groups", "levels"}
)  # columns of indicators that follow from the observations

_INITIATIVE_COLUMNS = (
    "initiative_id",
    "description_sha",
    "description_nl",
    "target_group_nl",
    "status_note_nl",
    "note_nl",
)
_ORGANISATION_COLUMNS = (
    "organisation_id",
    "description_sha",
    "description_nl",
    "organisation_type_nl",
    "agreement_role",
    "agreement_role_note_nl",
    "centre_role_nl",
)
_PLACE_COLUMNS = ("initiative_id", "venue", "role", "same_as", "basis_nl", "basis_en")
MUNICIPALITY_COLUMNS = ("area_code", "organisation", "mailbox", "province")
AMBITION_COLUMNS = (
    "code",
    "name_nl",
    "name_en",
    "definition_nl",
    "definition_en",
    "figures",
    "about_youth",
)
_STATEMENT_COLUMNS = ("initiative_id", "field", "value", "basis_nl", "basis_en")
_FILES = (
    ("initiatives_nl.csv", _INITIATIVE_COLUMNS),
    ("organisations_nl.csv", _ORGANISATION_COLUMNS),
    ("statements.csv", _STATEMENT_COLUMNS),
    ("places.csv", _PLACE_COLUMNS),
)
_MORE_FILES = (("ambitions.csv", AMBITION_COLUMNS), ("municipality.csv", MUNICIPALITY_COLUMNS))
_HEALTH = "modelled"  # kind of the indicators that ambitions are mostly about
_GENERAL = ("vocabularies.csv", "indicators.csv")  # the same in every municipality
_TABLES = (
    "vocabularies",
    "indicators",
    "sources",
    "place_names",
    "focus_areas",
    "explanations",
    "asked_none",
)


@dataclass(frozen=True)
class Words:
    """The rows of the words files, as text."""

    initiatives: tuple[Record, ...]
    organisations: tuple[Record, ...]
    statements: tuple[Record, ...]
    places: tuple[Record, ...]
    vocabularies: tuple[Record, ...]
    indicators: tuple[Record, ...]
    sources: tuple[Record, ...]
    place_names: tuple[Record, ...]
    focus_areas: tuple[Record, ...]
    explanations: tuple[Record, ...]
    asked_none: tuple[Record, ...]
    ambitions: tuple[Record, ...]
    municipality: tuple[Record, ...]


def read_words(folder: Path = FOLDER) -> Words:
    """Every words file of the folder. Raises SourceError for a file or column that is missing."""
    return _words(lambda file, columns: read_records(folder, file, columns))


def read_words_elsewhere(own: Path | None = None) -> Words:
    """The words for another municipality than that of FOLDER: general ones from there, its own from the folder `own`.

    What `own` has no file of is empty, but for the ambitions: those are then of the national agreement on prevention.
    Sources in `own` come beside those of the national extracts. Raises SourceError for a column that is missing and
    for a word in `figures` that no indicator has.
    """

    def read(file: str, columns: Sequence[str]) -> tuple[Record, ...]:
        if file in _GENERAL:
            return read_records(FOLDER, file, columns)
        usual = read_records(ELSEWHERE, file, columns) if (ELSEWHERE / file).is_file() else ()
        if own is None or not (own / file).is_file():
            return usual
        mine = read_records(own, file, columns)
        return _together(usual, mine) if file == "sources.csv" else mine

    return _words(read)


def _together(usual: Sequence[Record], mine: Sequence[Record]) -> tuple[Record, ...]:
    named = {each["source_id"] for each in mine}
    return (*(each for each in usual if each["source_id"] not in named), *mine)


def _words(read: Callable[[str, Sequence[str]], tuple[Record, ...]]) -> Words:
    tables = [schema.table(name) for name in _TABLES]
    first, more = ([read(file, columns) for file, columns in files] for files in (_FILES, _MORE_FILES))
    words = Words(*first, *(read(table.path, _columns(table)) for table in tables), *more)
    raise_if(_unknown_figures(words))
    return words


def _unknown_figures(words: Words) -> Iterator[Problem]:
    """Words in `figures` of an ambition that no indicator measures."""
    concepts = sorted({each["concept"] for each in words.indicators})
    health = sorted({each["concept"] for each in words.indicators if each["kind"] == _HEALTH})
    for row in words.ambitions:
        for word in row.many("figures"):
            if word not in concepts:
                like = get_close_matches(word, concepts, n=1)
                meant = f"did you mean {like[0]}?" if like else f"those of health are {', '.join(health)}."
                mend = (
                    f"no figure has this word; {meant} All are the concepts of {FOLDER.name}/indicators.csv"
                )
                yield Problem(row.file, row.row, "figures", word, mend)


def _columns(table: Table) -> list[str]:
    return [name for name in table.columns if name not in DERIVED]


def text_mark(text: str) -> str:
    """Eight hexadecimal digits that change when the text changes: kept beside a translation of it."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:8]
