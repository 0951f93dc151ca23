"""The how-tos, followed step by step on a copy of the project: what they say to do works."""

from __future__ import annotations

import csv
import io
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po

from tests.docs.reading import ROOT, commands, fences, text

pytestmark = pytest.mark.slow

COPIED = ("hsc_geo", "pages", "locale", "data", "docs", ".streamlit", "babel.cfg")
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
    folder = tmp_path / "main"
    folder.mkdir()
    for name in COPIED:
        place = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        place(ROOT / name, folder / name)
    return folder


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


def run(folder: Path, *command: str) -> str:
    """What a command prints, in the folder; its name is a tool beside this Python. Fails when the command does."""
    tool = [sys.executable] if command[0] == "python" else [str(Path(sys.executable).parent / command[0])]
    environment = {**os.environ, "PYTHONPATH": str(folder), "HSC_DATA": ""}
    done = subprocess.run(
        [*tool, *command[1:]], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def follow(folder: Path, page: str, start: str) -> str:
    """Run the page's commands that begin with `.venv/bin/` and `start`, each once, in order; what they print."""
    wanted = [c for c in dict.fromkeys(commands(text(page))) if c.startswith(f".venv/bin/{start}")]
    assert wanted
    return "".join(run(folder, *shlex.split(command.removeprefix(".venv/bin/"))) for command in wanted)


def opened(folder: Path, language: str, script: str) -> str:
    """The title of a page in a language."""
    return run(folder, "python", "-c", OPENING, language, script).strip()


def put(path: Path, content: str) -> None:
    assert not path.exists()
    path.write_text(content + "\n", encoding="utf-8")


def change(path: Path, old: str, new: str) -> None:
    source = path.read_text(encoding="utf-8")
    assert source.count(old) == 1, f"{old} stands {source.count(old)} times in {path}"
    path.write_text(source.replace(old, new), encoding="utf-8")


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
    analysis, view, script, entry, _ = fences(text(how), "python")
    put(copy / "hsc_geo/analysis/sectors.py", analysis)
    put(copy / "hsc_geo/views/sectors.py", view)
    put(copy / "pages/sectors.py", script)
    change(copy / "pages/site.py", "    ],\n    position", f"        {entry},\n    ],\n    position")
    follow(copy, how, "pybabel")
    translate(copy / "locale/nl/LC_MESSAGES/hsc_geo.po", {"Sectors": "Sectoren"})
    assert opened(copy, "nl", "sectors.py") == "Sectoren"
    assert opened(copy, "en", "sectors.py") == "Sectors"
    assert opened(copy, "nl", "map.py") == "Kaart"


def test_a_language(copy: Path) -> None:
    how = "docs/add-a-language.md"
    follow(copy, how, "pybabel")
    translate(copy / "locale/de/LC_MESSAGES/hsc_geo.po", {}, rest="[de] ")
    words, views = copy / "hsc_geo/views/kit/words.py", copy / "hsc_geo/views"
    change(words, 'LANGUAGES = ("nl", "en")', 'LANGUAGES = ("nl", "en", "de")')
    change(words, '"en": "en_GB"', '"en": "en_GB", "de": "de_DE"')
    change(words, 'DEFAULT = "nl"\n', f'DEFAULT = "nl"\n{fences(text(how), "python")[0]}\n')
    change(words, 'row[f"{field}_{self.code}"]', 'row[f"{field}_{DATA_LANGUAGE.get(self.code, self.code)}"]')
    change(views / "language.py", '"en": "English"', '"en": "English", "de": "Deutsch"')
    change(views / "map_view.py", '"label_en": en[code]', '"label_en": en[code], "label_de": en[code]')
    document = copy / "hsc_geo/web/document.py"
    change(document, 'LANGUAGES = ("nl", "en")', 'LANGUAGES = ("nl", "en", "de")')
    change(document, "TITLES = {", 'TITLES = {"de": "Gesunde Gesellschaft auf der Karte", ')
    change(document, "DESCRIPTIONS = {", 'DESCRIPTIONS = {"de": "Initiativen",')
    for script, title in (("start.py", "What Leiden"), ("map.py", "Map"), ("data.py", "Data and method")):
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
    put(extracts / name, fences(text(how), "csv")[0])
    sources, first = copy / "hsc_geo/sources", '    "register/initiatives.csv",\n'
    change(sources / "extracts.py", first, f'    "{name}",\n{first}')
    change(sources / "statline.py", "TABLES = (\n", f"TABLES = (\n{fences(text(how), 'python')[0]},\n")
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
