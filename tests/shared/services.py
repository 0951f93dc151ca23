"""StatLine and PDOK on the loopback: they answer in the shapes of the real services, and as wrongly as a test wants."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import geopandas as gpd

from hsc_geo.data.load import Package
from hsc_geo.domain.crs import WGS84
from hsc_geo.sources.live import tables

MOST_ROWS = 10_000  # of ODataApi
AGES = {"18plus": "20300", "18to64": "53115", "65plus": "80200"}
KINDS = {"NL": "Land", "GM": "Gemeente", "WK": "Wijk", "BU": "Buurt"}
Handler = BaseHTTPRequestHandler
Fault = Callable[[Handler, bytes], None]
Row = dict[str, Any]


@dataclass
class Served:
    """One table: what TableInfos, DataProperties, Perioden and TypedDataSet answer."""

    host: str
    info: Row
    properties: list[Row]
    rows: list[Row]
    periods: list[str] = field(default_factory=list)


@dataclass
class Services:
    """What is served, and what goes wrong. faults: by a part of an address, what it answers first, one after the other;
    then it answers well. asked: every address, in its order. most: rows above which ODataApi answers HTTP 500; page:
    rows of a page of ODataFeed, features of one of PDOK."""

    tables: dict[str, Served] = field(default_factory=dict)
    layers: dict[str, list[Row]] = field(default_factory=dict)
    catalogue: list[Row] = field(default_factory=list)
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    most: int = MOST_ROWS
    page: int = MOST_ROWS
    base: str = ""

    def answer(self, path: str) -> tuple[int, Any]:
        """Status and JSON of an address."""
        parts = urlsplit(path)
        _, host, *rest = unquote(parts.path).split("/")
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        if host == "api.pdok.nl":
            return self._layer(rest[-2], query, path)
        if rest[0] == "ODataCatalog":
            begin = re.search(r"startswith\(Title,'([^']*)'\)", query["$filter"])
            assert begin
            return 200, {"value": [row for row in self.catalogue if row["Title"].startswith(begin[1])]}
        service, _, table, name = rest
        served = self.tables.get(table)
        if served is None or served.host != host:
            return 404, {"error": "no such table"}
        return self._set(served, service, name, query, path)

    def _set(
        self, served: Served, service: str, name: str, query: Mapping[str, str], path: str
    ) -> tuple[int, Any]:
        sets: dict[str, list[Row]] = {
            "TableInfos": [served.info],
            "DataProperties": served.properties,
            "Perioden": [{"Key": each, "Title": each[:4]} for each in served.periods],
            "TypedDataSet": list(_chosen(served.rows, query.get("$filter", ""))),
        }
        rows = sets[name]
        if service == "ODataApi":
            return (500, {}) if len(rows) > self.most else (200, {"odata.metadata": "", "value": rows})
        start = int(query.get("$skip", "0"))
        content: Row = {"odata.metadata": "", "value": rows[start : start + self.page]}
        if start + self.page < len(rows):
            content["odata.nextLink"] = self._link(path, "$skip", start + self.page)
        return 200, content

    def _layer(self, name: str, query: Mapping[str, str], path: str) -> tuple[int, Any]:
        place = query.get("gemeentecode")
        features = [
            each
            for each in self.layers[name]
            if place is None or each["properties"].get("gemeentecode") == place
        ]
        start = int(query.get("startindex", "0"))
        links = [{"rel": "self", "href": f"https:/{path}"}]
        if start + self.page < len(features):
            links.append({"rel": "next", "href": self._link(path, "startindex", start + self.page)})
        page = features[start : start + self.page]
        return 200, {"type": "FeatureCollection", "features": page, "links": links}

    def _link(self, path: str, name: str, number: int) -> str:
        """To the next page: the address of the real host, as the service itself knows it."""
        without = re.sub(rf"[&]{re.escape(name)}=\d+", "", path)
        return f"https:/{without}&{name}={number}"

    @contextmanager
    def running(self) -> Iterator[Services]:
        """Served on a free port of this machine; `base` is its address."""
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        self.base = f"http://127.0.0.1:{server.server_port}"
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()


def _handler(services: Services) -> type[Handler]:
    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            services.asked.append(self.path)
            status, content = services.answer(self.path)
            body = json.dumps(content).encode()
            for part, faults in services.faults.items():
                if part in unquote(self.path) and faults:
                    faults.pop(0)(self, body)
                    return
            send(self, body, status)

        def log_message(self, *args: Any) -> None:
            """Nothing: a test reads `asked`."""

    return Answering


def send(handler: Handler, body: bytes, status: int = 200, **headers: str) -> None:
    """A whole answer. headers: with `_` for `-`; those given come in the place of the usual ones."""
    told = {"Content_Type": "application/json; charset=utf-8", "Content_Length": str(len(body)), **headers}
    handler.send_response(status)
    for name, value in told.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def status(code: int, **headers: str) -> Fault:
    """An answer with another status."""
    return lambda handler, body: send(handler, b"{}", code, **headers)


def other_type(handler: Handler, body: bytes) -> None:
    """A page of HTML where JSON was asked."""
    send(handler, b"<html>Onderhoud</html>", Content_Type="text/html")


def broken_off(handler: Handler, body: bytes) -> None:
    """Half of what Content-Length promises."""
    send(handler, body[: len(body) // 2], Content_Length=str(len(body)))
    handler.close_connection = True


def half(handler: Handler, body: bytes) -> None:
    """Half of the JSON, told as if it were the whole."""
    send(handler, body[: len(body) // 2])


def silent(seconds: float) -> Fault:
    """Nothing, for a while."""

    def wait(handler: Handler, body: bytes) -> None:
        time.sleep(seconds)
        handler.close_connection = True

    return wait


def endless(handler: Handler, body: bytes) -> None:
    """Blanks without end, a few at a time."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.end_headers()
    try:
        for _ in range(10_000):
            handler.wfile.write(b" " * 100)
            handler.wfile.flush()
            time.sleep(0.01)
    except OSError:  # who asked has gone
        handler.close_connection = True


