"""The lookup of addresses against a small server on the loopback, its faults included."""

from __future__ import annotations

import gzip
import json
import logging
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from hsc_geo.analysis.near import BUSY, FOUND, NOTHING, OFF, UNREACHABLE, Address, AddressAnswer, to_degrees
from hsc_geo.data.load import Package, load
from hsc_geo.sources.fetching import FetchFault
from hsc_geo.sources.locatieserver import (
    LARGEST_ANSWER,
    LONGEST_NAME,
    MOST,
    PDOK_ADDRESSES,
    query_text,
    read,
)
from hsc_geo.web import addresses
from hsc_geo.web.addresses import AddressLookup, Limits, lookup_for
from hsc_geo.web.settings import Settings, SettingsError, read_settings
from tests.shared.naive import DATA
from tests.web import loopback
from tests.web.loopback import TileServer

QUICK = Limits(whole=0.5, at_once=2, rest=60)
SECRET = "Breestraat 92 geheim"
HERE = {
    "weergavenaam": "Breestraat 92, 2311CS Leiden",
    "type": "adres",
    "centroide_ll": "POINT(4.48812345 52.15851234)",
}
AWAY = {"weergavenaam": "Breestraat 1, Den Haag", "type": "adres", "centroide_ll": "POINT(4.30 52.07)"}


@pytest.fixture(scope="module")
def package() -> Package:
    return load(DATA)


@pytest.fixture
def server() -> Iterator[TileServer]:
    with loopback.tile_server() as running:
        yield running


def body(*documents: Any) -> bytes:
    return json.dumps({"response": {"numFound": len(documents), "docs": list(documents)}}).encode()


def answers(package: Package, content: bytes) -> tuple[Address, ...]:
    return addresses.answers(package, read(content).hits)


def says(*documents: Any) -> loopback.Answer:
    return loopback.image(body(*documents), "application/json;charset=utf-8")


def lookup(server: TileServer, limits: Limits = QUICK) -> AddressLookup:
    return AddressLookup(server.host + "/search/v3_1/free", limits)


def asked(server: TileServer) -> dict[str, list[str]]:
    return parse_qs(urlsplit(server.asked[-1]).query)


def test_an_address_is_found_in_metres(server: TileServer, package: Package) -> None:
    server.answer = says(HERE)
    found = lookup(server)(package, "Breestraat 92")
    assert found.state == FOUND
    (option,) = found.options
    assert option.name == "Breestraat 92, 2311CS Leiden"
    assert to_degrees(option.at) == pytest.approx((52.15851234, 4.48812345), abs=1e-6)


def test_what_is_asked_is_limited_to_the_municipality_of_the_data(
    server: TileServer, package: Package
) -> None:
    server.answer = says(HERE)
    lookup(server)(package, "  Breestraat\t92 ")
    assert urlsplit(server.asked[-1]).path == "/search/v3_1/free"
    query = asked(server)
    assert query["q"] == ["Breestraat 92"]
    assert query["fq"] == ['gemeentenaam:"Leiden"', "type:(adres OR weg OR postcode)"]
    assert query["rows"] == [str(MOST)]


def test_answers_elsewhere_are_dropped(server: TileServer, package: Package) -> None:
    server.answer = says(AWAY, HERE)
    assert [option.name for option in lookup(server)(package, "Breestraat").options] == [HERE["weergavenaam"]]
    server.answer = says(AWAY)
    assert lookup(server)(package, "Breestraat") == AddressAnswer(NOTHING)


def test_at_most_five(server: TileServer, package: Package) -> None:
    server.answer = says(*[HERE] * 50)
    assert len(lookup(server)(package, "Breestraat").options) == MOST


NOT_USABLE = [
    {},
    None,
    3,
    "x",
    [],
    {**HERE, "centroide_ll": None},
    {**HERE, "centroide_ll": "POINT(52.15 4.48)"},
    {**HERE, "centroide_ll": "POINT(NaN NaN)"},
    {**HERE, "centroide_ll": "POINT(4.48)"},
    {**HERE, "weergavenaam": " "},
    {**HERE, "weergavenaam": None},
    {**HERE, "centroide_ll": "POINT(4.488 52.158)" * 2},
    {**HERE, "weergavenaam": 5},
    {**HERE, "weergavenaam": "<b>Breestraat</b> 92"},
    {**HERE, "weergavenaam": "Breestraat 92 <script>"},
    {**HERE, "type": "woonplaats"},
    {**HERE, "type": None},
    {**HERE, "centroide_ll": "POINT(1e9 1e9)"},
]


