"""What is missing and whom to ask, district by district, against loops over data/*.csv."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace

import pandas as pd
import pytest

from hsc_geo.analysis.asking import Ask, districts_in_order, organisations_of, to_ask
from hsc_geo.analysis.matrix import freshness_bands
from hsc_geo.analysis.need import default_ingredients, need_index
from hsc_geo.data.load import Package
from tests.shared import naive

TODAY = dt.date(2026, 11, 29)
IDS = [key for key, row in naive.initiatives().items() if row["status"] != "ended"]
FOCUS = [row["area_code"] for row in naive.rows("focus_areas") if not row["valid_to"]]


def of_ambition(code: str) -> list[str]:
    return [key for key in IDS if code in naive.parts(naive.initiatives()[key]["ambition_codes"])]


def leaders(ids: list[str]) -> list[str]:
    """Names of the leading organisations that the register has as such, else of such partners; most often first."""
    official = {row["organisation_id"]: row["name"] for row in naive.rows("organisations")}
    count: Counter[str] = Counter()
    for key in ids:
        rows = [
            r
            for r in naive.rows("initiative_organisations")
            if r["initiative_id"] == key and r["organisation_id"] in official
        ]
        lead = {official[r["organisation_id"]] for r in rows if r["role"] == "lead"}
        count.update(lead or {official[r["organisation_id"]] for r in rows})
    return sorted(count, key=lambda name: (-count[name], name.casefold()))


def by_hand(package: Package, ids: list[str]) -> dict[tuple[str, str], tuple[list[str], list[str]]]:
    """(area, kind) -> initiatives and organisations."""
    bands, result = freshness_bands(package, TODAY), {}
    for code in naive.codes_of("district"):
        here = [key for key in ids if code in naive.served()[key]]
        if not here:
            others = [key for key in IDS if code in naive.served()[key]]
            result[code, "none_known"] = ([], leaders(others))
        groups = {
            "no_place": [key for key in here if key not in naive.points()],
            "not_confirmed": [key for key in here if bands[key] not in ("12", "24")],
        }
        result |= {(code, kind): (part, leaders(part)) for kind, part in groups.items() if part}
    wide = [key for key in ids if naive.scope(key) & {"city", "region"}]
    nowhere = [key for key in ids if naive.scope(key) == {"unknown"}]
    groups = {"whole_city": wide, "no_area": nowhere}
    return result | {("GM0546", kind): (part, leaders(part)) for kind, part in groups.items() if part}


@pytest.mark.parametrize("ambition", ["A1", "A2", "A3", "A4"])
def test_what_to_ask_equals_a_loop(package: Package, ambition: str) -> None:
    ids = of_ambition(ambition)
    found = to_ask(package, ids, TODAY, ambition)
    expected = by_hand(package, ids)
    assert {(each.area_code, each.kind) for each in found} == set(expected)
    for each in found:
        initiatives, organisations = expected[each.area_code, each.kind]
        assert set(each.initiatives) == set(initiatives), each
        assert list(each.organisations) == organisations, each


def test_focus_districts_come_first_and_the_city_last(package: Package) -> None:
    order = list(dict.fromkeys(each.area_code for each in to_ask(package, of_ambition("A3"), TODAY, "A3")))
    assert order[: len(FOCUS)] == FOCUS
    assert order[-1] == "GM0546"
    assert sorted(districts_in_order(package)) == sorted(naive.codes_of("district"))


def test_where_nothing_is_known_nothing_is_old(package: Package) -> None:
    """Leiden-Noord and smoke-free: none known, so nobody is asked whether it still runs."""
    found = [each for each in to_ask(package, of_ambition("A3"), TODAY, "A3") if each.area_code == "WK054603"]
    assert [each.kind for each in found] == ["none_known"]
    assert "Gemeente Leiden" in found[0].organisations


def test_only_organisations_of_the_register_are_named(package: Package) -> None:
    official = {row["name"] for row in naive.rows("organisations")}
    for ambition in ("A1", "A2", "A3", "A4"):
        for each in to_ask(package, of_ambition(ambition), TODAY, ambition):
            assert set(each.organisations) <= official
    residents = next(
        r["initiative_id"]
        for r in naive.rows("initiative_organisations")
        if r["organisation_name"] == "Particulier initiatief"
    )
    assert "Particulier initiatief" not in organisations_of(package, [residents])


def test_figures_that_are_missing_name_their_district_and_publisher(package: Package) -> None:
    need = need_index(package, default_ingredients(package, "A3"), "neighbourhood")
    lacking = [
        code
        for code in naive.codes_of("neighbourhood")
        if naive.observed("50150NED-RooktTabak", 2024, "18plus", code) is None
    ]
    found = [
        each for each in to_ask(package, of_ambition("A3"), TODAY, "A3", need) if each.kind == "no_figure"
    ]
    assert lacking
    assert sorted(code for each in found for code in each.areas) == sorted(lacking)
    for each in found:
        assert {naive.areas()[code]["parent_code"] for code in each.areas} == {each.area_code}
        assert (each.figures, each.organisations) == (("50150NED-RooktTabak",), ("RIVM, CBS, GGD",))


def asked_rows(*days: str, area: str = "WK054603") -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "asked_id": f"ASK-{area}-A3",
                "area_code": area,
                "ambition_code": "A3",
                "asked_on": day,
                "source_kind": "organisation",
                "source": "GGD Hollands Midden",
                "source_url": "",
                "note": "",
            }
            for day in days
        ]
    )


def kind_of(package: Package, rows: pd.DataFrame, ambition: str = "A3") -> Ask:
    of = replace(package, asked_none=rows)
    return next(
        each for each in to_ask(of, of_ambition("A3"), TODAY, ambition) if each.area_code == "WK054603"
    )


def test_what_was_asked_lately_is_told_as_such(package: Package) -> None:
    told = kind_of(package, asked_rows("2026-05-01"))
    assert told.kind == "asked"
    assert told.asked is not None
    assert (told.asked.asked_on, told.asked.source) == (dt.date(2026, 5, 1), "GGD Hollands Midden")
    assert kind_of(package, asked_rows("2026-12-01")).kind == "none_known"  # still to come
    assert kind_of(package, asked_rows("2021-05-01")).kind == "none_known"  # too long ago
    assert kind_of(package, asked_rows("2026-05-01", area="WK054605")).kind == "none_known"
    assert kind_of(package, asked_rows("2026-05-01"), "A2").kind == "none_known"


def test_without_any_initiative_every_district_is_to_be_asked(package: Package) -> None:
    found = to_ask(package, [], TODAY, "A3")
    assert [each.kind for each in found] == ["none_known"] * len(naive.codes_of("district"))


def test_a_register_without_organisations_names_none(package: Package) -> None:
    bare = replace(package, initiative_organisations=package.initiative_organisations.iloc[:0])
    assert all(each.organisations == () for each in to_ask(bare, of_ambition("A2"), TODAY, "A2"))
