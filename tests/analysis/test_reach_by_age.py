"""Residents near by age: against the reach of each band by itself, and small ones hidden."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hsc_geo.analysis.reach import reach
from hsc_geo.analysis.reach_by_age import AGES, reach_by_age
from hsc_geo.data.load import Package
from tests.shared import naive


@pytest.mark.parametrize("distance", [0, 300, 1200])
def test_each_band_is_what_reach_gives_for_it_alone(package: Package, distance: int) -> None:
    ids = naive.current()
    found = reach_by_age(package, ids, distance)
    for band in AGES:
        alone = reach(package, ids, distance, band).table
        assert found.reached[band].to_numpy() == pytest.approx(alone["reached"].to_numpy(), rel=1e-9)
        assert found.residents[band].to_numpy() == pytest.approx(alone["residents"].to_numpy())
    assert (found.reached <= found.residents + 1e-9).all(axis=None)
    assert found.all_ages.table["reached"].sum() >= 0


def test_residents_are_those_of_the_neighbourhoods(package: Package) -> None:
    found = reach_by_age(package, [], 500)
    for band in AGES:
        rows = [row for row in naive.areas().values() if row["level"] == "neighbourhood"]
        by_hand = {
            code: sum(int(row[band]) for row in rows if row["parent_code"] == code)
            for code in naive.codes_of("district")
        }
        assert found.residents[band].to_dict() == by_hand
    assert not found.reached.to_numpy().any()
    assert found.year == int(naive.areas()[naive.codes_of("neighbourhood")[0]]["bands_year"])
    assert found.missing == ()


def test_a_neighbourhood_without_ages_is_left_out_and_told(package: Package) -> None:
    code, areas = naive.codes_of("neighbourhood")[0], package.areas.copy()
    areas.loc[code, AGES[1]] = None
    found = reach_by_age(replace(package, areas=areas), naive.current(), 500)
    whole = reach_by_age(package, naive.current(), 500)
    district = naive.areas()[code]["parent_code"]
    assert found.missing == (code,)
    for band in AGES:
        left = whole.residents.at[district, band] - int(naive.areas()[code][band])
        assert found.residents.at[district, band] == left
