"""The contract of the register's tables: initiatives, where they happen, whom they serve, organisations, venues."""

from __future__ import annotations

from hsc_geo.domain.contract import Field, ForeignKey, Table
from hsc_geo.domain.schema_asked import DAY

INITIATIVE_ID = r"[A-Z]{3}-\d{3,}"
ORGANISATION_ID = r"ORG-\d{3,}"
CONFIRMED = "last_confirmed"
PARTIAL_DATE = r"\d{4}(-\d{2}(-\d{2})?)?"
AREA_BASES = ("coordinates", "stated", "inferred", "scope")
COORDINATE_PRECISIONS = ("address", "street")
CONFIDENCES = ("high", "medium", "low")
LOCATION, EVENT = PLACE_ROLES = ("location", "event")
PUBLIC_PAGE, ORGANISATION_ITSELF = "public_page", "organisation"  # kinds of source
OWN_WORD = "O"  # the level of evidence of what an organisation says of itself
STATED, NAMED, INFERRED = (
    "stated",
    "proposed",
    "inferred",
)  # what ambitions rest on: source, proposer, ourselves
NOT_TRANSLATED = (
    "not translated yet"  # the remark, in inferred_fields, on a text that stands in one language only
)

_IN_WGS84 = ("graden WGS84; leeg: geen coördinaten gevonden.", "degrees WGS84; empty: no coordinates found.")


def _source_fields() -> tuple[Field, ...]:
    return (
        Field(
            "source_kind",
            "Soort bron: een openbare pagina, of de organisatie zelf.",
            "Kind of source: a public page, or the organisation itself.",
            required=True,
            vocabulary="source_kind",
        ),
        Field("source_title", "Titel van de bron.", "Title of the source."),
        Field("source_publisher", "Uitgever van de bron.", "Publisher of the source.", required=True),
        Field(
            "source_url",
            "Webpagina van de bron; alleen leeg als de organisatie zelf de bron is.",
            "Web page of the source; empty only where the organisation itself is the source.",
            link=True,
        ),
        Field(
            "source_date",
            "Datum van de bron, zo precies als bekend; leeg: niet gevonden.",
            "Date of the source, as precise as known; empty: not found.",
            pattern=PARTIAL_DATE,
        ),
    )


def _confirmed() -> Field:
    return Field(
        CONFIRMED,
        "Dag waarop het laatst is bevestigd dat dit nog klopt; leeg: sinds de opname in het register niet.",
        "Day on which it was last confirmed that this is still true; empty: not since it was entered.",
        pattern=DAY,
    )


def _year(name: str, nl: str, en: str) -> Field:
    return Field(name, nl, en, type="integer", minimum=1900, maximum=2100)


def _coordinates() -> tuple[Field, ...]:
    return (
        Field(
            "latitude",
            "Breedtegraad in " + _IN_WGS84[0],
            "Latitude in " + _IN_WGS84[1],
            type="number",
            minimum=-90,
            maximum=90,
        ),
        Field(
            "longitude",
            "Lengtegraad in " + _IN_WGS84[0],
            "Longitude in " + _IN_WGS84[1],
            type="number",
            minimum=-180,
            maximum=180,
        ),
    )


def _about_coordinates() -> tuple[Field, ...]:
    return (
        Field(
            "precision",
            "Precisie van de coördinaten; postcode (6 tekens) telt als straat.",
            "Precision of the coordinates; a six-character postcode counts as street.",
            enum=COORDINATE_PRECISIONS,
        ),
        Field(
            "confidence", "Zekerheid van de coördinaten.", "Confidence in the coordinates.", enum=CONFIDENCES
        ),
        Field("coordinate_source", "Herkomst van de coördinaten.", "Where the coordinates come from."),
    )


