"""What the documentation names is there, and what is there is in the documentation."""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import shlex
import struct
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import typer
from typer.main import get_command

from hsc_geo.cli.main import app
from hsc_geo.data.load import BESIDE_PACKAGE, load
from hsc_geo.web import site_paths
from tests.docs.project import files
from tests.docs.reading import (
    GENERATED,
    ROOT,
    anchors,
    code_in_text,
    commands,
    fences,
    links,
    steps,
    text,
    written,
)
from tools import screenshots

PAGES = written()
# What the examples of the how-tos make; none of it may be in the tree, or the example is none any more.
EXAMPLES = {
    "docs/add-a-language.md": {"locale/de/LC_MESSAGES/hsc_geo.po"},
    "docs/add-a-page.md": {
        step.path for step in steps(text("docs/add-a-page.md")) if step.language == "python"
    },
    "docs/another-municipality.md": {
        "place/own",
        "place/data/areas.csv",
        "place/data/vocabularies.csv",
        *(step.path for step in steps(text("docs/another-municipality.md"))),
    },
}
# Of the source extracts, which are not in the repository.
EXTRACTS = {"../shared/extracts", "statistics/85984NED_2024.csv", "statistics/wijkkaart_2022_wijken.csv"}
# Of an operator or a running server, not in the repository.
MADE_LATER = {
    ".streamlit/secrets.toml",
    "hsc_geo/register.db",
    "hsc_geo/editions",
    "hsc_geo/made",
    "hsc_geo/tiles",
    "hsc_geo/answers",
    "hsc_geo/refresh.json",
}
_FOLDERS = r"hsc_geo|tests|docs|tools|pages|benchmarks|locale|\.ci|\.streamlit"
_OWN_PATH = re.compile(rf"(?<![\w./{{-])(?:{_FOLDERS})/[\w./-]*\w")
_FILE = re.compile(r"[\w.-]+\.(py|csv|md|json|geojson|parquet|toml|yml|txt|in|cfg|po|js|css|svg|png)")


def test_all_pages_are_found() -> None:
    how_tos = {f"docs/add-{what}.md" for what in ("an-indicator", "a-source", "a-page", "a-language")}
    assert {"README.md", "CONTRIBUTING.md", "docs/architecture.md", *how_tos} <= set(PAGES)


# Paths


@cache
def names_in_tree() -> frozenset[str]:
    """Names of all files of the project, for those that are named without their folder."""
    return frozenset(path.name for path in files())


def paths(page: str) -> list[str]:
    """What stands between backticks and is a path or the name of a file."""
    codes = [code for code in code_in_text(page) if re.fullmatch(r"[\w./-]+", code)]
    return [
        code
        for code in codes
        if not code.startswith(("/", "./", ".venv")) and ("/" in code or _FILE.fullmatch(code))
    ]


@pytest.mark.parametrize("page", PAGES)
def test_paths_exist(page: str) -> None:
    allowed = EXTRACTS | EXAMPLES.get(page, set())
    missing = [
        path
        for path in paths(text(page))
        if path not in allowed and not (ROOT / path).exists() and path not in names_in_tree()
    ]
    assert not missing


@pytest.mark.parametrize("page", EXAMPLES)
def test_examples_are_only_examples(page: str) -> None:
    assert [path for path in EXAMPLES[page] if path not in text(page)] == []
    assert [path for path in EXAMPLES[page] if (ROOT / path).exists()] == []


def test_paths_named_in_code_and_settings_exist() -> None:
    """Comments, docstrings, messages and settings name files too; this test of wrong paths is left out."""
    kinds = {".py", ".md", ".toml", ".yml", ".js", ".css", ".typ", ".cfg", ".in", ".mjs", ""}
    allowed = MADE_LATER.union(*EXAMPLES.values())
    read = [path for path in files() if path.suffix in kinds and path != Path(__file__)]
    assert len(read) > 400
    named = {path: set(_OWN_PATH.findall(path.read_text(encoding="utf-8"))) - allowed for path in read}
    wrong = {path.name: missing for path, own in named.items() if (missing := lost(own))}
    assert wrong == {}


