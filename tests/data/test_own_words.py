"""The files of a municipality's own: what is wrong in them is told where it stands, and how they may be written."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from hsc_geo.cli.data import _tell_summary
from hsc_geo.data.build import Summary
from hsc_geo.data.descriptor import snapshot_id
from hsc_geo.data.load import Package
from hsc_geo.data.municipality import municipality_of
from hsc_geo.data.own_words import TABLES, refuse_strange_areas, without_figure
from hsc_geo.sources.extracts import SourceError
from hsc_geo.sources.municipality import called, described
from hsc_geo.sources.words import read_words_elsewhere

HEADER = "code,name_nl,name_en,definition_nl,definition_en,figures,about_youth\n"
AMBITION = 'S1,Sterk,Strong,"Meer, samen.",More.,{},false\n'
AREAS = [
    {"area_code": "NL00", "name": "Nederland", "level": "country"},
    {"area_code": "GM0344", "name": "Utrecht", "level": "municipality"},
    {"area_code": "WK034403", "name": "Noordoost", "level": "district"},
    {"area_code": "WK034405", "name": "Oost", "level": "district"},
    {"area_code": "GM0310", "name": "De Bilt", "level": "surrounding"},
]


def _ambitions(folder: Path, figures: str) -> Path:
    (folder / "ambitions.csv").write_text(HEADER + AMBITION.format(figures), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        ("weekly_sport|NONSENSE", "'NONSENSE'.*those of health are .*weekly_sport"),
        ("physical_activity", "'physical_activity'.*did you mean physical_activity_guideline"),
    ],
)
def test_a_figure_that_does_not_exist_is_a_fault(tmp_path: Path, figures: str, told: str) -> None:
    with pytest.raises(SourceError, match=f"ambitions.csv, row 2, column figures: {told}"):
        read_words_elsewhere(_ambitions(tmp_path, figures))


def test_a_figure_that_the_package_does_not_have_is_a_remark(package: Package) -> None:
    here = municipality_of(package)
    assert without_figure(here, package.indicators["concept"]) == []
    missing = replace(here, figures={"S1": ("loneliness", "support_from_others"), "S2": ("smoking",)})
    first, second = without_figure(missing, {"loneliness"})
    assert "'support_from_others' of ambition S1" in first
    assert "goes by its other figures" in first
    assert "nothing is shown" in second


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_a_file_of_a_spreadsheet_is_read_as_it_is_meant(
    tmp_path: Path, between: str, ends: str, mark: str
) -> None:
    rows = (HEADER + AMBITION.format("smoking")).replace("Meer, samen", "Meer{} samen")
    text = mark + rows.replace(",", between).replace("{}", ",").replace("\n", ends)
    (tmp_path / "ambitions.csv").write_bytes(text.encode())
    (row,) = read_words_elsewhere(tmp_path).ambitions
    assert (row["code"], row["definition_nl"], row["about_youth"]) == ("S1", "Meer, samen.", "false")


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("WK054603", r"another municipality \(GM0546\); name an area of Utrecht \(GM0344\)"),
        ("GM0310", r"another municipality \(GM0310\)"),
        ("Noord-oost", r"is no code; write WK034403 \(Noordoost\)$"),
        ("oost", r"is no code; write WK034405 \(Oost\)$"),
        ("wk034405", "write it as WK034405"),
        ("WK034499", r"correct the code\. Districts are WK034403 \(Noordoost\), .*areas\.csv"),
    ],
)
def test_a_strange_area_is_told_with_what_its_keeper_can_mend(code: str, told: str) -> None:
    rows = {**dict.fromkeys(TABLES, ()), "areas": AREAS, "focus_areas": [{"area_code": code}]}
    with pytest.raises(SourceError, match=rf"^focus_areas\.csv, row 2, column area_code: '{code}': .*{told}"):
        refuse_strange_areas(rows)
    refuse_strange_areas({**rows, "focus_areas": [{"area_code": "WK034405"}, {"area_code": "GM0344"}]})


def test_who_keeps_the_site_of_another_municipality_is_told(tmp_path: Path) -> None:
    text = "area_code,organisation,mailbox,province\nUtrecht,Wij,,\n"
    (tmp_path / "municipality.csv").write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=r"municipality\.csv, row 2, column area_code: 'Utrecht'.*GM0344"):
        described("GM0344", read_words_elsewhere(tmp_path))


@pytest.mark.parametrize(
    ("asked", "code"), [("0344", "GM0344"), (" Den  Haag ", "'s-Gravenhage"), ("Utrecht", "Utrecht")]
)
def test_a_municipality_is_asked_for_as_people_say_it(asked: str, code: str) -> None:
    assert called(asked) == code


def test_what_is_said_of_the_municipality_is_in_the_snapshot_id(package: Package) -> None:
    resources, said = package.descriptor["resources"], package.descriptor["municipality"]
    assert snapshot_id(resources, said) == package.snapshot
    turned = dict(reversed(said.items()))
    assert snapshot_id(resources, turned) == package.snapshot
    others = [said | {"organisation": "Another"}, said | {"ambitions": {}}, None]
    assert len({package.snapshot, *(snapshot_id(resources, each) for each in others)}) == len(others) + 1


def test_a_build_that_leaves_nothing_out_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert _tell_summary(Summary({"areas": 3}, {}, "0123")) == "0123"
    told = capsys.readouterr().out
    assert re.search("^nothing left out$", told, re.MULTILINE)
    assert "left_out.csv" not in told
