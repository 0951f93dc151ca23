"""The contract of the tables of areas and place names."""

from __future__ import annotations

from hsc_geo.domain.areas import CODE_PATTERN
from hsc_geo.domain.contract import Field, ForeignKey, Table

_BAND_NL = "Inwoners van {}; afgerond op 5 onder het niveau van de gemeente. Leeg: niet gepubliceerd."
_BAND_EN = "Residents aged {}; rounded to 5 below the level of the municipality. Empty: not published."


def _band(name: str, nl: str, en: str) -> Field:
    return Field(name, _BAND_NL.format(nl), _BAND_EN.format(en), type="integer", minimum=0)


AREAS = Table(
    "areas",
    "Gebieden",
    "Areas",
    "Eén rij per gebied: land, gemeente, wijken, buurten en de omliggende gemeenten (alleen als achtergrond).",
    "One row per area: country, municipality, districts, neighbourhoods and the surrounding municipalities "
    "(a backdrop only).",
    (
        Field(
            "area_code",
            "CBS-code van het gebied; Nederland is overal NL00.",
            "CBS code of the area; the Netherlands is NL00 everywhere.",
            required=True,
            unique=True,
            pattern=CODE_PATTERN,
        ),
        Field("name", "Naam volgens het CBS.", "Name as CBS gives it.", required=True),
        Field(
            "level", "Niveau van het gebied.", "Level of the area.", required=True, vocabulary="area_level"
        ),
        Field(
            "parent_code",
            "Gebied waarin dit gebied ligt; leeg bij het land.",
            "Area in which this area lies; empty for the country.",
        ),
        Field(
            "municipality_code",
            "Gemeente waartoe het gebied behoort; leeg bij het land.",
            "Municipality to which the area belongs; empty for the country.",
            pattern=r"GM\d{4}",
        ),
        Field(
            "population",
            "Inwoners op 1 januari; afgerond op 5 onder het niveau van de gemeente, dus delen tellen niet "
            "precies op.",
            "Residents on 1 January; rounded to 5 below the level of the municipality, so parts do not "
            "add up exactly.",
            type="integer",
            minimum=0,
        ),
        _band("population_0_14", "0 tot en met 14 jaar", "0 to 14"),
        _band("population_15_24", "15 tot en met 24 jaar", "15 to 24"),
        _band("population_25_44", "25 tot en met 44 jaar", "25 to 44"),
        _band("population_45_64", "45 tot en met 64 jaar", "45 to 64"),
        _band("population_65_plus", "65 jaar en ouder", "65 and over"),
        Field(
            "bands_basis",
            "Herkomst van de drie middelste leeftijdsgroepen: gepubliceerd, de groep van 25 tot en met 44 jaar "
            "berekend als rest (de inwoners min de andere groepen), opgeteld uit buurten, of ontbrekend.",
            "Where the three middle age bands come from: published, the band of 25 to 44 computed as the remainder "
            "(the residents less the other bands), summed from neighbourhoods, or missing.",
            required=True,
            enum=("published", "remainder", "summed", "missing"),
        ),
        Field(
            "bands_year",
            "Jaar van de leeftijdsgroepen; kan een ander jaar zijn dan dat van de inwonertallen. Leeg: geen groepen.",
            "Year of the age bands; may be another than that of the population figures. Empty: no bands.",
            type="integer",
            minimum=1900,
            maximum=2100,
        ),
        Field(
            "population_year",
            "Jaar van de inwonertallen.",
            "Year of the population figures.",
            type="integer",
            minimum=1900,
            maximum=2100,
        ),
        Field(
            "land_area_ha",
            "Oppervlakte land in hectare; leeg: niet bekend.",
            "Land area in hectares; empty: not known.",
            type="integer",
            minimum=0,
        ),
        Field(
            "geometry_vintage",
            "Uitgave van de grenzen; leeg: geen grens in dit pakket.",
            "Edition of the boundary; empty: no boundary in this package.",
        ),
    ),
    ("area_code",),
    (ForeignKey("parent_code", "areas", "area_code"), ForeignKey("municipality_code", "areas", "area_code")),
)

FOCUS_AREAS = Table(
    "focus_areas",
    "Aandachtsgebieden",
    "Focus areas",
    "Welke gebieden samen een aandachtsgebied vormen, vanaf wanneer, en waarop dat berust. Een aanname, te wijzigen.",
    "Which areas together form a focus area, from when, and on what that rests. An assumption, open to change.",
    (
        Field(
            "focus_id",
            "Sleutel van het aandachtsgebied.",
            "Key of the focus area.",
            required=True,
            pattern=r"[a-z0-9-]+",
        ),
        Field("name_nl", "Naam in het Nederlands.", "Name in Dutch.", required=True),
        Field("name_en", "Naam in het Engels.", "Name in English.", required=True),
        Field("area_code", "Gebied dat erbij hoort.", "Area that belongs to it.", required=True),
        Field(
            "valid_from",
            "Eerste dag waarop dit geldt; leeg: niet bekend.",
            "First day that it holds; empty: not known.",
            pattern=r"\d{4}(-\d{2}(-\d{2})?)?",
        ),
        Field(
            "valid_to",
            "Laatste dag waarop dit geldt; leeg: geen einde bekend.",
            "Last day that it holds; empty: no end known.",
            pattern=r"\d{4}(-\d{2}(-\d{2})?)?",
        ),
        Field(
            "assumed",
            "Of de afbakening een aanname van dit project is.",
            "Whether the delineation is an assumption of this project.",
            type="boolean",
            required=True,
        ),
        Field(
            "basis_nl",
            "Waarop de afbakening berust, in het Nederlands.",
            "What the delineation rests on, in Dutch.",
            required=True,
        ),
        Field(
            "basis_en",
            "Waarop de afbakening berust, in het Engels.",
            "What the delineation rests on, in English.",
            required=True,
        ),
        Field("source_url", "Webpagina van de bron.", "Web page of the source.", link=True),
    ),
    ("focus_id", "area_code"),
    (ForeignKey("area_code", "areas", "area_code"),),
)

PLACE_NAMES = Table(
    "place_names",
    "Plaatsnamen",
    "Place names",
    "Namen die mensen gebruiken, met de CBS-gebieden waarvoor ze hier staan. Eén rij per naam en gebied.",
    "Names that people use, with the CBS areas for which they stand here. One row per name and area.",
    (
        Field("name", "Naam zoals mensen die gebruiken.", "Name as people use it.", required=True),
        Field(
            "area_code", "Gebied waarvoor de naam staat.", "Area for which the name stands.", required=True
        ),
        Field(
            "basis",
            "Waarop de koppeling berust.",
            "What the link rests on.",
            required=True,
            vocabulary="place_basis",
        ),
        Field(
            "basis_nl",
            "Toelichting op de koppeling, in het Nederlands.",
            "Note on the link, in Dutch.",
            required=True,
        ),
        Field(
            "basis_en",
            "Toelichting op de koppeling, in het Engels.",
            "Note on the link, in English.",
            required=True,
        ),
    ),
    ("name", "area_code"),
    (ForeignKey("area_code", "areas", "area_code"),),
)
