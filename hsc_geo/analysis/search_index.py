"""What the one search finds, by every name that each thing is known by; made once a package."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import fmean

import pandas as pd

from hsc_geo.analysis.explore import LEVELS, facet_index, listed_indicators
from hsc_geo.analysis.facets import ENDED, fold
from hsc_geo.analysis.focus import municipality_code
from hsc_geo.analysis.near import Point
from hsc_geo.analysis.search_words import PAGES, TOPICS
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.data.place_join import without_remark
from hsc_geo.domain.crs import RD, WGS84, transformer
from hsc_geo.domain.schema_register import LOCATION
from hsc_geo.domain.text import carriable

TOPIC_KINDS = ("ambition", "theme", "life_stage", "activity", "sector", "status")  # facets of the register
AREA, INITIATIVE, ORGANISATION, FIGURE = "area", "initiative", "organisation", "figure"
PLACE, STREET, POSTCODE, PAGE = "place", "street", "postcode", "page"
KINDS = (*TOPIC_KINDS, AREA, INITIATIVE, ORGANISATION, FIGURE, PLACE, STREET, POSTCODE, PAGE)
NAME, ALSO, ADDRESS = "name", "also", "address"  # how a thing is known: the best first
WAYS = (NAME, ALSO, ADDRESS)
LONGEST = 300  # letters of a name that are looked at

_VOCABULARIES = {"activity": "activity_group"}  # the vocabulary of a facet, where it has another name
_POSTCODE = re.compile(r"\b(\d{4}) ?([A-Z]{2})\b")
_STREET = re.compile(r"([^\d,]{3,}?)(?: \d.*)?")
_BOX = ("postbus", "p.o. box")
_SIGNS = re.compile(r"[^\w+]+")


@dataclass(frozen=True)
class Thing:
    """What can be found. kind: one of KINDS; code: of the kind, for a place, street or postcode its name; labels: in
    Dutch and in English; detail: who or where, "" for nothing; at: x, y in EPSG:28992, area: a code, where a place is
    known by either; ended: an initiative known to have ended."""

    kind: str
    code: str
    labels: tuple[str, str]
    detail: str = ""
    at: Point | None = None
    area: str = ""
    ended: bool = False


@dataclass(frozen=True)
class Name:
    """One name of the thing with this number. way: one of WAYS; order: of the meanings of one word; words: folded;
    joined: without blanks; edges: where in `joined` a word begins or ends."""

    thing: int
    shown: str
    way: str
    order: int
    words: tuple[str, ...]
    joined: str
    edges: frozenset[int]


@dataclass(frozen=True)
class Index:
    """Things and their names; words: every word of a name once, joined: every name in one, for what looks like it."""

    things: tuple[Thing, ...]
    names: tuple[Name, ...]
    words: tuple[str, ...]
    joined: tuple[str, ...]


Named = tuple[str, str, int]  # a name as it is written, its way and its order


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, folded, without signs but for a plus (`65+`)."""
    return tuple(_SIGNS.sub(" ", fold(carriable(text[:LONGEST]).replace("'", ""))).split())


def numbers_of(text: str) -> set[str]:
    """The words of a text with a digit in them: a house has one, a street has none."""
    return {word for word in words_of(text) if any(map(str.isdigit, word))}


@per_package(maxsize=1)
def search_index(package: Package) -> Index:
    """The index of a package."""
    things: list[Thing] = []
    names: list[Name] = []
    for thing, named in _all(package):
        told = ((each, words_of(each[0])) for each in dict.fromkeys(named))
        names += [_name(len(things), each, words) for each, words in told if words]
        things.append(thing)
    words = dict.fromkeys(word for name in names for word in name.words)
    return Index(tuple(things), tuple(names), tuple(words), tuple(name.joined for name in names))


def _name(thing: int, named: Named, words: tuple[str, ...]) -> Name:
    shown, way, order = named
    ends = [0]
    for word in words:
        ends.append(ends[-1] + len(word))
    return Name(thing, carriable(shown[:LONGEST]), way, order, words, "".join(words), frozenset(ends))


def _all(package: Package) -> Iterator[tuple[Thing, list[Named]]]:
    town = str(package.areas.at[municipality_code(package), "name"])
    yield from _topics(package)
    yield from _areas(package)
    yield from _initiatives(package, town)
    yield from _organisations(package, town)
    yield from _figures(package)
    yield from _places(package, town)
    for words, meaning in PAGES:
        code = meaning.removeprefix("page:")
        first, *others = words.split(", ")
        yield Thing(PAGE, code, (first, first)), [(each, NAME, 0) for each in (first, *others)]


