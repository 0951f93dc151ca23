"""Facets: which initiatives fit the choices, and how many each further choice would leave.

Within a facet choices widen (or), between facets they narrow (and). The count beside an option is the number of
initiatives with that option under the choices in all *other* facets, so a count never lies about its own facet.

Two rules go before what is chosen. What is known to have ended counts only when its status is asked for (or `ended`).
And a choice of districts never drops what is there for the whole city or the region: those fit every district.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from hsc_geo.analysis.places import places, text_of
from hsc_geo.analysis.serving import CITY, REGION, WIDE_SCOPES, scope_codes
from hsc_geo.data.load import Package
from hsc_geo.domain.schema_register import CONFIRMED

NONE = "none"
STATUS, DISTRICT, YEAR = "status", "district", "year"
ENDED = "ended"  # the code of the status
FACETS = (
    "ambition",
    "theme",
    "life_stage",
    "sector",
    "activity",
    "status",
    "year",
    "evidence",
    "ladder",
    "district",
)
_COLUMNS = {
    "ambition": "ambition_codes",
    "theme": "theme",
    "life_stage": "life_stages",
    "sector": "sector",
    "activity": "activity_groups",
    "status": "status",
    "year": "last_evidence_year",
    "evidence": "evidence_level",
    "ladder": "ladder",
}
_TEXT_COLUMNS = (
    "name",
    "organisation",
    "partners",
    "description_nl",
    "description_en",
    "target_group_nl",
    "target_group_en",
    "neighbourhood_as_stated",
)


@dataclass(frozen=True)
class FacetIndex:
    """Initiatives against options, ready to be filtered often.

    `options[facet]` are the codes in use, `member[facet]` a boolean array of shape (initiatives, options) in the
    same order; `text[i]` is the searchable text of initiative i, folded. Initiatives in the order of the register.
    """

    ids: tuple[str, ...]
    options: Mapping[str, tuple[str, ...]]
    member: Mapping[str, np.ndarray]
    text: tuple[str, ...]


def build_index(package: Package, as_of: dt.date | None = None) -> FacetIndex:
    """The facet index of a data package. An empty cell becomes the option `none` (not known).

    The year is that in which an initiative was last seen: of its confirmation, where there is one (up to `as_of`) that
    is newer than its evidence.
    """
    register = package.initiatives
    lists = {facet: _each(register[column]) for facet, column in _COLUMNS.items()}
    lists[YEAR] = _each(last_seen(package, as_of))
    lists["district"] = scope_codes(package)
    pairs = {facet: _matrix(cells) for facet, cells in lists.items()}
    columns = [*(register[column] for column in _TEXT_COLUMNS), _places(package)]
    return FacetIndex(
        ids=tuple(register.index),
        options={facet: pair[0] for facet, pair in pairs.items()},
        member={facet: pair[1] for facet, pair in pairs.items()},
        text=tuple(fold(" ".join(map(str, cells))) for cells in zip(*columns, strict=True)),
    )


def last_seen(package: Package, as_of: dt.date | None = None) -> pd.Series:
    """Initiative -> the year in which it was last seen (<NA>: no date): of its evidence or, where that is newer, of its
    confirmation; one of after `as_of` was not there yet."""
    register = package.initiatives
    day = register[CONFIRMED].astype(str)
    there = day if as_of is None else day.where(day <= as_of.isoformat(), "")
    confirmed = pd.to_numeric(there.str[:4], errors="coerce").astype("Int64")
    evidence = register["last_evidence_year"].astype("Int64")
    return evidence.where(~(confirmed > evidence.fillna(0)).fillna(value=False), confirmed)


def _places(package: Package) -> list[str]:
    """The words of the places of each initiative, in the register's order."""
    return [" ".join(map(text_of, places(package, str(key)))) for key in package.initiatives.index]


def select(
    index: FacetIndex, choices: Mapping[str, Sequence[str]], text: str = "", ended: bool = False
) -> np.ndarray:
    """Boolean mask over the initiatives that fit all choices and contain every word of `text`. ended: also what is
    known to have ended, without asking for that status."""
    mask = _text_mask(index, text)
    for facet in index.options:
        mask = mask & _facet_mask(index, facet, choices.get(facet, ()), ended)
    return mask


def counts(
    index: FacetIndex, choices: Mapping[str, Sequence[str]], text: str = "", ended: bool = False
) -> dict[str, dict[str, int]]:
    """For each facet and option the number of initiatives under the choices in all other facets and the text."""
    masks = {facet: _facet_mask(index, facet, choices.get(facet, ()), ended) for facet in index.options}
    base = _text_mask(index, text)
    result = {}
    for facet, options in index.options.items():
        others = base.copy()
        for other, mask in masks.items():
            if other != facet:
                others &= mask
        sums = index.member[facet][others].sum(axis=0)
        result[facet] = {code: int(n) for code, n in zip(options, sums, strict=True)}
    return result


def option_matrix(cells: pd.Series) -> tuple[tuple[str, ...], np.ndarray]:
    """(options in use by code, bool of shape (cells, options)) of cells with one or more codes; an empty cell has the
    option `none`."""
    return _matrix(_each(cells))


def fold(text: str) -> str:
    """Lower case without diacritics, so that `cafe` finds `Café`."""
    if text.isascii():
        return text.lower()
    stripped = unicodedata.normalize("NFKD", text)
    for mark in filter(unicodedata.combining, set(stripped)):  # few letters differ, and a text has many
        stripped = stripped.replace(mark, "")
    return stripped.casefold()


def _each(cells: pd.Series) -> list[tuple[str, ...]]:
    """The codes of each cell; what stands in many cells is read once."""
    places, different = pd.factorize(cells)
    found = [*map(_codes, different), (NONE,)]  # a missing one has place -1
    return [found[place] for place in places]


def _codes(cell: Any) -> tuple[str, ...]:
    if cell is None or pd.isna(cell) or cell == "":
        return (NONE,)
    return tuple(dict.fromkeys(part.strip() for part in str(cell).split("|") if part.strip())) or (NONE,)


def _matrix(cells: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], np.ndarray]:
    place: dict[tuple[str, ...], int] = {}
    places = [place.setdefault(codes, len(place)) for codes in cells]
    options = tuple(sorted({code for codes in place for code in codes}))
    position = {code: i for i, code in enumerate(options)}
    different = np.zeros((len(place), len(options)), dtype=bool)
    for codes, row in place.items():
        different[row, [position[code] for code in codes]] = True
    return options, different[np.array(places, dtype=int)]


def _facet_mask(index: FacetIndex, facet: str, chosen: Sequence[str], ended: bool) -> np.ndarray:
    position = {code: i for i, code in enumerate(index.options[facet])}
    if not chosen:
        everyone = np.ones(len(index.ids), dtype=bool)
        over = facet == STATUS and not ended and ENDED in position
        return everyone & ~index.member[facet][:, position[ENDED]] if over else everyone
    wanted = (*chosen, CITY, REGION) if facet == DISTRICT and {*chosen} - {*WIDE_SCOPES} else chosen
    columns = [position[code] for code in wanted if code in position]
    return np.any(index.member[facet][:, columns], axis=1)


def _text_mask(index: FacetIndex, text: str) -> np.ndarray:
    words = fold(text).split()
    if not words:
        return np.ones(len(index.ids), dtype=bool)
    return np.fromiter((all(w in hay for w in words) for hay in index.text), dtype=bool, count=len(index.ids))
