"""What the columns and codes of a download mean that the data contract does not know, in Dutch and in English."""

from __future__ import annotations

from dataclasses import dataclass

from hsc_geo.domain import schema
from hsc_geo.domain.contract import Field

PRECISION, CONFIDENCE, CLASS_NAME, SCHEME, GROUP = (
    "precision",
    "confidence",
    "class_name",
    "scheme",
    "counts_as",
)
OBSERVATION_STATUS, AREA = "observation_status", "area"

# The tables of the contract in which a column of a table is looked up.
OF_CONTRACT = {
    "areas": ("areas", "observations"),
    "initiatives": ("initiatives",),
    "places": ("initiative_places",),
    "figures": ("indicators", "observations"),
    "classes": (),
    "own_areas": ("observations",),
    "nation": ("areas", "observations"),
    "comparison": ("areas", "observations"),
    "codes": ("vocabularies",),
    "sources": ("sources",),
}

TITLES = {
    "areas": (
        "Gebieden",
        "Areas",
        "Elk gebied van de kaart met het cijfer, de klasse en de bekende initiatieven. Volledige grenzen.",
        "Each area of the map with the figure, its class and the initiatives known. Boundaries in full.",
    ),
    "nation": (
        "Gebieden van Nederland",
        "Areas of the Netherlands",
        "Elk gebied van het gekozen niveau met het cijfer en de klasse. Gemeenten en wijken van 2022, buurten van "
        "2016.",
        "Each area of the level chosen with the figure and its class. Municipalities and districts of 2022, "
        "neighbourhoods of 2016.",
    ),
    "own_areas": (
        "Eigen gebieden",
        "Own areas",
        "Gebieden die een bezoeker uit buurten heeft samengesteld. Geen officiële gebieden; de cijfers zijn door ons "
        "berekend.",
        "Areas that a visitor put together from neighbourhoods. No official areas; the figures are computed by us.",
    ),
    "initiatives": (
        "Initiatieven",
        "Initiatives",
        "De initiatieven binnen de keuzes; als punten waar zij gebeuren, zonder punt waar dat niet bekend is.",
        "The initiatives under the choices; as points where they happen, without a point where that is not known.",
    ),
    "places": (
        "Plaatsen van initiatieven",
        "Places of initiatives",
        "Een rij per plaats waar een initiatief gebeurt. Een plek van alleen een start of een enkele bijeenkomst staat "
        "er niet in.",
        "A row per place where an initiative happens. A place of only a launch or a single event is not in it.",
    ),
    "figures": (
        "Cijfers",
        "Figures",
        "Wat elk cijfer in dit bestand betekent, hoe het is gemaakt en waarvoor het niet mag dienen.",
        "What each figure in this file means, how it was made and what it may not be used for.",
    ),
    "classes": (
        "Klassen van de kaart",
        "Classes of the map",
        "De klassen met hun grenzen.",
        "The classes with their breaks.",
    ),
    "comparison": (
        "Stad en land",
        "City and country",
        "Hetzelfde cijfer voor de gemeente en voor Nederland.",
        "The same figure for the municipality and for the Netherlands.",
    ),
    "codes": (
        "Codelijsten",
        "Code lists",
        "De naam en de betekenis van elke code in dit bestand.",
        "The name and the meaning of each code in this file.",
    ),
    "dictionary": (
        "Kolommen",
        "Columns",
        "Wat elke kolom van elke tabel betekent.",
        "What each column of each table means.",
    ),
    "sources": (
        "Bronnen",
        "Sources",
        "Bronnen en licenties van dit bestand.",
        "Sources and licences of this file.",
    ),
    "about": (
        "Over dit bestand",
        "About this file",
        "Keuzes, adres, dag, editie en hoe dit aan te halen.",
        "Choices, address, day, edition and how to cite this.",
    ),
}


def title(table: str, language: str) -> tuple[str, str]:
    """Name and description of a table, in Dutch for `nl`, else in English."""
    name_nl, name_en, told_nl, told_en = TITLES[table]
    return (name_nl, told_nl) if language == "nl" else (name_en, told_en)


def _field(name: str, nl: str, en: str, type_: str = "string", **rest: object) -> Field:
    return Field(name, nl, en, type=type_, **rest)  # type: ignore[arg-type]


