"""Asking a service: within its bounds, again where that may help, and every fault in words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hsc_geo.sources.fetching import LONGEST_WAIT, Bounds, FetchFault, fetch, patiently
from tests.web import loopback
from tests.web.loopback import TileServer

SECRET = "Breestraat+92"
QUICK = Bounds(seconds=0.8, largest=100)
JSON = loopback.image(b'{"a": 1}', "application/json; charset=utf-8")


@pytest.fixture
def server() -> Iterator[TileServer]:
    with loopback.tile_server() as running:
        yield running


def fault(server: TileServer, answer: loopback.Answer) -> FetchFault:
    server.answer = answer
    with pytest.raises(FetchFault) as found:
        fetch(f"{server.host}/free?q={SECRET}", bounds=QUICK)
    assert "Breestraat" not in str(found.value)
    return found.value


def test_the_whole_answer_of_the_type_that_was_asked_for(server: TileServer) -> None:
    server.answer = JSON
    assert fetch(f"{server.host}/free?q=x", bounds=QUICK) == b'{"a": 1}'
    assert server.asked == ["/free?q=x"]


@pytest.mark.parametrize(
    ("answer", "said", "again"),
    [
        (loopback.status(500), "status 500", True),
        (loopback.status(429), "status 429", True),
        (loopback.status(404), "status 404", False),
        (loopback.status(302, Location="http://127.0.0.1:9/"), "status 302", False),
        (loopback.image(b"<html>", "text/html"), "type 'text/html' in place of application/json", False),
        (loopback.image(b" " * 101, "application/json"), "more than 100 bytes", False),
        (loopback.image(b"{}", "application/json", **{"Content-Length": "50"}), "cannot be reached", True),
        (loopback.after(1.5), "no whole answer within 0.8 s", True),
        (loopback.drip, "type 'image/png'", False),
    ],
)
def test_a_fault_is_told_in_words_and_whether_to_ask_again(
    server: TileServer, answer: loopback.Answer, said: str, again: bool
) -> None:
    found = fault(server, answer)
    assert said in str(found)
    assert found.again is again


@pytest.mark.parametrize("address", ["http://[::1/free", "nothing", "ftp://127.0.0.1/x"])
def test_an_address_that_is_none_is_a_fault_too(address: str) -> None:
    with pytest.raises(FetchFault):
        fetch(address, bounds=QUICK)


@pytest.mark.parametrize(
    ("said", "waited"), [("2", 2.0), ("99999", LONGEST_WAIT), ("soon", None), ("-3", None), ("", None)]
)
def test_how_long_a_service_asks_to_wait(server: TileServer, said: str, waited: float | None) -> None:
    assert fault(server, loopback.status(429, **{"Retry-After": said})).wait == waited


def test_it_is_asked_again_only_where_that_may_help_and_no_sooner_than_asked() -> None:
    slept: list[float] = []
    faults = [FetchFault("busy", again=True), FetchFault("busy", again=True, wait=30.0)]

    def ask() -> str:
        if faults:
            raise faults.pop(0)
        return "found"

    assert patiently(ask, (1.0, 4.0), slept.append) == "found"
    assert slept == [1.0, 30.0]
    faults = [FetchFault("busy", again=True)] * 3
    with pytest.raises(FetchFault, match="busy"):
        patiently(ask, (1.0, 4.0), slept.append)
    faults, slept[:] = [FetchFault("no such type")], []
    with pytest.raises(FetchFault, match="no such type"):
        patiently(ask, (1.0, 4.0), slept.append)
    assert slept == []
