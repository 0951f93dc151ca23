"""What an answer of the Locatieserver is read as."""

from __future__ import annotations

import json
from typing import Any

import pytest

from hsc_geo.sources.locatieserver import Hit, checked_upstream, parameters, read

# The fields of a real answer, as its documentation and its clients show them.
HERE = {
    "type": "adres",
    "weergavenaam": "Breestraat 92A-1, 2311CS Leiden",
    "straatnaam": "Breestraat",
    "huis_nlt": "92A-1",
    "postcode": "2311CS",
    "wijkcode": "WK054600",
    "buurtcode": "BU05460002",
    "centroide_ll": "POINT(4.48812345 52.15851234)",
    "score": 11.58,
}


def body(*documents: Any) -> bytes:
    return json.dumps({"response": {"numFound": len(documents), "docs": list(documents)}}).encode()


def test_every_field_is_read() -> None:
    found = read(body(HERE))
    told = ("Breestraat", "92A-1", "2311CS", "BU05460002", "WK054600")
    hit = Hit("Breestraat 92A-1, 2311CS Leiden", "adres", 52.15851234, 4.48812345, 11.58, *told)
    assert (found.hits, found.unusable) == ((hit,), 0)


@pytest.mark.parametrize(
    ("changed", "field", "value"),
    [
        ({"score": "high"}, "score", None),
        ({"score": True}, "score", None),
        ({"straatnaam": None}, "street", ""),
        ({"huis_nlt": 92}, "number", ""),
        ({"buurtcode": "<b>"}, "neighbourhood", ""),
        ({"wijkcode": ["WK054600"]}, "district", ""),
    ],
)
def test_what_is_no_such_value_is_left_out(changed: dict[str, Any], field: str, value: object) -> None:
    (hit,) = read(body(HERE | changed)).hits
    assert getattr(hit, field) == value
    assert hit.name == HERE["weergavenaam"]


def test_infinite_scores_are_none() -> None:
    (hit,) = read(body(HERE).replace(b"11.58", b"1e999")).hits
    assert hit.score is None


@pytest.mark.parametrize(
    "changed",
    [
        {"weergavenaam": "<img src=x> Breestraat"},
        {"centroide_ll": "POINT(nan nan)"},
        {"centroide_ll": "POINT(-70.1 12.5)"},
        {"type": "gemeente"},
    ],
)
def test_what_cannot_be_used_is_counted(changed: dict[str, Any]) -> None:
    found = read(body(HERE | changed, HERE))
    assert (len(found.hits), found.unusable) == (1, 1)


def test_the_municipality_goes_into_the_question_as_a_name_and_nothing_else() -> None:
    asked = dict(parameters('Lei"den\\', "Breestraat"))
    assert ("fq", 'gemeentenaam:"Lei den "') in parameters('Lei"den\\', "Breestraat")
    assert asked["q"] == "Breestraat"


def test_only_pdok_or_this_machine_is_asked() -> None:
    assert checked_upstream("http://127.0.0.1:9/free") == "http://127.0.0.1:9/free"
    with pytest.raises(ValueError, match=r"api\.pdok\.nl"):
        checked_upstream("https://example.org/free")