def lost(named: set[str]) -> list[str]:
    return sorted(name for name in named if not (ROOT / name).exists())


def test_no_path_of_a_machine() -> None:
    for page in PAGES:
        assert not re.search(r"(^|[\s`(\"'])/(root|home|tmp|work|opt|usr)/", text(page)), page


# Commands


# What comes with the system; of these only the files of ours that they take are looked at.
OF_DEBIAN = frozenset(
    [
        "apt-get",
        "certbot",
        "cd",
        "cp",
        "env",
        "git",
        "install",
        "mkdir",
        "nginx",
        "rm",
        "sed",
        "sudo",
        "systemctl",
        "useradd",
    ],
)


def all_commands() -> list[tuple[str, str]]:
    return [(page, command) for page in PAGES for command in dict.fromkeys(commands(text(page)))]


def fault(command: str) -> str:
    """Why a command cannot be run, '' when it can."""
    first, *words = shlex.split(command)
    if first in ("./start", "./test"):
        return fault_of_script(first, words)
    if first in (".venv/bin/python", "python"):
        return fault_of_python(words)
    if first.startswith(".venv/bin/"):
        return fault_of_tool(Path(first).name)
    if first.startswith(("deploy/", "tools/")):
        return fault_of_script(first, words)
    if first in OF_DEBIAN:
        return fault_of_files(words)
    return f"no check knows the command {first}"


def fault_of_files(words: list[str]) -> str:
    """Whether the files of ours that a command of the system takes are there."""
    ours = [word for word in words if word.startswith(("deploy/", "tools/"))]
    missing = [word for word in ours if not list(ROOT.glob(word))]
    return f"no {', '.join(missing)}" if missing else ""


def fault_of_script(script: str, words: list[str]) -> str:
    if not os.access(ROOT / script, os.X_OK):
        return f"{script} cannot be run"
    missing = [word for word in words if word.startswith("tests/") and not (ROOT / word).exists()]
    return f"no {', '.join(missing)}" if missing else ""


def fault_of_tool(name: str) -> str:
    return "" if (Path(sys.executable).parent / name).exists() else f"{name} is not installed"


def fault_of_python(words: list[str]) -> str:
    if words[:2] == ["-m", "hsc_geo"]:
        return fault_of_cli(words[2:])
    if words[:1] == ["-m"]:
        return "" if importlib.util.find_spec(words[1]) else f"no module {words[1]}"
    return "" if (ROOT / words[0]).is_file() else f"no {words[0]}"


def fault_of_cli(words: list[str]) -> str:
    """Whether our own command line knows these subcommands and options."""
    command = get_command(app)
    while words and isinstance(command, typer.core.TyperGroup):
        if words[0] == "...":
            return ""
        if words[0] not in command.commands:
            return f"no command {words[0]}"
        command = command.commands[words[0]]
        words = words[1:]
    known = {name for parameter in command.params for name in parameter.opts}
    unknown = [word for word in words if word.startswith("-") and word not in known]
    return f"no option {', '.join(unknown)}" if unknown else ""


@pytest.mark.parametrize(("page", "command"), all_commands())
def test_commands_can_be_run(page: str, command: str) -> None:
    assert fault(command) == ""


@pytest.mark.parametrize(
    "command",
    [
        "python -m hsc_geo data make",
        "python -m hsc_geo data build --extract x",
        "python -m hsc_geo.nothing",
        ".venv/bin/nothing",
        ".venv/bin/python tools/nothing.py",
        "./test tests/nothing",
        "make",
    ],
)
def test_a_wrong_command_is_found(command: str) -> None:
    assert fault(command)


def test_the_two_commands_come_first() -> None:
    """After the title, one paragraph and a line that leads to it."""
    before, _, _ = text("README.md").partition("```sh\n")
    assert len(re.split(r"\n\n", before.strip())) == 3
    assert [command.split()[0] for command in commands(text("README.md"))][:2] == ["./start", "./test"]


# Code


@pytest.mark.parametrize("page", PAGES)
def test_code_is_python(page: str) -> None:
    for block in fences(text(page), "python"):
        ast.parse(block.rstrip(","))


# Links and pictures


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    assert list(broken_links(page)) == []


