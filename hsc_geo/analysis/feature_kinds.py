"""What the open API offers as features: each collection with its properties, and the tables that they come from.

A property is a column of the data contract with the same name and meaning; beside a code stand its names, in
`<column>_name_nl` and `_en`. Nothing is made up: what is missing stays missing.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from hsc_geo.analysis import bulk
from hsc_geo.data.load import Package
from hsc_geo.domain import schema
from hsc_geo.domain.contract import SEPARATOR, Field
from hsc_geo.domain.crs import RD, WGS84
from hsc_geo.domain.message import Meaning
from hsc_geo.domain.schema_register import CONFIRMED

AREAS, OBSERVATIONS, INITIATIVES = "areas", "observations", "initiatives"
PLACES, VENUES, FOCUS_AREAS = "places", "venues", "focus-areas"
MULTI_POLYGON, MULTI_POINT, POINT = "MultiPolygon", "MultiPoint", "Point"
NONE_KNOWN = Meaning(
    "That none is known does not mean that there is none.", "Geen bekend betekent niet dat er geen is."
)
SERVED = "area_codes"


@dataclass(frozen=True)
class Kind:
    """A collection of features.

    table: of the data package, whose sources and licences are its own. key: the columns that make the id of a feature,
    joined with a full stop. geometry: its GeoJSON type. storage: EPSG code in which the data hold it. times: pairs of
    columns, the first and last day or year of a feature; the same column twice for one of them.
    """

    id: str
    table: str
    title: Meaning
    description: Meaning
    geometry: str
    storage: int
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    times: tuple[tuple[str, str], ...] = ()

    def field(self, name: str) -> Field | None:
        """The property with this name, None for none."""
        return next((each for each in self.fields if each.name == name), None)


def _with_names(table: str, *more: Field) -> tuple[Field, ...]:
    """The columns of a table, each code followed by its names."""
    found: list[Field] = []
    for field in schema.table(table).fields:
        found.append(field)
        if field.vocabulary:
            found += [
                _name_of(field, "nl", "Nederlands", "Dutch"),
                _name_of(field, "en", "Engels", "English"),
            ]
    return (*found, *more)


def _name_of(field: Field, language: str, nl: str, en: str) -> Field:
    return Field(
        f"{field.name}_name_{language}",
        f"Naam in het {nl} van wat in {field.name} staat.",
        f"Name in {en} of what stands in {field.name}.",
        many=field.many,
    )


def _kind(
    id_: str, table: str, geometry: str, fields: tuple[Field, ...], times: tuple[tuple[str, str], ...] = ()
) -> Kind:
    told = schema.table(table)
    unknown = table in ("initiatives", "initiative_places", "venues")
    also = NONE_KNOWN if unknown else Meaning("", "")
    return Kind(
        id_,
        table,
        Meaning(told.title_en, told.title_nl),
        Meaning(f"{told.en} {also}".strip(), f"{told.nl} {also.nl}".strip()),
        geometry,
        RD if geometry == MULTI_POLYGON else WGS84,
        fields,
        told.primary_key,
        times,
    )


_SERVED = Field(
    SERVED,
    "Gebieden die het bedient, als bekend; een buurt houdt haar wijk in. Leeg: onbekend, en niet dat het er geen "
    "bedient.",
    "Areas that it serves, where known; a neighbourhood implies its district. Empty: unknown, and not that it "
    "serves none.",
    many=True,
)
_KINDS = (
    _kind(AREAS, "areas", MULTI_POLYGON, _with_names("areas")),
    _kind(OBSERVATIONS, "observations", MULTI_POLYGON, bulk.FIELDS, (("year", "year"),)),
    _kind(
        INITIATIVES,
        "initiatives",
        MULTI_POINT,
        _with_names("initiatives", _SERVED),
        (("last_evidence_year", "last_evidence_year"), (CONFIRMED, CONFIRMED)),
    ),
    _kind(PLACES, "initiative_places", POINT, _with_names("initiative_places")),
    _kind(VENUES, "venues", POINT, _with_names("venues"), ((CONFIRMED, CONFIRMED),)),
    _kind(
        FOCUS_AREAS, "focus_areas", MULTI_POLYGON, _with_names("focus_areas"), (("valid_from", "valid_to"),)
    ),
)
KINDS = {each.id: each for each in _KINDS}


def table_of(package: Package, kind: Kind) -> pd.DataFrame:
    """The rows of a collection with a column for each property, in the order of the package."""
    if kind.id == OBSERVATIONS:
        return bulk.tidy(package)
    table = raw_table(package, kind).copy()
    if kind.id == INITIATIVES:
        table[SERVED] = table["initiative_id"].astype(str).map(_served(package)).fillna("")
    for field in kind.fields:
        if field.vocabulary:
            for language in ("nl", "en"):
                names = bulk.names_of(package, field.vocabulary, language)
                table[f"{field.name}_name_{language}"] = [
                    _named(str(cell), names, field.many) for cell in table[field.name]
                ]
    return table[[field.name for field in kind.fields]]


def raw_table(package: Package, kind: Kind) -> pd.DataFrame:
    """The table of the package that a collection comes from, with its id as a column."""
    found: pd.DataFrame = getattr(package, kind.table)
    return found if kind.key[0] in found.columns else found.reset_index()


def _named(text: str, names: dict[str, str], many: bool) -> str:
    codes = text.split(SEPARATOR) if many else [text]
    return SEPARATOR.join(filter(None, (names.get(code, "") for code in codes)))


def _served(package: Package) -> dict[str, str]:
    rows = package.initiative_areas
    found: dict[str, list[str]] = {}
    for key, code in zip(rows["initiative_id"].astype(str), rows["area_code"].astype(str), strict=True):
        found.setdefault(key, []).append(code)
    return {key: SEPARATOR.join(codes) for key, codes in found.items()}
