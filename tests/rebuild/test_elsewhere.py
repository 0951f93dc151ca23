"""Packages of other municipalities, built from the national extracts."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from hsc_geo.data.build import Elsewhere, build
from hsc_geo.data.check import check_folder
from hsc_geo.data.load import Package, load
from hsc_geo.data.municipality import municipality_of
from hsc_geo.sources.extracts import SourceError

pytestmark = pytest.mark.extracts


def _built(extracts: Path, target: Path, asked: str, own: Path | None = None) -> Package:
    build(extracts, target, elsewhere=Elsewhere(asked, own), check=check_folder)
    return load(target)


@pytest.fixture(scope="module")
def island(extracts: Path, tmp_path_factory: pytest.TempPathFactory) -> Package:
    return _built(extracts, tmp_path_factory.mktemp("island") / "data", "schiermonnikoog")


def test_a_small_municipality_has_what_the_extracts_have_of_it(extracts: Path, island: Package) -> None:
    assert municipality_of(island).code == "GM0088"
    levels = island.areas["level"].value_counts()
    assert (levels["district"], levels["neighbourhood"]) == (1, 2)
    table = pd.read_parquet(extracts / "national" / "50090NED_18plus.parquet")
    here = table[
        (table["WijkenEnBuurten"].str.strip() == "GM0088") & table["Perioden"].str.startswith("2020")
    ]
    found = island.observations
    smokes = found[
        (found["area_code"] == "GM0088")
        & (found["year"] == 2020)
        & (found["indicator_id"] == "50090NED-Roker")
    ]
    assert smokes["value"].tolist() == here["Roker_11"].tolist()
    assert found["area_code"].isin(["NL00"]).any()


def test_what_is_not_in_the_extracts_is_missing_and_not_made_up(extracts: Path, island: Package) -> None:
    wijken = gpd.read_parquet(extracts / "national" / "wijken_2022.parquet").set_index("code")
    assert island.areas.at["WK008800", "population"] == wijken.at["WK008800", "population"]
    assert island.areas.at["WK008800", "population_year"] == 2022
    others = island.areas[island.areas["level"].isin(("municipality", "neighbourhood"))]
    assert others["population"].isna().all()
    assert set(island.areas["bands_basis"]) == {"missing"}
    assert island.observations["lower"].isna().all()


def test_nothing_of_the_municipality_of_the_program_is_in_it(island: Package) -> None:
    assert len(island.initiatives) == len(island.organisations) == len(island.focus_areas) == 0
    tables = (island.areas, island.indicators, island.vocabularies, island.sources, island.observations)
    texts = "\n".join(table.astype(str).reset_index().to_csv() for table in tables) + str(island.descriptor)
    assert "Leiden" not in texts
    assert "GM0546" not in texts
    here = municipality_of(island)
    assert (here.organisation, here.mailbox) == ("", "")
    assert set(here.figures) == set(
        island.vocabularies.loc[island.vocabularies["vocabulary"] == "ambition", "code"]
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("asked", "code"), [("GM0518", "GM0518"), ("Den Haag", "GM0518"), (" utrecht ", "GM0344")]
)
def test_a_large_municipality_is_found_by_code_and_by_name(
    extracts: Path, tmp_path: Path, asked: str, code: str
) -> None:
    package = _built(extracts, tmp_path / "data", asked)
    assert municipality_of(package).code == code
    assert (package.areas["level"] == "neighbourhood").sum() > 100


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Schiermonnik", "--municipality: .*did you mean Schiermonnikoog"),
        ("Utrect", "'Utrect'.*did you mean Utrecht"),
        ("9999", "'9999'"),
    ],
)
def test_a_municipality_that_is_not_there_is_told(
    extracts: Path, tmp_path: Path, asked: str, told: str
) -> None:
    with pytest.raises(SourceError, match=told):
        _built(extracts, tmp_path / "data", asked)
    assert not (tmp_path / "data").exists()


FOCUS = (
    "focus_id,name_nl,name_en,area_code,valid_from,valid_to,assumed,basis_nl,basis_en,source_url\n"
    "dorp,Het dorp,The village,{area},2026-01-01,,true,Gekozen voor deze proef.,Chosen for this test.,\n"
)
AMBITIONS = (
    "code,name_nl,name_en,definition_nl,definition_en,figures,about_youth\n"
    "S1,Samen sterk,Strong together,Meer mensen hebben steun.,More people have support.,loneliness,false\n"
)
WHO = "area_code,organisation,mailbox,province\nGM0088,Gezond Eiland,gezond@eiland.example,Friesland\n"


def test_its_own_files_go_before_the_general_ones(extracts: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "focus_areas.csv").write_text(FOCUS.format(area="WK008800"), encoding="utf-8")
    (own / "ambitions.csv").write_text(AMBITIONS, encoding="utf-8")
    (own / "municipality.csv").write_text(WHO, encoding="utf-8")
    package = _built(extracts, tmp_path / "data", "0088", own)
    here = municipality_of(package)
    assert here.author == "Gezond Eiland"
    assert here.figures == {"S1": ("loneliness",)}
    assert package.focus_areas["name_en"].tolist() == ["The village"]


def test_a_focus_area_that_is_no_area_of_it_is_told(extracts: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "focus_areas.csv").write_text(FOCUS.format(area="WK054603"), encoding="utf-8")
    with pytest.raises(SourceError, match=r"WK054603.*another municipality"):
        _built(extracts, tmp_path / "data", "GM0088", own)
