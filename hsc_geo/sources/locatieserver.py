"""Addresses: PDOK's Locatieserver (Kadaster), which finds a point by an address, a street or a postcode.

The service is described at https://api.pdok.nl/bzk/locatieserver/search/v3_1/ui/ and in the wiki of
https://github.com/PDOK/locatieserver. Its addresses are those of the BAG.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from hsc_geo.domain.crs import DUTCH_LATITUDES, DUTCH_LONGITUDES, within
from hsc_geo.domain.text import carriable
from hsc_geo.sources.fetching import LOOPBACK_HOSTS, Bounds, FetchFault, fetch

SETTING = "HSC_ADDRESS_UPSTREAM"
HOST = "api.pdok.nl"
PDOK_ADDRESSES = f"https://{HOST}/bzk/locatieserver/search/v3_1/free"
SOURCE = "PDOK Locatieserver (BAG, Kadaster)"

MOST = 5  # answers asked for
MOST_LETTERS = 100  # of what is asked
LARGEST_ANSWER = 100_000  # bytes; five answers are some thousand
LONGEST_NAME = 200
ADDRESS, STREET, POSTCODE = KINDS = ("adres", "weg", "postcode")

_FIELDS = "weergavenaam type centroide_ll score straatnaam huis_nlt postcode buurtcode wijkcode"
_POINT = re.compile(r"POINT\s?\((-?\d{1,3}(?:\.\d{1,15})?) (-?\d{1,3}(?:\.\d{1,15})?)\)")
_NO_OPERATOR = re.compile(r"[^\w\s.,'-]|_")  # what the service could read as a command of its query language
_CODE = re.compile(r"(BU\d{8}|WK\d{6})")


@dataclass(frozen=True)
class Hit:
    """One answer. name: as the service writes it. kind: one of KINDS. latitude, longitude: WGS84 degrees; of a street
    or a postcode a point in its middle. score: how well it fits by the service's own reckoning, None where it says
    none. street, number (with letter and addition, `12A-1`), postcode, neighbourhood and district (codes): "" where
    not told.
    """

    name: str
    kind: str
    latitude: float
    longitude: float
    score: float | None = None
    street: str = ""
    number: str = ""
    postcode: str = ""
    neighbourhood: str = ""
    district: str = ""


@dataclass(frozen=True)
class Reading:
    """What an answer of the service holds: usable hits, at most MOST, the best first; unusable: how many more have no
    name, no point in the Netherlands, or a name that is no text of an address."""

    hits: tuple[Hit, ...]
    unusable: int = 0


def checked_upstream(text: str) -> str:
    """The address of the service, as a setting gives it. Raises ValueError for a host that is not PDOK or this
    machine."""
    parts = urlsplit(text)
    allowed = (parts.scheme == "https" and parts.netloc == HOST) or (
        parts.scheme in ("http", "https") and parts.hostname in LOOPBACK_HOSTS and not parts.username
    )
    if not allowed or "?" in text or "#" in text:
        raise ValueError(f"write an address without ? and # on https://{HOST} or this machine")
    return text


def ask(upstream: str, municipality: str, text: str, seconds: float = 3.0) -> Reading:
    """What the service finds for a text in the municipality of this name. Raises FetchFault, which never holds the
    text."""
    query = urlencode(parameters(municipality, query_text(text)))
    return read(fetch(f"{upstream}?{query}", bounds=Bounds(seconds, LARGEST_ANSWER)))


def query_text(text: str) -> str:
    """What is asked: letters, digits and the signs of an address, cut to MOST_LETTERS."""
    return " ".join(_NO_OPERATOR.sub(" ", carriable(text)[:MOST_LETTERS]).replace("\ufffd", " ").split())


def parameters(municipality: str, wanted: str) -> list[tuple[str, str]]:
    """The query: only addresses, streets and postcodes, in one municipality."""
    name = municipality.replace('"', " ").replace("\\", " ")
    return [
        ("q", wanted),
        ("fq", f'gemeentenaam:"{name}"'),
        ("fq", f"type:({' OR '.join(KINDS)})"),
        ("fl", _FIELDS),
        ("rows", str(MOST)),
    ]


def read(body: bytes) -> Reading:
    """An answer of the service; raises FetchFault for what is none."""
    try:
        documents = json.loads(body)["response"]["docs"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise FetchFault("the answer is not as documented") from None
    if not isinstance(documents, list):
        raise FetchFault("the answer holds no list")
    hits = [hit for each in documents if (hit := _hit(each))]
    return Reading(tuple(hits[:MOST]), len(documents) - len(hits))


def _hit(document: Any) -> Hit | None:
    if not isinstance(document, dict):
        return None
    name, point = _cell(document, "weergavenaam"), _point(document.get("centroide_ll"))
    kind = _cell(document, "type")
    if not name or point is None or "<" in name or ">" in name or kind not in KINDS:
        return None
    told = (_cell(document, column) for column in ("straatnaam", "huis_nlt", "postcode"))
    areas = (_code(document, column) for column in ("buurtcode", "wijkcode"))
    return Hit(name, kind, *point, _score(document.get("score")), *told, *areas)


def _cell(document: dict[str, Any], column: str) -> str:
    value = document.get(column)
    return carriable(value.strip())[:LONGEST_NAME] if isinstance(value, str) else ""


def _code(document: dict[str, Any], column: str) -> str:
    code = _cell(document, column)
    return code if _CODE.fullmatch(code) else ""


def _point(text: object) -> tuple[float, float] | None:
    """Latitude and longitude of `POINT(lon lat)` in the Netherlands; None for anything else."""
    found = _POINT.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        return None
    longitude, latitude = float(found[1]), float(found[2])
    inside = within(longitude, DUTCH_LONGITUDES) and within(latitude, DUTCH_LATITUDES)
    return (latitude, longitude) if inside else None


def _score(value: object) -> float | None:
    sound = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if sound and math.isfinite(value) else None  # type: ignore[arg-type]
