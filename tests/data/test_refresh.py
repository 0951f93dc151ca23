"""A refresh on a copy of the package: what it takes over, what it tells, what it refuses, and that nothing is half."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import shapely
from typer.testing import CliRunner, Result

from hsc_geo.cli.main import app
from hsc_geo.data.check import check_folder
from hsc_geo.data.load import Package, load
from hsc_geo.data.packing import write
from hsc_geo.data.refresh import refreshed
from hsc_geo.data.refresh_report import RefreshReport, as_json, default_file, keep, read
from hsc_geo.domain.message import Message
from hsc_geo.domain.problems import Problem
from hsc_geo.sources.words import read_words
from tests.shared.services import Services, services_of, status, topic

FIGURES = r"(50090NED|50150NED)-(Eenzaam|Roker|RooktTabak)|8\d+NED-(AantalInwoners|k_\w+|OppervlakteLand)"


@pytest.fixture(scope="module")
def package(package: Package, tmp_path_factory: pytest.TempPathFactory) -> Package:
    """The package with a few figures only, so that a refresh takes no time."""
    mine = package.observations["indicator_id"].astype(str).str.fullmatch(FIGURES)
    kept = package.indicators[package.indicators.index.str.fullmatch(FIGURES + "|REGISTER-.*")]
    less = replace(package, observations=package.observations[mine], indicators=kept)
    folder = tmp_path_factory.mktemp("small") / "data"
    folder.mkdir()
    write(less, folder)
    return load(folder)


@pytest.fixture
def broken(package: Package, tmp_path: Path) -> Path:
    """A copy of it, to be refreshed."""
    return Path(shutil.copytree(package.folder, tmp_path / "data"))


@pytest.fixture(scope="module")
def made(package: Package) -> Services:
    return services_of(package)


@pytest.fixture
def services(made: Services) -> Iterator[Services]:
    """Services of their own, so that a test may change them."""
    own = Services(
        {key: type(each)(**json.loads(json.dumps(vars(each)))) for key, each in made.tables.items()},
        json.loads(json.dumps(made.layers)),
        [*made.catalogue],
    )
    with own.running() as running:
        yield running


@pytest.fixture
def run(services: Services, broken: Path, tmp_path: Path) -> Any:
    """Runs `data refresh` on a copy of the package."""

    def refresh(*more: str) -> Result:
        named = {"--folder": broken, "--sources": services.base, "--answers": tmp_path / "answers"}
        named |= {
            "--report": tmp_path / "report.json",
        }
        words = [str(word) for pair in named.items() for word in pair]
        return CliRunner().invoke(app, ["data", "refresh", *words, *more])

    return refresh


def report_of(tmp_path: Path) -> RefreshReport:
    found = read(tmp_path / "report.json")
    assert found is not None
    return found


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_refresh_of_nothing_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    package = load(folder)
    same = refreshed(package, [], None, read_words())
    assert not same.problems
    assert write(same.package, tmp_path) == package.snapshot
    assert files(tmp_path) == files(folder)


def test_only_told_nothing_is_written(run: Any, broken: Path, tmp_path: Path) -> None:
    before = files(broken)
    result = run()
    assert result.exit_code == 0, result.output
    assert files(broken) == before
    assert "nothing was written; --write puts it in" in result.output
    assert "[4/4] boundaries of 2024 at PDOK" in result.output
    told = report_of(tmp_path)
    assert (told.municipality, told.written, told.problems) == ("GM0546", False, ())
    assert not told.areas
    assert not told.values
    assert {each.source_id for each in told.retrieved} == {
        "50150NED",
        "86165NED",
        "85984NED",
        "BOUNDARIES2024",
    }
    lonely = {each.year: each for each in told.series if each.indicator_id == "50150NED-Eenzaam"}
    assert (lonely[2024].limits, lonely[2024].revised, lonely[2024].largest) == (64, 0, None)


def test_written_it_has_limits_and_says_where_from(run: Any, broken: Path, package: Package) -> None:
    assert run("--write").exit_code == 0
    after = load(broken)
    assert not check_folder(broken)
    health = after.observations[after.observations["indicator_id"].str.startswith("50150NED")]
    present = health[health["status"] == "present"]
    assert (present["upper"] - present["lower"]).round(6).eq(3).all()
    old = package.observations.set_index(["area_code", "indicator_id", "year", "age_group"])["value"].dropna()
    new = after.observations.set_index(["area_code", "indicator_id", "year", "age_group"])["value"].dropna()
    assert old.sort_index().equals(new.sort_index()), "the services answer what was there"
    sources = after.sources.set_index("source_id")
    assert "Fetched from StatLine (OData) on 20" in sources.loc["50150NED", "note_en"]
    assert "export" not in sources.loc["50150NED", "note_en"]
    assert sources.loc["BOUNDARIES2024", "licence"] == "CC BY 4.0"
    assert "BOUNDARIES2016" not in sources.index
    caveats = after.indicators.loc["50150NED-Eenzaam", "caveats_en"]
    assert "No interval in this edition." in package.indicators.loc["50150NED-Eenzaam", "caveats_en"]
    assert "No interval" not in caveats
    assert "No national figure" in caveats, "the services here have none of the nation"
    assert "No interval" in after.indicators.loc["50090NED-Eenzaam", "caveats_en"], (
        "that table was not fetched"
    )
    told = {each["source_id"]: each for each in after.descriptor["retrievals"]}
    assert told["50150NED"]["edition"] == "2026-08-01T02:00:00"
    assert len(told["50150NED"]["answers"]) == 7, "two of the table, its waves, and four of them"
    assert all(len(each["sha256"]) == 64 for each in told["50150NED"]["answers"])
    for table in (
        "initiatives",
        "venues",
        "organisations",
        "focus_areas",
        "vocabularies",
        "initiative_areas",
    ):
        assert getattr(after, table).equals(getattr(package, table)), table


def test_a_second_run_asks_nothing_and_changes_nothing(
    run: Any, services: Services, broken: Path, tmp_path: Path
) -> None:
    run()
    asked = len(services.asked)
    assert run("--write").exit_code == 0
    assert len(services.asked) == asked
    written = files(broken)
    assert run("--write").exit_code == 0
    assert files(broken) == written
    assert report_of(tmp_path).changes_nothing


def test_after_a_break_it_goes_on(run: Any, services: Services, broken: Path) -> None:
    before = files(broken)
    services.faults["85984NED/TypedDataSet"] = [status(404)]
    result = run("--write")
    assert result.exit_code == 1
    assert "85984NED/TypedDataSet" in result.output
    assert "HTTP 404" in result.output
    assert files(broken) == before
    asked = set(services.asked)
    assert run("--write").exit_code == 0
    again = services.asked[len(asked) :]
    assert not [path for path in again if "50150NED" in path or "86165NED" in path]


def test_values_that_differ_are_listed(run: Any, services: Services, tmp_path: Path) -> None:
    table = services.tables["50150NED"]
    key = next(each["Key"] for each in table.properties if each["Key"].startswith("Eenzaam_"))
    mine = [each for each in table.rows if each["Perioden"] == "2024JJ00" and each["Leeftijd"] == "20300"]
    value, low, high = (each for each in mine if each["WijkenEnBuurten"].strip() == "BU05460000")
    value[key], low[key], high[key] = 42.5, 40.0, 45.0
    value, low, high = (each for each in mine if each["WijkenEnBuurten"].strip() == "BU05460001")
    was = value[key]
    value[key] = low[key] = high[key] = None
    result = run()
    assert "BU05460000 50150NED-Eenzaam 2024 18plus: 41 -> 42.5" in result.output
    told = report_of(tmp_path)
    assert [(each.area_code, each.old, each.new, each.new_status) for each in told.values] == [
        ("BU05460000", 41.0, 42.5, "present"),
        ("BU05460001", was, None, "suppressed"),
    ]
    (series,) = [each for each in told.series if each.revised]
    assert (series.revised, series.missing, series.largest) == (1, 1, 1.5)


def test_columns_that_are_new_or_gone(run: Any, services: Services, broken: Path, tmp_path: Path) -> None:
    table = services.tables["50150NED"]
    table.properties.append(topic("Schermtijd_90"))
    for each in table.rows:
        each["Schermtijd_90"] = 1
    result = run("--write")
    assert result.exit_code == 0, result.output
    assert "50150NED unknown: Schermtijd_90" in result.output
    table.properties.append(topic("Slaap_91"))
    for each in table.rows:
        each["Slaap_91"] = 1
    result = run("--fresh")
    assert [(each.what, each.key) for each in report_of(tmp_path).columns] == [
        ("unknown", "Schermtijd_90"),
        ("new", "Slaap_91"),
    ]
    before = files(broken)
    table.properties = [each for each in table.properties if not each["Key"].startswith("Eenzaam_")]
    result = run("--fresh", "--write")
    assert result.exit_code == 1
    assert "50150NED, column DataProperties: 'Eenzaam': no column of the table has this name" in result.output
    assert "this cannot be written" in result.output
    assert files(broken) == before
    assert not report_of(tmp_path).written


def halves(geometry: Any) -> list[Any]:
    """A shape in two, by a line from north to south through its middle."""
    shape = shapely.from_geojson(json.dumps(geometry))
    west, south, east, north = shape.bounds
    line = (west + east) / 2
    boxes = shapely.box(west, south, line, north), shapely.box(line, south, east, north)
    return [json.loads(shapely.to_geojson(shape.intersection(box))) for box in boxes]


def split(services: Services, code: str) -> None:
    """Two areas in the place of one, whose codes end in 90 and 91."""
    leaves = services.layers["buurten"]
    (old,) = [each for each in leaves if each["properties"]["buurtcode"] == code]
    leaves.remove(old)
    for number, geometry in enumerate(halves(old["geometry"])):
        properties = {**old["properties"], "buurtcode": f"{code[:8]}9{number}"}
        leaves.append({**old, "geometry": geometry, "properties": properties})


def parts_of(row: dict[str, Any], code: str) -> list[dict[str, Any]]:
    """The rows of the two new areas in the place of that of the one, its counts halved."""
    if row["WijkenEnBuurten"].strip() != code:
        return [row]
    counts = {
        key: int(value // 2)
        for key, value in row.items()
        if isinstance(value, float | int) and "Marges" not in row
    }
    return [{**row, **counts, "WijkenEnBuurten": f"{code[:8]}9{number}"} for number in (0, 1)]


def test_what_was_placed_by_its_point_follows_it_into_a_new_area(
    run: Any, services: Services, broken: Path, package: Package
) -> None:
    split(services, "BU05460803")
    for each in services.tables.values():
        each.rows = [part for row in each.rows for part in parts_of(row, "BU05460803")]
    result = run("--write")
    assert result.exit_code == 0, result.output
    before, after = package.initiative_areas, load(broken).initiative_areas
    moved = before[before["area_code"] == "BU05460803"]
    assert len(moved) == 2
    codes = after.set_index("initiative_id").loc[list(moved["initiative_id"]), "area_code"]
    assert set(codes) <= {"BU05460890", "BU05460891"}
    assert len(after) == len(before)
    rest = before[before["area_code"] != "BU05460803"].merge(after)
    assert len(rest) == len(before) - 2, "nothing else moves"
    shapes = load(broken).geometry.geometry.to_crs(4326)
    places = package.initiative_places.set_index("initiative_id")
    for initiative, code in codes.items():
        spot = places.loc[[initiative]]
        points = shapely.points(spot["longitude"], spot["latitude"])
        assert shapes[code].buffer(1e-6).covers(points).any()


def test_an_area_that_was_split_is_told_and_not_guessed(
    run: Any, services: Services, broken: Path, tmp_path: Path
) -> None:
    split(services, "BU05460302")
    before = files(broken)
    result = run("--write")
    assert result.exit_code == 1
    assert files(broken) == before
    told = {each.area_code: each for each in report_of(tmp_path).areas}
    assert told["BU05460302"].what == "gone"
    assert sorted(part.split()[0] for part in told["BU05460302"].other.split(", ")) == [
        "BU05460390",
        "BU05460391",
    ]
    assert told["BU05460390"].what == told["BU05460391"].what == "added"
    (hanging,) = report_of(tmp_path).problems
    assert (hanging.file, hanging.value) == ("initiative_areas.csv", "BU05460302"), (
        "the one that a name placed"
    )


def test_parts_can_be_fetched_alone(run: Any, services: Services, broken: Path, package: Package) -> None:
    assert run("--part", "key-figures", "--write").exit_code == 0
    assert not [path for path in services.asked if "50150NED" in path or "pdok" in path]
    after = load(broken)
    assert after.geometry.equals(package.geometry)
    assert "BOUNDARIES2016" in set(after.sources["source_id"])
    assert run("--part", "health", "--write").exit_code == 0
    assert [each["source_id"] for each in load(broken).descriptor["retrievals"]] == [
        "50150NED",
        "85984NED",
        "86165NED",
    ]
    result = run("--part", "weather")
    assert result.exit_code == 1
    assert "'weather': is no part; give one of health, key-figures, boundaries" in result.output


def test_a_package_without_a_table_gets_it_with_our_words(
    run: Any, services: Services, broken: Path, package: Package
) -> None:
    """As the package of a municipality that was built from what is known of the whole country."""
    rest = ~package.observations["indicator_id"].astype(str).str.startswith("50150NED")
    less = replace(
        package,
        observations=package.observations[rest],
        indicators=package.indicators[package.indicators["table_id"] != "50150NED"],
        sources=package.sources[package.sources["source_id"] != "50150NED"],
    )
    write(less, broken)
    assert "50150NED-Eenzaam" not in load(broken).indicators.index
    result = run("--part", "health", "--write")
    assert "no column of the table has this name" in result.output, "the services here have two of our twenty"
    table = services.tables["50150NED"]
    others = [each["stem"] for each in read_words().indicators if each["table_id"] == "50150NED"]
    keys = [f"{stem}_9" for stem in others if stem not in ("Eenzaam", "RooktTabak")]
    table.properties += [topic(key) for key in keys]
    table.rows = [{**each, **dict.fromkeys(keys)} for each in table.rows]
    result = run("--part", "health", "--write", "--fresh")
    assert result.exit_code == 0, result.output
    after = load(broken)
    assert after.indicators.loc["50150NED-Eenzaam", "years"] == "2016|2020|2022|2024"
    assert "50150NED" in set(after.sources["source_id"])
    lonely = [
        each[each["indicator_id"] == "50150NED-Eenzaam"]
        for each in (package.observations, after.observations)
    ]
    assert lonely[0]["value"].sum() == lonely[1]["value"].sum() > 0


def test_a_later_edition_of_key_figures_comes_beside_the_known_ones(
    run: Any, services: Services, broken: Path, package: Package
) -> None:
    known, title = services.tables["86165NED"], "Kerncijfers wijken en buurten 2026"
    more = [{**each} for each in known.rows]
    people = next(key for key in more[0] if key.startswith("AantalInwoners_"))
    for each in more:
        each[people] = (each[people] or 0) * 2
    services.tables["86999NED"] = replace(known, info={"Title": title, "Period": "2026"}, rows=more)
    services.catalogue.append({"Identifier": "86999NED", "Title": title})
    result = run("--part", "key-figures=86999NED")
    assert "86999NED, column DataProperties: 'HuishoudensTotaal': no column" in result.output, (
        "ten in our words"
    )
    others = [each["stem"] for each in read_words().indicators if each["table_id"] == "86165NED"]
    keys = [f"{stem}_99" for stem in others if not any(key.startswith(f"{stem}_") for key in more[0])]
    served = services.tables["86999NED"]
    services.tables["86999NED"] = replace(
        served,
        properties=[*served.properties, *map(topic, keys)],
        rows=[{**each, **dict.fromkeys(keys)} for each in more],
    )
    result = run("--part", "key-figures=86999NED", "--write", "--fresh")
    assert result.exit_code == 0, result.output
    after = load(broken)
    indicator = after.indicators.loc["86999NED-AantalInwoners"]
    assert (indicator["years"], indicator["definition_en"]) == (
        "2026",
        "Number of residents on 1 January 2026.",
    )
    assert after.indicators.loc["86165NED-AantalInwoners", "years"] == "2025"
    assert after.sources.set_index("source_id").loc["86999NED", "title"] == title
    place = package.areas.loc["GM0546", "population"] * 2
    assert tuple(after.areas.loc["GM0546", ["population", "population_year"]]) == (place, 2026)
    assert run("--part", "boundaries", "--write").exit_code == 0
    assert load(broken).areas.loc["GM0546", "population"] == place, "it stays the newest"
    assert "newer" not in run("--part", "key-figures").output
    services.tables["85000NED"] = replace(known, info={"Title": "Iets anders 2026"})
    assert "'Iets anders 2026': is no edition of" in run("--part", "key-figures=85000NED").output


@pytest.mark.parametrize("word", ["mirror", "http://mirror.example", "ftp://127.0.0.1/x"])
def test_an_address_that_is_none_is_told(broken: Path, word: str) -> None:
    result = CliRunner().invoke(app, ["data", "refresh", "--folder", str(broken), "--sources", word])
    assert result.exit_code == 1
    assert "HSC_SOURCES" in result.output
    assert "Traceback" not in result.output


def test_a_report_is_read_back_and_a_damaged_one_told(run: Any, tmp_path: Path) -> None:
    run("--part", "key-figures")
    path = tmp_path / "report.json"
    told = report_of(tmp_path)
    mend = Message("there are {n} faults", n=2)
    told = replace(told, problems=(Problem("a.csv", 2, "", "", mend), Problem("b.csv", 0, "c", "d", "plain")))
    keep(told, tmp_path / "deep" / "copy.json")
    copy = read(tmp_path / "deep" / "copy.json")
    assert copy == told
    kept = copy.problems[0].mend
    assert isinstance(kept, Message)
    assert (kept.template, dict(kept.values)) == (mend.template, {"n": 2})
    assert json.loads(as_json(told))["municipality"] == "GM0546"
    assert read(tmp_path / "none.json") is None
    for damage in ("{}", "[]", "x", as_json(told).decode().replace('"form": 1', '"form": 2')):
        path.write_text(damage, encoding="utf-8")
        with pytest.raises(ValueError, match="is no report of a refresh"):
            read(path)


def test_the_report_is_where_the_setting_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HSC_REFRESH", str(tmp_path / "x.json"))
    assert default_file() == tmp_path / "x.json"
    monkeypatch.delenv("HSC_REFRESH")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_file() == tmp_path / "hsc_geo" / "refresh.json"
