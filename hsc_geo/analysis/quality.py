"""How good the data are: what is filled, how old the evidence is, how precise the places, what found no partner."""

from __future__ import annotations

import re

import pandas as pd

from hsc_geo.analysis.figures import NOT_MEASURED, PRESENT, SUPPRESSED
from hsc_geo.data.load import Package
from hsc_geo.domain.schema_register import NOT_TRANSLATED

OF_PLACES = ("venue", "address", "latitude")  # filled where a place of the initiative has it
FIELDS = (
    "organisation",
    "ambition_codes",
    "target_group_en",
    "life_stages",
    "sector",
    "activity_types",
    "venue",
    "address",
    "latitude",
    "status",
    "status_as_of",
    "last_evidence_year",
    "start_year",
    "end_year",
    "source_url",
    "source_date",
    "ladder",
    "funders",
    "run_by",
)


def completeness(package: Package) -> pd.DataFrame:
    """Per field of the register: `filled`, `total`, `share` (0-1) and `inferred` (rows where no source states it)."""
    register = package.initiatives
    total = len(register)
    rows = []
    for field in FIELDS:
        cells = _of_places(package, field) if field in OF_PLACES else register[field]
        filled = int((cells.notna() & (cells.astype(str) != "")).sum())
        rows.append(
            {"field": field, "filled": filled, "total": total, "inferred": _inferred(register, field)}
        )
    table = pd.DataFrame(rows).set_index("field")
    return table.assign(share=table["filled"] / total if total else 0.0)


def _of_places(package: Package, field: str) -> pd.Series:
    """Initiative -> the cell of its first place that has one, NaN without any."""
    rows = package.initiative_places
    filled = rows[rows[field].notna() & (rows[field].astype(str) != "")]
    return filled.groupby("initiative_id")[field].first().reindex(package.initiatives.index)


def precision_counts(package: Package) -> pd.Series:
    """Initiatives by how precisely the area that they serve is known, from address to unknown."""
    order = [
        str(c) for c in package.vocabularies.loc[package.vocabularies["vocabulary"] == "precision", "code"]
    ]
    found = package.initiatives["precision"].value_counts()
    return found.reindex([c for c in order if c in found.index])


def figure_status(package: Package) -> pd.DataFrame:
    """Observations per table and status: rows are table ids, columns statuses, values counts."""
    table = (
        package.indicators["table_id"].reindex(package.observations["indicator_id"].astype(str)).to_numpy()
    )
    status = package.observations["status"].astype(str).to_numpy()
    counted = pd.crosstab(pd.Series(table, name="table_id"), status)
    return counted.reindex(columns=[PRESENT, SUPPRESSED, NOT_MEASURED], fill_value=0)


def inferred_fields(cell: str) -> list[str]:
    """The columns that a cell of `inferred_fields` names, without the register's working remarks in brackets; one that
    only waits for a translation is not inferred.

    >>> inferred_fields("life_stage (from the text)|target_group_en (not translated yet)")
    ['life_stage']
    """
    return list(dict.fromkeys(_WORD.findall(_BRACKETS.sub("", _UNTRANSLATED.sub("", cell)))))


def untranslated_fields(cell: str) -> list[str]:
    """The columns of which such a cell says that they wait for a translation.

    >>> untranslated_fields("life_stage (from the text)|target_group_en (not translated yet)")
    ['target_group_en']
    """
    return list(dict.fromkeys(_UNTRANSLATED.findall(cell)))


_UNTRANSLATED = re.compile(rf"([a-z_0-9]+) \({NOT_TRANSLATED}\)")
_BRACKETS = re.compile(r"\([^)]*\)")
_WORD = re.compile(r"[a-z_0-9]+")


def _inferred(register: pd.DataFrame, field: str) -> int:
    stem = {"target_group_en": "target_group", "life_stages": "life_stage"}.get(field, field)
    return sum(stem in inferred_fields(str(cell)) for cell in register["inferred_fields"])