def _ladder() -> tuple[Field, ...]:
    return (
        Field(
            "ladder",
            "Hoe ver het is, van plan tot erkende interventie; leeg: geen bron zegt het.",
            "How far it has come, from plan to recognised intervention; empty: no source says.",
            vocabulary="ladder",
        ),
        Field(
            "ladder_basis_en",
            "Waarop die stap berust, in het Engels; leeg: afgeleid van de stand, of opgegeven bij de bron.",
            "What that step rests on, in English; empty: inferred from the state, or given with the source.",
        ),
        Field("ladder_basis_nl", "Waarop die stap berust.", "What that step rests on, in Dutch."),
    )


def _continuity() -> tuple[Field, ...]:
    return (
        Field(
            "funders",
            "Wie betaalt, zoals de bron het noemt; leeg: geen bron zegt het.",
            "Who pays, as the source names them; empty: no source says.",
            many=True,
        ),
        Field(
            "run_by",
            "Wie het uitvoert; leeg: geen bron zegt het.",
            "Who runs it; empty: no source says.",
            vocabulary="run_by",
        ),
        Field(
            "continuity_basis_en",
            "Wat de bron zegt over wie betaalt en wie het uitvoert, in het Engels.",
            "What the source says of who pays and who runs it, in English.",
        ),
        Field(
            "continuity_basis_nl",
            "Wat de bron zegt over wie betaalt en wie het uitvoert.",
            "What the source says of who pays and who runs it, in Dutch.",
        ),
    )


def _both(name: str, nl: str, en: str) -> tuple[Field, ...]:
    """A text that people give, in English and in Dutch."""
    return (
        Field(
            f"{name}_en", f"{nl}, in het Engels; leeg: niet bekend.", f"{en}, in English; empty: not known."
        ),
        Field(f"{name}_nl", f"{nl}; leeg: niet bekend.", f"{en}, in Dutch; empty: not known."),
    )


def _practical() -> tuple[Field, ...]:
    return (
        *_both(
            "schedule",
            "Dagen en tijden",
            "Days and times",
        ),
        *_both("cost", "Wat meedoen kost", "What taking part costs"),
        *_both(
            "how_to_join",
            "Hoe men meedoet of zich aanmeldt",
            "How to join or sign up",
        ),
        Field(
            "contact",
            "Waar de organisatie te bereiken is (postvak, telefoonnummer of webpagina), nooit van een persoon.",
            "Where the organisation can be reached (mailbox, telephone number or web page), never of a person.",
        ),
    )


PRACTICAL_FIELDS = tuple(field.name for field in _practical())
LADDER_FIELDS = tuple(field.name for field in (*_ladder(), *_continuity()))  # which the first form lacked