def _chosen(rows: Iterable[Row], asked: str) -> Iterator[Row]:
    begins = tuple(re.findall(r"startswith\(WijkenEnBuurten,'(\w+)'\)", asked))
    period = re.search(r"Perioden eq '(\w+)'", asked)
    for row in rows:
        if row["WijkenEnBuurten"].startswith(begins or "") and (
            not period or row["Perioden"].strip() == period[1]
        ):
            yield row


# What the real services would answer of a package


def padded(code: str, nation: str = "NL01") -> str:
    """The code of an area as StatLine writes it."""
    return (nation if code == "NL00" else code).ljust(10)


def topic(key: str, unit: str = "%") -> Row:
    """A column of figures in DataProperties."""
    return {"odata.type": "Cbs.Ccb.Models.Topic", "Type": "Topic", "Key": key, "Title": key, "Unit": unit}


def dimensions(*keys: str) -> list[Row]:
    """Dimensions in DataProperties, and the labels of an area."""
    kinds = {"WijkenEnBuurten": "GeoDetailDimension", "Perioden": "TimeDimension"}
    found = [{"Type": kinds.get(key, "Dimension"), "Key": key, "Title": key} for key in keys]
    return [*found, *(topic(f"{label}_{i}", "") for i, label in enumerate(("Gemeentenaam", "SoortRegio"), 1))]


