"""Files about the project itself: what is installed, how it starts, what public bodies read about it."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
REQUIREMENTS = ("requirements.txt", "requirements-dev.txt")
SCRIPTS = ("start", "test", ".ci/run", "tools/environment.sh")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def pins(name: str) -> dict[str, str]:
    """Names and versions of a requirements file."""
    found = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^ ;\n]+)", text(name), re.MULTILINE)
    return {package.lower().replace("_", "-"): version for package, version in found}


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_every_requirement_is_pinned_with_hashes(name: str) -> None:
    entries = text(name).replace("\\\n", " ").splitlines()
    assert entries
    for entry in entries:
        assert re.fullmatch(r"\S+==\S+( ; [^#]+?)?(\s+--hash=sha256:[0-9a-f]{64})+", entry.strip()), entry


@pytest.mark.parametrize("name", [*REQUIREMENTS, "requirements.in", "requirements-dev.in", "pyproject.toml"])
def test_no_index_address_and_no_path_of_a_machine(name: str) -> None:
    assert not re.search(
        r"https?://|--(extra-)?index|--find-links|file:|(^|\s)/(root|home|tmp|work|opt)/", text(name)
    )


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_what_is_asked_for_is_what_is_compiled(name: str) -> None:
    asked, compiled = pins(f"{name}.in"), pins(f"{name}.txt")
    assert asked
    assert asked.items() <= compiled.items()


def test_both_lists_agree_on_versions() -> None:
    product, checks = (pins(name) for name in REQUIREMENTS)
    assert {name: product[name] for name in product.keys() & checks} == {
        name: checks[name] for name in product.keys() & checks
    }


# Once there for one file, or for the tests alone.
LEFT_OUT = {"django", "esda", "frictionless", "libpysal", "mapclassify", "matplotlib", "networkx", "spopt"}


def test_what_was_left_out_does_not_come_back() -> None:
    assert not LEFT_OUT & pins("requirements.txt").keys()


def test_streamlit_is_set_to_send_nothing_and_show_nothing() -> None:
    config = tomllib.loads(text(".streamlit/config.toml"))
    assert config["browser"]["gatherUsageStats"] is False
    assert config["browser"]["serverAddress"] == "localhost"
    assert config["client"]["showErrorDetails"] == "none"
    assert config["client"]["showErrorLinks"] is False
    assert config["client"]["toolbarMode"] in ("minimal", "viewer")
    server = config["server"]
    assert server["enableXsrfProtection"] is server["enableCORS"] is server["headless"] is True
    assert server["enableStaticServing"] is server["enableAgentApi"] is server["runOnSave"] is False
    assert server["fileWatcherType"] == "none"


def test_app_is_only_the_app() -> None:
    assert len(text("app.py").splitlines()) < 40


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_can_be_read_and_run(name: str) -> None:
    subprocess.run(["bash", "-n", ROOT / name], check=True)
    assert name.startswith("tools/") or os.access(ROOT / name, os.X_OK)


def fake_python(folder: Path, body: str) -> Path:
    path = folder / "python"
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("script", ["start", "test"])
def test_an_old_python_is_told_clearly(script: str, tmp_path: Path) -> None:
    python = fake_python(tmp_path, 'case "$1" in --version) echo "Python 3.9.2";; *) exit 1;; esac')
    told = run_script(script, PYTHON=str(python))
    assert "Python 3.9.2 is too old: Python 3.11 or newer is needed" in told


def test_a_missing_python_is_told_clearly() -> None:
    assert "apt-get install python3 python3-venv" in run_script("start", PYTHON="/nowhere/python")


def test_a_python_without_venv_is_told_clearly(tmp_path: Path) -> None:
    python = fake_python(tmp_path, 'case "$2" in *venv*) exit 1;; *) exit 0;; esac')
    assert "apt-get install python3-venv" in run_script("start", PYTHON=str(python))


def run_script(script: str, **environment: str) -> str:
    """What a script says before it ends with an error."""
    command = [ROOT / script, "fast"]
    done = subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    return done.stderr


def test_publiccode_has_what_version_0_4_asks() -> None:
    """Keys and values by the standard's own text: publiccode.yml 0.4, `schema.core`."""
    facts = yaml.safe_load(text("publiccode.yml"))
    assert facts["publiccodeYmlVersion"] == "0.4"
    assert facts["name"] == "hsc_geo"
    assert facts["url"].startswith("https://")
    assert facts["platforms"] == ["web"]
    assert facts["categories"]
    assert facts["developmentStatus"] in ("concept", "development", "beta", "stable", "obsolete")
    assert facts["softwareType"] == "standalone/web"
    assert facts["legal"] == {"license": "EUPL-1.2"}
    assert facts["maintenance"] == {"type": "none"}  # any other type asks for a person's name
    assert facts["localisation"] == {"localisationReady": True, "availableLanguages": ["nl", "en"]}
    assert ("releaseDate" in facts) == ("softwareVersion" in facts)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_publiccode_describes_in_both_languages(language: str) -> None:
    described = yaml.safe_load(text("publiccode.yml"))["description"][language]
    assert len(described["shortDescription"]) <= 150
    assert 500 <= len(described["longDescription"]) <= 10_000
    assert 5 <= len(described["features"]) <= 20
    assert all(isinstance(feature, str) for feature in described["features"])


def test_licence_is_the_whole_eupl() -> None:
    licence = text("LICENSE")
    assert licence.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    assert "15.Applicable Law" in licence
    assert licence.rstrip().endswith("require the production of a new EUPL version.")
