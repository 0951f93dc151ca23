"""Health and metrics: what an operator is told, that it stays bounded, and that it says nothing of visitors."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import update
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from hsc_geo import __version__
from hsc_geo.data.load import DataError, Package
from hsc_geo.domain.message import Message
from hsc_geo.register import (
    Actor,
    Proposal,
    QueueFull,
    Register,
    RegisterUnavailable,
    open_register,
    proposing,
)
from hsc_geo.register.tables import PROPOSALS
from hsc_geo.web import metrics
from hsc_geo.web import package as web_package
from hsc_geo.web import register as module
from hsc_geo.web.errors import show_script_error
from hsc_geo.web.register import ASK_EVERY, RegisterLink
from tests.web.conftest import Build

ROOT = Path(__file__).parents[2]
Values = dict[tuple[str, tuple[tuple[str, str], ...]], float]


@pytest.fixture
def measured(build: Build) -> TestClient:
    """A client of a server with metrics on."""
    return build(metrics=True)


def told(client: TestClient) -> Values:
    """Every value by its name and labels, as Prometheus' own parser reads it."""
    response = client.get("/hsc/metrics")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/plain; version=")
    families = text_string_to_metric_families(response.text)
    return {(s.name, tuple(sorted(s.labels.items()))): s.value for family in families for s in family.samples}


def value(values: Values, name: str, **labels: str) -> float:
    return values.get((name, tuple(sorted(labels.items()))), 0.0)


def refuse_data() -> Package:
    raise DataError("/secret/place/areas.csv", Message("is missing"))


class Failing:
    """A register that cannot be reached, at an address that nobody may read."""

    def __getattr__(self, name: str) -> object:
        raise RegisterUnavailable("gone", "It cannot be reached.", "postgresql://user:hush@host/name")


# Health


@pytest.fixture
def real(package: Package, tmp_path: Path) -> Register:
    opened = open_register(f"sqlite:///{tmp_path / 'register.db'}")
    opened.fill(package)
    return opened


