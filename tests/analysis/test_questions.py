"""The three questions, the focus districts, freshness and data quality, counted again by hand."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from hsc_geo.analysis import questions
from hsc_geo.analysis.counting import Count
from hsc_geo.analysis.focus import comparisons, country_code, focus_codes, freshness, municipality_code
from hsc_geo.analysis.quality import FIELDS, completeness, figure_status, precision_counts
from hsc_geo.data.load import Package
from tests.shared import naive

FOCUS = ["WK054603", "WK054605"]
TODAY = date(2026, 11, 29)
DISTRICTS = naive.codes_of("district")
AMBITIONS = ["A1", "A2", "A3", "A4"]
REGISTER = naive.initiatives()
CURRENT = {key: row for key, row in REGISTER.items() if row["status"] != "ended"}


def known(district: str, ambition: str) -> list[str]:
    """Initiatives, ended ones left out, that serve the district for the ambition."""
    return [
        key
        for key, row in CURRENT.items()
        if district in naive.served()[key] and ambition in naive.parts(row["ambition_codes"])
    ]


def leads(keys: list[str]) -> set[str]:
    return {name for key in keys for name in naive.parts(REGISTER[key]["organisation"])}


def test_what_works(package: Package) -> None:
    found = questions.working(package, FOCUS)
    active = [key for key, row in REGISTER.items() if row["status"] == "active_at_evidence_date"]
    assert (found.total, found.active) == (146, len(active))
    assert sorted(found.counted.everyone) == sorted(CURRENT)
    for code in FOCUS:
        expected = naive.count(code, list(CURRENT))
        assert {group: list(getattr(found.per_area[code], group)) for group in expected} == expected
    assert [found.per_area[code].number for code in FOCUS] == [15, 11]


def test_where_to_join_forces(package: Package) -> None:
    pairs = {(d, a): leads(known(d, a)) for d in DISTRICTS for a in AMBITIONS}
    shared = {pair: names for pair, names in pairs.items() if len(names) >= 2}
    found = questions.joining(package, FOCUS)
    assert found is not None
    assert (found.pairs, found.possible) == (len(shared), 40)
    in_focus = {pair: names for pair, names in shared.items() if pair[0] in FOCUS}
    assert found.area_code in FOCUS
    assert found.organisations == max(map(len, in_focus.values()))
    here = (found.area_code, found.ambition)
    assert (found.organisations, found.initiatives) == (len(pairs[here]), len(known(*here)))


def test_nobody_to_join_where_no_focus_area_has_two(package: Package) -> None:
    lonely = package.initiatives.assign(organisation="Een")
    assert questions.joining(replace(package, initiatives=lonely), FOCUS) is None
    assert questions.joining(package, []) is None


def test_who_is_missing(package: Package) -> None:
    without = {a: sum(not known(d, a) for d in DISTRICTS) for a in AMBITIONS}
    found = questions.missing(package)
    assert found is not None
    assert found.ambition == max(AMBITIONS, key=lambda a: (without[a], -AMBITIONS.index(a)))
    assert (found.districts_without, found.districts) == (without[found.ambition], 10)
    assert found.gaps == sum(without.values())


def test_what_works_for_the_whole_city_leaves_out_what_has_ended_as_the_districts_do(
    package: Package,
) -> None:
    found = questions.missing(package)
    assert found is not None
    for scope, number in (("city", found.city), ("region", found.region)):
        wide = [
            key
            for key, row in CURRENT.items()
            if row["precision"] == scope and found.ambition in naive.parts(row["ambition_codes"])
        ]
        assert number == len(wide)


def test_an_ended_initiative_fills_no_gap(package: Package) -> None:
    ended = replace(package, initiatives=package.initiatives.assign(status="ended"))
    found = questions.missing(ended)
    assert found is not None
    assert (found.ambition, found.districts_without, found.gaps) == ("A1", 10, 40)
    assert questions.joining(ended, FOCUS) is None


def test_a_register_without_rows_leaves_all_open(package: Package) -> None:
    empty = replace(
        package, initiatives=package.initiatives.iloc[:0], initiative_areas=package.initiative_areas.iloc[:0]
    )
    assert questions.working(empty, FOCUS) == questions.Working(0, Count(), 0, dict.fromkeys(FOCUS, Count()))
    assert questions.joining(empty, FOCUS) is None
    found = questions.missing(empty)
    assert found is not None
    assert (found.districts_without, found.city, found.region) == (10, 0, 0)


def test_the_focus_districts_are_those_in_force(package: Package) -> None:
    assert focus_codes(package) == {"noord": ["WK054603"], "zuidwest": ["WK054605"]}
    past = package.focus_areas.copy()
    past.loc[past["focus_id"] == "noord", "valid_to"] = "2022-01-01"
    assert focus_codes(replace(package, focus_areas=past)) == {"zuidwest": ["WK054605"]}


def test_municipality_and_country(package: Package) -> None:
    assert (municipality_code(package), country_code(package)) == ("GM0546", "NL00")


def test_at_most_six_figures_each_as_published(package: Package) -> None:
    found = comparisons(package)
    assert 0 < len(found) <= 6
    for c in found:
        years = {
            int(r["year"])
            for r in naive.rows("observations")
            if r["indicator_id"] == c.indicator_id and r["value"]
        }
        assert c.year == max(years)
        for each in (*c.focus, c.municipality, c.country):
            assert each.value == naive.observed(c.indicator_id, c.year, c.age_group, each.area_code)
        assert [each.area_code for each in c.focus] == FOCUS
        assert (c.municipality.area_code, c.country.area_code) == ("GM0546", "NL00")


def test_overweight_in_leiden_noord_is_among_them(package: Package) -> None:
    found = {c.indicator_id: c for c in comparisons(package)}
    assert (found["50150NED-Overgewicht"].year, found["50150NED-Overgewicht"].focus[0].value) == (2024, 47.4)
    assert found["50150NED-GoedErvarenGezondheid"].focus[0].value == 69.4


def test_freshness(package: Package) -> None:
    years = [row["last_evidence_year"] for row in REGISTER.values()]
    found = freshness(package, TODAY)
    assert (found.total, found.undated) == (len(years), years.count(""))
    assert {int(y): int(n) for y, n in found.by_year.items()} == Counter(int(year) for year in years if year)
    assert list(found.by_year.index) == sorted(found.by_year.index)


def test_recent_is_within_24_months_of_the_day(package: Package) -> None:
    """A year counts from its January, a month as itself (`status_as_of` where the years agree)."""
    for day in (TODAY, date(2024, 6, 1), date(2040, 1, 1)):
        recent = 0
        for row in REGISTER.values():
            year, as_of = row["last_evidence_year"], row["status_as_of"].removeprefix("after ")
            month = int(as_of[5:7]) if as_of[:4] == year and as_of[4:5] == "-" else 1
            recent += bool(year) and (day.year - int(year)) * 12 + day.month - month <= 24
        assert freshness(package, day).recent == recent, day
    assert freshness(package, date(2040, 1, 1)).recent == 0


def test_freshness_of_those_that_count(package: Package) -> None:
    found = freshness(package, TODAY, list(CURRENT))
    assert found.total == len(CURRENT)
    assert found.undated == sum(row["last_evidence_year"] == "" for row in CURRENT.values())


def test_a_confirmation_makes_it_fresh_from_its_day(package: Package) -> None:
    old = next(key for key, row in CURRENT.items() if row["last_evidence_year"] == "2017")
    register = package.initiatives.copy()
    register.loc[old, "last_confirmed"] = "2026-10-03"
    of = replace(package, initiatives=register)
    before, after = freshness(of, date(2026, 10, 2)), freshness(of, date(2026, 10, 3))
    assert after.recent == before.recent + 1
    assert after.by_year[2017] == before.by_year[2017] - 1
    assert after.by_year[2026] == before.by_year[2026] + 1


def test_freshness_of_a_register_without_dates(package: Package) -> None:
    undated = package.initiatives.copy()
    undated["last_evidence_year"] = undated["last_evidence_year"].mask(undated["last_evidence_year"].notna())
    undated["status_as_of"] = ""
    found = freshness(replace(package, initiatives=undated), TODAY)
    assert (found.total, found.undated, found.recent, len(found.by_year)) == (146, 146, 0, 0)


def cell(key: str, field: str) -> str:
    """The cell of an initiative, or of the first of its places that has one."""
    if field not in ("venue", "address", "latitude"):
        return REGISTER[key][field]
    of_places = [row[field] for row in naive.rows("initiative_places") if row["initiative_id"] == key]
    return next(filter(None, of_places), "")


def test_completeness_counts_filled_cells(package: Package) -> None:
    found = completeness(package)
    assert list(found.index) == list(FIELDS)
    for field in FIELDS:
        filled = sum(cell(key, field) != "" for key in REGISTER)
        assert found.at[field, "filled"] == filled, field
        assert found.at[field, "share"] == pytest.approx(filled / 146)
        assert found.at[field, "total"] == 146


@pytest.mark.parametrize("field", FIELDS)
def test_completeness_counts_rows_where_the_field_is_inferred(package: Package, field: str) -> None:
    name = {"target_group_en": "target_group", "life_stages": "life_stage"}.get(field, field)
    remarks = re.compile(r"\([^)]*\)")
    named = [
        set(re.findall(r"[a-z_]+", remarks.sub("", row["inferred_fields"]))) for row in REGISTER.values()
    ]
    assert completeness(package).at[field, "inferred"] == sum(name in names for names in named)


def test_completeness_of_no_rows(package: Package) -> None:
    found = completeness(replace(package, initiatives=package.initiatives.iloc[:0]))
    assert (found["filled"] == 0).all()
    assert (found["share"] == 0).all()


def test_precision_from_address_to_unknown(package: Package) -> None:
    found = precision_counts(package)
    assert found.to_dict() == Counter(row["precision"] for row in REGISTER.values())
    assert found.sum() == 146
    order = ["address", "street", "neighbourhood", "district", "city", "region", "unknown"]
    assert list(found.index) == [code for code in order if code in found.index]


def test_figures_by_table_and_status(package: Package) -> None:
    table_of = {key: row["table_id"] for key, row in naive.indicators().items()}
    expected = Counter((table_of[row["indicator_id"]], row["status"]) for row in naive.rows("observations"))
    found = figure_status(package)
    cells = {(t, s): int(found.at[t, s]) for t in found.index for s in found.columns if found.at[t, s]}
    assert cells == expected
    assert expected["50090NED", "suppressed"] > 0
