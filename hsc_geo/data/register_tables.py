"""From the register's rows and our translations to the tables of initiatives, organisations and venues.

Names and texts stay as the source writes them; only codes are put in the place of the register's words for classes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from hsc_geo.data.figures import Rows
from hsc_geo.data.place_join import Served, Spot, name_key, precision_of
from hsc_geo.data.places import spot_cells
from hsc_geo.data.statements import Statements, stated
from hsc_geo.domain.contract import SEPARATOR
from hsc_geo.domain.problems import Problem
from hsc_geo.domain.schema_register import CONFIRMED, PRACTICAL_FIELDS, PUBLIC_PAGE
from hsc_geo.domain.text import split_names
from hsc_geo.sources.extracts import Record, SourceError, raise_if
from hsc_geo.sources.words import text_mark

AMBITION_BASIS = {"inferred": "inferred", "stated": "stated", "partly stated": "partly_stated"}
_SAME_IN_INITIATIVES = split_names(
    """
    initiative_id name organisation partners ambition_codes district_as_stated status_as_of last_evidence_year
    start_year end_year start_date source_title source_publisher source_url source_date source2_url
    evidence_level inferred_fields
    """
)
_RENAMED_IN_INITIATIVES = {
    "target_group_en": "target_group",
    "life_stages": "life_stage",
    "neighbourhood_as_stated": "neighbourhood",
    "activity_types": "activity_type",
    "status": "status_code",
    "status_note_en": "status",
    "description_en": "description",
    "note_en": "note",
}
_TRANSLATED_IN_INITIATIVES = ("description_nl", "target_group_nl", "status_note_nl", "note_nl")
_SAME_IN_ORGANISATIONS = split_names(
    """
    name district_or_area address website public_contact source_title source_publisher source_url source_date
    inferred_fields
    """
)
_RENAMED_IN_ORGANISATIONS = {
    "organisation_id": "partner_id",
    "organisation_type_en": "organisation_type",
    "agreement_role_note_en": "preventieakkoord_role",
    "centre_role_en": "lhsc_role",
    "networks": "other_networks",
    "description_en": "description",
}
_TRANSLATED_IN_ORGANISATIONS = (
    "description_nl",
    "organisation_type_nl",
    "agreement_role",
    "agreement_role_note_nl",
    "centre_role_nl",
)
_SAME_IN_VENUES = (
    "venue",
    "address",
    "neighbourhood_as_stated",
    "district_official",
    "district_basis",
    "used_for",
    "source_url",
)


def slug(words: str, blank: str) -> str:
    """The register's English word as a code: lower case, `blank` for blanks."""
    return blank.join(words.strip().lower().split())


def translations(
    records: Iterable[Record], rows: Iterable[Record], key: str, row_key: str
) -> dict[str, Record]:
    """The translation of every row, by its key.

    Raises SourceError for a row without one, and for one made of another English text than stands there now.
    """
    by_key = {record[key]: record for record in records}
    raise_if(_stale(by_key, rows, row_key))
    return by_key


def _stale(by_key: Mapping[str, Record], rows: Iterable[Record], row_key: str) -> Iterable[Problem]:
    for row in rows:
        found = by_key.get(row[row_key])
        mark = text_mark(row["description"])
        if found is None:
            yield row.problem(row_key, "has no Dutch texts; add a row to the words file")
        elif found["description_sha"] != mark:
            yield found.problem(
                "description_sha", f"the English text changed; translate it again and write {mark}"
            )


def activity_groups(types: Iterable[str], group_of: Mapping[str, str]) -> str:
    """The groups of the activity types, each once, in order of first mention; a type without a group is skipped."""
    return SEPARATOR.join(dict.fromkeys(group_of[each] for each in types if group_of.get(each)))


def initiative_rows(
    records: Iterable[Record],
    words: Mapping[str, Record],
    said: Mapping[str, Statements],
    group_of: Mapping[str, str],
    served: Iterable[Served],
) -> Rows:
    """Rows of initiatives.csv, in order of their id, one for every record."""
    areas: dict[str, list[Served]] = {}
    for each in served:
        areas.setdefault(each.initiative_id, []).append(each)
    rows = [
        {
            **_initiative(record, group_of),
            **{column: words[record["initiative_id"]][column] for column in _TRANSLATED_IN_INITIATIVES},
            "precision": precision_of(areas.get(record["initiative_id"], [])),
            **stated(record, said.get(record["initiative_id"], {})),
            **_not_in_extracts(PRACTICAL_FIELDS),
        }
        for record in records
    ]
    return sorted(rows, key=lambda row: row["initiative_id"])


def _initiative(record: Record, group_of: Mapping[str, str]) -> dict[str, str]:
    basis = record["ambition_basis"].split(" (")[0]
    if basis not in AMBITION_BASIS:
        raise SourceError([record.problem("ambition_basis", f"use one of {', '.join(AMBITION_BASIS)}")])
    return {
        **{column: record[column] for column in _SAME_IN_INITIATIVES},
        **{column: record[source] for column, source in _RENAMED_IN_INITIATIVES.items()},
        "sector": SEPARATOR.join(slug(each, "_") for each in record.many("sector")),
        "theme": slug(record["theme"], "-"),
        "ambition_basis": AMBITION_BASIS[basis],
        "activity_groups": activity_groups(record.many("activity_type"), group_of),
    }


def _not_in_extracts(names: Iterable[str]) -> dict[str, str]:
    """Columns that only people fill, and the kind of source: every row of the extracts has a public page."""
    return dict.fromkeys((*names, CONFIRMED), "") | {"source_kind": PUBLIC_PAGE}


def organisation_rows(records: Iterable[Record], words: Mapping[str, Record]) -> Rows:
    """Rows of organisations.csv, in order of their id, one for every record."""
    rows = [
        {
            **{column: record[column] for column in _SAME_IN_ORGANISATIONS},
            **{column: record[source] for column, source in _RENAMED_IN_ORGANISATIONS.items()},
            **{column: words[record["partner_id"]][column] for column in _TRANSLATED_IN_ORGANISATIONS},
            "sector": slug(record["sector"], "_"),
            **_not_in_extracts(()),
        }
        for record in records
    ]
    return sorted(rows, key=lambda row: row["organisation_id"])


def venue_rows(records: Iterable[Record], spots: Sequence[Spot]) -> Rows:
    """Rows of venues.csv in the register's order, with coordinates where a spot has the venue's name."""
    by_name = {name_key(name): spot for spot in spots for name in spot.record["venue"].split(" / ")}
    return [
        {
            **{column: record[column] for column in _SAME_IN_VENUES},
            **_spot(by_name.get(name_key(record["venue"]))),
        }
        for record in records
    ]


def _spot(spot: Spot | None) -> dict[str, str]:
    return {
        **spot_cells(spot),
        "area_code": spot.area_code if spot else "",
        CONFIRMED: "",
        "note": spot.record["note"] if spot else "",
        "coordinate_licence": spot.record["licence"] if spot else "",
    }


def groups_of_types(vocabularies: Iterable[Record]) -> dict[str, str]:
    """Group of each activity type, from the vocabularies."""
    return {r["code"]: r["parent"] for r in vocabularies if r["vocabulary"] == "activity_type"}