def test_health_tells_of_the_register(
    client: TestClient, real: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = RegisterLink(lambda: real)
    monkeypatch.setattr(module, "link", lambda: link)
    real.propose(Proposal("question", None, {}, "Who can help?"))
    body = client.get("/hsc/health").json()
    assert body["status"] == "ok"
    assert body["register"] == {
        "store": "sqlite",
        "state": "ok",
        "revision": 1,
        "open_proposals": 1,
        "proposals_today": 1,
        "queue_full": False,
        "day_full": False,
    }


def test_health_is_degraded_when_only_the_register_fails(
    client: TestClient, package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = RegisterLink(Failing)  # type: ignore[arg-type]
    monkeypatch.setattr(module, "link", lambda: link)
    response = client.get("/hsc/health")
    assert response.status_code == 200
    body = response.json()
    assert (body["status"], body["snapshot"]) == ("degraded", package.snapshot)
    assert body["register"] == {
        "store": "sqlite",
        "state": "gone",
        "revision": None,
        "open_proposals": None,
        "proposals_today": None,
        "queue_full": False,
        "day_full": False,
    }
    assert "hush" not in response.text


@pytest.mark.parametrize(
    ("bound", "field", "other"),
    [("MOST_OPEN", "queue_full", "day_full"), ("MOST_A_DAY", "day_full", "queue_full")],
)
def test_either_limit_that_is_reached_is_an_alarm_of_its_own(
    measured: TestClient, real: Register, monkeypatch: pytest.MonkeyPatch, bound: str, field: str, other: str
) -> None:
    now = [100.0]
    link = RegisterLink(lambda: real, lambda: now[0])
    monkeypatch.setattr(module, "link", lambda: link)
    for where in (module, proposing):
        monkeypatch.setattr(where, bound, 2)
    for number in range(2):
        assert measured.get("/hsc/health").json()["status"] == "ok"
        real.propose(Proposal("question", None, {}, f"Who helps {number}?"))
        now[0] += ASK_EVERY
    with pytest.raises(QueueFull):
        real.propose(Proposal("question", None, {}, "Who helps?"))
    body = measured.get("/hsc/health").json()
    assert (body["status"], body["register"][field], body["register"][other]) == ("degraded", True, False)
    values = told(measured)
    assert value(values, f"hsc_geo_register_{field}") == 1
    assert value(values, f"hsc_geo_register_{other}") == 0


def test_what_was_decided_still_came_today(real: Register) -> None:
    number = real.propose(Proposal("question", None, {}, "Who can help?")).number
    real.reject(number, Actor("steward"), "no")
    assert (real.open_proposals(), real.proposals_today()) == (0, 1)
    with real.store.writing() as connection:
        connection.execute(update(PROPOSALS).values(at="2026-01-01T23:59:59.999999Z"))
    assert real.proposals_today() == 0


def test_a_register_that_is_off_is_no_fault(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    link = RegisterLink(None)
    monkeypatch.setattr(module, "link", lambda: link)
    body = client.get("/hsc/health").json()
    assert (body["status"], body["register"]["state"]) == ("ok", "off")


def test_health_without_data(measured: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    for where in (web_package, module):
        monkeypatch.setattr(where, "data_package", refuse_data)
    response = measured.get("/hsc/health")
    assert response.status_code == 503
    assert (response.json()["status"], response.json()["register"]["state"]) == ("no data", "unasked")
    assert "secret" not in response.text
    assert value(told(measured), "hsc_geo_data_info", snapshot="", version=__version__) == 1


def test_the_register_is_asked_once_a_second(package: Package, real: Register) -> None:
    now = [100.0]
    link = RegisterLink(lambda: real, lambda: now[0])
    assert link.condition(package, "sqlite").open_proposals == 0
    real.propose(Proposal("question", None, {}, "Who can help?"))
    assert link.condition(package, "sqlite").open_proposals == 0
    now[0] += ASK_EVERY
    assert link.condition(package, "sqlite").open_proposals == 1


# Metrics


@pytest.mark.parametrize("path", ["/hsc/metrics", "/_stcore/metrics"])
def test_off_unless_asked_for(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_requests_are_counted_by_template_and_status(measured: TestClient) -> None:
    before = told(measured)
    for path in ("/hsc/health", "/hsc/tiles/13/4198/2700.png", "/hsc/tiles/1/1/1.png", "/hsc/nothing"):
        measured.get(path)
    measured.post("/hsc/health")
    after = told(measured)

    def rise(route: str, status: str) -> float:
        name, labels = "hsc_geo_request_seconds_count", {"route": route, "status": status}
        return value(after, name, **labels) - value(before, name, **labels)

    assert rise("/hsc/health", "200") == 1
    assert rise("/hsc/health", "405") == 1
    assert rise("/hsc/tiles/{z}/{x}/{y}.png", "200") == 2
    assert rise("/hsc/{rest:path}", "404") == 1
    assert value(after, "hsc_geo_tiles_total", outcome="unavailable") == 2 + value(
        before, "hsc_geo_tiles_total", outcome="unavailable"
    )


def test_a_route_that_fails_counts_as_500(measured: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> Package:
        raise RuntimeError("broken")

    monkeypatch.setattr(module, "package", fails)
    labels = {"route": "/hsc/health", "status": "500"}
    before = value(told(measured), "hsc_geo_request_seconds_count", **labels)
    assert measured.get("/hsc/health").status_code == 500
    assert value(told(measured), "hsc_geo_request_seconds_count", **labels) == before + 1


HOSTILE = [
    "/hsc/made/up/{n}",
    "/hsc/assets/leaflet/{n}.js",
    "/hsc/assets/own/%00{n}",
    "/hsc/map/{n}/areas.json",
    "/hsc/map/a/{n}.json",
    "/hsc/tiles/{n}/x/y.png",
    "/hsc/tiles/13/9{n}/%2e%2e.png",
    '/hsc/"}} 1%0Aevil_{n} 1',
    "/hsc/%F0%9F%92%A9{n}?code=hush{n}",
    "/made-up-{n}",
]


def test_labels_do_not_grow_with_what_is_asked(measured: TestClient) -> None:
    def ask(n: int) -> None:
        for path in HOSTILE:
            measured.get(path.format(n=n), follow_redirects=False)
        measured.request(f"MADEUP{n}", "/hsc/health")
        told(measured)  # counted itself, from the second time on

    ask(0)
    before = set(told(measured))
    for n in range(1, 15):
        ask(n)
    assert set(told(measured)) == before
    text = measured.get("/hsc/metrics").text
    assert not re.search("hush|evil|made|MADEUP", text)


def test_edition_and_register_are_told(
    measured: TestClient, package: Package, real: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = RegisterLink(lambda: real)
    monkeypatch.setattr(module, "link", lambda: link)
    real.propose(Proposal("question", None, {}, "Who can help?"))
    values = told(measured)
    assert value(values, "hsc_geo_data_info", snapshot=package.snapshot, version=__version__) == 1
    assert value(values, "hsc_geo_register_info", store="sqlite", state="ok") == 1
    assert value(values, "hsc_geo_register_up") == 1
    assert value(values, "hsc_geo_register_revision") == 1
    assert value(values, "hsc_geo_register_open_proposals") == 1
    assert value(values, "hsc_geo_register_proposals_today") == 1
    gone = RegisterLink(Failing)  # type: ignore[arg-type]
    monkeypatch.setattr(module, "link", lambda: gone)
    values = told(measured)
    assert value(values, "hsc_geo_register_info", store="sqlite", state="gone") == 1
    assert ("hsc_geo_register_up", ()) in values
    assert value(values, "hsc_geo_register_up") == 0
    assert ("hsc_geo_register_revision", ()) not in values


def test_page_runs_are_counted_by_page(measured: TestClient) -> None:
    before = told(measured)
    AppTest.from_file(str(ROOT / "pages" / "site.py"), default_timeout=60).run()
    after = told(measured)
    name = "hsc_geo_page_run_seconds_count"
    assert value(after, name, page="start") == value(before, name, page="start") + 1


def test_a_run_that_is_cut_off_counts() -> None:
    count = metrics.PAGE_RUNS.labels("test")._sum
    before = count.get()
    with pytest.raises(KeyboardInterrupt), metrics.page_run("test"):
        raise KeyboardInterrupt  # like Streamlit's own way to stop a run, no Exception
    assert count.get() > before


@pytest.mark.parametrize(
    ("kind", "error"),
    [("page", RuntimeError("x")), ("data", DataError("areas.csv", Message("is missing")))],
    ids=["page", "data"],
)
def test_errors_shown_are_counted(kind: str, error: Exception) -> None:
    before = metrics.ERRORS.labels(kind)._value.get()
    show_script_error(error)
    assert metrics.ERRORS.labels(kind)._value.get() == before + 1


def test_open_proposals_are_those_of_the_queue(real: Register) -> None:
    steward = Actor("steward")
    numbers = [real.propose(Proposal("question", None, {}, f"Who helps {n}?")).number for n in range(3)]
    real.reject(numbers[0], steward, "no")
    assert real.open_proposals() == len(real.queue(steward)) == 2


def test_every_metric_is_documented(measured: TestClient) -> None:
    AppTest.from_file(str(ROOT / "pages" / "site.py"), default_timeout=60).run()
    documented = set(
        re.findall(r"^\| `(hsc_geo_\w+)` \|", (ROOT / "docs" / "operate.md").read_text(), re.MULTILINE)
    )
    told_of = {name for name, _ in told(measured) if name.startswith("hsc_geo_")}
    assert {re.sub("_seconds_(bucket|count|sum)$", "_seconds", name) for name in told_of} == documented