def _topics(package: Package) -> Iterator[tuple[Thing, list[Named]]]:
    """The options of the facets that some initiative has, by their names and by the words that people use."""
    said: dict[str, list[Named]] = {}
    for words, meanings in TOPICS:
        for order, meaning in enumerate(meanings.split()):
            said.setdefault(meaning, []).extend((word, ALSO, order) for word in words.split(", "))
    options = facet_index(package).options
    for row in package.vocabularies.to_dict("records"):
        kind, code = _facet(str(row["vocabulary"])), str(row["code"])
        if kind not in TOPIC_KINDS or code not in options[kind]:
            continue
        labels = (str(row["name_nl"]), str(row["name_en"]))
        own = [(label, NAME, 0) for label in labels]
        yield Thing(kind, code, labels), [*own, *said.get(f"{kind}:{code}", [])]


def _facet(vocabulary: str) -> str:
    return next((facet for facet, name in _VOCABULARIES.items() if name == vocabulary), vocabulary)


def _areas(package: Package) -> Iterator[tuple[Thing, list[Named]]]:
    used: dict[str, list[Named]] = {}
    for table, names in ((package.place_names, ("name",)), (package.focus_areas, ("name_nl", "name_en"))):
        for row in table.to_dict("records"):
            known = [(without_remark(str(row[name])), ALSO, 0) for name in names]
            used.setdefault(str(row["area_code"]), []).extend(known)
    whole = municipality_code(package)
    areas = package.areas
    town = f"heel {areas['name'].to_dict()[whole]}"
    used[whole] = [
        (name, ALSO, 0) for name in (town, "de stad", "hele stad", "gemeente", "the city", "whole city")
    ]
    here = areas[areas["level"].isin(LEVELS) | (areas.index == whole)]
    for code, name in here["name"].astype(str).items():
        yield (
            Thing(AREA, str(code), (name, name), area=str(code)),
            [(name, NAME, 0), *used.get(str(code), [])],
        )


def _initiatives(package: Package, town: str) -> Iterator[tuple[Thing, list[Named]]]:
    lost = _without_place(package)
    for code, called, organisation, status in _cells(package.initiatives, "name", "organisation", "status"):
        name, led = carriable(called), carriable(organisation)
        thing = Thing(INITIATIVE, code, (name, name), led.replace("|", ", "), ended=status == ENDED)
        addresses = [(address, ADDRESS, 0) for address in lost.get(code, ())]
        yield thing, [*_forms(name, town), (code, ALSO, 0), *addresses]


def _cells(table: pd.DataFrame, *names: str) -> Iterator[tuple[str, ...]]:
    """The key of each row with the cells of these columns, as text; by column, since a row at a time takes long."""
    columns = (table.index, *(table[name] for name in names))
    return zip(*(map(str, column.tolist()) for column in columns), strict=True)


def _without_place(package: Package) -> dict[str, list[str]]:
    """Initiative -> its addresses of which neither the point nor the area is known: no place leads to it."""
    found: dict[str, list[str]] = {}
    for key, spot in _of_initiatives(package):
        if not spot.at and not spot.area and spot.address:
            found.setdefault(key, []).append(spot.address)
    return found


def _organisations(package: Package, town: str) -> Iterator[tuple[Thing, list[Named]]]:
    for code, called, where in _cells(package.organisations, "name", "address"):
        name, address = carriable(called), carriable(where)
        named = [*_forms(name, town), (address, ADDRESS, 0)]
        yield Thing(ORGANISATION, code, (name, name), address), named


def _forms(name: str, town: str) -> list[Named]:
    """A name, and what is left of it without its remark in brackets and without the name of the town at its end."""
    plain = without_remark(name)
    return [(each, NAME, 0) for each in (name, plain, plain.removesuffix(f" {town}"))]


def _figures(package: Package) -> Iterator[tuple[Thing, list[Named]]]:
    for key in listed_indicators(package, LEVELS):
        row = package.indicators.loc[key]
        labels = (str(row["name_nl"]), str(row["name_en"]))
        yield Thing(FIGURE, key, labels), [(label, NAME, 0) for label in labels]


@dataclass(frozen=True)
class _Spot:
    """A place as a row of a table gives it."""

    venue: str
    address: str
    at: Point | None
    area: str


