"""The contract of the tables of indicators and observations."""

from __future__ import annotations

from hsc_geo.domain.contract import Field, ForeignKey, Table

AGE_GROUPS = ("18plus", "18to64", "65plus", "0to22", "15to74", "all")

INDICATORS = Table(
    "indicators",
    "Indicatoren",
    "Indicators",
    "Wat elk cijfer betekent: naam, definitie, eenheid, soort, bron, methode, kanttekeningen en waarvoor het niet mag "
    "dienen.",
    "What each figure means: name, definition, unit, kind, source, method, caveats and what it may not be used for.",
    (
        Field(
            "indicator_id",
            "Sleutel: tabel en kolomnaam zonder volgnummer.",
            "Key: table and column name without its number.",
            required=True,
            unique=True,
        ),
        Field(
            "table_id", "Brontabel, bijvoorbeeld 50090NED.", "Source table, such as 50090NED.", required=True
        ),
        Field(
            "stem",
            "Kolomnaam in de brontabel zonder volgnummer.",
            "Column name in the source table, without its number.",
            required=True,
        ),
        Field(
            "concept",
            "Sleutel van wat er gemeten is; gelijk voor indicatoren uit verschillende tabellen die hetzelfde meten. "
            "Cijfers van één begrip uit twee tabellen zijn nooit één reeks.",
            "Key of what is measured; the same for indicators of different tables that measure the same thing. "
            "Figures of one concept from two tables are never one series.",
            required=True,
            pattern=r"[a-z][a-z0-9]*(_[a-z0-9]+)*",
        ),
        Field(
            "theme",
            "Thema van de indicator.",
            "Theme of the indicator.",
            required=True,
            vocabulary="indicator_theme",
        ),
        Field("name_nl", "Naam in het Nederlands.", "Name in Dutch.", required=True),
        Field("name_en", "Naam in het Engels.", "Name in English.", required=True),
        Field("definition_nl", "Definitie in het Nederlands.", "Definition in Dutch.", required=True),
        Field("definition_en", "Definitie in het Engels.", "Definition in English.", required=True),
        Field("unit", "Eenheid van de waarde.", "Unit of the value.", required=True, vocabulary="unit"),
        Field(
            "decimals",
            "Aantal decimalen waarmee de waarde wordt getoond.",
            "Decimals with which the value is shown.",
            type="integer",
            required=True,
            minimum=0,
            maximum=6,
        ),
        Field(
            "direction",
            "Of een hoge waarde gunstig is.",
            "Whether a high value is favourable.",
            required=True,
            vocabulary="direction",
        ),
        Field(
            "kind",
            "Hoe het cijfer tot stand kwam.",
            "How the figure came about.",
            required=True,
            vocabulary="indicator_kind",
        ),
        Field("years", "Jaren waarvoor waarden bestaan.", "Years for which values exist.", many=True),
        Field(
            "age_groups",
            "Leeftijdsgroepen waarvoor waarden bestaan.",
            "Age groups for which values exist.",
            many=True,
            vocabulary="age_group",
        ),
        Field(
            "levels",
            "Niveaus waarvoor waarden bestaan.",
            "Levels for which values exist.",
            many=True,
            vocabulary="area_level",
        ),
        Field(
            "classification_year",
            "Jaar van de gebiedsindeling van de brontabel.",
            "Year of the area classification of the source table.",
            type="integer",
            minimum=1990,
            maximum=2100,
        ),
        Field("method_nl", "Methode in het Nederlands.", "Method in Dutch.", required=True),
        Field("method_en", "Methode in het Engels.", "Method in English.", required=True),
        Field("caveats_nl", "Kanttekeningen in het Nederlands.", "Caveats in Dutch."),
        Field("caveats_en", "Kanttekeningen in het Engels.", "Caveats in English."),
        Field(
            "not_for_nl",
            "Waarvoor het cijfer niet mag dienen, in het Nederlands.",
            "What the figure may not be used for, in Dutch.",
        ),
        Field(
            "not_for_en",
            "Waarvoor het cijfer niet mag dienen, in het Engels.",
            "What the figure may not be used for, in English.",
        ),
        Field("source_id", "Bron van het cijfer.", "Source of the figure.", required=True),
        Field(
            "default_rank",
            "Volgorde in keuzelijsten; lager staat eerder; leeg: geen voorkeur.",
            "Order in lists of choice; lower comes first; empty: no preference.",
            type="integer",
            minimum=0,
        ),
    ),
    ("indicator_id",),
    (ForeignKey("source_id", "sources", "source_id"),),
)

OBSERVATIONS = Table(
    "observations",
    "Waarnemingen",
    "Observations",
    "Alle cijfers in één lange tabel: een rij per gebied, indicator, jaar en leeftijdsgroep, ook waar de waarde "
    "ontbreekt.",
    "All figures in one long table: a row per area, indicator, year and age group, also where the value is missing.",
    (
        Field(
            "area_code",
            "Gebied waarvoor het cijfer geldt.",
            "Area for which the figure holds.",
            required=True,
        ),
        Field("indicator_id", "Indicator.", "Indicator.", required=True),
        Field(
            "year",
            "Jaar van het cijfer.",
            "Year of the figure.",
            type="integer",
            required=True,
            minimum=1990,
            maximum=2100,
        ),
        Field("age_group", "Leeftijdsgroep.", "Age group.", required=True, vocabulary="age_group"),
        Field(
            "value",
            "Waarde in de eenheid van de indicator; leeg: ontbreekt, zie status.",
            "Value in the unit of the indicator; empty: missing, see status.",
            type="number",
        ),
        Field(
            "lower",
            "Ondergrens van het 95%-interval; leeg: geen interval in deze uitgave.",
            "Lower limit of the 95% interval; empty: no interval in this edition.",
            type="number",
        ),
        Field(
            "upper",
            "Bovengrens van het 95%-interval; leeg: geen interval in deze uitgave.",
            "Upper limit of the 95% interval; empty: no interval in this edition.",
            type="number",
        ),
        Field(
            "status",
            "Of de waarde er is, is onderdrukt of niet is gemeten.",
            "Whether the value is present, suppressed or not measured.",
            required=True,
            vocabulary="observation_status",
        ),
    ),
    ("area_code", "indicator_id", "year", "age_group"),
    (ForeignKey("area_code", "areas", "area_code"), ForeignKey("indicator_id", "indicators", "indicator_id")),
)
