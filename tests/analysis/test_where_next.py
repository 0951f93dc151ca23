"""Where next against an exhaustive search in loops, with ties, and what must always hold."""

from __future__ import annotations

import math
from functools import cache
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsc_geo.analysis import where_next as module
from hsc_geo.analysis.demand import demand
from hsc_geo.analysis.places import points
from hsc_geo.analysis.reach import LONGEST, reach
from hsc_geo.analysis.what_if import Change, compare, point_in
from hsc_geo.analysis.where_next import Search, WhereNext, merged, ranked, solver_best, where_next
from hsc_geo.data.load import Package
from tests.shared import naive
from tests.shared.towns import CORNER, codes, town

IDS = list(naive.initiatives())
NEIGHBOURHOODS = sorted(naive.codes_of("neighbourhood"))
AREA_NEED = {
    code: float(np.random.default_rng(7).permutation(54)[i]) for i, code in enumerate(NEIGHBOURHOODS)
}
repeatable = settings(max_examples=40, deadline=None, derandomize=True, database=None)


def need(**changed: float) -> pd.Series:
    return pd.Series(AREA_NEED | changed)


@cache
def plain_cover(package: Package, distance: float) -> dict[str, dict[int, float]]:
    """Neighbourhood -> which points a place in it newly reaches, with their need-weighted residents."""
    where = demand(package)
    known = [(point.x, point.y) for point in points(package)]
    homes = where.points.tolist()
    open_ = [i for i, p in enumerate(homes) if all(math.dist(p, each) > distance for each in known)]
    result = {}
    for code in NEIGHBOURHOODS:
        site = point_in(package, code)
        result[code] = {
            i: where.population[i] * AREA_NEED[where.neighbourhood[i]]
            for i in open_
            if math.dist(homes[i], site) <= distance
        }
    return result


def exhaustive(
    package: Package, distance: float, k: int, among: list[str] = NEIGHBOURHOODS
) -> list[tuple[float, tuple[str, ...]]]:
    cover = plain_cover(package, distance)
    found = []
    for chosen in combinations(among, k):
        together: dict[int, float] = {}
        for code in chosen:
            together |= cover[code]
        found.append((sum(together.values()), chosen))
    return sorted(found, reverse=True)


@pytest.mark.parametrize(("distance", "k"), [(300, 1), (800, 1), (500, 2), (1200, 2)])
def test_an_exhaustive_search_in_leiden_finds_the_same(package: Package, distance: int, k: int) -> None:
    every = exhaustive(package, distance, k)
    close = {chosen: value for value, chosen in every if value >= 0.98 * every[0][0]}
    found = where_next(package, IDS, distance, k, need())
    assert {option.codes: option.weighted for option in found.options} == pytest.approx(close, rel=1e-9)
    assert found.best is not None
    assert found.best.codes == every[0][1]
    assert not found.more


@pytest.mark.parametrize("k", [1, 2])
def test_kept_to_some_neighbourhoods_it_finds_the_best_of_those(package: Package, k: int) -> None:
    (best,) = exhaustive(package, 500, 1)[0][1]
    among = [code for code in NEIGHBOURHOODS[20:36] if code != best]
    every = exhaustive(package, 500, k, among)
    close = {chosen: value for value, chosen in every if value >= 0.98 * every[0][0]}
    found = where_next(package, IDS, 500, k, need(), search=Search(among=tuple(among)))
    assert {option.codes: option.weighted for option in found.options} == pytest.approx(close, rel=1e-9)
    with pytest.raises(ValueError, match="is not from 1 to 1"):
        where_next(package, IDS, 500, 2, need(), search=Search(among=(among[0],)))


def test_three_places_in_leiden_by_bit_sets(package: Package) -> None:
    """All 24,804 sets of three: the points as bits, worth added up once for each set that could matter."""
    cover = plain_cover(package, 800)
    worth = {i: value for points in cover.values() for i, value in points.items()}
    order = sorted(worth)
    rows = {code: np.array([i in cover[code] for i in order]) for code in NEIGHBOURHOODS}
    values = np.array([worth[i] for i in order])
    every = {
        c: float(values[rows[c[0]] | rows[c[1]] | rows[c[2]]].sum()) for c in combinations(NEIGHBOURHOODS, 3)
    }
    best = max(every.values())
    close = {chosen: value for chosen, value in every.items() if value >= 0.98 * best}
    found = where_next(package, IDS, 800, 3, need(), search=Search(most=1000))
    assert {option.codes: option.weighted for option in found.options} == pytest.approx(close, rel=1e-9)


