"""What changed between two editions, held against a plain comparison of the same tables."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pandas as pd
import pytest

from hsc_geo.analysis.changes import (
    ADDED,
    CONFIRMED,
    CORRECTED,
    ENDED,
    GONE,
    NEW,
    REVISED,
    EntryChange,
    FieldChange,
    FigureValue,
    as_dict,
    changes,
)
from hsc_geo.analysis.counting import count_of
from hsc_geo.data.load import Package

KEY = ["area_code", "indicator_id", "year", "age_group"]


def edited(package: Package, key: str, **cells: str) -> Package:
    frame = package.initiatives.copy()
    frame.loc[key, list(cells)] = list(cells.values())
    return replace(package, initiatives=frame)


def happened(before: Package, after: Package) -> list[tuple[str, str, str]]:
    return [(each.kind, each.key, each.what) for each in changes(before, after).entries]


def test_nothing_changed(package: Package) -> None:
    found = changes(package, replace(package))
    assert (found.entries, found.figures, found.others) == ((), (), ())
    assert found.before == found.after == package.snapshot


def test_added_one_way_is_gone_the_other_way(package: Package) -> None:
    fewer = replace(
        package,
        initiatives=package.initiatives.drop("LEI-007"),
        organisations=package.organisations.drop("ORG-002"),
        venues=package.venues.iloc[1:],
    )
    venue = str(package.venues["venue"].iloc[0])
    what = [("initiative", "LEI-007"), ("organisation", "ORG-002"), ("venue", venue)]
    assert happened(fewer, package) == [(*each, ADDED) for each in what]
    assert happened(package, fewer) == [(*each, GONE) for each in what]


def test_ended_confirmed_and_corrected_are_told_apart(package: Package) -> None:
    first = edited(
        package, "LEI-010", status="active_at_evidence_date", last_confirmed="2026-01-02", name="Old"
    )
    last = edited(
        package, "LEI-010", status="ended", status_as_of="2026-11", last_confirmed="2026-11-29", name="New"
    )
    found = {each.what: each for each in changes(first, last).entries}
    assert list(found) == [ENDED, CONFIRMED, CORRECTED]
    assert {each.name for each in found.values()} == {"New"}
    assert FieldChange("status", "active_at_evidence_date", "ended") in found[ENDED].fields
    assert {each.field for each in found[ENDED].fields} == {"status", "status_as_of"}
    assert found[CONFIRMED].fields == (FieldChange("last_confirmed", "2026-01-02", "2026-11-29"),)
    assert found[CORRECTED].fields == (FieldChange("name", "Old", "New"),)


def test_an_earlier_day_and_a_new_beginning_are_corrections(package: Package) -> None:
    first = edited(package, "LEI-010", status="ended", last_confirmed="2026-11-29")
    last = edited(package, "LEI-010", status="active_at_evidence_date", last_confirmed="2026-01-02")
    (only,) = changes(first, last).entries
    assert only.what == CORRECTED
    assert {each.field for each in only.fields} == {"status", "last_confirmed"}


def test_places_and_areas_of_an_initiative_and_where_it_was_before(package: Package) -> None:
    areas = package.initiative_areas.copy()
    row = areas.index[areas["area_code"].str.startswith("BU")][0]
    key, old = str(areas.at[row, "initiative_id"]), str(areas.at[row, "area_code"])
    new = next(
        str(code) for code in package.areas.index if str(code).startswith("BU") and code[:8] != old[:8]
    )
    areas.at[row, "area_code"] = new
    (only,) = changes(package, replace(package, initiative_areas=areas)).entries
    assert (only.key, only.what, only.fields) == (key, CORRECTED, ())
    (rows,) = only.rows
    assert rows.table == "initiative_areas"
    assert [dict(cells)["area_code"] for cells in (*rows.gone, *rows.added)] == [old, new]
    districts = {str(package.areas.at[code, "parent_code"]) for code in (old, new)}
    assert {old, new, *districts} <= set(only.areas)


def test_the_order_of_rows_is_no_change(package: Package) -> None:
    assert happened(package, replace(package, initiative_areas=package.initiative_areas.iloc[::-1])) == []


def test_areas_group_by_the_rule_of_counting(package: Package) -> None:
    everywhere = package.initiatives.assign(note_en="changed")
    groups = changes(package, replace(package, initiatives=everywhere)).by_area()
    for code in package.areas.index[package.areas["level"].isin(["district", "neighbourhood"])]:
        here = count_of(package, [code], package.initiatives.index).here
        assert {each.key for each in groups.get(code, ())} == set(here), code
    whole = count_of(package, ["GM0546"], package.initiatives.index)
    for scope in ("city", "region", "unknown"):
        assert {each.key for each in groups.get(scope, ())} == set(getattr(whole, scope)), scope


def test_ambitions_group_each_initiative_under_all_of_its_own(package: Package) -> None:
    everywhere = package.initiatives.assign(note_en="changed")
    groups = changes(package, replace(package, initiatives=everywhere)).by_ambition()
    for code, part in groups.items():
        expected = [
            key for key, codes in package.initiatives["ambition_codes"].items() if code in codes.split("|")
        ]
        assert [each.key for each in part] == sorted(expected)
    assert set(groups) == {"A1", "A2", "A3", "A4"}


def test_an_organisation_belongs_where_its_initiatives_do(package: Package) -> None:
    changed = package.organisations.copy()
    links = package.initiative_organisations
    changed.loc["ORG-001", "website"] = "https://www.leiden.nl/"
    (only,) = changes(package, replace(package, organisations=changed)).entries
    mine = links.loc[links["organisation_id"] == "ORG-001", "initiative_id"]
    assert set(only.ambitions) == {
        code for codes in package.initiatives.loc[mine, "ambition_codes"] for code in codes.split("|") if code
    }


def test_figures_as_a_plain_comparison_finds_them(package: Package) -> None:
    table = package.observations.copy()
    present = table.index[table["status"] == "present"]
    table.loc[present[:5], "value"] = [1.5, 2.5, 3.5, 4.5, 1000.25]
    table.loc[present[7], ["value", "status"]] = [math.nan, "suppressed"]
    after = replace(package, observations=table.drop(index=present[10:13]))
    before = replace(package, observations=package.observations.drop(index=present[20]))
    found = changes(before, after).figures

    joined = before.observations.astype(dict.fromkeys((*KEY, "status"), str)).merge(
        after.observations.astype(dict.fromkeys((*KEY, "status"), str)),
        on=KEY,
        how="outer",
        suffixes=("_old", "_new"),
        indicator=True,
    )
    expected = {}
    for row in joined.to_dict("records"):
        same = all(
            row[f"{name}_old"] == row[f"{name}_new"]
            or (pd.isna(row[f"{name}_old"]) and pd.isna(row[f"{name}_new"]))
            for name in ("value", "lower", "upper", "status")
        )
        what = {"left_only": GONE, "right_only": NEW, "both": "" if same else REVISED}[row["_merge"]]
        if what:
            expected[tuple(row[name] for name in KEY)] = what
    assert {(e.area_code, e.indicator_id, str(e.year), e.age_group): e.what for e in found} == expected
    assert sorted(expected.values()).count(REVISED) == 6
    (suppressed,) = (each for each in found if each.new and each.new.status == "suppressed")
    assert suppressed.new is not None
    assert suppressed.old is not None
    assert (suppressed.new.value, suppressed.old.status) == (None, "present")
    assert suppressed.old.unit == package.indicators.at[suppressed.indicator_id, "unit"]
    assert suppressed.source_id == package.indicators.at[suppressed.indicator_id, "source_id"]


def test_another_unit_is_another_figure(package: Package) -> None:
    indicators = package.indicators.copy()
    key = indicators.index[0]
    indicators.loc[key, "unit"] = "per 1000"
    found = changes(package, replace(package, indicators=indicators))
    mine = package.observations["indicator_id"] == key
    assert len(found.figures) == int(mine.sum())
    first = found.figures[0]
    assert first.what == REVISED
    assert isinstance(first.new, FigureValue)
    assert first.new.unit == "per 1000"
    assert found.others == ("indicators.csv",)


@pytest.mark.parametrize("name", ["sources", "vocabularies", "focus_areas"])
def test_other_files_that_differ_are_named(package: Package, name: str) -> None:
    frame = getattr(package, name)
    found = changes(package, replace(package, **{name: frame.iloc[1:]}))
    assert (found.entries, found.figures, found.others) == ((), (), (f"{name}.csv",))


def test_as_json(package: Package) -> None:
    found = changes(package, edited(package, "LEI-010", name='"<b>', ambition_codes="A1|A3"))
    told = json.loads(json.dumps(as_dict(found)))
    (entry,) = told["entries"]
    assert isinstance(found.entries[0], EntryChange)
    assert {"field": "name", "old": str(package.initiatives.at["LEI-010", "name"]), "new": '"<b>'} in entry[
        "fields"
    ]
    assert told["by_ambition"]["A3"] == [{"kind": "initiative", "key": "LEI-010", "what": CORRECTED}]
