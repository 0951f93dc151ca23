"""All published figures in one tidy table: a row per area, indicator, year and age group, with names beside the codes.

What we count ourselves (the initiatives known) is no part of it: that depends on the day and on what is chosen.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import Any

import pandas as pd

from hsc_geo.analysis.export import to_csv
from hsc_geo.analysis.export_values import properties
from hsc_geo.data.load import Package
from hsc_geo.data.municipality import municipality_of
from hsc_geo.data.zipping import zipped
from hsc_geo.domain import schema
from hsc_geo.domain.contract import Field
from hsc_geo.domain.text import carriable
from hsc_geo.domain.versions import newest

ROWS = "figures"
_OF_AREAS = ("name", "level", "parent_code")
_OF_INDICATORS = ("concept", "theme", "unit", "direction", "kind", "table_id", "source_id")
_NAMED = {
    "unit": "unit",
    "kind": "indicator_kind",
    "age_group": "age_group",
    "status": "observation_status",
    "theme": "indicator_theme",
    "level": "area_level",
}


def edition(package: Package) -> str:
    """The edition of the data package, whatever changed in the register since."""
    return package.snapshot.partition("-r")[0]


def tidy(package: Package) -> pd.DataFrame:
    """The table. Codes stand in their own columns, their names in Dutch and English in `<code>_name_nl` and `_en`;
    value, lower and upper are in the unit of the row, missing where `status` is not `present`."""
    table = package.observations.astype({"area_code": str, "indicator_id": str})
    table = table.join(package.areas[list(_OF_AREAS)].add_prefix("area_"), on="area_code")
    words = package.indicators[["name_nl", "name_en"]].add_prefix("indicator_")
    table = table.join(words.join(package.indicators[list(_OF_INDICATORS)]), on="indicator_id")
    table = table.join(_sources(package).add_prefix("source_"), on="source_id")
    for column, vocabulary in _NAMED.items():
        at = f"area_{column}" if column == "level" else column
        for language in ("nl", "en"):
            table[f"{at}_name_{language}"] = (
                table[at].astype(str).map(names_of(package, vocabulary, language))
            )
    return table[[*COLUMNS]].reset_index(drop=True)


def _sources(package: Package) -> pd.DataFrame:
    table = package.sources if "source_id" in package.sources else package.sources.reset_index()
    return table.set_index("source_id")[["title", "publisher", "licence"]]


def names_of(package: Package, vocabulary: str, language: str) -> dict[str, str]:
    """Code -> name in a language (nl, en), of a vocabulary; empty where there is none of that name."""
    rows = package.vocabularies[package.vocabularies["vocabulary"] == vocabulary]
    return dict(zip(rows["code"].astype(str), rows[f"name_{language}"].astype(str), strict=True))


def _copied(table: str, column: str, name: str = "") -> Field:
    field = schema.table(table).field(column)
    return Field(name or column, field.nl, field.en, field.type, vocabulary=field.vocabulary)


def _named(column: str, nl: str, en: str) -> tuple[Field, Field]:
    return (
        Field(f"{column}_name_nl", f"Naam van {nl} in het Nederlands.", f"Name of {en} in Dutch."),
        Field(f"{column}_name_en", f"Naam van {nl} in het Engels.", f"Name of {en} in English."),
    )


FIELDS = (
    _copied("areas", "area_code"),
    _copied("areas", "name", "area_name"),
    _copied("areas", "level", "area_level"),
    *_named("area_level", "het niveau", "the level"),
    _copied("areas", "parent_code", "area_parent_code"),
    _copied("indicators", "indicator_id"),
    _copied("indicators", "concept"),
    _copied("indicators", "name_nl", "indicator_name_nl"),
    _copied("indicators", "name_en", "indicator_name_en"),
    _copied("indicators", "theme"),
    *_named("theme", "het thema", "the theme"),
    _copied("observations", "year"),
    _copied("observations", "age_group"),
    *_named("age_group", "de leeftijdsgroep", "the age group"),
    _copied("observations", "value"),
    _copied("observations", "lower"),
    _copied("observations", "upper"),
    _copied("indicators", "unit"),
    *_named("unit", "de eenheid", "the unit"),
    _copied("observations", "status"),
    *_named("status", "de status", "the status"),
    _copied("indicators", "direction"),
    _copied("indicators", "kind"),
    *_named("kind", "de soort", "the kind"),
    _copied("indicators", "table_id"),
    _copied("indicators", "source_id"),
    _copied("sources", "title", "source_title"),
    _copied("sources", "publisher", "source_publisher"),
    _copied("sources", "licence", "source_licence"),
)
COLUMNS = tuple(field.name for field in FIELDS)


def dictionary() -> pd.DataFrame:
    """A row per column of `tidy`: its type, code list and meaning in two languages."""
    columns = ["table", "column", "type", "codes", "description_nl", "description_en"]
    rows = [(ROWS, f.name, f.type, f.vocabulary or "", f.nl, f.en) for f in FIELDS]
    return pd.DataFrame(rows, columns=columns)


def beside(package: Package) -> dict[str, pd.DataFrame]:
    """The tables that go with it: what each indicator means, the codes, the sources, the columns."""
    table = package.sources if "source_id" in package.sources else package.sources.reset_index()
    used = {field.vocabulary for field in FIELDS if field.vocabulary}
    codes = package.vocabularies[package.vocabularies["vocabulary"].isin(used)]
    indicators = package.indicators[package.indicators["years"].astype(str) != ""].reset_index()
    return {
        "indicators": indicators,
        "codes": codes.reset_index(drop=True),
        "sources": table[table["source_id"].isin(set(indicators["source_id"]))].reset_index(drop=True),
        "dictionary": dictionary(),
    }


def about(package: Package, year: int) -> dict[str, str]:
    """Edition, version of the contract, and how to cite in a year, that in which the file is made."""
    number = newest().number
    return {
        "title": "Healthy society on the map: all figures by area, indicator, year and age group",
        "snapshot": edition(package),
        "contract_version": number,
        "rows": str(len(package.observations)),
        "citation": (
            f"{municipality_of(package).author} ({year}). Healthy society on the map (hsc_geo): all "
            f"figures, edition {edition(package)}, data contract {number}. Figures by the sources named in it."
        ),
        "missing": "An empty value has a status that says why; zero is a value.",
    }


def to_csv_zip(package: Package, year: int, excel: bool = False) -> bytes:
    """A zip with figures.csv, the tables beside it and about.json, of the `year`; `excel` as in `export.to_csv`."""
    tables = {ROWS: tidy(package), **beside(package)}
    files = {f"{name}.csv": to_csv(table, excel) for name, table in tables.items()}
    return zipped({**files, "about.json": _json(about(package, year))})


def to_parquet(package: Package, year: int) -> bytes:
    """The table as Parquet. Each column has its meaning as metadata (`description_nl`, `description_en`, `codes`), the
    file holds `about` and the tables beside it as JSON (`hsc_geo.indicators` and so on)."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = tidy(package)
    schema_ = pa.schema([_arrow_field(field) for field in FIELDS], _file_metadata(package, year))
    arrays = [pa.array(_values(table[field.name]), type_of(field), from_pandas=True) for field in FIELDS]
    target = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema_), target, compression="zstd", version="2.6")
    return target.getvalue()


def _values(cells: pd.Series) -> Any:
    if pd.api.types.is_numeric_dtype(cells.dtype):
        return cells
    return [carriable(str(cell)) or None for cell in cells]


def type_of(field: Field) -> Any:
    """The type of a column in Parquet."""
    import pyarrow as pa

    return {"integer": pa.int32(), "number": pa.float64()}.get(field.type, pa.string())


def _arrow_field(field: Field) -> Any:
    import pyarrow as pa

    told = {"description_nl": field.nl, "description_en": field.en, "codes": field.vocabulary or ""}
    return pa.field(field.name, type_of(field), metadata=told)


def _file_metadata(package: Package, year: int) -> Mapping[str, bytes]:
    tables = {f"hsc_geo.{name}": _json(properties(table)) for name, table in beside(package).items()}
    return {"hsc_geo.about": _json(about(package, year)), **tables}


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()