_STATUS = _field(
    "status",
    "Of de waarde er is, of waarom niet.",
    "Whether the value is there, or why not.",
    vocabulary=OBSERVATION_STATUS,
)
# What an area has on a map of a figure.
_ON_MAP = (
    _field(
        "indicator_id",
        "Cijfer op de kaart, zie de tabel figures.",
        "Figure on the map, see the table figures.",
    ),
    _field(
        "map_class",
        "Klasse op de kaart, zie de tabel classes; 1 heeft de laagste waarden.",
        "Class on the map, see the table classes; 1 has the lowest values.",
        "integer",
    ),
)
_ADDED = {
    "nation": (
        _field(
            "municipality_code", "Gemeente waarin het gebied ligt.", "Municipality in which the area lies."
        ),
        _field("municipality", "Naam van die gemeente.", "Name of that municipality."),
        _field(
            "population",
            "Inwoners op 1 januari 2022; leeg bij buurten en waar niet bekend.",
            "Residents on 1 January 2022; empty for neighbourhoods and where not known.",
            "integer",
        ),
        _STATUS,
        *_ON_MAP,
    ),
    "own_areas": (
        _field(
            "area_code",
            "Code van het eigen gebied, gemaakt van de buurten.",
            "Code of the own area, made of its neighbourhoods.",
        ),
        _field(
            "own_area",
            "Naam die de bezoeker aan het gebied gaf.",
            "Name that the visitor gave to the area.",
        ),
        _field(
            "neighbourhoods",
            "Buurten waaruit het gebied bestaat.",
            "Neighbourhoods of which the area consists.",
            vocabulary=AREA,
            many=True,
        ),
        _field(
            "population",
            "Inwoners: de som over de buurten; leeg als een daarvan niet bekend is.",
            "Residents: the sum over the neighbourhoods; empty where that of one is not known.",
            "integer",
        ),
        _field("population_year", "Jaar van de inwoners.", "Year of the residents.", "integer"),
        _field(
            "status",
            "present, of waarom er geen waarde is: no_mean, parts_missing, far_weights, of de reden van alle buurten.",
            "present, or why there is no value: no_mean, parts_missing, far_weights, or the reason of all of them.",
        ),
        _field(
            "indicator_id",
            "Cijfer op de kaart, zie de tabel figures.",
            "Figure on the map, see the table figures.",
        ),
        _field(
            "computed_as",
            "Hoe wij de waarde hebben berekend: mean (gewogen gemiddelde) of sum (som) van de buurten.",
            "How we computed the value: weighted mean or sum of the neighbourhoods.",
        ),
        _field("weights", "Wiens aantal meetelt in het gemiddelde.", "Whose number counts in the mean."),
        _field(
            "missing_neighbourhoods",
            "Buurten zonder waarde.",
            "Neighbourhoods without a value.",
            vocabulary=AREA,
            many=True,
        ),
        _field(
            "initiatives_known",
            "Initiatieven binnen de keuzes die dit gebied bedienen.",
            "Initiatives under the choices that serve this area.",
            "integer",
        ),
    ),
    "areas": (
        _STATUS,
        _field(
            "parent_code", "Gebied waarin dit gebied ligt.", "Area in which this area lies.", vocabulary=AREA
        ),
        _field(
            "indicator_id",
            "Cijfer op de kaart, zie de tabel figures.",
            "Figure on the map, see the table figures.",
        ),
        _field(
            "initiatives_known",
            "Initiatieven binnen de keuzes die dit gebied bedienen: initiatives_own en initiatives_shared samen.",
            "Initiatives under the choices that serve this area: initiatives_own and initiatives_shared together.",
            "integer",
        ),
        _field(
            "initiatives_own",
            "Daarvan: die geen andere wijk bedienen.",
            "Of these: those that serve no other district.",
            "integer",
        ),
        _field(
            "initiatives_shared",
            "Daarvan: die ook andere wijken bedienen.",
            "Of these: those that serve other districts too.",
            "integer",
        ),
        _field(
            "initiatives_known_to_district_only",
            "Initiatieven die tot de wijk bekend zijn en tot geen buurt daarin; bij een buurt niet meegeteld in "
            "initiatives_known.",
            "Initiatives known to the district and to no neighbourhood in it; of a neighbourhood not counted in "
            "initiatives_known.",
            "integer",
        ),
        _field(
            "initiatives_city",
            "Initiatieven voor de hele stad, nooit opgeteld bij initiatives_known.",
            "Initiatives for the whole city, never added to initiatives_known.",
            "integer",
        ),
        _field(
            "initiatives_region",
            "Initiatieven voor de regio, nooit opgeteld bij initiatives_known.",
            "Initiatives for the region, never added to initiatives_known.",
            "integer",
        ),
        _field(
            "city_in_interval",
            "Of de waarde van de stad in het 95%-interval van het gebied ligt: dan is het gebied niet te onderscheiden "
            "van de stad. Leeg: geen interval, of de stad heeft geen cijfer om tegen af te zetten.",
            "Whether the value of the city lies in the 95% interval of the area: the area then is not distinguishable "
            "from the city. Empty: no interval, or the city has no figure to hold it against.",
            "boolean",
        ),
        _field(
            "people",
            "Hoeveel mensen het percentage ongeveer is: door ons berekend, afgerond; 0 is minder dan 10.",
            "About how many people the percentage is: computed by us, rounded; 0 is fewer than 10.",
            "integer",
        ),
        _field(
            "people_told",
            "Of dat aantal er staat (shown), klein is en daarom niet (small), of niet bekend (unknown). Leeg: het "
            "cijfer is geen percentage van een leeftijdsgroep waarvan we weten hoe groot die is.",
            "Whether that number is shown, small (then left out) or unknown. Empty: the figure is no percentage of an "
            "age group whose size is known.",
        ),
        _field(
            "people_of_year",
            "Jaar van de leeftijdsgroepen waaruit het is berekend.",
            "Year of the age groups from which it is computed.",
            "integer",
        ),
        _field(
            "map_class",
            "Klasse op de kaart, zie de tabel classes; 1 heeft de laagste waarden.",
            "Class on the map, see the table classes; 1 has the lowest values.",
            "integer",
        ),
    ),
    "initiatives": (
        _field(
            "serves_area_codes",
            "Codes van de gebieden die het initiatief bedient, zo precies als bekend.",
            "Codes of the areas that the initiative serves, as precisely as known.",
            many=True,
            vocabulary=AREA,
        ),
        _field(
            "counts_as",
            "Hoe het meetelt voor de gekozen wijken, of zonder keuze voor de hele gemeente.",
            "How it counts for the districts chosen, or without a choice for the whole municipality.",
            vocabulary=GROUP,
        ),
        _field(
            "places_known",
            "Aantal plaatsen waar het gebeurt, zie de tabel places.",
            "Number of places where it happens, see the table places.",
            "integer",
        ),
        _field(
            "start_date_from",
            "Eerste dag die start_date kan betekenen (2021-04 is 2021-04-01).",
            "First day that start_date can mean (2021-04 is 2021-04-01).",
            "date",
        ),
        _field(
            "source_date_from",
            "Eerste dag die source_date kan betekenen (2021 is 2021-01-01).",
            "First day that source_date can mean (2021 is 2021-01-01).",
            "date",
        ),
        _field(
            "last_confirmed",
            "Dag waarop het laatst is bevestigd dat dit nog klopt; leeg: sinds de opname in het register niet.",
            "Day on which it was last confirmed that this is still true; empty: not since it was entered.",
            "date",
        ),
    ),
    "places": (
        _field("name", "Naam van het initiatief.", "Name of the initiative."),
        _field(
            "precision",
            "Hoe precies de coördinaten zijn.",
            "How precise the coordinates are.",
            vocabulary=PRECISION,
        ),
        _field(
            "confidence",
            "Zekerheid van de coördinaten.",
            "Confidence in the coordinates.",
            vocabulary=CONFIDENCE,
        ),
    ),
    "figures": (
        _field(
            "column",
            "Kolom van de tabel areas waarin dit cijfer staat.",
            "Column of the table areas that holds it.",
        ),
        _field(
            "year",
            "Jaar van het cijfer in dit bestand; leeg: nu geteld.",
            "Year of the figure in this file; empty: counted now.",
            "integer",
        ),
    ),
    "classes": (
        _field(
            "map_class",
            "Nummer van de klasse; 1 heeft de laagste waarden.",
            "Number of the class; 1 has the lowest values.",
            "integer",
        ),
        _field(
            "lower",
            "Ondergrens; hoort er alleen bij de eerste klasse zelf bij.",
            "Lower break; itself part of the first class only.",
            "number",
        ),
        _field("upper", "Bovengrens; hoort er zelf bij.", "Upper break; itself part of the class.", "number"),
        _field(
            "begins",
            "Laagste waarde van de klasse, met de decimalen van het cijfer; bij eigen grenzen is dat de grens.",
            "Lowest value of the class, in the decimals of the figure; with own thresholds this is the threshold.",
            "number",
        ),
        _field("areas", "Aantal gebieden in de klasse.", "Number of areas in the class.", "integer"),
        _field(
            "class_name",
            "Wat de klasse zegt; leeg: alleen de grenzen.",
            "What the class says; empty: only the breaks.",
            vocabulary=CLASS_NAME,
        ),
        _field("scheme", "Hoe de klassen zijn gemaakt.", "How the classes were made.", vocabulary=SCHEME),
    ),
    "comparison": (
        _field(
            "indicator_id",
            "Cijfer op de kaart, zie de tabel figures.",
            "Figure on the map, see the table figures.",
        ),
        _STATUS,
    ),
    "codes": (
        _field(
            "vocabulary",
            "Codelijst; de tabel dictionary noemt haar bij elke kolom.",
            "Code list; the table dictionary names it with each column.",
        ),
    ),
    "about": (
        _field("key", "Wat er staat.", "What stands there."),
        _field("value", "De tekst.", "The text."),
    ),
}


