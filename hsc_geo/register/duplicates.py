"""Entries, and proposals that wait, which may be the same as the one proposed."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from rapidfuzz import fuzz, utils

from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.domain.crs import RD, WGS84, transformer
from hsc_geo.domain.schema_register import LOCATION
from hsc_geo.domain.text import split_names
from hsc_geo.register import place_fields
from hsc_geo.register.entries import FIELDS, link_rows
from hsc_geo.register.joining import AREA_CODES, joined
from hsc_geo.register.tables import AREAS, PLACES
from hsc_geo.register.things import Duplicate, Proposal, Proposed
from hsc_geo.sources.extracts import split_many

SAME_NAME = 90  # token_set_ratio from which the name alone is reason to ask
ALIKE = 70  # from which a shared place, or a shared area and ambition, makes it so
NEAR = 150.0  # metres
APART = 95.0  # the likeness of names that differ only in where words are joined: Voedsel Bank, Voedselbank
_SHORTEST = 6  # letters of a name that is compared so
_MOST_WORDS = 8  # of a run of words that is joined
_FIRST_PAGE = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)
_OF_MAIL = re.compile(r"(?:utm_\w+|fbclid|gclid|mc_[ce]id|pk_\w+|mtm_\w+)=", re.IGNORECASE)
_WITHOUT_MEANING = frozenset(split_names("de het een the stichting vereniging foundation"))  # before a name
Point = tuple[float, float]


@dataclass(frozen=True)
class Name:
    """A name as it is compared. words: plain, without the name of the town; joined: every run of its words without
    blanks -> how many words that are, with the name of the town and without."""

    words: str
    whole: tuple[str, ...]
    joined: Mapping[str, int]

    @classmethod
    def of(cls, name: str, town: str) -> Name:
        """The name so; `town` is left out."""
        full, words = " ".join(utils.default_process(name).split()), _compared(name, town)
        runs = {run: n for text in dict.fromkeys((full, words)) for run, n in _runs(text.split())}
        return cls(words, tuple(dict.fromkeys(text.replace(" ", "") for text in (full, words))), runs)

    def likeness(self, other: Name) -> float:
        """How alike two names are, 0 to 100."""
        found = likeness(self.words, other.words)
        return max(found, APART) if self._apart(other) or other._apart(self) else found

    def _apart(self, other: Name) -> bool:
        """Whether the other name holds this whole one, joined or split at another place."""
        for whole in self.whole:
            words = other.joined.get(whole, 0)
            if len(whole) >= _SHORTEST and words and words != self.joined.get(whole):
                return True
        return False


def _runs(words: Sequence[str]) -> Iterator[tuple[str, int]]:
    for first in range(len(words)):
        for end in range(first + 1, min(len(words), first + _MOST_WORDS) + 1):
            yield "".join(words[first:end]), end - first


@dataclass(frozen=True)
class _Known:
    key: str
    name: Name
    points: tuple[Point, ...]
    areas: frozenset[str]
    ambitions: frozenset[str]
    page: str


def page_of(url: str) -> str:
    """An address by which a page is known again: without scheme, `www.`, fragment, the last
    slash and what mails and networks add to it; '' for none."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.").rstrip(".")
    except ValueError:
        return ""
    path = re.sub("/+", "/", _FIRST_PAGE.sub("", unquote(parts.path))).rstrip("/")
    query = "&".join(each for each in parts.query.split("&") if each and not _OF_MAIL.match(each))
    return f"{host}{path}{'?' if query else ''}{query}" if host else ""


@per_package(maxsize=1)
def _known(package: Package) -> tuple[_Known, ...]:
    """Every initiative, as it is compared."""
    areas = package.initiative_areas.groupby("initiative_id")["area_code"].agg(frozenset).to_dict()
    place = _town(package)
    table = package.initiatives
    points = _points_of(package)
    ambitions = [frozenset(split_many(text)) for text in table["ambition_codes"]]
    names = [Name.of(name, place) for name in table["name"]]
    pages = [page_of(str(url)) for url in table["source_url"]]
    ids = [str(key) for key in table.index]
    return tuple(
        _Known(key, name, points.get(key, ()), areas.get(key, frozenset()), codes, page)
        for key, name, codes, page in zip(ids, names, ambitions, pages, strict=True)
    )


def likely_duplicates(proposal: Proposal, package: Package, most: int = 10) -> list[Duplicate]:
    """Initiatives of the package (with the register's tables: `overlay`) that may be the one proposed, the most alike
    first. Names by token_set_ratio of rapidfuzz, without the name of the town, and with words joined; distance in
    metres in EPSG:28992. The same source page is a reason of its own.
    """
    mine = _of_proposal(proposal, package, proposal.entity_id or "")
    return _alike(mine, _known(package), most) if mine.name.words else []