def broken_links(page: str) -> Iterator[str]:
    for link in links(text(page)):
        if link.target.startswith("https://"):
            continue
        path, _, anchor = link.target.partition("#")
        target = ((ROOT / page).parent / path).resolve() if path else ROOT / page
        if not target.exists() or (anchor and anchor not in anchors(target.read_text(encoding="utf-8"))):
            yield link.target


@pytest.mark.parametrize("page", PAGES)
def test_pictures_are_told_in_words(page: str) -> None:
    for link in links(text(page)):
        assert not link.picture or len(link.text) > 40, link.target


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, ahead = set(), ["README.md"]
    while ahead:
        page = ahead.pop()
        reached.add(page)
        targets = [link.target.partition("#")[0] for link in links(text(page)) if not link.picture]
        found = [((ROOT / page).parent / path).resolve() for path in targets if path.endswith(".md")]
        names = [path.relative_to(ROOT).as_posix() for path in found]
        ahead += [name for name in names if name not in reached]
    assert reached >= {*PAGES, *GENERATED}


def png_size(path: Path) -> tuple[int, int]:
    """Width and height in pixels. Raises ValueError for another kind of file."""
    head = path.read_bytes()[:24]
    if head[:8] != b"\x89PNG\r\n\x1a\n":
        raise ValueError(f"{path} is no PNG")
    width, height = struct.unpack(">II", head[16:24])
    return width, height


@pytest.mark.parametrize("shot", screenshots.SHOTS, ids=lambda shot: shot.file)
def test_screenshots_are_as_made(shot: screenshots.Shot) -> None:
    path = screenshots.FOLDER / shot.file
    assert png_size(path) == (shot.width, shot.height)
    assert path.stat().st_size <= screenshots.LARGEST


def test_screenshots_are_shown_and_no_others_kept() -> None:
    names = {shot.file for shot in screenshots.SHOTS}
    all_of_them = {
        link.target for link in links(text("docs/screenshots/README.md")) if link.target.endswith(".png")
    }
    old = {name for name in names if not name.startswith("research")}  # that page has no before
    assert all_of_them == names | {f"before/{name}" for name in old}
    shown = {Path(link.target).name for link in links(text("README.md")) if link.target.endswith(".png")}
    assert shown < names
    assert {path.name for path in screenshots.FOLDER.iterdir()} == {*names, "README.md", "before"}
    assert {path.name for path in (screenshots.FOLDER / "before").iterdir()} == old


# Nothing left out


def test_every_page_of_the_app_is_documented() -> None:
    readme = text("README.md")
    assert [page.name for page in (ROOT / "pages").glob("*.py") if f"`pages/{page.name}`" not in readme] == []
    lines = re.findall(r'st\.Page\("(\w+\.py)"(.*)\)', text("pages/site.py"))
    assert len(lines) == len(list((ROOT / "pages").glob("*.py"))) - 1
    for script, options in lines:
        path = re.search(r"url_path=site_paths\.(\w+)", options)
        address = getattr(site_paths, path[1]) if path else site_paths.START
        assert re.search(rf"`pages/{script}` \|[^|]*\| `/{address}` \|", readme), script


def settings() -> set[str]:
    return set(re.findall(r"^\| `(\w+)` \|", text("docs/settings.md"), re.MULTILINE))


def test_every_setting_is_documented() -> None:
    assert len(settings()) > 5
    assert [name for name in sorted(settings()) if f"`{name}`" not in text("README.md")] == []


def test_every_setting_named_exists() -> None:
    for page in PAGES:
        assert set(re.findall(r"\bHSC_[A-Z_]+", text(page))) <= settings(), page


def test_every_layer_is_in_the_architecture() -> None:
    page = text("docs/architecture.md")
    layers = [folder for folder in (ROOT / "hsc_geo").iterdir() if (folder / "__init__.py").is_file()]
    assert [layer.name for layer in layers if f"| `hsc_geo/{layer.name}` |" not in page] == []


