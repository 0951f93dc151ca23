"""The package as a library: a wheel without the screen, used outside the checkout as docs/library.md says."""

from __future__ import annotations

import inspect
import subprocess
from importlib import import_module
from importlib.metadata import Distribution, version
from pathlib import Path

from packaging.requirements import Requirement

from hsc_geo import __version__
from hsc_geo.cli.docs import LIBRARY
from hsc_geo.cli.reference import COMMAND, START, VERBS, code, page
from hsc_geo.cli.reference_tables import BEFORE_TABLES, TABLES
from hsc_geo.cli.reference_tables import code as tables_code
from tests.docs.outside import outside
from tests.docs.reading import ROOT
from tests.shared.naive import DATA


def test_every_example_runs_in_a_folder_without_the_checkout(installed: Path, tmp_path: Path) -> None:
    program = [START.replace('"data"', repr(str(DATA)))]
    for name, example in code():
        *before, last = example.splitlines()
        program += [*before, f"_shown = {last}", f"assert _shown is not None, {name!r}", f"print({name!r})"]
    program += [BEFORE_TABLES, *("\n".join(tables_code(name)) for name in TABLES)]
    program += ["import hsc_geo, sys", "print(hsc_geo.__file__)", "print('streamlit' in sys.modules)"]
    ran = outside(installed, "\n".join(program), tmp_path)
    assert ran.returncode == 0, ran.stderr
    *names, place, with_screen = ran.stdout.splitlines()
    assert names == list(VERBS)
    assert Path(place).is_relative_to(installed)
    assert with_screen == "False"


def test_importing_the_package_imports_nothing_heavy(installed: Path, tmp_path: Path) -> None:
    ran = outside(
        installed,
        "import hsc_geo, sys; print(sorted({'pandas', 'numpy', 'streamlit'} & {*sys.modules}))",
        tmp_path,
    )
    assert (ran.returncode, ran.stdout.strip()) == (0, "[]")


def test_every_table_has_an_example() -> None:
    for name, examples in TABLES.items():
        module = import_module(f"hsc_geo.tables.{name}")
        verbs = {
            verb
            for verb, each in inspect.getmembers(module, inspect.isfunction)
            if each.__module__ == module.__name__ and not verb.startswith("_")
        }
        assert verbs == {*examples}, name


def test_the_page_is_what_the_code_says() -> None:
    assert LIBRARY.read_text(encoding="utf-8") == page(), f"run `{COMMAND}`"


def test_the_wheel_holds_the_whole_package_and_only_it(installed: Path) -> None:
    names = {str(path.relative_to(installed)) for path in installed.rglob("*") if path.is_file()}
    tracked = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "hsc_geo"], capture_output=True, text=True, check=True
    ).stdout.split()
    assert {*tracked} <= names
    assert {name.split("/")[0].split("-")[0] for name in names} == {"hsc_geo"}


def test_the_wheel_asks_for_what_the_site_is_pinned_to(installed: Path) -> None:
    """No requirement of the wheel excludes the version that the checks run with, and all pins are asked for."""
    (folder,) = installed.glob("*.dist-info")
    told = Distribution.at(folder)
    asked = [Requirement(each) for each in told.requires or []]
    assert told.version == __version__
    assert [str(each) for each in asked if not each.specifier.contains(version(each.name))] == []
    pinned = {
        line.split("==")[0].split("[")[0]
        for line in (ROOT / "requirements.in").read_text(encoding="utf-8").splitlines()
        if "==" in line and not line.startswith("#")
    }
    assert {each.name for each in asked} == pinned
