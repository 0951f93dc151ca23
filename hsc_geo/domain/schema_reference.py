"""The contract of the tables of codes, sources and what was left out."""

from __future__ import annotations

from hsc_geo.domain.contract import Field, Table

VOCABULARIES = Table(
    "vocabularies",
    "Woordenlijsten",
    "Vocabularies",
    "Elke code die in de tabellen voorkomt, met naam en definitie in twee talen.",
    "Every code used in the tables, with its name and definition in two languages.",
    (
        Field(
            "vocabulary",
            "Woordenlijst waartoe de code behoort.",
            "Vocabulary to which the code belongs.",
            required=True,
        ),
        Field("code", "De code.", "The code.", required=True),
        Field(
            "parent",
            "Code van de groep waartoe deze code behoort; leeg: geen.",
            "Code of the group to which this code belongs; empty: none.",
        ),
        Field("name_nl", "Naam in het Nederlands.", "Name in Dutch.", required=True),
        Field("name_en", "Naam in het Engels.", "Name in English.", required=True),
        Field("definition_nl", "Definitie in het Nederlands.", "Definition in Dutch."),
        Field("definition_en", "Definitie in het Engels.", "Definition in English."),
        Field(
            "sort_order",
            "Volgorde binnen de woordenlijst.",
            "Order within the vocabulary.",
            type="integer",
            minimum=0,
        ),
    ),
    ("vocabulary", "code"),
)

SOURCES = Table(
    "sources",
    "Bronnen",
    "Sources",
    "Waar de gegevens vandaan komen, onder welke licentie en van welke datum.",
    "Where the data come from, under which licence and of what date.",
    (
        Field("source_id", "Sleutel van de bron.", "Key of the source.", required=True, unique=True),
        Field("title", "Titel van de bron.", "Title of the source.", required=True),
        Field("publisher", "Uitgever of maker.", "Publisher or maker.", required=True),
        Field("licence", "Licentie.", "Licence."),
        Field("licence_url", "Webpagina van de licentie.", "Web page of the licence.", link=True),
        Field("url", "Webpagina van de bron.", "Web page of the source.", link=True),
        Field("vintage", "Uitgave of peildatum.", "Edition or reference date."),
        Field("note_nl", "Toelichting in het Nederlands.", "Note in Dutch."),
        Field("note_en", "Toelichting in het Engels.", "Note in English."),
    ),
    ("source_id",),
)

LEFT_OUT = Table(
    "left_out",
    "Weggelaten of niet gekoppeld",
    "Left out or not matched",
    "Wat de bouw van dit pakket heeft weggelaten of niet kon koppelen, met de reden.",
    "What the build of this package left out or could not match, with the reason.",
    (
        Field("file", "Bronbestand.", "Source file.", required=True),
        Field(
            "row",
            "Rij in het bronbestand (de kop is rij 1); leeg: het hele bestand of een ontbrekende rij.",
            "Row in the source file (the header is row 1); empty: the whole file or an absent row.",
            type="integer",
            minimum=2,
        ),
        Field(
            "key",
            "Wat het betreft: code, naam of kolom.",
            "What it is about: code, name or column.",
            required=True,
        ),
        Field("reason_code", "Soort reden.", "Kind of reason.", required=True, pattern=r"[a-z_]+"),
        Field("reason_nl", "Reden in het Nederlands.", "Reason in Dutch.", required=True),
        Field("reason_en", "Reden in het Engels.", "Reason in English.", required=True),
    ),
    (),
)
