"""Asking services that answer badly: each fault on the loopback, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from hsc_geo.sources.extracts import SourceError
from hsc_geo.sources.live.answers import Answer, KeptAnswers
from hsc_geo.sources.live.fetch import Fetcher, Hosts, Limits, Unanswered
from tests.shared.services import (
    Fault,
    Served,
    Services,
    broken_off,
    endless,
    half,
    other_type,
    send,
    silent,
    status,
)

HOST = "opendata.cbs.nl"
QUICK = Limits(connect=2, silence=0.2, whole=0.4, largest=20_000, again=2, backoff=0, wait=30)
PATH = "/ODataApi/odata/T/TableInfos"


@pytest.fixture
def services() -> Iterator[Services]:
    with Services({"T": Served(HOST, {"Title": "Tabel"}, [], [])}).running() as running:
        yield running


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def fetcher(services: Services, waits: list[float], tmp_path: Path) -> Fetcher:
    kept = KeptAnswers(tmp_path / "answers", timedelta(hours=24))
    return Fetcher(Hosts(services.base), kept, limits=QUICK, sleep=waits.append)


def ask(fetcher: Fetcher) -> Any:
    return fetcher.json(fetcher.hosts.address(HOST, PATH))


def compressed_bomb(handler: Any, body: bytes) -> None:
    import gzip

    send(handler, gzip.compress(b" " * 1_000_000 + body), Content_Encoding="gzip")


def forbidden_number(handler: Any, body: bytes) -> None:
    send(handler, b'{"value": [{"a": NaN}]}')


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (status(503), "HTTP 503"),
        (status(429), "HTTP 429"),
        (status(500), "HTTP 500"),
        (broken_off, "the answer breaks off"),
        (half, "no whole JSON"),
        (forbidden_number, "no whole JSON"),
        (other_type, "the answer is text/html, not JSON"),
        (silent(0.5), "Read timed out"),
        (endless, "not whole after 0.4 seconds"),
        (compressed_bomb, "larger than 20000 bytes"),
    ],
)
def test_each_fault_is_asked_again_and_then_told(
    services: Services, fetcher: Fetcher, fault: Fault, told: str
) -> None:
    services.faults["TableInfos"] = [fault]
    content, _ = ask(fetcher)
    assert content["value"] == [{"Title": "Tabel"}]
    assert len(services.asked) == 2
    services.faults["TableInfos"] = [fault] * 9
    with pytest.raises(Unanswered, match=told) as refused:
        Fetcher(fetcher.hosts, None, limits=QUICK, sleep=lambda seconds: None).json(
            fetcher.hosts.address(HOST, PATH)
        )
    assert len(services.asked) == 2 + 3, "once, and twice again"
    assert "try again later" in str(refused.value)


@pytest.mark.parametrize("code", [301, 400, 403, 404])
def test_what_another_attempt_cannot_mend_is_told_at_once(
    services: Services, fetcher: Fetcher, code: int
) -> None:
    services.faults["TableInfos"] = [status(code, Location="https://elsewhere.example/")]
    with pytest.raises(Unanswered, match=f"HTTP {code}"):
        ask(fetcher)
    assert len(services.asked) == 1


def test_the_service_says_how_long_to_wait(services: Services, fetcher: Fetcher, waits: list[float]) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)
    services.faults["TableInfos"] = [status(429, Retry_After="7"), status(503, Retry_After=later)]
    ask(fetcher)
    assert waits[0] == 7
    assert 15 < waits[1] <= 20


def test_a_wait_that_is_too_long_ends_it_and_says_so(
    services: Services, fetcher: Fetcher, waits: list[float]
) -> None:
    services.faults["TableInfos"] = [status(429, Retry_After="86400")]
    with pytest.raises(Unanswered, match="HTTP 429, asks to wait 86400 seconds"):
        ask(fetcher)
    assert waits == []


def test_a_wait_that_is_no_number_is_not_kept_to(
    services: Services, fetcher: Fetcher, waits: list[float]
) -> None:
    services.faults["TableInfos"] = [status(429, Retry_After="soon")]
    ask(fetcher)
    assert waits == [0]


def test_waits_grow(services: Services, waits: list[float]) -> None:
    limits = Limits(again=4, backoff=1, silence=1)
    services.faults["TableInfos"] = [status(503)] * 4
    ask(Fetcher(Hosts(services.base), limits=limits, sleep=waits.append))
    assert waits[0] == 0
    assert 2 <= waits[1] <= 3 < 4 <= waits[2] <= 5 < 8 <= waits[3] <= 9


# What is kept


def test_an_answer_is_asked_for_once(services: Services, fetcher: Fetcher) -> None:
    _, first = ask(fetcher)
    content, second = ask(fetcher)
    assert content["value"] == [{"Title": "Tabel"}]
    assert (first.kept, second.kept) == (False, True)
    assert (first.sha256, first.retrieved_at) == (second.sha256, second.retrieved_at)
    assert len(services.asked) == 1
    ask(Fetcher(fetcher.hosts, fetcher.kept, fresh=True))
    assert len(services.asked) == 2


def test_what_is_damaged_cut_off_or_old_is_asked_anew(
    services: Services, fetcher: Fetcher, tmp_path: Path
) -> None:
    folder = tmp_path / "answers"
    for number, damage in enumerate((b"{}", b""), start=1):
        ask(fetcher)
        next(folder.glob("*.body")).write_bytes(damage)
        ask(fetcher)
        assert len(services.asked) == 1 + number
    next(folder.glob("*.json")).write_text("[]")
    ask(fetcher)
    assert len(services.asked) == 4
    tomorrow = Fetcher(fetcher.hosts, fetcher.kept, now=lambda: datetime.now(UTC) + timedelta(hours=25))
    ask(tomorrow)
    assert len(services.asked) == 5


def test_an_answer_of_another_address_is_not_taken(tmp_path: Path) -> None:
    kept = KeptAnswers(tmp_path, timedelta(hours=1))
    now = datetime.now(UTC)
    kept.keep(Answer("https://a.example/", b"{}", now.isoformat()))
    head = next(tmp_path.glob("*.json"))
    head.write_text(head.read_text().replace("a.example", "b.example"))
    assert kept.find("https://a.example/", now) is None


def test_a_faulty_answer_is_not_kept(services: Services, fetcher: Fetcher, tmp_path: Path) -> None:
    services.faults["TableInfos"] = [half] * 3
    with pytest.raises(Unanswered):
        ask(fetcher)
    assert not (tmp_path / "answers").exists()


# Where it is asked


def test_the_real_hosts_are_the_default() -> None:
    assert Hosts().address(HOST, PATH) == f"https://{HOST}{PATH}"
    assert Hosts("https://mirror.example/x/").address(HOST, PATH) == f"https://mirror.example/x/{HOST}{PATH}"


@pytest.mark.parametrize(
    "base", ["http://mirror.example", "ftp://127.0.0.1", "file:///etc", "mirror", "https://a.example/?x"]
)
def test_another_address_is_safe_or_refused(base: str) -> None:
    with pytest.raises(SourceError, match="HSC_SOURCES"):
        Hosts(base)


def test_a_link_to_another_host_is_not_followed() -> None:
    hosts = Hosts("http://127.0.0.1:9")
    assert hosts.follow(HOST, f"http://{HOST}/a?b=1") == f"http://127.0.0.1:9/{HOST}/a?b=1"
    assert hosts.follow(HOST, f"http://127.0.0.1:9/{HOST}/a") == f"http://127.0.0.1:9/{HOST}/a"
    assert Hosts().follow(HOST, f"http://{HOST}/a") == f"https://{HOST}/a", "never without encryption"
    for link in (
        "https://elsewhere.example/a",
        f"http://127.0.0.1:9/{HOST}.example/a",
        "file:///etc/passwd",
        "/a",
    ):
        with pytest.raises(SourceError, match="another host"):
            hosts.follow(HOST, link)
