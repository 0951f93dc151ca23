"""The columns of the extract of Kerncijfers 2025, whose names are English, as columns of StatLine's tables.

A name that ends in `_2024` is of the edition of 2024 (85984NED), the others are of that of 2025 (86165NED). The
metadata of the extracts (shapes/column_metadata_kwb.json) hold the columns of 85984NED only, and not all. A stem that
is not in them is marked below: it was looked up in public programs that read the tables of StatLine, not in StatLine.
"""

from __future__ import annotations

from typing import NamedTuple

FILE = "statistics/86165NED_2025.csv"
EDITION_2025, EDITION_2024 = "86165NED", "85984NED"


class Named(NamedTuple):
    """What a column holds: table, StatLine's name without its number, year and age group (a code)."""

    table_id: str
    stem: str
    year: int
    age_group: str = "all"


def _of_2025(stem: str) -> Named:
    return Named(EDITION_2025, stem, 2025)


def _of_2024(stem: str, age_group: str = "all") -> Named:
    return Named(EDITION_2024, stem, 2024, age_group)


COLUMNS = {
    # 86165NED is in no metadata of the extracts; these stems are those of 85984NED, where all but one are verified.
    "population": _of_2025("AantalInwoners"),
    "age_0_14": _of_2025("k_0Tot15Jaar"),
    "age_15_24": _of_2025("k_15Tot25Jaar"),
    "age_45_64": _of_2025("k_45Tot65Jaar"),
    "age_65_plus": _of_2025("k_65JaarOfOuder"),
    "households": _of_2025("HuishoudensTotaal"),
    "one_person_households": _of_2025("Eenpersoonshuishoudens"),  # looked up: no metadata
    "woz_value_eur_1000": _of_2025("GemiddeldeWOZWaardeVanWoningen"),
    "pct_owner_occupied": _of_2025("Koopwoningen"),
    "pct_housing_association": _of_2025("InBezitWoningcorporatie"),
    "pct_persons_in_poverty_2024": _of_2024("PersonenInArmoede"),  # persons, not households
    "pct_persons_up_to_25pct_above_poverty_line_2024": _of_2024(
        "PersonenTot25BovenArmoedegrens"
    ),  # looked up
    "pct_youth_with_youth_care_2024": _of_2024("PercentageJongerenMetJeugdzorg", "0to22"),  # looked up
    "wmo_clients_per_1000_2024": _of_2024("WmoClientenRelatief"),  # looked up
    "net_labour_participation_2024": _of_2024("Nettoarbeidsparticipatie", "15to74"),
    "income_per_inhabitant_eur_1000_2024": _of_2024("GemiddeldInkomenPerInwoner"),
    "median_household_wealth_eur_1000_2024": _of_2024("MediaanVermogenVanParticuliereHuish"),
}
