"""What the build left out or could not match: kept with its reason, never silently dropped."""

from __future__ import annotations

from dataclasses import dataclass

REASONS = {
    "code_without_area": (
        "De code staat in de brontabel, maar niet in de gebieden van dit pakket.",
        "The code is in the source table but not among the areas of this package.",
    ),
    "area_without_row": (
        "Het gebied heeft geen rij in deze brontabel.",
        "The area has no row in this source table.",
    ),
    "held_back_without_row": (
        "Het gebied heeft geen rij in dit uittreksel; de bron geeft er geen cijfers over vrij, dus ze staan er als "
        "niet vrijgegeven.",
        "The area has no row in this extract; the source releases no figures for it, so they stand as suppressed.",
    ),
    "level_without_figures": (
        "Dit uittreksel heeft in deze kolom geen enkel cijfer op dit niveau; er staat dan ook geen cijfer, ook geen "
        "onderdrukt cijfer.",
        "In this column this extract has no figure at all at this level, so there is no figure, suppressed or other.",
    ),
    "level_not_in_table": (
        "Dit uittreksel van de brontabel heeft geen enkel gebied op dit niveau.",
        "This extract of the source table has no area at all at this level.",
    ),
    "column_without_indicator": (
        "De kolom heeft geen indicator in dit pakket.",
        "The column has no indicator in this package.",
    ),
    "values_disagree": (
        "Twee bestanden van dezelfde tabel geven verschillende waarden; die van het eerste bestand is gebruikt.",
        "Two files of the same table give different values; that of the first file was used.",
    ),
    "filled_from_second_file": (
        "In het ene bestand van de tabel is de cel leeg; de waarde komt uit het andere bestand van dezelfde tabel.",
        "The cell is empty in one file of the table; the value comes from the other file of the same table.",
    ),
    "name_without_area": (
        "De naam is geen CBS-naam en staat niet in de lijst van plaatsnamen.",
        "The name is no CBS name and is not in the list of place names.",
    ),
    "area_unknown": (
        "Geen coördinaten en geen bekende wijk of buurt: het initiatief staat alleen in de lijst, niet op de kaart.",
        "No coordinates and no known district or neighbourhood: the initiative is in the list only, not on the map.",
    ),
    "point_outside_areas": (
        "De coördinaten liggen in geen enkele buurt; ze zijn niet gebruikt om het initiatief te plaatsen.",
        "The coordinates lie in no neighbourhood; they were not used to place the initiative.",
    ),
    "coordinates_disagree_with_code": (
        "De buurtcode bij de coördinaten is een andere dan de buurt waarin het punt ligt; het punt is gevolgd.",
        "The neighbourhood code given with the coordinates differs from the one in which the point lies; the point "
        "was followed.",
    ),
    "coordinates_disagree_with_district": (
        "Het register noemt een andere wijk dan die waarin de coördinaten liggen; het punt is gevolgd.",
        "The register names another district than the one in which the coordinates lie; the point was followed.",
    ),
    "initiative_unknown": (
        "De coördinaten verwijzen naar een initiatief dat niet in het register staat.",
        "The coordinates refer to an initiative that is not in the register.",
    ),
    "not_an_organisation": (
        "Een opmerking tussen haakjes of 'niet vermeld' is geen organisatie; de tekst blijft bij het initiatief staan.",
        "A remark in brackets or 'not stated' is no organisation; the text remains with the initiative.",
    ),
    "organisation_not_listed": (
        "De organisatie staat wel bij het initiatief, maar niet in de lijst van organisaties.",
        "The organisation stands with the initiative but is not in the list of organisations.",
    ),
    "file_not_used": (
        "Postcodegebieden vallen niet samen met wijken; niets wordt op postcode alleen geplaatst.",
        "Postcode areas do not nest in districts; nothing is placed by postcode alone.",
    ),
}


@dataclass(frozen=True, order=True)
class LeftOut:
    """One thing left out: source file, row (None: the whole file or an absent row), what it is about, why."""

    file: str
    row: int | None
    key: str
    reason_code: str

    def cells(self) -> dict[str, str]:
        """The row as it stands in left_out.csv."""
        reason_nl, reason_en = REASONS[self.reason_code]
        row = "" if self.row is None else str(self.row)
        return {
            "file": self.file,
            "row": row,
            "key": self.key,
            "reason_code": self.reason_code,
            "reason_nl": reason_nl,
            "reason_en": reason_en,
        }

    @property
    def sort_key(self) -> tuple[str, int, str, str]:
        """Order in the file: by file, row, key."""
        return self.file, self.row or 0, self.key, self.reason_code