INITIATIVES = Table(
    "initiatives",
    "Initiatieven",
    "Initiatives",
    "Bekende initiatieven voor gezondheid en welzijn, samengesteld uit openbare pagina's. Een lege cel betekent 'niet "
    "gevonden', nooit 'nee'.",
    "Known initiatives for health and well-being, compiled from public pages. An empty cell means 'not found', "
    "never 'no'.",
    (
        Field(
            "initiative_id",
            "Sleutel van het initiatief.",
            "Key of the initiative.",
            required=True,
            unique=True,
            pattern=INITIATIVE_ID,
        ),
        Field("name", "Naam zoals de bron die schrijft.", "Name as the source writes it.", required=True),
        Field(
            "organisation",
            "Trekkende organisatie(s), zoals de bron die schrijft.",
            "Leading organisation(s), as the source writes them.",
            required=True,
            many=True,
        ),
        Field(
            "partners",
            "Partners, zoals de bron die schrijft.",
            "Partners, as the source writes them.",
            many=True,
        ),
        Field("sector", "Sector(en).", "Sector(s).", required=True, many=True, vocabulary="sector"),
        Field(
            "ambition_codes",
            "Ambities van het akkoord waaraan het bijdraagt.",
            "Ambitions of the agreement to which it contributes.",
            required=True,
            many=True,
            vocabulary="ambition",
        ),
        Field(
            "ambition_basis",
            "Of de bron de ambities noemt of dat ze zijn afgeleid.",
            "Whether the source states the ambitions or they were inferred.",
            required=True,
            vocabulary="ambition_basis",
        ),
        Field("theme", "Thema.", "Theme.", required=True, vocabulary="theme"),
        Field(
            "target_group_en",
            "Doelgroep in het Engels, zoals in het register.",
            "Target group in English, as in the register.",
        ),
        Field("target_group_nl", "Doelgroep in het Nederlands.", "Target group in Dutch."),
        Field("life_stages", "Levensfasen.", "Stages of life.", many=True, vocabulary="life_stage"),
        Field(
            "district_as_stated",
            "Wijk of gebied zoals de bron die noemt.",
            "District or area as the source names it.",
            many=True,
        ),
        Field(
            "neighbourhood_as_stated",
            "Buurt zoals de bron die noemt.",
            "Neighbourhood as the source names it.",
            many=True,
        ),
        Field(
            "precision",
            "Hoe precies bekend is welk gebied het initiatief bedient.",
            "How precisely the area that the initiative serves is known.",
            required=True,
            vocabulary="precision",
        ),
        Field(
            "activity_types",
            "Soorten activiteit, in de woorden van het register.",
            "Types of activity, in the register's words.",
            required=True,
            many=True,
            vocabulary="activity_type",
        ),
        Field(
            "activity_groups",
            "Groepen waarin die soorten vallen.",
            "Groups into which those types fall.",
            required=True,
            many=True,
            vocabulary="activity_group",
        ),
        Field("status", "Laatst bekende stand.", "Last known state.", required=True, vocabulary="status"),
        Field(
            "status_note_en",
            "Toelichting op de stand in het Engels, zoals in het register.",
            "Note on the state in English, as in the register.",
        ),
        Field("status_note_nl", "Toelichting op de stand in het Nederlands.", "Note on the state in Dutch."),
        Field(
            "status_as_of",
            "Wanneer die stand gold, als tekst zoals in het register (ook 'after 2022-12'); leeg: niet "
            "bekend.",
            "When that state held, as text as in the register (also 'after 2022-12'); empty: not known.",
        ),
        _year(
            "last_evidence_year",
            "Jaar van het laatste bewijs; leeg: niet bekend.",
            "Year of the latest evidence; empty: not known.",
        ),
        _year("start_year", "Beginjaar; leeg: niet gevonden.", "First year; empty: not found."),
        _year("end_year", "Eindjaar; leeg: niet gevonden.", "Last year; empty: not found."),
        Field(
            "start_date",
            "Begindatum, zo precies als bekend.",
            "Start date, as precise as known.",
            pattern=PARTIAL_DATE,
        ),
        Field("description_en", "Beschrijving in het Engels.", "Description in English.", required=True),
        Field("description_nl", "Beschrijving in het Nederlands.", "Description in Dutch.", required=True),
        *_practical(),
        *_source_fields(),
        Field("source2_url", "Webpagina van een tweede bron.", "Web page of a second source.", link=True),
        Field(
            "evidence_level",
            "Niveau van het bewijs.",
            "Level of evidence.",
            required=True,
            vocabulary="evidence_level",
        ),
        *_ladder(),
        *_continuity(),
        Field(
            "inferred_fields",
            "Velden die geen bron noemt, in de woorden van het register.",
            "Fields that no source states, in the register's words.",
            many=True,
        ),
        Field("note_en", "Opmerking in het Engels.", "Note in English."),
        Field("note_nl", "Opmerking in het Nederlands.", "Note in Dutch."),
        _confirmed(),
    ),
    ("initiative_id",),
)

