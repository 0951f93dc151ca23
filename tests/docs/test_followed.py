"""The how-tos, followed step by step on a copy of the project: what they say to do works."""

from __future__ import annotations

import csv
import io
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po

from hsc_geo.data.load import BESIDE_PACKAGE, load
from hsc_geo.data.municipality import municipality_of
from hsc_geo.views.kit.names import boundary_credit
from tests.docs.project import copied
from tests.docs.reading import ROOT, Step, commands, fences, steps, text
from tests.shared.elsewhere import elsewhere
from tests.shared.services import services_of

DOCS = "tests/docs/test_docs.py"
pytestmark = pytest.mark.slow

OPENING = """
import sys
from streamlit.testing.v1 import AppTest
site = AppTest.from_file("pages/site.py", default_timeout=60)
site.query_params["lang"] = sys.argv[1]
page = site.run().switch_page(sys.argv[2]).run()
assert not page.exception, page.exception
print(page.title[0].value)
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project as a new folder beside `shared`."""
    return copied(tmp_path / "main")


@pytest.fixture
def extracts(copy: Path) -> Path:
    """The source extracts, copied to where the how-tos expect them."""
    named = os.environ.get("HSC_EXTRACTS")
    folder = Path(named) if named else ROOT.parent / "shared" / "extracts"
    if not folder.is_dir():
        pytest.skip("no source extracts; name their folder with HSC_EXTRACTS")
    target = copy.parent / "shared" / "extracts"
    for part in ("boundaries", "register", "statistics"):
        (target / part).mkdir(parents=True)
        for file in (folder / part).iterdir():
            (target / part / file.name).write_bytes(file.read_bytes())
    return target