def test_every_folder_of_tests_is_in_the_architecture() -> None:
    page = text("docs/architecture.md")
    files = [path.relative_to(ROOT / "tests") for path in (ROOT / "tests").rglob("test_*.py")]
    folders = {f"tests/{path.parts[0]}" for path in files} | {"tests/shared"}
    assert [folder for folder in sorted(folders) if f"`{folder}`" not in page] == []


def test_every_words_file_is_explained() -> None:
    page = text("CONTRIBUTING.md")
    files = (ROOT / "hsc_geo" / "sources" / "words").glob("*.csv")
    assert [path.name for path in files if f"`hsc_geo/sources/words/{path.name}`" not in page] == []


def test_every_source_of_figures_is_credited() -> None:
    package, readme = load(BESIDE_PACKAGE), text("README.md")
    sources = package.sources[~package.sources["source_id"].str.startswith(("VENUES-", "REGISTER"))]
    assert len(sources) > 5
    for source in sources.itertuples():
        named = [source.source_id, source.title.partition(", cijfers")[0]]
        lines = [line for line in readme.splitlines() if any(name in line for name in named)]
        assert any(source.licence in line for line in lines), source.source_id
    assert "https://whosonfirst.org/docs/licenses/" in readme


def test_numbers_are_those_of_the_data() -> None:
    package, readme = load(BESIDE_PACKAGE), " ".join(text("README.md").split())
    initiatives, indicators = package.initiatives, package.indicators
    basis = initiatives["ambition_basis"].value_counts()
    recent = int((initiatives["last_evidence_year"] >= 2023).sum())
    assert f"{len(initiatives)} initiatives and {len(package.organisations)} organisations" in readme
    assert f"{(indicators['table_id'] == '50090NED').sum()} health figures" in readme
    assert f"{recent} initiatives have evidence from 2023 or later" in readme
    assert f"Of {len(initiatives)} initiatives the source itself states the ambitions of one" in readme
    assert "part of them for two" in readme
    assert (basis["stated"], basis["partly_stated"]) == (1, 2)
    assert "Only two have a step that a source states" in readme
    assert (initiatives["ladder_basis_en"] != "").sum() == 2


def test_numbers_of_places_are_those_of_the_data() -> None:
    package, readme = load(BESIDE_PACKAGE), " ".join(text("README.md").split())
    places = package.initiative_places[package.initiative_places["role"] == "location"]
    known, points = (
        places["initiative_id"].nunique(),
        places.dropna(subset=["latitude"])["initiative_id"].nunique(),
    )
    wide = package.initiatives["precision"].isin(["city", "region"]).sum()
    total = len(package.initiatives)
    assert f"Of {total} initiatives {known} have a known place and {points} a point on the map" in readme
    assert f"{wide} are for the whole city or region" in readme
    assert f"at {total}, 1,000 and 10,000 initiatives" in readme


def test_tables_of_figures_are_told_as_they_are() -> None:
    package, readme = load(BESIDE_PACKAGE), text("README.md")
    concepts = package.indicators.groupby("table_id")["concept"].agg(set)
    rows = package.observations[package.observations["status"] == "present"].astype({"indicator_id": str})
    years = rows.groupby(rows["indicator_id"].map(package.indicators["table_id"]))["year"].agg(["min", "max"])
    line = {
        table: next(each for each in readme.splitlines() if f"table {table}" in each)
        for table in concepts.index
        if table.endswith("NED") and table != "83765NED"
    }
    assert (
        f"| {len(concepts['50150NED'])} health figures of adults, 2016–2024 (one from 2012)"
        in line["50150NED"]
    )
    assert tuple(years.loc["50150NED"]) == (2012, 2024)
    from_2012 = package.indicators["years"].str.startswith("2012") & (
        package.indicators["table_id"] == "50150NED"
    )
    assert from_2012.sum() == 1
    both = concepts["50150NED"] & concepts["50090NED"]
    assert f"{len(both)} of them are in both tables" in line["50090NED"]
    for table in ("86165NED", "85984NED"):
        assert f", {years.loc[table, 'max']}" in line[table]
        assert years.loc[table, "min"] == years.loc[table, "max"]
    country = rows[(rows["area_code"] == "NL00") & rows["indicator_id"].str.startswith("50150NED")]
    assert country["indicator_id"].nunique() == 1  # "for one only"
