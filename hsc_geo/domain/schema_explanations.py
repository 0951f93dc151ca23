"""The contract of the municipality's own explanations of figures."""

from __future__ import annotations

from hsc_geo.domain.contract import Field, ForeignKey, Table

EXPLANATIONS = Table(
    "explanations",
    "Toelichtingen",
    "Explanations",
    "Wat de gemeente zelf bij een cijfer van een wijk of buurt vertelt, met een afdeling om te vragen. Leeg zolang de "
    "gemeente er geen heeft gegeven.",
    "What the municipality itself says of a figure of a district or neighbourhood, with an office to ask. Empty "
    "as long as the municipality has given none.",
    (
        Field(
            "explanation_id",
            "Sleutel van de toelichting.",
            "Key of the explanation.",
            required=True,
            unique=True,
            pattern=r"[a-z0-9-]+",
        ),
        Field("area_code", "De wijk of buurt.", "The district or neighbourhood.", required=True),
        Field(
            "indicator_id",
            "Het cijfer; leeg: alle cijfers van het gebied.",
            "The figure; empty: all figures of the area.",
        ),
        Field("text_nl", "De toelichting in het Nederlands.", "The explanation in Dutch.", required=True),
        Field("text_en", "De toelichting in het Engels.", "The explanation in English.", required=True),
        Field("office", "Afdeling die de toelichting gaf.", "Office that gave it.", required=True),
        Field(
            "contact_url",
            "Waar de afdeling te bereiken is: een webpagina of mailto: met een postbus van de afdeling.",
            "Where to reach the office: a web page, or mailto: with a mailbox of the office.",
            required=True,
        ),
        Field("date", "Dag van de toelichting.", "Day of the explanation.", type="date", required=True),
        Field(
            "source_url",
            "Openbare pagina waar het staat; leeg: alleen hier.",
            "Public page that says it; empty: said here only.",
            link=True,
        ),
    ),
    ("explanation_id",),
    (
        ForeignKey("area_code", "areas", "area_code"),
        ForeignKey("indicator_id", "indicators", "indicator_id"),
    ),
)
