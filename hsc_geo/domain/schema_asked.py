"""The contract of the table of areas that were asked for an ambition, where nothing was found."""

from __future__ import annotations

from hsc_geo.domain.contract import Field, ForeignKey, Table

ASKED_ID = r"ASK-(GM\d{4}|WK\d{6}|BU\d{8})-[A-Z]\d+"
DAY = r"\d{4}-\d{2}-\d{2}"


def asked_id(area_code: str, ambition_code: str) -> str:
    """The key of what was asked of an area for an ambition."""
    return f"ASK-{area_code}-{ambition_code}"


ASKED_NONE = Table(
    "asked_none",
    "Gevraagd, niets gevonden",
    "Asked, none found",
    "Waar iemand navraag deed naar initiatieven voor een ambitie en niets vond. Geen rij: niet nagevraagd.",
    "Where someone asked for initiatives for an ambition and found none. No row: not asked.",
    (
        Field(
            "asked_id",
            "Sleutel: gebied en ambitie.",
            "Key: area and ambition.",
            required=True,
            unique=True,
            pattern=ASKED_ID,
        ),
        Field("area_code", "Gebied dat is nagevraagd.", "Area that was asked for.", required=True),
        Field(
            "ambition_code",
            "Ambitie waarnaar is gevraagd.",
            "Ambition that was asked for.",
            required=True,
            vocabulary="ambition",
        ),
        Field("asked_on", "Dag van de navraag.", "Day of asking.", required=True, pattern=DAY),
        Field(
            "source_kind",
            "Soort bron: een openbare pagina, of een organisatie zelf.",
            "Kind of source: a public page, or an organisation itself.",
            required=True,
            vocabulary="source_kind",
        ),
        Field(
            "source",
            "Welke organisatie of pagina het zegt; nooit een persoon.",
            "Which organisation or page says so; never a person.",
            required=True,
        ),
        Field("source_url", "Webpagina van de bron.", "Web page of the source.", link=True),
        Field("note", "Opmerking.", "Note."),
    ),
    ("asked_id",),
    (ForeignKey("area_code", "areas", "area_code"),),
)
