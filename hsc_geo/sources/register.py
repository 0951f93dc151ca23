"""The register of initiatives and organisations as compiled from public pages; every row names its page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hsc_geo.domain.text import split_names
from hsc_geo.sources.extracts import COORDINATES, Record, read_records

INITIATIVES = "register/initiatives.csv"
ORGANISATIONS = "register/partners.csv"
VENUES = "register/venues.csv"

_INITIATIVE_COLUMNS = split_names(
    """
    initiative_id name organisation partners sector ambition_codes ambition_basis theme target_group
    life_stage district_as_stated district_official neighbourhood venue address activity_type status_code
    status status_as_of last_evidence_year start_year end_year start_date description source_title
    source_publisher source_url source_date source2_url evidence_level inferred_fields note
    """
)
_ORGANISATION_COLUMNS = split_names(
    """
    partner_id name sector organisation_type preventieakkoord_role lhsc_role other_networks district_or_area
    address website public_contact description source_title source_publisher source_url source_date
    inferred_fields
    """
)
_VENUE_COLUMNS = (
    "venue",
    "address",
    "neighbourhood_as_stated",
    "district_official",
    "district_basis",
    "used_for",
    "source_url",
)
_COORDINATE_COLUMNS = split_names(
    """
    venue address initiative_ids lat lon precision confidence matched_object bu_code source licence note
    """
)


@dataclass(frozen=True)
class Register:
    """The rows of the register's files, as text."""

    initiatives: tuple[Record, ...]
    organisations: tuple[Record, ...]
    venues: tuple[Record, ...]
    coordinates: tuple[Record, ...]


EMPTY = Register((), (), (), ())


def read_register(folder: Path, may_be_empty: bool = False) -> Register:
    """The register; no coordinates where their file is absent. may_be_empty: no file at all is an empty register.

    Raises SourceError for a file or column missing."""
    if may_be_empty and not (folder / INITIATIVES).is_file():
        return EMPTY
    has_coordinates = (folder / COORDINATES).is_file()
    return Register(
        read_records(folder, INITIATIVES, _INITIATIVE_COLUMNS),
        read_records(folder, ORGANISATIONS, _ORGANISATION_COLUMNS),
        read_records(folder, VENUES, _VENUE_COLUMNS),
        read_records(folder, COORDINATES, _COORDINATE_COLUMNS) if has_coordinates else (),
    )