def alike_among(
    proposal: Proposal, package: Package, waiting: Sequence[Proposed], most: int = 10
) -> list[Duplicate]:
    """The same among proposals of new initiatives that wait; `entity_id` is then the number of the proposal."""
    mine = _of_proposal(proposal, package, "")
    if not mine.name.words:
        return []
    alike = [each for each in waiting if _may_be(mine, each.proposal, _town(package))]
    return _alike(mine, (_of_proposal(each.proposal, package, str(each.number)) for each in alike), most)


def _may_be(mine: _Known, other: Proposal, town: str) -> bool:
    """Whether it is worth the time to look at more than the name and the page."""
    name = Name.of(other.fields.get("name", ""), town)
    return mine.name.likeness(name) >= ALIKE or bool(mine.page and mine.page == page_of(other.source_url))


def _of_proposal(proposal: Proposal, package: Package, key: str) -> _Known:
    entry = {name: proposal.fields.get(name, "").strip() for name in FIELDS["initiative"]}
    name, page = Name.of(entry["name"], _town(package)), page_of(proposal.source_url or entry["source_url"])
    if not name.words:
        return _Known(key, name, (), frozenset(), frozenset(), "")
    ambitions = frozenset(split_many(entry["ambition_codes"]))
    areas = frozenset(_areas(package, proposal, entry))
    return _Known(key, name, tuple(_given_points(proposal)), areas, ambitions, page)


def _alike(mine: _Known, others: Iterable[_Known], most: int) -> list[Duplicate]:
    found = []
    for other in others:
        score = mine.name.likeness(other.name)
        near = any(math.dist(one, there) <= NEAR for one in mine.points for there in other.points)
        shared = bool(mine.areas & other.areas) and bool(mine.ambitions & other.ambitions)
        source = bool(mine.page) and mine.page == other.page
        alike = score >= SAME_NAME or source or (score >= ALIKE and (near or shared))
        if other.key != mine.key and alike:
            reasons = {
                "name": score >= SAME_NAME,
                "source": source,
                "near": near,
                "area_and_ambition": shared,
            }
            found.append(Duplicate(other.key, score, tuple(code for code, holds in reasons.items() if holds)))
    return sorted(found, key=lambda each: (-each.score, -len(each.why), each.entity_id))[:most]


def likeness(one: str, other: str) -> float:
    """How alike two names are, 0 to 100. One word that stands in both makes a set ratio of 100, so a short name must
    also be like the whole of the other."""
    score = fuzz.token_set_ratio(one, other)
    fewest = min(len(one.split()), len(other.split()))
    return float(score if fewest > 1 else min(score, fuzz.token_sort_ratio(one, other)))


def _compared(name: str, town: str) -> str:
    plain = utils.default_process(unicodedata.normalize("NFKC", name))
    words = plain.split()
    while len(words) > 1 and words[0] in _WITHOUT_MEANING:
        words.pop(0)
    plain = " ".join(words)
    kept = re.sub(rf"\b{re.escape(town)}\b", " ", plain) if town else plain
    return " ".join(kept.split()) or " ".join(plain.split())


def _town(package: Package) -> str:
    levels = package.areas["level"]
    return utils.default_process(str(package.areas.loc[levels == "municipality", "name"].iloc[0]))


def _points_of(package: Package) -> dict[str, tuple[Point, ...]]:
    """The points where each initiative happens."""
    rows = package.initiative_places
    rows = rows[(rows["role"] == LOCATION) & rows["latitude"].notna() & rows["longitude"].notna()]
    x, y = transformer(WGS84, RD).transform(rows["longitude"].to_numpy(), rows["latitude"].to_numpy())
    found: dict[str, tuple[Point, ...]] = {}
    for key, east, north in zip(rows["initiative_id"], x, y, strict=True):
        found[str(key)] = (*found.get(str(key), ()), (float(east), float(north)))
    return found


def _given_points(proposal: Proposal) -> list[Point]:
    """Those of the proposal, in RD metres; coordinates that are none are left out."""
    found = []
    for place in place_fields.place_rows({}, proposal.fields):
        try:
            at = transformer(WGS84, RD).transform(float(place["longitude"]), float(place["latitude"]))
        except ValueError:
            continue
        if all(map(math.isfinite, at)):
            found.append((float(at[0]), float(at[1])))
    return found


def _areas(package: Package, proposal: Proposal, entry: dict[str, str]) -> set[str]:
    try:
        placed = {**entry, PLACES: place_fields.with_places({}, proposal.fields), "initiative_id": "proposal"}
        value = joined(package, placed, proposal.fields.get(AREA_CODES, ""))[AREAS]
    except (KeyError, ValueError):  # codes and numbers that the check tells of
        return set()
    return {row["area_code"] for row in link_rows("proposal", AREAS, value)}
