"""`python -m hsc_geo data geocode` against an address service of our own; its points go in by the import."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from typer.testing import CliRunner, Result

from hsc_geo.cli import geocode as command
from hsc_geo.cli.main import app
from hsc_geo.data.load import Package
from hsc_geo.register import Actor, Register
from hsc_geo.register.points import PlacedPoint, import_file
from hsc_geo.sources.locatieserver import SOURCE
from tests.register.samples import DATA
from tests.web import loopback
from tests.web.loopback import TileServer

STEWARD = Actor("steward", "s-1")
Run = Callable[..., Result]
# What the service knows: a house in the stated district, one in another, one in another town.
KNOWN = {
    "Willem Klooslaan 15": (52.153, 4.47, "2321AA"),
    "Rosmolen 28": (52.158, 4.485, "2317AA"),
    "Ten Katestraat 10": (52.07, 4.30, "2321AW"),
}


def document(name: str) -> dict[str, Any]:
    latitude, longitude, postcode = KNOWN[name]
    street, _, number = name.rpartition(" ")
    own = {"straatnaam": street, "huis_nlt": number, "postcode": postcode}
    where = {"type": "adres", "centroide_ll": f"POINT({longitude} {latitude})", "score": 9.5}
    return own | where | {"weergavenaam": f"{name}, {postcode} Leiden"}


def answering(handler: BaseHTTPRequestHandler) -> None:
    (asked,) = parse_qs(urlsplit(handler.path).query)["q"]
    found = [document(name) for name in KNOWN if name in asked]
    body = json.dumps({"response": {"numFound": len(found), "docs": found}}).encode()
    loopback.image(body, "application/json;charset=utf-8")(handler)


@pytest.fixture
def server() -> Iterator[TileServer]:
    with loopback.tile_server() as running:
        running.answer = answering
        yield running


@pytest.fixture
def store_name() -> str:
    """Nothing here depends on the database."""
    return "sqlite"


@pytest.fixture
def run(filled_url: str, server: TileServer, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("HSC_DATABASE", filled_url)
    monkeypatch.setenv("HSC_DATA", str(DATA))
    monkeypatch.setenv("HSC_ADDRESS_UPSTREAM", f"{server.host}/free")
    monkeypatch.setattr(command, "PAUSE", 0.0)
    monkeypatch.setattr(command, "PAUSES", (0.0, 0.0, 0.0))
    return lambda *words: CliRunner().invoke(app, [*map(str, words)])


def rows(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))


def row_of(file: Path, key: str) -> dict[str, str]:
    return next(row for row in rows(file) if row["key"] == key)


def mark(file: Path, *keys: str, **changed: str) -> None:
    """As a steward does in a spreadsheet."""
    found = rows(file)
    for row in found:
        if row["key"] in keys:
            row.update({"take": "yes", **changed})
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(found[0]))
    writer.writeheader()
    writer.writerows(found)
    file.write_text(out.getvalue(), encoding="utf-8")


def test_one_list_with_precision_source_and_conflicts_and_nothing_changes(
    run: Run, register: Register, server: TileServer, tmp_path: Path
) -> None:
    before, file = register.revision(), tmp_path / "list.csv"
    done = run("data", "geocode", file)
    assert done.exit_code == 0, done.output
    assert register.revision() == before
    found = row_of(file, "LEI-039")
    assert (found["take"], found["state"], found["precision"], found["confidence"]) == (
        "",
        "found",
        "address",
        "high",
    )
    assert (found["found"], found["source"]) == ("Willem Klooslaan 15, 2321AA Leiden", SOURCE)
    assert found["district"] == "Bos- en Gasthuisdistrict (WK054605)"
    conflict = row_of(file, "Leo Odensehuis")
    assert (conflict["state"], conflict["district"]) == ("conflict", "Binnenstad-Zuid (WK054600)")
    assert conflict["district_stated"] == "Merenwijkdistrict (WK054608)"
    assert row_of(file, "Buurthuis / Speeltuin Westerkwartier")["state"] == "outside"
    assert row_of(file, "LEI-032")["state"] == "not_found"
    assert row_of(file, "LEI-021")["state"] == "no_address"
    assert "1 found in another district than the register states" in done.output
    asked = [parse_qs(urlsplit(path).query)["q"][0] for path in server.asked]
    assert len(asked) == len(set(asked))  # the same address once
    assert {row["address"] for row in rows(file) if row["address"]} == set(asked)


def test_only_rows_that_are_marked_go_into_the_register_by_its_import(
    run: Run, register: Register, tmp_path: Path
) -> None:
    file, points = tmp_path / "list.csv", tmp_path / "points.zip"
    run("data", "geocode", file)
    mark(file, "LEI-039", "Leo Odensehuis")
    done = run("data", "geocode", file, "--take", points)
    assert done.exit_code == 0, done.output
    assert "with 2 points" in done.output
    assert "no faults" in run("register", "import", points, "--check").output
    assert "0 added, 2 changed" in run("register", "import", points, "--why", "By address").output
    place = register.tables()["initiative_places"].query("initiative_id == 'LEI-039'").iloc[0]
    assert (place["latitude"], place["longitude"], place["coordinate_source"]) == (52.153, 4.47, SOURCE)
    venue = register.tables()["venues"].set_index("venue").loc["Leo Odensehuis"]
    assert (venue["latitude"], venue["area_code"]) == (52.158, "BU05460001")
    line = register.journal("LEI-039", limit=1)[0]
    assert (line.role, line.why) == ("administrator", "By address")
    again = run("data", "geocode", file, "--take", tmp_path / "again.zip")
    assert again.exit_code == 1
    assert "row 4" not in again.output
    assert "no such place without a point is in the register any more" in again.output
    assert not (tmp_path / "again.zip").exists()


WRONG: list[tuple[dict[str, str], str]] = [
    ({"latitude": "ten"}, "column latitude: 'ten': give degrees"),
    ({"latitude": "52,15"}, "column latitude: '52,15': give degrees"),
    ({"longitude": "nan"}, "column latitude"),
    ({"latitude": "52.07", "longitude": "4.30"}, "lies outside the municipality"),
    ({"precision": "exact"}, "column precision: 'exact': use one of address, street"),
    ({"confidence": "sure"}, "column confidence: 'sure': use one of high, medium, low"),
    ({"address": "Elders 1"}, "the register has 'Willem Klooslaan 15, Leiden' now"),
    ({"place_number": "9"}, "no such place without a point"),
]


def test_a_marked_row_that_is_wrong_is_told_by_row_and_column_and_nothing_is_written(
    run: Run, tmp_path: Path
) -> None:
    file, points = tmp_path / "list.csv", tmp_path / "points.zip"
    run("data", "geocode", file)
    sound = file.read_bytes()
    for changed, said in WRONG:
        file.write_bytes(sound)
        mark(file, "LEI-039", **changed)
        done = run("data", "geocode", file, "--take", points)
        assert done.exit_code == 1
        assert said in done.output
        assert "list.csv, row " in done.output
        assert not points.exists()


def test_a_list_without_marks_or_columns_is_told(run: Run, tmp_path: Path) -> None:
    file, points = tmp_path / "list.csv", tmp_path / "points.zip"
    run("data", "geocode", file)
    assert "no row of" in run("data", "geocode", file, "--take", points).output
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    assert "the column take is missing" in run("data", "geocode", file, "--take", points).output
    file.write_bytes(b"\xff\xfe\x00")
    assert "save it as CSV in UTF-8" in run("data", "geocode", file, "--take", points).output
    assert "No such file" in run("data", "geocode", tmp_path / "none.csv", "--take", points).output


def test_a_list_that_is_there_is_never_written_over(run: Run, tmp_path: Path, server: TileServer) -> None:
    file = tmp_path / "list.csv"
    file.write_text("my marks", encoding="utf-8")
    done = run("data", "geocode", file)
    assert (done.exit_code, file.read_text(encoding="utf-8")) == (1, "my marks")
    assert "is there already" in done.output
    assert server.asked == []


@pytest.mark.parametrize(
    ("answer", "said", "asked"),
    [
        (loopback.status(500), "status 500", 4),
        (loopback.status(403), "status 403", 1),
        (loopback.image(b"<html>", "text/html"), "type 'text/html' in place of application/json", 1),
        (loopback.image(b"{}", "application/json"), "not as documented", 1),
        (loopback.image(b" " * 200_000, "application/json"), "more than 100000 bytes", 1),
    ],
)
def test_a_service_that_fails_is_told_once_and_the_list_says_what_was_not_asked(
    run: Run, server: TileServer, tmp_path: Path, answer: loopback.Answer, said: str, asked: int
) -> None:
    server.answer = answer
    file = tmp_path / "list.csv"
    done = run("data", "geocode", file)
    assert done.exit_code == 1
    assert said in done.output
    assert "Traceback" not in done.output
    assert len(server.asked) == asked
    assert {row["state"] for row in rows(file)} == {"no_address", "not_asked"}


def test_an_answer_of_which_some_cannot_be_used_says_so(run: Run, server: TileServer, tmp_path: Path) -> None:
    odd = [{"weergavenaam": "<b>", "type": "adres"}, {"centroide_ll": "POINT(nan nan)"}]
    body = json.dumps({"response": {"docs": odd}}).encode()
    server.answer = loopback.image(body, "application/json")
    file = tmp_path / "list.csv"
    run("data", "geocode", file)
    row = row_of(file, "LEI-039")
    assert (row["state"], row["remarks"]) == ("not_found", "2 of its answers cannot be used")


def test_another_host_is_refused(run: Run, tmp_path: Path) -> None:
    done = run("data", "geocode", tmp_path / "list.csv", "--upstream", "https://example.org/free")
    assert done.exit_code == 2
    assert "api.pdok.nl" in done.output


def test_without_a_register_the_data_package_is_read(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("HSC_DATABASE")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "nothing"))
    done = run("data", "geocode", tmp_path / "list.csv")
    assert done.exit_code == 0
    assert "no register here" in done.output
    assert row_of(tmp_path / "list.csv", "LEI-039")["state"] == "found"


# The file


def point(key: str, number: int) -> PlacedPoint:
    return PlacedPoint("initiative", key, number, 52.153, 4.47, "address", "high", SOURCE, "=1+1")


def test_other_places_and_areas_that_a_source_names_stay(register: Register, package: Package) -> None:
    before = register.tables()
    report = register.read_import(import_file(register.overlay(package), [point("LEI-075", 2)]), "csv")
    assert report.problems == ()
    assert register.import_rows(report, STEWARD, "By address").changed == 1
    after = register.tables()
    old, new = (each["initiative_places"].query("initiative_id == 'LEI-075'") for each in (before, after))
    assert len(old) == len(new)
    assert old.iloc[0].equals(new.iloc[0])
    assert (new.iloc[1]["latitude"], new.iloc[1]["coordinate_note"]) == (52.153, "=1+1")
    areas = [each["initiative_areas"].query("initiative_id == 'LEI-039'") for each in (before, after)]
    assert areas[0].equals(areas[1])


def test_a_place_that_is_not_there_is_an_error(package: Package) -> None:
    with pytest.raises(KeyError):
        import_file(package, [point("LEI-039", 9)])
