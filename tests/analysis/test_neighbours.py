"""Neighbours: a town made by hand, and a second implementation over data/*.csv in plain loops."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from pyproj import Transformer

from hsc_geo.analysis.dutch_stop_words import STOP_WORDS
from hsc_geo.analysis.facets import fold
from hsc_geo.analysis.neighbours import (
    ALIKE,
    CODES,
    JOIN,
    MOST_PARTNERS,
    PARTNER,
    PLACE,
    REFER,
    SAME_DISTRICT,
    Neighbour,
    neighbours,
    stages_in_common,
)
from hsc_geo.data.load import Package
from tests.shared import naive
from tests.shared.by_hand import by_hand
from tests.shared.towns import CORNER

ALL = list(naive.initiatives())


# --- a town made by hand ------------------------------------------------------------------------------------------


def entry(key: str, **given: Any) -> dict[str, Any]:
    """An initiative known to nothing, but for what is given; `spot` is metres from the corner, `spots` are several."""
    row = {
        "initiative_id": key,
        "name": key,
        "ambition_codes": "",
        "life_stages": "",
        "venue": "",
        "description_nl": "",
        "target_group_nl": "",
        "status": "planned",
        "precision": "unknown",
        "spots": [given.pop("spot", None)],
    }
    return {**row, **given}


def place_rows(entries: tuple[dict[str, Any], ...]) -> pd.DataFrame:
    """The table of places: each spot of an entry, with its venue."""
    back = Transformer.from_crs(28992, 4326, always_xy=True)
    found = []
    for each in entries:
        for spot in each["spots"]:
            x, y = (CORNER[i] + spot[i] if spot else math.nan for i in (0, 1))
            lon, lat = back.transform(x, y) if spot else (math.nan, math.nan)
            found.append(
                (each["initiative_id"], "location", each["venue"], "", lat, lon, "address", "high", "")
            )
    columns = [
        "initiative_id",
        "role",
        "venue",
        "address",
        "latitude",
        "longitude",
        "precision",
        "confidence",
    ]
    return pd.DataFrame(found, columns=[*columns, "coordinate_source"])


def made(
    package: Package,
    *entries: dict[str, Any],
    areas: dict[str, str] | None = None,
    partners: tuple[tuple[str, str, str], ...] = (),
) -> Package:
    """A register of these entries; areas: id -> code; partners: (initiative, name, organisation id)."""
    stated = [(key, code) for key, code in (areas or {}).items()]
    links = [(key, name, code, "partner") for key, name, code in partners]
    return replace(
        package,
        initiatives=pd.DataFrame(list(entries)).set_index("initiative_id").drop(columns="spots"),
        initiative_places=place_rows(entries),
        initiative_areas=pd.DataFrame(stated, columns=["initiative_id", "area_code"], dtype=object),
        initiative_organisations=pd.DataFrame(
            links, columns=["initiative_id", "organisation_name", "organisation_id", "role"], dtype=object
        ),
    )


def of(package: Package, key: str = "A") -> dict[str, Neighbour]:
    return {each.id: each for each in neighbours(package, key, package.initiatives.index)}


def test_join_and_refer(package: Package) -> None:
    """Ambition and people in common 999 m away joins; another ambition refers; other people, or far away, is none."""
    town = made(
        package,
        entry("A", ambition_codes="A1|A2", life_stages="65+", spot=(0, 0)),
        entry("B", ambition_codes="A2", life_stages="65+|adults", spot=(999, 0)),
        entry("C", ambition_codes="A4", life_stages="all", spot=(0, 500)),
        entry("D", ambition_codes="A1", life_stages="0-4", spot=(10, 0)),
        entry("E", ambition_codes="A1", life_stages="65+", spot=(0, 1001)),
        entry("F", ambition_codes="A1", life_stages="n/a", spot=(20, 0)),
        entry("G", life_stages="65+", spot=(30, 0)),
    )
    found = of(town)
    assert set(found) == {"B", "C"}
    assert [(r.code, r.points) for r in found["B"].reasons] == [("join", JOIN)]
    assert found["B"].reasons[0].facts["ambitions"] == ("A2",)
    assert found["B"].reasons[0].facts["stages"] == ("65+",)
    assert found["B"].reasons[0].facts["metres"] == pytest.approx(999, abs=0.01)
    assert [(r.code, r.points) for r in found["C"].reasons] == [("refer", REFER)]


def test_what_is_for_no_age_is_for_nobody_in_common(package: Package) -> None:
    town = made(
        package,
        entry("A", ambition_codes="A1", life_stages="all", spot=(0, 0)),
        entry("B", ambition_codes="A1", life_stages="n/a", spot=(10, 0)),
    )
    assert of(town) == of(town, "B") == {}


def test_an_area_in_common_is_nearby_too(package: Package) -> None:
    same = {"ambition_codes": "A1", "life_stages": "all"}
    town = made(
        package,
        *(entry(key, **same) for key in "ABCDE"),
        areas={"A": "BU05460300", "B": "BU05460300", "C": "BU05460301", "D": "WK054603", "E": "BU05460501"},
    )
    found = of(town)
    assert {key: each.score for key, each in found.items()} == {
        "B": JOIN,
        "C": JOIN * SAME_DISTRICT,
        "D": JOIN * SAME_DISTRICT,
    }
    assert found["B"].reasons[0].facts["areas"] == ("BU05460300",)
    assert found["C"].reasons[0].facts["areas"] == ("WK054603",)


def test_partners_by_id_else_by_name(package: Package) -> None:
    town = made(
        package,
        *(entry(key) for key in "ABCD"),
        partners=(
            ("A", "Gemeente", "ORG-001"),
            ("A", "Café De Hoek", ""),
            ("A", "x", "ORG-002"),
            ("A", "y", "ORG-003"),
            ("B", "gem. Leiden", "ORG-001"),
            ("C", "CAFE de hoek ", ""),
            ("D", "Gemeente", ""),
            ("C", "a", "ORG-001"),
            ("C", "b", "ORG-002"),
            ("C", "c", "ORG-003"),
        ),
    )
    found = of(town)
    assert set(found) == {"B", "C"}
    assert found["B"].reasons[0].facts["organisations"] == ("Gemeente Leiden",)
    assert found["B"].score == PARTNER
    assert len(found["C"].reasons[0].facts["organisations"]) == 4
    assert found["C"].score == PARTNER * MOST_PARTNERS


def test_the_same_venue_or_spot(package: Package) -> None:
    town = made(
        package,
        entry("A", venue="Het Gebouw", spot=(0, 0)),
        entry("B", venue="het gebouw "),
        entry("C", spot=(0, 0), venue="Zaal 3"),
        entry("D", spot=(0, 30)),
        entry("E"),
    )
    assert {key: each.score for key, each in of(town).items()} == {"B": PLACE, "C": PLACE}
    assert of(town, "E") == {}


def test_the_nearest_of_several_places_counts(package: Package) -> None:
    same = {"ambition_codes": "A1", "life_stages": "all"}
    town = made(
        package,
        entry("A", **same, spots=[(0, 0), (5000, 0)]),
        entry("B", **same, spots=[(9000, 0), (5600, 0)]),
        entry("C", **same, spot=(2500, 0)),
    )
    (reason,) = of(town)["B"].reasons
    assert reason.facts["metres"] == pytest.approx(600, abs=0.01)
    assert "C" not in of(town)


def test_alike_by_the_closed_form(package: Package) -> None:
    """Two texts of two words, one of them in common, in a register of three: idf 1 + ln(4/3) and 1 + ln(4/2)."""
    town = made(
        package,
        entry("A", name="wandelen tuinieren"),
        entry("B", name="de wandelen van schaken"),
        entry("C", name="zingen"),
    )
    common, own = 1 + math.log(4 / 3), 1 + math.log(4 / 2)
    cosine = common**2 / (common**2 + own**2)
    (reason,) = of(town)["B"].reasons
    assert reason.points == pytest.approx(ALIKE * cosine)
    assert reason.facts["words"] == ("wandelen",)
    assert "C" not in of(town)


def test_nothing_in_common_but_stop_words(package: Package) -> None:
    town = made(
        package,
        entry("A", name="de en het voor iedereen wandelen"),
        entry("B", name="voor het iedereen zingen"),
    )
    assert of(town) == {}


def test_stages() -> None:
    everyone, old, young = frozenset({"all"}), frozenset({"65+"}), frozenset({"0-4", "4-12"})
    assert stages_in_common(everyone, old) == ("65+",)
    assert stages_in_common(everyone, everyone) == ("all",)
    assert stages_in_common(old, young) == ()
    assert stages_in_common(frozenset(), everyone) == ()
    assert stages_in_common(young, frozenset({"4-12"})) == ("4-12",)


def test_stop_words_are_as_they_are_compared() -> None:
    assert all(word == fold(word) and word.isalpha() for word in STOP_WORDS)
    assert list(STOP_WORDS) == sorted(set(STOP_WORDS))
    assert {"de", "het", "een", "voor", "gezondheid"} <= set(STOP_WORDS)


# --- a second implementation over the tables ----------------------------------------------------------------------


@pytest.mark.parametrize("key", ALL)
def test_every_neighbour_of_every_initiative(package: Package, key: str) -> None:
    found = {each.id: each for each in neighbours(package, key, ALL)}
    expected = {other: points for other in ALL if other != key and (points := by_hand(key, other))}
    assert set(found) == set(expected)
    for other, points in expected.items():
        given = {reason.code: reason.points for reason in found[other].reasons}
        assert given == pytest.approx(points), other
        assert found[other].score == pytest.approx(sum(points.values()))


def test_there_is_something_to_compare() -> None:
    codes = Counter(code for key in ALL[:60] for other in ALL if other != key for code in by_hand(key, other))
    assert set(codes) == set(CODES)


# --- properties ---------------------------------------------------------------------------------------------------


def test_order_and_shape(package: Package) -> None:
    for key in ALL[::7]:
        found = neighbours(package, key)
        assert list(found) == sorted(found, key=lambda each: (-each.score, each.id))
        assert key not in [each.id for each in found]
        for each in found:
            codes = [reason.code for reason in each.reasons]
            assert codes == [
                code for code in ("join", "refer", "partners", "place", "alike") if code in codes
            ]
            assert each.score == pytest.approx(math.fsum(reason.points for reason in each.reasons))


def test_neighbours_are_mutual(package: Package) -> None:
    for key in ALL[::9]:
        for each in neighbours(package, key, ALL):
            back = {other.id: other.score for other in neighbours(package, each.id, ALL)}
            assert back[key] == pytest.approx(each.score)


def test_ended_ones_are_left_out_unless_asked_for(package: Package) -> None:
    ended = {key for key, row in naive.initiatives().items() if row["status"] == "ended"}
    for key in ALL[:20]:
        assert not ended & {each.id for each in neighbours(package, key)}
    assert any(ended & {each.id for each in neighbours(package, key, ALL)} for key in ALL[:20])


def test_an_initiative_that_is_not_there(package: Package) -> None:
    with pytest.raises(KeyError, match="LEI-999"):
        neighbours(package, "LEI-999")


def test_hostile_rows(hostile_package: Package) -> None:
    for key in list(hostile_package.initiatives.index[:18]):
        for each in neighbours(hostile_package, str(key)):
            assert math.isfinite(each.score)
