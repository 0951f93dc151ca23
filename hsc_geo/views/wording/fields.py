"""Short names of the register's fields, for readers; the data dictionary describes them in full."""

from __future__ import annotations

from hsc_geo.analysis.quality import inferred_fields
from hsc_geo.views.kit.words import Words


def field_names(w: Words) -> dict[str, str]:
    """Field -> its short name. A field of the register can stand here under the name of its source column too."""
    names = {
        "name": w.t("Name"),
        "organisation": w.t("Organisation"),
        "ambition_codes": w.t("Ambitions"),
        "target_group": w.t("For whom"),
        "life_stages": w.t("Life stage"),
        "sector": w.t("Sector"),
        "activity_types": w.t("Activities"),
        "district_official": w.t("District served"),
        "venue": w.t("Name of the place"),
        "address": w.t("Street address"),
        "latitude": w.t("Coordinates"),
        "status": w.t("Status"),
        "status_as_of": w.t("Date of the status"),
        "last_evidence_year": w.t("Year of newest evidence"),
        "start_year": w.t("First year"),
        "end_year": w.t("Last year"),
        "start_date": w.t("First day"),
        "source_url": w.t("Web page of the source"),
        "source_date": w.t("Date of the source"),
        "ladder": w.t("How far it has come"),
        "funders": w.t("Who pays"),
        "run_by": w.t("Who runs it"),
    }
    return {**names, "life_stage": names["life_stages"], "target_group_en": names["target_group"]}


def inferred_names(w: Words, cell: str) -> list[str]:
    """Names of the fields in a cell of `inferred_fields`; words that are no field are passed over."""
    names = field_names(w)
    return [names[field] for field in inferred_fields(cell) if field in names]