def meaning(table: str, column: str) -> Field:
    """The field of a column of a table in a download. Raises KeyError for a column without a description."""
    for field in _ADDED.get(table, ()):
        if field.name == column:
            return field
    for name in OF_CONTRACT.get(table, ()):
        if column in schema.table(name).columns:
            return schema.table(name).field(column)
    raise KeyError(f"column {column!r} of table {table!r} of the export has no description")


@dataclass(frozen=True)
class Code:
    """A code that the contract's vocabularies do not have: its list, names and definitions."""

    vocabulary: str
    code: str
    name_nl: str
    name_en: str
    definition_nl: str = ""
    definition_en: str = ""


CODES = (
    Code(
        OBSERVATION_STATUS,
        "not_published",
        "Niet gepubliceerd",
        "Not published",
        "De brontabel heeft voor dit gebied, jaar en deze leeftijd geen rij.",
        "The source table has no row for this area, year and age.",
    ),
    Code(CONFIDENCE, "high", "Hoog", "High", "Hetzelfde adres of gebouw.", "The same address or building."),
    Code(
        CONFIDENCE,
        "medium",
        "Middel",
        "Medium",
        "Dezelfde naam of een nummer vlakbij.",
        "The same name, or a number close by.",
    ),
    Code(CONFIDENCE, "low", "Laag", "Low", "Een vermoeden.", "A guess."),
    Code(
        GROUP,
        "own",
        "Eigen",
        "Own",
        "Bedient de gekozen wijken en geen andere.",
        "Serves the districts chosen and no other.",
    ),
    Code(GROUP, "shared", "Gedeeld", "Shared", "Bedient ook andere wijken.", "Serves other districts too."),
    Code(
        GROUP,
        "around",
        "Van de wijk eromheen",
        "Of the district around",
        "Bekend tot de wijk, niet tot de buurt.",
        "Known to the district, not to the neighbourhood.",
    ),
    Code(
        GROUP,
        "city",
        "Hele stad",
        "Whole city",
        "Voor de hele stad; staat naast het aantal van een wijk.",
        "For the whole city; stands beside the number of a district.",
    ),
    Code(
        GROUP,
        "region",
        "Regio",
        "Region",
        "Voor de regio; staat naast het aantal van een wijk.",
        "For the region; stands beside the number of a district.",
    ),
    Code(
        GROUP,
        "unknown",
        "Gebied niet bekend",
        "Area not known",
        "Niet bekend voor welk gebied.",
        "Not known for which area.",
    ),
    Code(SCHEME, "city", "Afstand tot de waarde van de stad", "Distance from the city's value"),
    Code(
        SCHEME,
        "quantiles",
        "Kwantielen",
        "Quantiles",
        "Evenveel gebieden in elke klasse.",
        "As many areas in each class.",
    ),
    Code(SCHEME, "equal", "Gelijke afstanden", "Equal intervals"),
    Code(SCHEME, "natural", "Natuurlijke breuken (Fisher-Jenks)", "Natural breaks (Fisher-Jenks)"),
    Code(SCHEME, "std", "Standaarddeviatie", "Standard deviation"),
    Code(
        SCHEME,
        "own",
        "Eigen grenzen",
        "Own thresholds",
        "De lezer gaf de grenzen; een klasse kan dus zonder gebieden zijn.",
        "The reader gave the thresholds, so a class can be without areas.",
    ),
    Code(CLASS_NAME, "much_less", "Veel minder gunstig dan de stad", "Much less favourable than the city"),
    Code(CLASS_NAME, "less", "Minder gunstig dan de stad", "Less favourable than the city"),
    Code(CLASS_NAME, "same", "Ongeveer gelijk aan de stad", "About the same as the city"),
    Code(CLASS_NAME, "more", "Gunstiger dan de stad", "More favourable than the city"),
    Code(CLASS_NAME, "much_more", "Veel gunstiger dan de stad", "Much more favourable than the city"),
    Code(CLASS_NAME, "below", "Onder de stad", "Below the city"),
    Code(CLASS_NAME, "above", "Boven de stad", "Above the city"),
)
