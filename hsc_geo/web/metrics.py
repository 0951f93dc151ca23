"""Counts and times for Prometheus: what Streamlit does not tell itself, and nothing of who visits.

Every label has a fixed set of values: templates of routes and never paths, names of pages and never addresses.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData

from hsc_geo import __version__
from hsc_geo.data.load import DataError
from hsc_geo.web import package, register

disable_created_metrics()
_REGISTRY = CollectorRegistry()
ProcessCollector(registry=_REGISTRY)

REQUESTS = Histogram(
    "hsc_geo_request_seconds",
    "Answers of the routes under /hsc/, by template and status",
    ["route", "status"],
    registry=_REGISTRY,
)
PAGE_RUNS = Histogram(
    "hsc_geo_page_run_seconds", "Whole runs of a page, by its address", ["page"], registry=_REGISTRY
)
PART_RUNS = Histogram(
    "hsc_geo_part_run_seconds",
    "Runs of a part of a page (a fragment), as after a choice, by the page's address",
    ["page"],
    registry=_REGISTRY,
)
TILES = Counter(
    "hsc_geo_tiles",
    "Tiles asked for: from the cache, from the service, not to be had, or outside what is served",
    ["outcome"],
    registry=_REGISTRY,
)
ERRORS = Counter(
    "hsc_geo_errors_shown",
    "Errors that a visitor was told of, of a page or of the data",
    ["kind"],
    registry=_REGISTRY,
)
PROPOSALS = Counter(
    "hsc_geo_proposals", "Proposals sent, and refused by the limit an hour", ["outcome"], registry=_REGISTRY
)
# Known from the start, so that the first of them is seen as a rise.
for _counter, _values in (
    (TILES, ("cache", "upstream", "unavailable", "outside")),
    (ERRORS, ("page", "data")),
    (PROPOSALS, ("sent", "limited")),
):
    for _value in _values:
        _counter.labels(_value)
PART_RUNS.labels("start")


_OF_REGISTER = {  # of a register that can be used: fields of its condition
    "revision": "Number of the latest change",
    "open_proposals": "Proposals that wait for a decision",
    "proposals_today": "Proposals that came since the day (UTC) began",
    "queue_full": "Whether no more proposals are taken until some are decided",
    "day_full": "Whether no more proposals are taken until the day (UTC) is over",
}


class _Shared(Collector):
    """The edition of the data and the state of the register, as they are when asked."""

    def collect(self) -> Iterable[Metric]:
        """One info of the data, and of the register what is known."""
        yield InfoMetricFamily(
            "hsc_geo_data", "Edition of the data", {"snapshot": _snapshot(), "version": __version__}
        )
        now = register.condition()
        told = {"store": now.store, "state": now.state}
        yield InfoMetricFamily("hsc_geo_register", "Kind of store and its state", told)
        yield GaugeMetricFamily(
            "hsc_geo_register_up", "Whether the register can be used", int(now.state == "ok")
        )
        for name, text in _OF_REGISTER.items() if now.state == register.OK else ():
            yield GaugeMetricFamily(f"hsc_geo_register_{name}", text, int(getattr(now, name)))


_REGISTRY.register(_Shared())


def _snapshot() -> str:
    try:
        return package.data_package().snapshot
    except DataError:
        return ""


def metrics(request: Request) -> Response:  # not async: it asks the register
    """All of the above in Prometheus' text format."""
    told = generate_latest(_REGISTRY)
    return Response(told, headers={"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store"})


@contextmanager
def page_run(page: str) -> Iterator[None]:
    """Time a run of the page of this address ("" is the first page); it counts whichever way it ends."""
    start = time.perf_counter()
    try:
        yield
    finally:
        PAGE_RUNS.labels(page or "start").observe(time.perf_counter() - start)


def time_parts() -> None:
    """Time the runs of fragments from now on, in this process. Streamlit tells nobody of them, so this hangs itself in
    where it runs any script."""
    run = ScriptRunner._run_script
    if hasattr(run, "__wrapped__"):
        return  # already timed

    @wraps(run)
    def timed(runner: ScriptRunner, asked: RerunData) -> None:
        if not asked.fragment_id_queue:
            run(runner, asked)
            return
        start = time.perf_counter()
        try:
            run(runner, asked)
        finally:
            PART_RUNS.labels(_page(runner, asked)).observe(time.perf_counter() - start)

    ScriptRunner._run_script = timed  # type: ignore[method-assign,assignment]


def _page(runner: ScriptRunner, asked: RerunData) -> str:
    """The address of the page that a fragment stands on, as `page_run` names it."""
    page = runner._pages_manager.get_pages().get(asked.page_script_hash)
    return (page.get("url_pathname") if page else "") or "start"


def proposal(outcome: str) -> None:
    """Count a proposal that was `sent` or `limited`."""
    PROPOSALS.labels(outcome).inc()


class Measure:
    """ASGI middleware: times the answers of these routes, under the template of the route."""

    def __init__(self, app: ASGIApp, *, routes: Sequence[BaseRoute]) -> None:
        self._app = app
        self._routes = [route for route in routes if isinstance(route, Route)]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; one observation for each answer."""
        template = self._template(scope) if scope["type"] == "http" else ""
        if not template:
            await self._app(scope, receive, send)
            return
        answer = _Answer(send)
        start = time.perf_counter()
        try:
            await self._app(scope, receive, answer)
        finally:
            REQUESTS.labels(template, str(answer.status)).observe(time.perf_counter() - start)

    def _template(self, scope: Scope) -> str:
        found = (route.path for route in self._routes if route.matches(scope)[0] is not Match.NONE)
        return next(found, "")


class _Answer:
    """A send that remembers the status; 500 when nothing was sent."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status = 500

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        await self._send(message)
