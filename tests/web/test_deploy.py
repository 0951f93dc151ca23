"""The files of deploy/: sound, and of one mind with the program and with each other."""

from __future__ import annotations

import configparser
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from hsc_geo.web.settings import read_settings

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
SYSTEMD = DEPLOY / "systemd"
SHELL = [DEPLOY / "await-health", DEPLOY / "rolling-restart"]


def ports(text: str) -> list[str]:
    return re.findall(r"(?:127\.0\.0\.1:|@|geo@)(85\d\d)", text)


def test_all_speak_of_the_same_servers() -> None:
    site = ports((DEPLOY / "nginx/hsc_geo_site.conf").read_text())
    assert site == ["8501", "8502", "8503"]
    assert ports((SYSTEMD / "hsc-geo.target").read_text()) == site
    asked = yaml.safe_load((DEPLOY / "monitoring/prometheus.yml").read_text())["scrape_configs"]
    for job in asked:
        assert ports(" ".join(job["static_configs"][0]["targets"])) == site
    assert f"set -- {' '.join(site)}" in (DEPLOY / "rolling-restart").read_text()


def settings_named(text: str) -> set[str]:
    return set(re.findall(r"^#?\s*(HSC_[A-Z_]+)[=:]", text, re.MULTILINE))


@pytest.mark.parametrize("name", ["hsc_geo.env.example", "compose.yaml"])
def test_every_setting_is_one_of_ours(name: str) -> None:
    named = settings_named((DEPLOY / name).read_text())
    documented = set(re.findall(r"`(HSC_[A-Z_]+)`", (ROOT / "docs/settings.md").read_text()))
    assert named
    assert named <= documented


def test_the_settings_of_the_example_can_be_used() -> None:
    lines = (DEPLOY / "hsc_geo.env.example").read_text().splitlines()
    told = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    chosen = read_settings(told)
    assert chosen.https
    assert chosen.metrics


def expressions() -> list[str]:
    alerts = yaml.safe_load((DEPLOY / "monitoring/hsc_geo_alerts.yml").read_text())
    dashboard = json.loads((DEPLOY / "monitoring/grafana_dashboard.json").read_text())
    rules = [rule["expr"] for group in alerts["groups"] for rule in group["rules"]]
    return rules + [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]


def test_every_metric_that_is_asked_for_is_told() -> None:
    documented = (ROOT / "docs/operate.md").read_text()
    for expression in expressions():
        for name in re.findall(r"\bhsc_geo_[a-z_]+", re.sub(r"\{[^}]*\}", "", expression)):
            assert f"`{re.sub(r'_(bucket|count|sum)$', '', name)}`" in documented, expression


def test_alarms_say_what_is_the_matter() -> None:
    alerts = yaml.safe_load((DEPLOY / "monitoring/hsc_geo_alerts.yml").read_text())
    for group in alerts["groups"]:
        for rule in group["rules"]:
            assert set(rule) <= {"alert", "expr", "for", "labels", "annotations"}
            assert rule["annotations"]["summary"]
            assert rule["labels"]["severity"] in {"warning", "critical"}


@pytest.mark.parametrize("script", SHELL, ids=lambda path: path.name)
def test_scripts_are_whole(script: Path) -> None:
    subprocess.run(["sh", "-n", script], check=True)
    assert script.stat().st_mode & 0o111


@pytest.mark.parametrize("unit", sorted(SYSTEMD.glob("*")), ids=lambda path: path.name)
def test_units_have_the_sections_of_their_kind(unit: Path) -> None:
    read = configparser.RawConfigParser(strict=False, delimiters="=", interpolation=None)
    read.optionxform = str  # type: ignore[assignment, method-assign]
    read.read_string(unit.read_text())
    own = {".service": "Service", ".timer": "Timer", ".target": "Unit"}[unit.suffix]
    assert read.has_section(own)
    assert read["Unit"]["Description"].startswith("hsc_geo")
    if unit.suffix == ".service":
        assert read["Service"]["User"] == "hsc"
        assert read["Service"]["NoNewPrivileges"] == "yes"


def test_timers_have_what_they_start() -> None:
    for timer in SYSTEMD.glob("*.timer"):
        assert timer.with_suffix(".service").exists()


def compose() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    return read


def test_compose_names_what_is_there() -> None:
    services = compose()["services"]
    upstream = (DEPLOY / "nginx/hsc_geo_compose.conf").read_text()
    assert set(re.findall(r"server (\w+):8501", upstream)) == set(services) - {"database", "proxy"}
    for mount in services["proxy"]["volumes"]:
        assert (DEPLOY / mount.split(":")[0]).is_file()
    assert (ROOT / services["one"]["build"]["dockerfile"]).is_file()


def test_the_image_copies_what_is_there() -> None:
    lines = (DEPLOY / "Dockerfile").read_text().splitlines()
    copied = [line.split()[1:-1] for line in lines if line.startswith("COPY ") and "--from" not in line]
    assert [name for names in copied for name in names if not (ROOT / name).exists()] == []
    assert not [line for line in lines if line.startswith("FROM") and ":latest" in line]
    assert "USER hsc" in lines
