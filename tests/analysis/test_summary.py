"""The statements of a profile: which there are for every area, and their numbers counted again from data/*.csv."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from hsc_geo.analysis import summary as rules
from hsc_geo.analysis.counting import Count
from hsc_geo.analysis.profile import FAVOURABLE, SAME, UNFAVOURABLE, Spine
from hsc_geo.analysis.summary import Statement, summary
from hsc_geo.data.load import Package
from tests.shared import naive

TODAY = date(2026, 11, 29)
LEVELS = ("district", "neighbourhood")
AREAS = [code for level in LEVELS for code in naive.codes_of(level)]
CORE = sorted(
    (key for key, row in naive.indicators().items() if row["default_rank"]),
    key=lambda key: float(naive.indicators()[key]["default_rank"]),
)
SAID = {rules.FIGURES[verdict]: verdict for verdict in (UNFAVOURABLE, FAVOURABLE, SAME)}


def by_code(found: list[Statement]) -> dict[str, dict[str, object]]:
    return {each.code: dict(each.params) for each in found}


def rows_in(params: Mapping[str, object]) -> tuple[Spine, ...]:
    """The figures of a statement."""
    found = params.get("rows", ())
    assert isinstance(found, tuple)
    return found


def verdict(key: str, code: str) -> str:
    """By hand: 2 points (tenths counted whole, as published) from the city, in the newest year."""
    own, city = (naive.observed(key, 2024, "18plus", place) for place in (code, "GM0546"))
    if own is None or city is None:
        return ""
    gap = round(10 * own) - round(10 * city)
    if abs(gap) < 20:
        return SAME
    good = naive.indicators()[key]["direction"] == "high_good"
    return FAVOURABLE if (gap > 0) == good else UNFAVOURABLE


def test_the_core_figures_fall_where_the_csv_puts_them(package: Package) -> None:
    for code in AREAS:
        said = {
            row.indicator_id: SAID.get(each.code, "")
            for each in summary(package, code, TODAY)
            for row in rows_in(each.params)
        }
        expected = {key: verdict(key, code) for key in CORE}
        if any(expected.values()):
            assert said == expected
        else:
            assert said == {}
            assert rules.NO_FIGURES in by_code(summary(package, code, TODAY))


def test_figures_in_one_statement_share_year_and_age_and_are_of_the_area_and_the_city(
    package: Package,
) -> None:
    for code in AREAS:
        for each in summary(package, code, TODAY):
            for row in rows_in(each.params):
                assert (row.year, row.age_group) == (each.params["year"], each.params["age_group"])
                figures = (row.figure, row.city)
                assert [f.area_code for f in figures] == [code, "GM0546"]
                assert {(f.indicator_id, f.year, f.age_group) for f in figures} == {
                    (row.indicator_id, row.year, row.age_group)
                }


def test_residents_and_shares(package: Package) -> None:
    city = naive.areas()["GM0546"]
    for code in AREAS:
        about, found = naive.areas()[code], by_code(summary(package, code, TODAY))
        said = found.get(rules.RESIDENTS_AGES) or found[rules.RESIDENTS]
        assert (said["population"], said["year"]) == (int(about["population"]), int(about["population_year"]))
        if rules.RESIDENTS_AGES not in found:
            continue
        for name, column in (("young", "population_0_14"), ("old", "population_65_plus")):
            own, whole = (100 * int(r[column]) / naive.residents_of_bands(r) for r in (about, city))
            assert said[name] == pytest.approx(own / 100)
            assert said[f"city_{name}"] == pytest.approx(whole / 100)
            sign = 0 if abs(own - whole) < 2 else (1 if own > whole else -1)
            assert said[f"{name}_against"] == sign


def test_initiatives_and_ambitions(package: Package) -> None:
    for code in AREAS:
        known = [
            key
            for key, row in naive.initiatives().items()
            if row["status"] != "ended" and code in naive.served()[key]
        ]
        found = by_code(summary(package, code, TODAY))
        said = found.get(rules.INITIATIVES) or found[rules.NO_INITIATIVES]
        per = {
            a: sum(a in naive.parts(naive.initiatives()[key]["ambition_codes"]) for key in known)
            for a in ("A1", "A2", "A3", "A4")
        }
        assert said["here"] == len(known)
        assert said["per_ambition"] == tuple((a, count) for a, count in per.items() if count)
        assert said["without"] == tuple(a for a, count in per.items() if not count)
        assert (rules.EVIDENCE in found) == bool(known)
        if known:
            evidence = found[rules.EVIDENCE]
            parts = [evidence[each] for each in ("recent", "older", "undated")]
            assert sum(map(int, map(str, parts))) == len(known)
            undated = [
                key
                for key in known
                if not naive.initiatives()[key]["last_evidence_year"]
                and not naive.initiatives()[key]["status_as_of"]
            ]
            assert evidence["undated"] == len(undated)


def test_evidence_is_recent_up_to_24_months_before_the_day(package: Package) -> None:
    """Seen from January 2026, so recent is January 2024 or later, and a year counts from its January."""
    register = package.initiatives.copy()
    keys = [key for key in register.index if "WK054603" in naive.served()[str(key)]][:5]
    register = register.loc[keys].assign(
        status="planned",
        last_evidence_year=pd.array([2026, 2024, 2023, None, 2018], dtype="Int64"),
        status_as_of=["2026-01", "2024", "2023-12", "", ""],
        last_confirmed=["", "", "", "", "2026-01-20"],
    )
    areas = package.initiative_areas[package.initiative_areas["initiative_id"].isin(keys)]
    of = replace(package, initiatives=register, initiative_areas=areas)
    for day, recent, older in ((date(2026, 1, 31), 3, 1), (date(2026, 1, 19), 2, 2)):
        evidence = by_code(summary(of, "WK054603", day))[rules.EVIDENCE]
        said = [evidence[each] for each in ("here", "recent", "older", "undated", "months", "date")]
        assert said == [5, recent, older, 1, 24, day]


def test_what_is_for_more_than_the_area_stands_beside_it(package: Package) -> None:
    for code in AREAS:
        found = by_code(summary(package, code, TODAY))[rules.BESIDE]["count"]
        assert isinstance(found, Count)
        expected = naive.count(code, naive.current())
        assert {group: list(getattr(found, group)) for group in expected} == expected


def test_five_to_eight_things_are_said_fewer_only_where_less_is_known(package: Package) -> None:
    for code in AREAS:
        found = by_code(summary(package, code, TODAY))
        least = 4 if rules.NO_FIGURES in found else 5
        assert least <= len(found) <= 8, code


def test_the_caveat_stands_with_modelled_figures_and_only_there(package: Package) -> None:
    for code in AREAS:
        found = by_code(summary(package, code, TODAY))
        assert (rules.CAVEAT in found) != (rules.NO_FIGURES in found)
    registered = package.indicators.assign(kind="registered")
    assert rules.CAVEAT not in by_code(summary(replace(package, indicators=registered), "WK054603", TODAY))


def test_the_caveat_knows_of_published_intervals(package: Package) -> None:
    assert by_code(summary(package, "WK054603", TODAY))[rules.CAVEAT] == {"interval": False}
    rows = package.observations
    given = replace(package, observations=rows.assign(lower=rows["value"] - 1, upper=rows["value"] + 1))
    assert by_code(summary(given, "WK054603", TODAY))[rules.CAVEAT] == {"interval": True}


def test_where_figures_and_residents_are_missing_that_is_what_is_said(package: Package) -> None:
    areas = package.areas.copy()
    areas.loc["WK054603", ["population", "population_year"]] = pd.NA
    rows = package.observations
    rows = rows[rows["area_code"] != "WK054603"]
    found = by_code(summary(replace(package, areas=areas, observations=rows), "WK054603", TODAY))
    assert rules.NO_RESIDENTS in found
    assert rules.NO_FIGURES in found
    assert not set(found) & {*SAID, rules.CAVEAT, rules.RESIDENTS, rules.RESIDENTS_AGES}


def test_a_single_missing_figure_is_named(package: Package) -> None:
    rows = package.observations
    gone = (rows["area_code"] == "WK054603") & (rows["indicator_id"] == CORE[0])
    edited = rows.assign(
        value=rows["value"].mask(gone), status=rows["status"].astype(str).mask(gone, "suppressed")
    )
    said = by_code(summary(replace(package, observations=edited), "WK054603", TODAY))[rules.FIGURES[""]]
    assert [(row.indicator_id, row.figure.status) for row in rows_in(said)] == [(CORE[0], "suppressed")]


@pytest.mark.parametrize("code", ["GM0546", "NL00"])
def test_the_city_itself_has_no_summary(package: Package, code: str) -> None:
    with pytest.raises(ValueError, match=code):
        summary(package, code, TODAY)