@repeatable
@given(data=st.data(), k=st.integers(1, 3), within=st.sampled_from([0.0, 0.02, 0.3, 0.9]))
def test_any_small_problem_is_solved_in_full(data: st.DataObject, k: int, within: float) -> None:
    """Whole worths, so that ties are ties; some of nothing, some sites that cover nothing."""
    sites, points = data.draw(st.integers(k, 7)), data.draw(st.integers(1, 8))
    rows = st.lists(st.booleans(), min_size=sites, max_size=sites)
    cover = np.array(data.draw(st.lists(rows, min_size=points, max_size=points)))
    worth = np.array(data.draw(st.lists(st.integers(0, 9), min_size=points, max_size=points)), dtype=float)
    every = {
        chosen: sum(float(w) for row, w in zip(cover, worth, strict=True) if any(row[j] for j in chosen))
        for chosen in combinations(range(sites), k)
    }
    best = max(every.values())
    least = best * (1 - within)
    found = list(ranked(cover, worth, k, least))
    assert {chosen: value for value, chosen in found} == {c: v for c, v in every.items() if v >= least - 1e-9}
    assert len(found) == len({chosen for _, chosen in found})
    assert [value for value, _ in found] == sorted((value for value, _ in found), reverse=True)
    fewer, sums = merged(cover, worth)
    again = {c: v for v, c in ranked(fewer, sums, k, least)} if len(sums) else dict.fromkeys(every, 0.0)
    assert again == {c: v for c, v in every.items() if v >= least - 1e-9}


@settings(max_examples=12, deadline=None, derandomize=True, database=None)
@given(data=st.data(), k=st.integers(1, 5))
def test_the_solver_finds_the_best_of_the_search(data: st.DataObject, k: int) -> None:
    generator = np.random.default_rng(data.draw(st.integers(0, 10**6)))
    cover, worth = generator.random((40, 12)) < 0.2, generator.random(40)
    best, _ = next(iter(ranked(cover, worth, k, 0.0)))
    assert solver_best(cover, worth, k) == pytest.approx(best, rel=1e-9)


@pytest.mark.parametrize(("k", "seed"), [(1, 3), (2, 5), (5, 8)])
def test_pysal_with_another_solver_finds_the_same(k: int, seed: int) -> None:
    import pulp
    from spopt.locate import MCLP

    generator = np.random.default_rng(seed)
    homes, sites, worth = generator.random((300, 1, 2)), generator.random((20, 2)), generator.random(300)
    cover = np.hypot(*np.moveaxis(homes - sites, 2, 0)) < 0.2
    problem = MCLP.from_cost_matrix(1.0 - cover, worth, service_radius=0.5, p_facilities=k)
    solved = problem.solve(pulp.PULP_CBC_CMD(msg=False), results=False)
    chosen = [each.value() > 0.5 for each in solved.fac_vars]
    assert solver_best(cover, worth, k) == pytest.approx(worth[cover[:, chosen].any(axis=1)].sum(), rel=1e-9)


def test_a_search_that_disagrees_with_the_solver_is_an_error(
    package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "solver_best", lambda *_: 10.0)
    with pytest.raises(RuntimeError, match=r"the solver's best set is worth 10\.0"):
        where_next(town(package, [100, 100]), [], 600, 1, pd.Series(1.0, codes(2)))


def test_ties_are_all_there_in_order_of_code(package: Package) -> None:
    """Four equal squares, each place reaches its own only: six pairs, all as good."""
    found = where_next(town(package, [100] * 4), [], 400, 2, pd.Series(1.0, codes(4)))
    assert [option.codes for option in found.options] == list(combinations(codes(4), 2))
    assert len({round(option.weighted, 6) for option in found.options}) == 1
    assert (found.outcome, found.more) == ("found", False)
    capped = where_next(town(package, [100] * 4), [], 400, 2, pd.Series(1.0, codes(4)), search=Search(most=3))
    assert capped.more
    assert len(capped.options) == 3


def test_residents_by_hand(package: Package) -> None:
    """A place in the first square reaches a circle of 400 m of each of the others: need 3 x 1,000 beats 1 x 2,000."""
    of = town(package, [500, 1000, 2000], [(500, 500)])
    found = where_next(of, ["P0"], 400, 1, pd.Series([9.0, 3.0, 1.0], codes(3)))
    best = found.best
    assert best is not None
    assert best.codes == ("BU00000001",)
    circle = math.pi * 0.16
    assert best.residents == pytest.approx(1000 * circle, rel=1e-6)
    assert best.weighted == pytest.approx(3 * best.residents, rel=0.05)
    assert found.before == pytest.approx(500 * circle, rel=1e-6)