@pytest.mark.parametrize("document", NOT_USABLE)
def test_an_answer_without_name_or_point_is_passed_over(package: Package, document: Any) -> None:
    assert answers(package, body(document)) == ()
    assert [option.name for option in answers(package, body(document, HERE))] == [HERE["weergavenaam"]]


def test_a_long_or_hostile_name_is_cut_and_can_be_carried(package: Package) -> None:
    (option,) = answers(package, body({**HERE, "weergavenaam": "\x00\ud800" + "x" * 10_000}))
    assert len(option.name) == LONGEST_NAME
    assert "\x00" not in option.name
    option.name.encode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"<html>",
        b'{"response": 1}',
        b'{"response": {"docs": {}}}',
        b"\xff\xfe",
        b"[" * 50_000,
    ],
)
def test_what_is_no_answer_is_a_fault(package: Package, content: bytes) -> None:
    with pytest.raises(FetchFault):
        answers(package, content)


def slow_drip(handler: BaseHTTPRequestHandler) -> None:
    """A good answer, a byte at a time: each read is in time, the whole is not."""
    content = body(HERE)
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    for i in range(len(content)):
        handler.wfile.write(content[i : i + 1])
        handler.wfile.flush()
        time.sleep(0.05)


def head_drip(handler: BaseHTTPRequestHandler) -> None:
    """Headers without an end."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for i in range(200):
        handler.wfile.write(f"X-{i}: x\r\n".encode())
        handler.wfile.flush()
        time.sleep(0.02)


FAULTS = {
    "error": loopback.status(500),
    "busy": loopback.status(429),
    "forbidden": loopback.status(403),
    "missing": loopback.status(404),
    "no content": loopback.status(204),
    "wrong type": loopback.image(body(HERE), "text/html"),
    "no type": loopback.image(body(HERE), ""),
    "sign in": loopback.image(b"<html>sign in to this network</html>", "application/json"),
    "empty": loopback.image(b"", "application/json"),
    "cut off": loopback.image(body(HERE)[:-5], "application/json"),
    "huge": loopback.image(body(HERE) + b" " * LARGEST_ANSWER, "application/json"),
    "shorter than told": loopback.image(body(HERE), "application/json", **{"Content-Length": "5000"}),
    "zipped": loopback.image(
        gzip.compress(b" " * 10_000_000), "application/json", **{"Content-Encoding": "gzip"}
    ),
    "slow": loopback.after(1.5),
    "drip": slow_drip,
    "head drip": head_drip,
}


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_is_told_soon_and_the_service_left_alone(
    fault: str, server: TileServer, package: Package
) -> None:
    server.answer = FAULTS[fault]
    asking = lookup(server)
    began = time.monotonic()
    assert [asking(package, text) for text in (SECRET, "Hooigracht", "Turfmarkt")] == [
        AddressAnswer(UNREACHABLE)
    ] * 3
    assert time.monotonic() - began < 3
    assert len(server.asked) == 1


def test_redirect_is_not_followed(server: TileServer, package: Package) -> None:
    with loopback.tile_server() as elsewhere:
        server.answer = loopback.status(302, Location=f"{elsewhere.host}/free")
        assert lookup(server)(package, "Breestraat") == AddressAnswer(UNREACHABLE)
        assert elsewhere.asked == []


def test_out_of_reach(package: Package) -> None:
    with loopback.tile_server() as gone:
        ask = lookup(gone)
    assert ask(package, "Breestraat") == AddressAnswer(UNREACHABLE)


def test_service_is_asked_again_after_its_rest(server: TileServer, package: Package) -> None:
    ask = lookup(server, Limits(whole=0.5, at_once=2, rest=0.2))
    server.answer = loopback.status(500)
    assert ask(package, "Breestraat").state == UNREACHABLE
    server.answer = says(HERE)
    time.sleep(0.25)
    assert ask(package, "Breestraat").state == FOUND


@pytest.mark.parametrize("text", ["", " ", "x", "***", "\x00\x01", ":"])
def test_too_little_asks_nothing(server: TileServer, package: Package, text: str) -> None:
    assert lookup(server)(package, text) == AddressAnswer(NOTHING)
    assert server.asked == []


@hypothesis_settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_no_operator_of_the_query_language_gets_through(text: str) -> None:
    assert not set(query_text(text)) & set(':*?~^"(){}[]\\/+!&|<>=\n\x00')
    assert len(query_text(text)) <= 100


def test_nothing_that_was_typed_is_logged(
    server: TileServer, package: Package, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("httpx", "httpcore", "hsc_geo", "asyncio"):
        logging.getLogger(name).setLevel(logging.DEBUG)
    try:
        server.answer = says(HERE)
        assert lookup(server)(package, SECRET).state == FOUND
        for answer in (loopback.status(500), loopback.image(b"x", "application/json"), loopback.after(1)):
            server.answer = answer
            assert lookup(server)(package, SECRET).state == UNREACHABLE
    finally:
        for name in ("httpx", "httpcore", "hsc_geo", "asyncio"):
            logging.getLogger(name).setLevel(logging.NOTSET)
    told = caplog.text + "".join(capfd.readouterr())
    assert "No addresses" in told
    assert not any(part in told for part in ("geheim", "Breestraat", "q="))


def test_what_was_asked_a_moment_ago_is_not_asked_again_and_only_a_mark_of_it_is_kept(
    server: TileServer, package: Package
) -> None:
    server.answer = says(HERE)
    asking = lookup(server)
    found = [asking(package, text) for text in (SECRET, f" {SECRET.upper()} ", SECRET)]
    assert found == [found[0]] * 3
    assert len(server.asked) == 1
    assert "geheim" not in repr(vars(asking._kept)).casefold()


def test_an_answer_is_kept_for_minutes_and_the_oldest_go_first() -> None:
    now = [0.0]
    kept = addresses._Kept(lambda: now[0])
    for number in range(addresses.MOST_KEPT + 1):
        kept.put(("edition", str(number)), AddressAnswer(NOTHING))
    assert kept.get(("edition", "0")) is None
    assert kept.get(("edition", "1")) == AddressAnswer(NOTHING)
    assert kept.get(("another", "1")) is None
    now[0] = addresses.KEEP_SECONDS
    assert kept.get(("edition", "1")) is None


def test_a_failure_is_not_kept(server: TileServer, package: Package) -> None:
    asking = lookup(server, Limits(whole=0.5, at_once=2, rest=0.0))
    server.answer = loopback.status(500)
    assert asking(package, "Breestraat").state == UNREACHABLE
    server.answer = says(HERE)
    assert asking(package, "Breestraat").state == FOUND


def test_one_visitor_and_all_together_ask_so_much_a_minute(server: TileServer, package: Package) -> None:
    server.answer = says(HERE)
    asking = AddressLookup(server.host + "/free", QUICK, each=2, all_together=3)
    streets = [f"Breestraat {number}" for number in range(1, 9)]
    assert [asking(package, text, "192.0.2.1").state for text in streets[:3]] == [FOUND, FOUND, BUSY]
    assert asking(package, streets[0], "192.0.2.1").state == FOUND  # it is kept: nobody is asked
    assert [asking(package, text, "192.0.2.2").state for text in streets[3:5]] == [FOUND, BUSY]
    assert len(server.asked) == 3


def test_the_limits_are_those_of_the_settings(server: TileServer, package: Package) -> None:
    server.answer = says(HERE)
    given_ = {"HSC_ADDRESS_UPSTREAM": server.host + "/free", "HSC_ADDRESS_REQUESTS": "1"}
    asking = lookup_for(read_settings(given_))
    assert [asking(package, text, "192.0.2.1").state for text in ("Breestraat", "Hooigracht")] == [
        FOUND,
        BUSY,
    ]
    asking = lookup_for(read_settings(given_ | {"HSC_ADDRESS_REQUESTS": "0", "HSC_ADDRESS_TOTAL": "1"}))
    assert [asking(package, text, text).state for text in ("Breestraat", "Hooigracht")] == [FOUND, BUSY]
    assert (Settings().address_requests, Settings().address_total) == (20, 200)


def test_off_asks_nobody(server: TileServer, package: Package) -> None:
    chosen = Settings(addresses=False, address_upstream=server.host + "/free")
    assert lookup_for(chosen)(package, "Breestraat 92") == AddressAnswer(OFF)
    assert server.asked == []


def test_settings() -> None:
    assert read_settings({}).address_upstream == PDOK_ADDRESSES
    assert read_settings({}).addresses is True
    given_ = read_settings({"HSC_ADDRESSES": "off", "HSC_ADDRESS_UPSTREAM": "http://127.0.0.1:9/free"})
    assert (given_.addresses, given_.address_upstream) == (False, "http://127.0.0.1:9/free")


@pytest.mark.parametrize(
    "upstream",
    [
        "https://example.org/free",
        "http://api.pdok.nl/free",
        "https://api.pdok.nl.evil.example/free",
        "https://api.pdok.nl@evil.example/free",
        "https://user@127.0.0.1/free",
        "file:///etc/passwd",
        "https://api.pdok.nl/free?q=x",
        "https://api.pdok.nl/free#x",
        "http://[::1/free",
    ],
)
def test_only_pdok_or_this_machine(upstream: str) -> None:
    with pytest.raises(SettingsError, match="HSC_ADDRESS_UPSTREAM"):
        read_settings({"HSC_ADDRESS_UPSTREAM": upstream})