INITIATIVE_AREAS = Table(
    "initiative_areas",
    "Gebieden van initiatieven",
    "Areas of initiatives",
    "Welke gebieden een initiatief bedient en hoe we dat weten. Een buurt houdt haar wijk in; die staat er niet nog "
    "eens bij. Geen rij: onbekend.",
    "Which areas an initiative serves and how we know. A neighbourhood implies its district, which is not listed "
    "again. No row: unknown.",
    (
        Field("initiative_id", "Initiatief.", "Initiative.", required=True),
        Field("area_code", "Gebied dat het bedient.", "Area that it serves.", required=True),
        Field(
            "precision",
            "Hoe precies het gebied bekend is.",
            "How precisely the area is known.",
            required=True,
            vocabulary="precision",
        ),
        Field(
            "basis",
            "Waarop de koppeling berust: coördinaten, genoemd, afgeleid of reikwijdte.",
            "What the link rests on: coordinates, stated, inferred or scope.",
            required=True,
            enum=AREA_BASES,
        ),
        Field(
            "basis_note",
            "De woorden of de plek in de bron die tot het gebied leidden.",
            "The words or the venue in the source that led to the area.",
        ),
    ),
    ("initiative_id", "area_code"),
    (
        ForeignKey("initiative_id", "initiatives", "initiative_id"),
        ForeignKey("area_code", "areas", "area_code"),
    ),
)

INITIATIVE_PLACES = Table(
    "initiative_places",
    "Plaatsen van initiatieven",
    "Places of initiatives",
    "Waar een initiatief gebeurt, een rij per plaats. Dat is iets anders dan wie het bedient: dat staat in "
    "initiative_areas. Geen rij: niet bekend.",
    "Where an initiative happens, a row per place. That is another thing than whom it serves, which is in "
    "initiative_areas. No row: not known.",
    (
        Field("initiative_id", "Initiatief.", "Initiative.", required=True),
        Field(
            "place_number",
            "Volgnummer van de plaats binnen het initiatief.",
            "Number of the place within the initiative.",
            type="integer",
            required=True,
            minimum=1,
        ),
        Field(
            "role",
            "Of het hier gebeurt, of dat alleen een start of een enkele bijeenkomst hier was.",
            "Whether it happens here, or only a launch or a single event was here.",
            required=True,
            vocabulary="place_role",
        ),
        Field(
            "venue",
            "Naam van de plek, zoals de bron die schrijft.",
            "Name of the venue, as the source writes it.",
        ),
        Field("address", "Adres van de plek.", "Address of the venue."),
        *_coordinates(),
        *_about_coordinates(),
        Field(
            "coordinate_note", "Opmerking bij de coördinaten (Engels).", "Note on the coordinates (English)."
        ),
    ),
    ("initiative_id", "place_number"),
    (ForeignKey("initiative_id", "initiatives", "initiative_id"),),
)

INITIATIVE_ORGANISATIONS = Table(
    "initiative_organisations",
    "Organisaties van initiatieven",
    "Organisations of initiatives",
    "Wie een initiatief trekt en wie meedoet, met de organisatie in dit pakket waar die te herkennen is.",
    "Who leads an initiative and who takes part, with the organisation in this package where it can be recognised.",
    (
        Field("initiative_id", "Initiatief.", "Initiative.", required=True),
        Field(
            "organisation_name",
            "Naam zoals de bron die schrijft.",
            "Name as the source writes it.",
            required=True,
        ),
        Field(
            "organisation_id",
            "Organisatie in dit pakket; leeg: niet in de lijst.",
            "Organisation in this package; empty: not in the list.",
        ),
        Field(
            "role",
            "Rol in het initiatief.",
            "Role in the initiative.",
            required=True,
            enum=("lead", "partner"),
        ),
    ),
    ("initiative_id", "organisation_name", "role"),
    (
        ForeignKey("initiative_id", "initiatives", "initiative_id"),
        ForeignKey("organisation_id", "organisations", "organisation_id"),
    ),
)