@pytest.mark.parametrize("k", [1, 3])
def test_newly_reached_residents_are_those_of_what_if(package: Package, k: int) -> None:
    found = where_next(package, IDS, 800, k, need())
    for option in found.options[:2]:
        change = Change(tuple(point_in(package, code) for code in option.codes))
        made = compare(package, IDS, change, 800, need())
        more = made.after.reach.city["reached"] - made.before.reach.city["reached"]
        assert option.residents == pytest.approx(more, rel=1e-9)
    assert found.before == pytest.approx(reach(package, IDS, 800).city["reached"])


def test_more_places_never_reach_less_and_the_cap_holds(package: Package) -> None:
    found = [where_next(package, IDS, 700, k, need()) for k in range(1, 6)]
    best = [each.options[0].weighted for each in found]
    assert best == sorted(best)
    assert best[-1] <= found[0].still
    assert all(len(each.options) <= 25 for each in found)
    assert all(
        o.weighted >= 0.98 * each.options[0].weighted * (1 - 1e-9) for each in found for o in each.options
    )


def test_need_that_is_not_known_counts_for_nothing_and_is_named(package: Package) -> None:
    first, last = NEIGHBOURHOODS[0], NEIGHBOURHOODS[-1]
    found = where_next(package, IDS, 800, 1, need(**{first: math.nan}).drop(last))
    zero = where_next(package, IDS, 800, 1, need(**{first: 0, last: 0}))
    assert found.unknown == (first, last)
    assert zero.unknown == ()
    assert found.options == zero.options


def test_neighbourhoods_without_known_residents_are_named(package: Package) -> None:
    found = where_next(town(package, [None, 100]), [], 600, 1, pd.Series(1.0, codes(2)))
    assert found.unknown == ("BU00000000",)
    assert found.best is not None
    assert found.best.codes == ("BU00000001",)


def outcome(found: WhereNext) -> tuple:
    return found.outcome, found.options, found.more, found.best


def test_when_all_are_reached_it_is_said(package: Package) -> None:
    found = where_next(package, IDS, 20_000, 3, need())
    assert outcome(found) == ("all_reached", (), False, None)
    assert found.still == 0
    assert found.before == pytest.approx(reach(package, IDS, 20_000).city["residents"])


def test_when_no_place_would_reach_anybody_it_is_said(package: Package) -> None:
    for distance in (0, 1):
        found = where_next(town(package, [100, 100]), [], distance, 1, pd.Series(1.0, codes(2)))
        assert outcome(found) == ("none_in_reach", (), False, None)
        assert found.still == pytest.approx(200)


def test_where_no_residents_are_known_nobody_is_said_to_be_reached(package: Package) -> None:
    for ids in ([], IDS):
        found = where_next(town(package, [None, None]), ids, 600, 1, pd.Series(1.0, codes(2)))
        assert outcome(found) == ("nobody_known", (), False, None)


def test_one_neighbourhood(package: Package) -> None:
    found = where_next(town(package, [100]), [], 5000, 1, pd.Series([2.0], codes(1)))
    assert found.best is not None
    assert (found.best.codes, found.best.weighted) == (("BU00000000",), pytest.approx(200))


def test_need_of_0_everywhere_is_refused(package: Package) -> None:
    for weights in (0.0, math.nan):
        with pytest.raises(ValueError, match="need is above 0 in no neighbourhood"):
            where_next(package, IDS, 500, 1, pd.Series(weights, NEIGHBOURHOODS))


def test_bad_input_is_all_named(package: Package) -> None:
    code, other = NEIGHBOURHOODS[:2]
    with pytest.raises(
        ValueError, match=f"6 new places is not from 1 to 5; within 1 .*; need of {code} is -1, not"
    ):
        where_next(package, IDS, 500, 6, need(**{code: -1}), search=Search(within=1))
    with pytest.raises(ValueError, match=f"need of {other} is inf"):
        where_next(package, IDS, 500, 1, need(**{other: math.inf}))
    with pytest.raises(ValueError, match="0 new places is not from 1 to 5; at most 0 sets"):
        where_next(package, IDS, 500, 0, need(), search=Search(most=0))
    with pytest.raises(ValueError, match="2 new places is not from 1 to 1"):
        where_next(town(package, [100]), [], 500, 2, pd.Series(1.0, codes(1)))
    for distance in (-1, LONGEST + 1, math.nan):
        with pytest.raises(ValueError, match="is not a number of metres"):
            where_next(package, IDS, distance, 1, need())


def test_a_point_of_each_neighbourhood_lies_within_it(package: Package) -> None:
    points = module.representative_points(town(package, [1, 1]))
    assert [math.floor((x - CORNER[0]) / 1000) for x, _ in points] == [0, 1]