def run(folder: Path, *command: str, **settings: str) -> str:
    """What a command prints, in the folder; its name is a tool beside this Python. Fails when the command does."""
    tool = [sys.executable] if command[0] == "python" else [str(Path(sys.executable).parent / command[0])]
    environment = {**os.environ, "PYTHONPATH": str(folder), "HSC_DATA": "", **settings}
    done = subprocess.run(
        [*tool, *command[1:]], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def follow_elsewhere(folder: Path, page: str, services: str) -> str:
    """Make the files of the page about another municipality and run its commands, those that fetch at `services`."""
    make_all(folder, page)
    (folder / "answers").mkdir()
    os.environ["XDG_CACHE_HOME"] = str(folder / "answers")
    fetching = {"HSC_SOURCES": services, "HSC_REFRESH": str(folder / "report.json")}
    wanted = [
        c
        for c in dict.fromkeys(commands(text(page)))
        if c.startswith(".venv/bin/python") and "--extracts" not in c
    ]
    return "".join(run(folder, *shlex.split(c.removeprefix(".venv/bin/")), **fetching) for c in wanted)


def follow(folder: Path, page: str, start: str) -> str:
    """Run the page's commands that begin with `.venv/bin/` and `start`, each once, in order; what they print."""
    wanted = [c for c in dict.fromkeys(commands(text(page))) if c.startswith(f".venv/bin/{start}")]
    assert wanted
    return "".join(run(folder, *shlex.split(command.removeprefix(".venv/bin/"))) for command in wanted)


def opened(folder: Path, language: str, script: str, **settings: str) -> str:
    """The title of a page in a language."""
    return run(folder, "python", "-c", OPENING, language, script, **settings).strip()


def make(folder: Path, step: Step) -> None:
    """Do what a step says: make its file, which is not there yet, or change the one that is there."""
    path = folder / step.path
    if step.language == "diff":
        return change(path, *sides(step.code))
    assert not path.exists(), f"{step.path} is there already"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(step.code + "\n", encoding="utf-8")
    return None


def sides(diff: str) -> tuple[str, str]:
    """What stands there before and after a change that is written with `-`, `+` and blank in front of lines."""
    lines = diff.splitlines()
    assert all(line[:1] in ("-", "+", " ") for line in lines), diff
    before, after = ([line[1:] for line in lines if line[0] in sign] for sign in ("- ", "+ "))
    return "\n".join(before), "\n".join(after)


def change(path: Path, old: str, new: str) -> None:
    source = path.read_text(encoding="utf-8")
    assert f"\n{source}".count(f"\n{old}\n") == 1, f"{old} stands not once in {path}"
    path.write_text(f"\n{source}".replace(f"\n{old}\n", f"\n{new}\n")[1:], encoding="utf-8")


def make_all(folder: Path, page: str) -> None:
    """Make every file and every change of a page; it has no block of code that is none of these."""
    found = steps(text(page))
    languages = {step.language for step in found}
    assert len(found) == sum(len(fences(text(page), language)) for language in ("python", "diff", "csv"))
    assert languages <= {"python", "diff", "csv"}
    for step in found:
        make(folder, step)


def translate(path: Path, words: dict[str, str], rest: str = "") -> None:
    """Fill in the empty texts of a catalogue: `words`, and for others `rest` before the English."""
    with path.open("rb") as stream:
        catalogue = read_po(stream)
    for message in [each for each in catalogue if each.id]:
        if isinstance(message.id, tuple):
            message.string = (
                message.string if all(message.string) else tuple(rest + one for one in message.id)
            )
        else:
            message.string = message.string or words.get(message.id, rest + message.id)
    with path.open("wb") as stream:
        write_po(stream, catalogue)


def add_row(path: Path, like: str, **cells: str) -> None:
    """Add a row to a words file: that of `like` (its first cell) with other cells."""
    header, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
    row = next(row for row in rows if row[0] == like)
    with path.open("a", encoding="utf-8", newline="") as out:
        changed = dict(zip(header, row, strict=True)) | cells
        csv.writer(out, lineterminator="\n").writerow(changed.values())


def test_a_page(copy: Path) -> None:
    how = "docs/add-a-page.md"
    make_all(copy, how)
    follow(copy, how, "pybabel")
    follow(copy, how, "python tools/")
    dutch = {"Sectors": "Sectoren", "Organisations known, by sector": "Bekende organisaties, per sector"}
    translate(copy / "locale/nl/LC_MESSAGES/hsc_geo.po", dutch)
    new = [
        step.path for step in steps(text(how)) if step.path.startswith("tests/") and step.language == "python"
    ]
    held = ["tests/views/test_catalogue.py", f"{DOCS}::test_every_page_of_the_app_is_documented"]
    run(copy, "pytest", "-q", "-n", "0", *new, *held)
    for check in (["ruff", "check", "."], ["ruff", "format", "--check", "."], ["lint-imports", "--no-cache"]):
        run(copy, *check)
    assert opened(copy, "nl", "map.py") == "Kaart"
    assert "views.sectors imports" in (copy / "docs/architecture.svg").read_text(encoding="utf-8")


def test_a_language(copy: Path) -> None:
    how = "docs/add-a-language.md"
    make_all(copy, how)
    follow(copy, how, "pybabel")
    translate(copy / "locale/de/LC_MESSAGES/hsc_geo.po", {}, rest="[de] ")
    for script, title in (
        ("start.py", "Health in Leiden"),
        ("map.py", "Map"),
        ("data.py", "Data and method"),
    ):
        assert opened(copy, "de", script).startswith(f"[de] {title}")
    assert opened(copy, "nl", "map.py") == "Kaart"


@pytest.mark.extracts
def test_an_indicator(copy: Path, extracts: Path) -> None:
    how, rented = "docs/add-an-indicator.md", "85984NED-HuurwoningenTotaal"
    table = extracts / "statistics" / "85984NED_2024.csv"
    header, *rows = csv.reader(io.StringIO(table.read_text(encoding="utf-8"), newline=""))
    with table.open("w", encoding="utf-8", newline="") as out:  # stand-in figures, never committed
        csv.writer(out).writerows([[*header, "HuurwoningenTotaal_48"], *([*row, "."] for row in rows[1:])])
        csv.writer(out).writerow([*rows[0], "41"])
    assert "column_without_indicator" in follow(copy, how, "python -m hsc_geo data build")
    change_of = {
        "indicator_id": rented,
        "stem": "HuurwoningenTotaal",
        "concept": "rented_homes",
        "name_nl": "Huurwoningen",
        "name_en": "Rented",
    }
    add_row(copy / "hsc_geo/sources/words/indicators.csv", "85984NED-Koopwoningen", **change_of)
    told = follow(copy, how, "python -m hsc_geo")
    assert "column_without_indicator" not in told
    assert "no problems" in told
    assert rented in (copy / "docs/data-dictionary.md").read_text(encoding="utf-8")
    observed = (copy / "data/observations.csv").read_text(encoding="utf-8")
    assert f"NL00,{rented},2024,all,41,,,present" in observed
    assert f"GM0546,{rented},2024,all,,,,suppressed" in observed


@pytest.mark.extracts
def test_a_source(copy: Path, extracts: Path) -> None:
    how, name = "docs/add-a-source.md", "statistics/wijkkaart_2022_wijken.csv"
    sources = copy / "hsc_geo/sources"
    for step in steps(text(how)):
        make(extracts if step.language == "csv" else copy, step)
    add_row(sources / "words/sources.csv", "WIJKKAART2017", source_id="WIJKKAART2022", vintage="2022")
    table = {
        "indicator_id": "WIJKKAART2022-AANT_INW",
        "table_id": "WIJKKAART2022",
        "source_id": "WIJKKAART2022",
    }
    add_row(sources / "words/indicators.csv", "WIJKKAART2017-AANT_INW", **table, classification_year="2022")
    assert "no problems" in follow(copy, how, "python -m hsc_geo")
    observed = (copy / "data/observations.csv").read_text(encoding="utf-8")
    assert "WK054603,WIJKKAART2022-AANT_INW,2022,all,15185,,,present" in observed
    lost = (copy / "data/left_out.csv").read_text(encoding="utf-8")
    levels = [line.split(",")[2] for line in lost.splitlines() if line.startswith(f"{name},,")]
    assert levels == ["country", "municipality", "neighbourhood"]


def test_another_municipality(copy: Path) -> None:
    how = "docs/another-municipality.md"
    with services_of(elsewhere(load(BESIDE_PACKAGE), "GM0088", "Schiermonnikoog")).running() as services:
        told = follow_elsewhere(copy, how, services.base)
    assert "no problems" in told
    data = {"HSC_DATA": str(copy / "place/data")}
    register = data | {"HSC_DATABASE": f"sqlite:///{copy}/place/register.db"}
    run(copy, "python", "-m", "hsc_geo", "register", "init", **register)
    given = ("register", "import", "place/initiatives.csv", "--check")
    assert run(copy, "python", "-m", "hsc_geo", *given, **register) == "no faults\n"
    settings = data | {"HSC_REGISTER": "off"}
    assert opened(copy, "en", "start.py", **settings) == "Health in Schiermonnikoog, by district"
    assert opened(copy, "nl", "map.py", **settings) == "Kaart"
    package = load(copy / "place/data")
    assert set(package.vocabularies.query("vocabulary == 'ambition'")["code"]) == {"S1", "S2"}
    assert package.focus_areas["area_code"].tolist() == ["WK008800"]
    assert package.observations["lower"].notna().any()
    assert municipality_of(package).author == "Gezond Eiland"
    assert boundary_credit(package) == "CBS/Kadaster 2024"
    assert "Leiden" not in (copy / "place/data/datapackage.json").read_text(encoding="utf-8")