def _places(package: Package, town: str) -> Iterator[tuple[Thing, list[Named]]]:
    """Places, streets and postcodes of the register of which the point or at least the area is known."""
    spots = [spot for spot in _spots(package) if spot.at or spot.area]
    for name, some in _grouped((spot.venue or _short(spot.address, town), spot) for spot in spots):
        address = next((spot.address for spot in some if spot.address), "")
        named = [*_forms(name, town), (address, ADDRESS, 0)]
        yield _at(PLACE, name, some, address if address != name else ""), named
    for name, some in _grouped((_street(spot.address, town), spot) for spot in spots):
        yield _at(STREET, name, some), [(name, NAME, 0)]
    codes = [(found.groups(), spot) for spot in spots for found in _POSTCODE.finditer(spot.address)]
    whole = ((" ".join(parts), spot) for parts, spot in codes)
    for name, some in (*_grouped(whole), *_grouped((parts[0], spot) for parts, spot in codes)):
        yield _at(POSTCODE, name, some), [(name, NAME, 0)]


def _spots(package: Package) -> Iterator[_Spot]:
    districts = {str(name): str(code) for code, name in package.areas["name"].items()}
    for row, point in zip(package.venues.to_dict("records"), _points(package.venues), strict=True):
        area = _text(row["area_code"]) or districts.get(_text(row["district_official"]), "")
        yield _Spot(_text(row["venue"]), _text(row["address"]), point, area)
    yield from (spot for _, spot in _of_initiatives(package))


@per_package(maxsize=1)
def _of_initiatives(package: Package) -> tuple[tuple[str, _Spot], ...]:
    """(initiative, a place of it)."""
    only = _only_area(package)
    rows = package.initiative_places
    rows = rows[rows["role"] == LOCATION]
    keys = [str(key) for key in rows["initiative_id"].tolist()]
    texts = (map(_text, rows[name].tolist()) for name in ("venue", "address"))
    areas = [only.get(key, "") for key in keys]
    spots = map(_Spot, *texts, _points(rows), areas)
    return tuple(zip(keys, spots, strict=True))


def _points(rows: pd.DataFrame) -> list[Point | None]:
    """The point of each row, EPSG:28992; all at once, since each call of the transformer takes long."""
    known = (rows["latitude"].notna() & rows["longitude"].notna()).tolist()
    x, y = transformer(WGS84, RD).transform(rows["longitude"].to_numpy(), rows["latitude"].to_numpy())
    places = zip(x.tolist(), y.tolist(), strict=True)
    return [place if there else None for place, there in zip(places, known, strict=True)]


def _only_area(package: Package) -> dict[str, str]:
    """Initiative -> its district or neighbourhood, where it is known to just one."""
    rows = package.initiative_areas
    rows = rows[rows["area_code"].isin(package.areas.index[package.areas["level"].isin(LEVELS)])]
    rows = rows[~rows["initiative_id"].duplicated(keep=False)]
    return dict(zip(rows["initiative_id"].astype(str), rows["area_code"].astype(str), strict=True))


def _text(cell: object) -> str:
    return "" if pd.isna(cell) else carriable(str(cell))  # type: ignore[call-overload]


def _grouped(named: Iterable[tuple[str, _Spot]]) -> list[tuple[str, list[_Spot]]]:
    """Spots by name, told apart by its words; each group under the name that came first."""
    groups: dict[tuple[str, ...], tuple[str, list[_Spot]]] = {}
    for name, spot in named:
        if name:
            groups.setdefault(words_of(name), (name, []))[1].append(spot)
    return list(groups.values())


def _at(kind: str, name: str, some: list[_Spot], detail: str = "") -> Thing:
    """A place in the middle of its points; without any, in the area that is known first."""
    points = [spot.at for spot in some if spot.at]
    middle = (fmean(x for x, _ in points), fmean(y for _, y in points)) if points else None
    area = "" if points else next(spot.area for spot in some)
    return Thing(kind, name, (name, name), detail, middle, area)


def _short(address: str, town: str) -> str:
    return address.removesuffix(f", {town}")


def _street(address: str, town: str) -> str:
    """The street in an address, "" where it has none: the part with a house number, else the first."""
    parts = [part.strip() for part in address.split(",")]
    parts = [part for part in parts if part != town and not _POSTCODE.search(part)]
    if any(part.lower().startswith(_BOX) for part in parts):
        return ""
    part = next((part for part in parts if re.search(r" \d", part)), parts[0] if parts else "")
    found = _STREET.fullmatch(part)
    return found[1].strip() if found else ""