def services_of(package: Package, margin: float = 1.5, first: int = 4) -> Services:
    """All that the package has of the tables that are fetched, as StatLine would answer it; limits of the health table
    are the value less and more `margin`. first: the number of the first column of figures."""
    services = Services()
    for table in tables.TABLES:
        services.tables[table.table_id] = _served(package, table, margin, first)
    titles = {"50150NED": "Gezondheid per wijk en buurt; 2012/2016/2020/2022/2024 (indeling 2024)"}
    for table_id, served in services.tables.items():
        title = titles.get(table_id, f"Kerncijfers wijken en buurten {tables_year(table_id)}")
        served.info.update(
            {"Title": title, "Modified": "2026-08-01T02:00:00", "Period": tables_year(table_id)}
        )
        services.catalogue.append({"Identifier": table_id, "Title": title})
    services.layers = layers_of(package)
    return services


def tables_year(table_id: str) -> str:
    return next(str(each.year or "") for each in tables.TABLES if each.table_id == table_id)


def _served(package: Package, table: tables.LiveTable, margin: float, first: int) -> Served:
    indicators = package.indicators[package.indicators["table_id"] == table.table_id]
    keys = {key: f"{stem}_{i}" for i, (key, stem) in enumerate(indicators["stem"].items(), first)}
    health = table.year is None
    mine = package.observations[package.observations["indicator_id"].isin(keys)]
    cells: dict[tuple[str, str, str], Row] = {}
    columns = ["area_code", "year", "age_group", "indicator_id", "value"]
    for code, year, age, indicator, value in mine[columns].astype(object).itertuples(index=False):
        group = (code, f"{year}JJ00", AGES[age]) if health else (code, "", "")
        cells.setdefault(group, {})[keys[indicator]] = None if value != value else value
    rows = [row for group, found in cells.items() for row in _rows(group, found, list(keys.values()), margin)]
    periods = sorted({group[1] for group in cells}) if health else []
    dims = ("Leeftijd", "Marges", "WijkenEnBuurten", "Perioden") if health else ("WijkenEnBuurten",)
    topics = [topic(key) for key in keys.values()]
    return Served(table.host, {"Identifier": table.table_id}, [*dimensions(*dims), *topics], rows, periods)


def _rows(group: tuple[str, str, str], found: Row, keys: Sequence[str], margin: float) -> Iterator[Row]:
    code, period, age = group
    if not age:
        yield {"WijkenEnBuurten": padded(code, "NL00"), **{key: found.get(key) for key in keys}}
        return
    for name, more in (("MW00000", 0.0), ("MOG0095", -margin), ("MBG0095", margin)):
        values = {key: None if found.get(key) is None else round(found[key] + more, 1) for key in keys}
        area = {"WijkenEnBuurten": padded(code), "SoortRegio_2": KINDS[code[:2]].ljust(10)}
        yield {"Leeftijd": age, "Marges": name, **area, "Perioden": period, **values}


def layers_of(package: Package) -> dict[str, list[Row]]:
    """The boundaries of the package as PDOK would answer them, in degrees, with water beside the land."""
    layers = package.geometry.join(package.areas[["name", "municipality_code"]]).to_crs(WGS84)
    kinds = {"neighbourhood": ("buurten", "buurt"), "district": ("wijken", "wijk")}
    found: dict[str, list[Row]] = {"buurten": [], "wijken": [], "gemeenten": []}
    for row in layers.itertuples():
        layer, kind = kinds.get(row.level, ("gemeenten", "gemeente"))
        found[layer].append(feature(kind, str(row.Index), row.name, row.municipality_code, row.geometry))
    lake = feature("gemeente", "GM0546", "Water", "GM0546", layers.geometry.iloc[0], "JA")
    return {**found, "gemeenten": [*found["gemeenten"], lake]}


def feature(kind: str, code: str, name: str, place: str, shape: Any, water: str = "NEE") -> Row:
    """One area as PDOK answers it."""
    properties = {f"{kind}code": code, f"{kind}naam": name, "gemeentecode": place, "water": water}
    geometry = json.loads(gpd.GeoSeries([shape]).to_json())["features"][0]["geometry"]
    return {"type": "Feature", "id": code, "properties": properties, "geometry": geometry}