ORGANISATIONS = Table(
    "organisations",
    "Organisaties",
    "Organisations",
    "Organisaties die in openbare bronnen rond gezondheid en welzijn in de stad worden genoemd.",
    "Organisations named in public sources on health and well-being in the city.",
    (
        Field(
            "organisation_id",
            "Sleutel van de organisatie.",
            "Key of the organisation.",
            required=True,
            unique=True,
            pattern=ORGANISATION_ID,
        ),
        Field("name", "Naam zoals de bron die schrijft.", "Name as the source writes it.", required=True),
        Field("sector", "Sector.", "Sector.", required=True, vocabulary="sector"),
        Field(
            "organisation_type_en",
            "Soort organisatie in het Engels, zoals in het register.",
            "Type of organisation in English, as in the register.",
        ),
        Field(
            "organisation_type_nl", "Soort organisatie in het Nederlands.", "Type of organisation in Dutch."
        ),
        Field(
            "agreement_role",
            "Rol in het preventieakkoord, voor zover aangetoond.",
            "Role in the prevention agreement, as far as evidenced.",
            required=True,
            vocabulary="agreement_role",
        ),
        Field(
            "agreement_role_note_en",
            "Toelichting op die rol in het Engels, zoals in het register.",
            "Note on that role in English, as in the register.",
        ),
        Field(
            "agreement_role_note_nl",
            "Toelichting op die rol in het Nederlands.",
            "Note on that role in Dutch.",
        ),
        Field(
            "centre_role_en",
            "Rol in de organisatie die de kaart bijhoudt, in het Engels, zoals in het register.",
            "Role in the organisation that keeps the map, in English, as in the register.",
        ),
        Field(
            "centre_role_nl",
            "Rol in de organisatie die de kaart bijhoudt, in het Nederlands.",
            "Role in the organisation that keeps the map, in Dutch.",
        ),
        Field(
            "networks",
            "Andere netwerken waarin de organisatie meedoet.",
            "Other networks in which the organisation takes part.",
            many=True,
        ),
        Field(
            "district_or_area",
            "Wijk of gebied waar de organisatie werkt, zoals in het register.",
            "District or area in which the organisation works, as in the register.",
        ),
        Field("address", "Adres.", "Address."),
        Field("website", "Website.", "Website.", link=True),
        Field(
            "public_contact",
            "Openbaar postvak van de organisatie, nooit van een persoon.",
            "Public mailbox of the organisation, never of a person.",
        ),
        Field("description_en", "Beschrijving in het Engels.", "Description in English.", required=True),
        Field("description_nl", "Beschrijving in het Nederlands.", "Description in Dutch.", required=True),
        *_source_fields(),
        Field(
            "inferred_fields",
            "Velden die geen bron noemt, in de woorden van het register.",
            "Fields that no source states, in the register's words.",
            many=True,
        ),
        _confirmed(),
    ),
    ("organisation_id",),
)

VENUES = Table(
    "venues",
    "Plekken",
    "Venues",
    "Gebouwen en plekken die door initiatieven worden gebruikt.",
    "Buildings and places used by initiatives.",
    (
        Field("venue", "Naam van de plek.", "Name of the venue.", required=True, unique=True),
        Field("address", "Adres.", "Address."),
        Field(
            "neighbourhood_as_stated",
            "Buurt zoals de bron die noemt.",
            "Neighbourhood as the source names it.",
        ),
        Field("district_official", "Wijk volgens het register.", "District according to the register."),
        Field("district_basis", "Waarop die wijk berust (Engels).", "What that district rests on (English)."),
        *_coordinates(),
        *_about_coordinates(),
        Field(
            "area_code",
            "Buurt waarin de coördinaten liggen; leeg: geen coördinaten.",
            "Neighbourhood in which the coordinates lie; empty: no coordinates.",
        ),
        Field(
            "coordinate_licence",
            "Licentie of voorwaarden van die herkomst, zoals gevonden (Engels).",
            "Licence or terms of that origin, as found (English).",
        ),
        Field("note", "Opmerking (Engels).", "Note (English)."),
        Field(
            "used_for", "Waarvoor de plek wordt gebruikt (Engels).", "What the venue is used for (English)."
        ),
        Field("source_url", "Webpagina van de bron.", "Web page of the source.", required=True, link=True),
        _confirmed(),
    ),
    ("venue",),
    (ForeignKey("area_code", "areas", "area_code"),),
)
