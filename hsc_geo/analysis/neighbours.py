"""Neighbours of an initiative: whom to join forces with, whom to refer to, who shares partners, a place or a subject.

Each reason gives points, and the score is their sum, so that a reader can see what it is made of:

    join      an ambition in common, for the same people, nearby       JOIN x nearness
    refer     known ambitions, none in common, same people, nearby     REFER x nearness
    partners  organisations in common                                  PARTNER each, at most MOST_PARTNERS of them
    place     the same venue or the same coordinates                   PLACE
    alike     descriptions alike                                       ALIKE x cosine, from LEAST_ALIKE on

Nearness is NEAR within 1 km or in one neighbourhood, and SAME_DISTRICT where only the district is in common. Life
stages in common, or one for all ages, make "the same people"; what is not for an age has none. The points are a choice
of ours, not a finding: joining forces counts most, and no reason alone outweighs all others.

Descriptions (name, Dutch description, Dutch target group) are compared by the cosine of their TF-IDF vectors
(Sparck Jones 1972; Salton and Buckley 1988), with smoothed idf as scikit-learn has it: ln((1 + n) / (1 + df)) + 1.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from hsc_geo.analysis.dutch_stop_words import STOP_WORDS
from hsc_geo.analysis.facets import fold
from hsc_geo.analysis.matrix import Basis, counted
from hsc_geo.analysis.near import to_rd
from hsc_geo.analysis.places import Place, places
from hsc_geo.analysis.reach import EVERYONE_LIFE_STAGE
from hsc_geo.analysis.serving import DISTRICT, NEIGHBOURHOOD, served_pairs
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.domain.text import carriable

JOIN, REFER, PARTNER, PLACE, ALIKE = 3.0, 2.0, 1.0, 1.0, 2.0
MOST_PARTNERS = 3
NEAR, SAME_DISTRICT = 1.0, 0.5
NEARBY = 1000.0  # metres
LEAST_ALIKE = 0.15  # a cosine below it is a chance word or two
WORDS_SHOWN = 4
NOT_AN_AGE = "n/a"
DECIMALS = 5  # of a degree, within which coordinates are the same

_WORD = re.compile(r"[^\W\d_]{2,}")

CODES = ("join", "refer", "partners", "place", "alike")


@dataclass(frozen=True)
class Reason:
    """code: one of CODES; points: its part of the score; facts: what it rests on, by name (codes, ids, metres)."""

    code: str
    points: float
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Neighbour:
    """Another initiative; `score` is the sum of the points of its reasons, which stand in the order of CODES."""

    id: str
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Traits:
    """What an initiative is compared by. stages: life stages; partners: key -> name; at: its points, x and y in metres;
    venues: folded names; coordinates: the same points in degrees; neighbourhoods and districts that it is known to
    serve."""

    ambitions: frozenset[str]
    stages: frozenset[str]
    partners: Mapping[str, str]
    at: tuple[tuple[float, float], ...]
    venues: frozenset[str]
    coordinates: frozenset[tuple[float, float]]
    neighbourhoods: frozenset[str]
    districts: frozenset[str]


def neighbours(package: Package, key: str, among: Iterable[str] | None = None) -> tuple[Neighbour, ...]:
    """Every initiative in `among` (None: those not known to have ended) with a reason, the highest score first, equal
    ones by id. Raises KeyError for an initiative that the register does not have.

    Of the town of docs/methods.md:

    >>> [(each.id, each.score, each.reasons[0].code) for each in neighbours(town, "WALK")]
    [('DEBTS', 1.0, 'refer')]
    """
    if key not in package.initiatives.index:
        raise KeyError(f"no initiative {key!r} in the register")
    others = counted(package, Basis()) if among is None else tuple(dict.fromkeys(among))
    found = (_neighbour(package, key, other) for other in others if other != key)
    return tuple(sorted((each for each in found if each.reasons), key=lambda each: (-each.score, each.id)))


def _neighbour(package: Package, key: str, other: str) -> Neighbour:
    mine, theirs = traits(package)[key], traits(package)[other]
    parts = (
        _together(mine, theirs),
        _partners(mine, theirs),
        _place(mine, theirs),
        _alike(package, key, other),
    )
    reasons = tuple(reason for reason in parts if reason)
    return Neighbour(other, math.fsum(reason.points for reason in reasons), reasons)


def _together(mine: Traits, theirs: Traits) -> Reason | None:
    """Join forces or refer: the same people nearby, with an ambition in common or not."""
    nearness, where = _nearness(mine, theirs)
    stages = stages_in_common(mine.stages, theirs.stages)
    if not nearness or not stages or not mine.ambitions or not theirs.ambitions:
        return None
    common = mine.ambitions & theirs.ambitions
    facts = {"stages": stages, **where}
    if common:
        return Reason("join", JOIN * nearness, {"ambitions": tuple(sorted(common)), **facts})
    return Reason("refer", REFER * nearness, {"ambitions": tuple(sorted(theirs.ambitions)), **facts})


def stages_in_common(mine: frozenset[str], theirs: frozenset[str]) -> tuple[str, ...]:
    """Life stages in common; where one is for all ages, those of the other; () for none."""
    if EVERYONE_LIFE_STAGE in mine or EVERYONE_LIFE_STAGE in theirs:
        specific = (mine | theirs) - {EVERYONE_LIFE_STAGE} if mine and theirs else frozenset()
        both = mine and theirs
        return tuple(sorted(specific)) or ((EVERYONE_LIFE_STAGE,) if both else ())
    return tuple(sorted(mine & theirs))


def _nearness(mine: Traits, theirs: Traits) -> tuple[float, dict[str, Any]]:
    """(nearness, facts): metres where both have a place, and the areas in common, neighbourhoods first."""
    facts: dict[str, Any] = {}
    if mine.at and theirs.at:
        facts["metres"] = min(math.dist(one, other) for one in mine.at for other in theirs.at)
    quarters = mine.neighbourhoods & theirs.neighbourhoods
    areas = quarters or mine.districts & theirs.districts
    if areas:
        facts["areas"] = tuple(sorted(areas))
    if facts.get("metres", math.inf) <= NEARBY or quarters:
        return NEAR, facts
    return (SAME_DISTRICT if areas else 0.0), facts


def _partners(mine: Traits, theirs: Traits) -> Reason | None:
    common = sorted(set(mine.partners) & set(theirs.partners))
    if not common:
        return None
    names = tuple(mine.partners[each] for each in common)
    return Reason("partners", PARTNER * min(len(common), MOST_PARTNERS), {"organisations": names})


def _place(mine: Traits, theirs: Traits) -> Reason | None:
    venue = bool(mine.venues & theirs.venues)
    spot = bool(mine.coordinates & theirs.coordinates)
    return Reason("place", PLACE, {"venue": venue, "coordinates": spot}) if venue or spot else None


def _alike(package: Package, key: str, other: str) -> Reason | None:
    texts = _texts(package)
    cosine = float(_cosines(package, key)[texts.position[other]])
    if cosine < LEAST_ALIKE:
        return None
    words = _words_in_common(texts, texts.position[key], texts.position[other])
    return Reason("alike", ALIKE * cosine, {"cosine": cosine, "words": words})


@per_package(maxsize=1)
def traits(package: Package) -> dict[str, Traits]:
    """What every initiative is compared by; shared, so not to be changed."""
    areas, partners = _areas(package), _organisations(package)
    rows = package.initiatives[["ambition_codes", "life_stages"]]
    here = {str(key): places(package, str(key)) for key in rows.index}
    return {
        str(row.Index): Traits(
            ambitions=_codes(row.ambition_codes),
            stages=_codes(row.life_stages) - {NOT_AN_AGE},
            partners=partners.get(str(row.Index), {}),
            at=tuple(
                to_rd(place.latitude, place.longitude) for place in here[str(row.Index)] if place.has_point
            ),
            venues=frozenset(fold(place.venue).strip() for place in here[str(row.Index)] if place.venue),
            coordinates=frozenset(_coordinates(place) for place in here[str(row.Index)] if place.has_point),
            neighbourhoods=areas[NEIGHBOURHOOD].get(str(row.Index), frozenset()),
            districts=areas[DISTRICT].get(str(row.Index), frozenset()),
        )
        for row in rows.itertuples()
    }


def _codes(cell: object) -> frozenset[str]:
    return frozenset(part.strip() for part in str(cell).split("|") if part.strip())


def _coordinates(place: Place) -> tuple[float, float]:
    return round(place.latitude, DECIMALS), round(place.longitude, DECIMALS)


def _areas(package: Package) -> dict[str, dict[str, frozenset[str]]]:
    """Level -> initiative -> areas of that level that it serves."""
    pairs = served_pairs(package)
    return {
        level: {
            str(key): frozenset(map(str, part))
            for key, part in pairs[pairs["level"] == level].groupby("initiative_id")["area_code"]
        }
        for level in (NEIGHBOURHOOD, DISTRICT)
    }


def _organisations(package: Package) -> dict[str, dict[str, str]]:
    """Initiative -> key -> name of its organisations; the key is the id, else the folded name."""
    rows = package.initiative_organisations[["initiative_id", "organisation_name", "organisation_id"]].astype(
        str
    )
    found: dict[str, dict[str, str]] = {}
    for key, name, code in rows.itertuples(index=False):
        official = (
            str(package.organisations.at[code, "name"]) if code in package.organisations.index else name
        )
        found.setdefault(key, {})[code or fold(name).strip()] = official
    return found


@dataclass(frozen=True, eq=False)
class _Texts:
    """TF-IDF vectors of unit length, shape (initiatives, words), with the words in the order of the columns."""

    position: dict[str, int]
    vectors: Any
    words: np.ndarray


@per_package(maxsize=1)
def _texts(package: Package) -> _Texts:
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import TfidfVectorizer  # only here: it takes a second to import

    rows = package.initiatives[["name", "description_nl", "target_group_nl"]]
    texts = [carriable(" ".join(map(str, cells))) for cells in rows.itertuples(index=False)]
    position = {str(key): i for i, key in enumerate(rows.index)}
    maker = TfidfVectorizer(
        preprocessor=fold, stop_words=list(STOP_WORDS), tokenizer=_WORD.findall, token_pattern=None
    )
    try:
        vectors = maker.fit_transform(texts)
    except ValueError:  # no text holds a word but stop words: nothing is alike
        return _Texts(position, csr_matrix((len(texts), 1)), np.array([""]))
    return _Texts(position, vectors, np.asarray(maker.get_feature_names_out()))


@per_package(maxsize=64)
def _cosines(package: Package, key: str) -> np.ndarray:
    texts = _texts(package)
    return (texts.vectors @ texts.vectors[texts.position[key]].T).toarray().ravel()


def _words_in_common(texts: _Texts, first: int, second: int) -> tuple[str, ...]:
    """The words that make two texts alike, those that weigh most first."""
    both = texts.vectors[first].multiply(texts.vectors[second]).tocoo()
    order = sorted(zip(-both.data, texts.words[both.coords[1]], strict=True))
    return tuple(str(word) for _, word in order[:WORDS_SHOWN])
