"""The Python under each table, run where only the wheel is: it gives the table of the page and of its file."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from hsc_geo.analysis.bulk import tidy
from hsc_geo.analysis.changes import Changes
from hsc_geo.analysis.changes import changes as compared
from hsc_geo.analysis.continuity import what_may_end
from hsc_geo.analysis.explore import Choice, explore
from hsc_geo.analysis.export import bundle, to_csv, to_csv_zip
from hsc_geo.analysis.guard import Reading
from hsc_geo.analysis.matrix import ALL, Basis
from hsc_geo.analysis.need import Ingredient
from hsc_geo.analysis.own_areas import make, neighbourhoods, with_own
from hsc_geo.analysis.past import Nothing
from hsc_geo.data.editions import Edition
from hsc_geo.data.load import Package, load
from hsc_geo.data.packing import packed
from hsc_geo.views.changes import answers as changed_answers
from hsc_geo.views.changes import calls as changed
from hsc_geo.views.changes import files as changed_files
from hsc_geo.views.changes import tables as changed_tables
from hsc_geo.views.changes.choices import ChangesChoice
from hsc_geo.views.coverage import calls as coverage
from hsc_geo.views.coverage.answers.elsewhere import elsewhere
from hsc_geo.views.coverage.answers.known import known
from hsc_geo.views.coverage.answers.near import near, shared
from hsc_geo.views.coverage.answers.need import needs
from hsc_geo.views.coverage.answers.where_next import what_if, where_next
from hsc_geo.views.coverage.choices import CoverageChoice, Tried
from hsc_geo.views.coverage.words import access as access_words
from hsc_geo.views.coverage.words import elsewhere as elsewhere_words
from hsc_geo.views.coverage.words import known as known_words
from hsc_geo.views.coverage.words import near as near_words
from hsc_geo.views.coverage.words import need as need_words
from hsc_geo.views.coverage.words import what_if as what_if_words
from hsc_geo.views.coverage.words import where_next as next_words
from hsc_geo.views.kit.call import Call, as_of, code
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Row, text_of
from hsc_geo.views.kit.words import Words
from hsc_geo.views.map import calls as on_map
from hsc_geo.views.partners import answers as partner_answers
from hsc_geo.views.partners import calls as partners
from hsc_geo.views.partners.choices import MissingChoice, NearChoice, NeighboursChoice
from hsc_geo.views.partners.words import ending
from hsc_geo.views.partners.words import missing as missing_words
from hsc_geo.views.partners.words import near as partner_near
from hsc_geo.views.partners.words import neighbours as neighbour_words
from hsc_geo.views.partners.words import organisation as organisation_words
from hsc_geo.views.profile import answers as profile_answers
from hsc_geo.views.profile import calls as profile
from hsc_geo.views.profile import tables as profile_tables
from hsc_geo.views.profile.choices import ProfileChoice
from hsc_geo.views.research import calls as research
from hsc_geo.views.research import choices as parts
from hsc_geo.views.research import files, results
from hsc_geo.views.research.choices import Moment, ResearchChoice
from hsc_geo.views.research.choices_explore import RESIDENTS, Explored
from hsc_geo.views.wording import cite
from hsc_geo.views.wording.field_words import both_texts
from tests.docs.outside import WITHOUT_THE_APP, outside
from tests.shared.naive import DATA
from tests.shared.opened import files_of
from tests.visit import names_of

pytestmark = pytest.mark.slow

DAY = dt.date(2026, 3, 1)
SMOKING, INCOME = (
    Moment("50150NED-RooktTabak", 2024, "18plus"),
    Moment("85984NED-GemiddeldInkomenPerInwoner", 2024, "all"),
)
OWN = "Bij ons: \"')\\ \n# {0}"  # a name that would end a literal, were it not one
# Runs the code of each case with the edition in this folder, opened once, and writes its tables as CSV.
PROGRAM = (
    WITHOUT_THE_APP
    + """
import functools, json, pathlib
import hsc_geo
from hsc_geo.analysis.export import to_csv

hsc_geo.open = functools.cache(hsc_geo.open)
for case, (code, names) in json.loads(pathlib.Path("cases.json").read_text()).items():
    found = {}
    exec(code, found)
    for name in names:
        tables = found[name] if isinstance(found[name], dict) else {"": found[name]}
        for part, table in tables.items():
            pathlib.Path(f"{case} {name} {part}".strip() + ".csv").write_bytes(to_csv(table))
print(hsc_geo.__file__)
"""
)


@dataclass(frozen=True)
class Case:
    """What a page shows. files: table of a call (of several its name, a space and the part) -> its CSV on the page."""

    n: Names
    calls: list[Call]
    files: dict[str, bytes]


def visits() -> tuple[Names, Names]:
    """In Dutch; and in English with own areas, another limit for small numbers and other months."""
    package = load(DATA)
    own = (make(OWN, neighbourhoods(package)[:4]), make("Noord", neighbourhoods(package)[9:14]))
    dutch = names_of(package, Words("nl"), DAY)
    other = {"own": own, "small_counts": 40, "months": 6}
    return dutch, names_of(with_own(package, own), Words("en"), dt.date(2025, 6, 1), **other)


def of_map(n: Names, choice: Choice, table: str) -> Case:
    asked = replace(choice, as_of=n.today)
    view = explore(n.package, asked)
    made = bundle(n.package, view, {})
    held = {f"tables {name.removesuffix('.csv')}": text for name, text in files_of(to_csv_zip(made)).items()}
    del held["tables about.json"]
    rows = {name: made[name] for name in ("areas", "initiatives")}
    only = {table: to_csv(rows[table])} if table in rows else {}
    return Case(n, on_map.calls(view.choice, table), held | only)


def of_research(n: Names, choice: ResearchChoice) -> Case:
    """The rows and the other tables of the file, in the order of the calls."""
    found = results.result(n, choice)
    assert found is not None
    held = files_of(to_csv_zip(files.bundle(n, found, cite.citation(n, found.title, ""))))
    calls = research.calls(n, choice)
    names = ["rows", *found.more]
    assert len(calls) == len(names)
    return Case(n, calls, {call.called: held[f"{name}.csv"] for call, name in zip(calls, names, strict=True)})


def cases() -> Iterator[tuple[str, Case]]:
    nl, en = visits()
    yield "map", of_map(nl, Choice(SMOKING.indicator_id), "areas")
    yield (
        "map neighbourhoods",
        of_map(
            en, Choice(INCOME.indicator_id, level="neighbourhood", scheme="natural", k=4, ended=True), "areas"
        ),
    )
    yield (
        "map filters",
        of_map(
            nl,
            Choice(facets={"ambition": ["A3"], "district": []}, text="wandel '\"; import os #"),
            "initiatives",
        ),
    )
    yield "map text", of_map(en, Choice(facets={"district": ["WK054603"]}, text="a"), "initiatives")
    for n, level in ((nl, "neighbourhood"), (en, "district")):
        asked = ResearchChoice(level=level, figure=SMOKING, other=INCOME, ambition="A3")
        for part in (parts.SPREAD, parts.TOGETHER, parts.UNEQUAL, parts.PATTERN, parts.CHANCE):
            yield f"{part} {level}", of_research(n, replace(asked, part=part))
    base = ResearchChoice(part=parts.EXPLORE)
    filtered = Explored(
        rows="district",
        columns="theme",
        facets=(("ambition", ("A2", "A3")),),
        within=24,
        cell=("WK054603", ""),
    )
    yield "explore", of_research(nl, base)
    yield "explore filters", of_research(en, replace(base, explored=filtered))
    yield (
        "explore residents",
        of_research(en, replace(base, explored=Explored(counted=RESIDENTS, distance=800))),
    )
    yield (
        "unequal known",
        of_research(nl, replace(base, part=parts.UNEQUAL, value="known", by_need=True, other=INCOME)),
    )
    yield "unequal reach", of_research(en, replace(base, part=parts.UNEQUAL, value="rate", other=INCOME))
    yield (
        "spread classes",
        of_research(nl, replace(base, part=parts.SPREAD, figure=INCOME, scheme="own", breaks="20_30_40")),
    )
    yield (
        "chance ambitions",
        of_research(en, replace(base, part=parts.CHANCE, funnel="confirmed", per_ambition=True)),
    )
    yield "own", of_research(en, replace(base, part=parts.OWN))
    yield from pages(nl, en)
    found = ending.table(en, what_may_end(en.package, en.today, 24))
    in_codes = found.drop(columns=["serves_text", "signs_text", "not_said_text"])
    yield "may end", Case(en, partners.may_end(en, 24), {"may_end": to_csv(in_codes)})
    yield from what_changed(nl, en)
    yield "figures", Case(nl, [Call("data", "figures")], {"figures": to_csv(tidy(nl.package))})
    yield "sources", Case(nl, [Call("", "sources")], {"sources": to_csv(nl.package.sources)})


class Kept(Nothing):
    """One edition of before, which the page compares with."""

    edition = Edition("2025-01-10-aaaaaaaaaaaa", dt.date(2025, 1, 10), "aaaaaaaaaaaa", Path())

    def editions(self) -> Sequence[Edition]:
        return [self.edition]

    def between(self, before: Edition, after: Edition | Package) -> Changes | None:
        assert isinstance(after, Package)
        return compared(earlier(), after)


@cache
def earlier() -> Package:
    """The edition with other names, ambitions and states of some entries, another figure, and one place less."""
    now = load(DATA)
    initiatives, observations = now.initiatives.copy(), now.observations.copy()
    initiatives.loc["LEI-010", "name"] = "Anders \"'"
    initiatives.loc["LEI-035", ["cost_nl", "last_confirmed"]] = ["Gratis, =1", ""]
    initiatives.loc["LEI-020", "ambition_codes"] = "A3"
    row = observations.index[observations["value"].notna()][0]
    observations.loc[row, "value"] = float(observations.loc[row, "value"]) + 1
    places = now.initiative_places.iloc[1:]
    return replace(now, initiatives=initiatives, observations=observations, initiative_places=places)


def what_changed(nl: Names, en: Names) -> Iterator[tuple[str, Case]]:
    """By an edition, and by the dates alone; what the file has in words is compared below."""
    since = dt.date(2024, 3, 1)
    for name, n, area, ambition in (
        ("beside everywhere", replace(nl, past=Kept()), "", ""),
        ("beside own", replace(en, past=Kept()), en.own[0].code, "A1"),
        ("dates everywhere", nl, "", ""),
        ("dates district", en, "WK054605", "A1"),
    ):
        choice = ChangesChoice(area, ambition, since, n.today)
        found = changed_answers.found(n, choice)
        held = files_of(to_csv_zip(changed_files.bundle(n, choice, found, cite.citation(n, "", ""))))
        given = changed.calls(n, choice, found, lambda kept: f"{kept}.zip")
        same = {each.called: held[f"{each.called}.csv"] for each in given if f"{each.called}.csv" in held}
        yield name, Case(n, given, same)


TRIED = Tried(added=("BU05460001",), points=("52.16,4.49",), removed=("LEI-010",))
COVERAGE = CoverageChoice(
    basis=Basis(as_of=DAY), distance=800, ambition="A3", life_stage="65+", tried=TRIED, places=2
)
PROFILE = ProfileChoice(("WK054603", "WK054605"), age_group="65plus")
NEAR = NearChoice(place="WK054603", facets=(("theme", ()), ("ambition", ("A2", "A3"))), ended=True)
INVITE = MissingChoice("WK054603", "sports", "A2")


def pages(nl: Names, en: Names) -> Iterator[tuple[str, Case]]:
    """The pages without files: what they show is compared below."""
    for part in coverage.VERBS:
        yield part, Case(nl, coverage.calls(nl, replace(COVERAGE, part=part)), {})
    composed = replace(
        COVERAGE,
        basis=Basis("active", 24, en.today),
        level="neighbourhood",
        ingredients=(Ingredient(SMOKING.indicator_id, 2.0, 2020, "18plus", True),),
        claim=Reading("trend", (SMOKING.indicator_id,), (), (2016, 2020)),
    )
    for part in coverage.VERBS:
        yield f"{part} composed", Case(en, coverage.calls(en, replace(composed, part=part)), {})
    for part in profile.VERBS:
        yield f"profile {part}", Case(nl, profile.calls(PROFILE, part), {})
        one = ProfileChoice((en.own[0].code,), every=True)
        yield f"profile own {part}", Case(en, profile.calls(one, part), {})
    yield "near it", Case(nl, partners.near(nl, NEAR, "near"), {})
    yield "near all", Case(en, partners.near(en, NearChoice(), "everything"), {})
    yield "meetings", Case(nl, partners.near(nl, NearChoice(), "meetings"), {})
    yield "neighbours", Case(nl, partners.neighbours(NeighboursChoice("LEI-001", ("place", "alike"))), {})
    yield "sharing", Case(nl, partners.neighbours(NeighboursChoice("")), {})
    yield "organisation", Case(nl, partners.organisation("ORG-001"), {})
    yield "organisations", Case(nl, partners.organisation(""), {})
    yield "missing", Case(nl, partners.missing(INVITE), {})
    yield "focus", Case(nl, [Call("start", "focus", arguments=as_of(nl))], {})
    yield (
        "quality",
        Case(nl, [Call("data", each) for each in ("figure_status", "completeness", "precision")], {}),
    )
    yield "indicators", Case(nl, [Call("", each) for each in ("indicators", "place_names", "left_out")], {})


@pytest.fixture(scope="module")
def told() -> dict[str, Case]:
    return dict(cases())


@pytest.fixture(scope="module")
def folder(installed: Path, told: dict[str, Case], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the edition as the site gives it, and the tables that the code of every case made of it."""
    where = tmp_path_factory.mktemp("notebook")
    (where / "edition.zip").write_bytes(packed(load(DATA)))
    (where / f"{Kept.edition.name}.zip").write_bytes(packed(earlier()))
    asked = {
        name: (code(case.calls, "edition.zip", case.n.own), [each.called for each in case.calls])
        for name, case in told.items()
    }
    (where / "cases.json").write_text(json.dumps(asked), encoding="utf-8")
    ran = outside(installed, PROGRAM.replace("APP", repr(app_alone())), where)
    assert ran.returncode == 0, ran.stderr[-3000:]
    assert Path(ran.stdout.strip()).is_relative_to(installed)
    return where


def app_alone() -> set[str]:
    """Modules that only the extra `app` brings, and the checkout."""
    return {
        "streamlit",
        "streamlit_folium",
        "babel",
        "markupsafe",
        "folium",
        "branca",
        "plotly",
        "sqlalchemy",
        "alembic",
        "starlette",
        "httpx",
        "rapidfuzz",
        "segno",
        "typer",
        "rich",
        "typst",
        "uvicorn",
        "tests",
    }


def test_the_code_gives_the_same_table_as_the_file_of_the_page(folder: Path, told: dict[str, Case]) -> None:
    differ = [
        f"{case} {name}"
        for case, each in told.items()
        for name, expected in each.files.items()
        if (folder / f"{case} {name}.csv").read_bytes() != expected
    ]
    assert differ == []
    assert sum(len(each.files) for each in told.values()) > 60


# What the pages without files show


def made(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(folder / f"{name}.csv", keep_default_na=False, na_values={})


def numbers(folder: Path, name: str, column: str) -> list[float]:
    return list(pd.to_numeric(made(folder, name)[column]))


def cells(rows: Sequence[Row], i: int) -> list[str]:
    return [text_of(row.cells[i]) for row in rows]


def test_coverage_shows_the_numbers_that_its_code_gives(folder: Path, told: dict[str, Case]) -> None:
    n = told["known"].n
    rows = known_words.known_table(n, known(n, COVERAGE), COVERAGE).rows
    table = made(folder, "known known")
    assert list(table["area_code"]) == [row.id for row in rows]
    areas = [(row.id, row.order) for row in rows if row.order]
    for ambition in ("A1", "A2", "A3", "A4", "all"):
        given = dict(zip(table["area_code"], table[ambition], strict=True))
        assert all(given[code] == order[ambition] for code, order in areas)
    rows = near_words.reach_table(n, near(n, COVERAGE)).rows
    assert [n.w.number(x) for x in numbers(folder, "near near", "residents")] == cells(rows, 1)
    low, high = (numbers(folder, "near near", each) for each in ("reached", "upper"))
    between = [f"{n.w.number(x)} – {n.w.number(y)}" for x, y in zip(low, high, strict=True)]
    same = [text in (both, n.w.number(x)) for text, both, x in zip(cells(rows, 3), between, low, strict=True)]
    assert all(same)
    rows = access_words.access_table(n, shared(n, COVERAGE), COVERAGE).rows
    assert [n.w.number(x, 3) for x in numbers(folder, "near shared", "access")] == cells(rows, 1)


def test_need_and_what_could_be_tried_show_the_numbers_of_their_code(
    folder: Path, told: dict[str, Case]
) -> None:
    n = told["need"].n
    order = {
        row.id: row.order for row in need_words.need_table(n, needs(n, COVERAGE).verdicts["district"]).rows
    }
    table = made(folder, "need need").set_index("area_code")
    for area in table.index:
        assert float(table.at[area, "need"]) == order[area]["need"]
        assert int(table.at[area, "number"]) == order[area]["number"]
    found = where_next(n, COVERAGE).found
    assert found is not None
    rows = next_words.next_table(n, found).rows
    assert [n.w.number(x) for x in numbers(folder, "next where_next", "residents")] == cells(rows, 2)
    tried = what_if(n, COVERAGE)
    assert tried is not None
    rows = what_if_words.what_if_table(n, tried, COVERAGE).rows
    assert [n.w.number(x) for x in numbers(folder, "next what_if", "reached_after")] == cells(rows, 2)
    assert [n.w.number(x, 3) for x in numbers(folder, "next what_if", "access_after")] == cells(rows, 5)
    listing = elsewhere_words.transfer_table(n, elsewhere(n, COVERAGE))
    table = made(folder, "elsewhere elsewhere")
    named = table.groupby("initiative_id", sort=False)["target"].agg(", ".join)
    assert list(named.items()) == [(row.id, text_of(row.cells[2])) for row in listing.rows]


def test_a_profile_shows_the_numbers_that_its_code_gives(folder: Path, told: dict[str, Case]) -> None:
    n = told["profile figures"].n
    groups = profile_answers.figures(n.package, PROFILE)
    rows = profile_tables.figures(n, PROFILE, groups).rows
    table = made(folder, "profile figures figures")
    every = [(*(each.figure for each in group), group[0].city, group[0].country) for group in groups]
    shown = [n.figure(found) for group in every for found in group]
    given = zip(table["indicator_id"], table["value"].astype(str), strict=True)
    values = [n.value(key, float(text)) if text else None for key, text in given]
    assert [text for row in rows for text in row.cells[1:5]] == shown
    assert all(value in (None, text) for value, text in zip(values, shown, strict=True))
    lines = profile_answers.ambitions(n.package, PROFILE)
    here = made(folder, "profile initiatives ambitions").groupby("ambition", sort=False)["here"].agg(list)
    assert [found[:2] for found in here] == [[len(line.here) for line in group] for group in lines]


def test_partners_show_those_whom_the_code_gives(folder: Path, told: dict[str, Case]) -> None:
    n = told["near it"].n
    answer = partner_answers.near(n.package, NEAR, n.today)
    assert answer is not None
    lists = {
        "near it near": partner_near.near_list(n, NEAR, answer),
        "sharing sharing": neighbour_words.sharing_list(n, partner_answers.sharing(n.package)),
    }
    for name, listing in lists.items():
        assert list(made(folder, name)["initiative_id"]) == [row.id for row in listing.rows], name
    rows = organisation_words.active_list(n, partner_answers.active(n.package)).rows
    assert list(made(folder, "organisations active")["organisation_id"]) == [row.id for row in rows]
    rows = missing_words.matrix(n, partner_answers.missing(n.package, INVITE).found).rows
    table = made(folder, "missing missing")
    assert list(dict.fromkeys(table["sector"])) == [row.id for row in rows]
    any_ = table[table["ambition"] == ALL]
    known_here = [n.w.t("{n} known", n=n.w.number(x)) if x else None for x in any_["here"]]
    assert all(a is None or a == b for a, b in zip(known_here, cells(rows, -1), strict=True))


def test_what_changed_shows_the_entries_and_counts_of_its_code(folder: Path, told: dict[str, Case]) -> None:
    for case, verbs in (
        ("beside everywhere", ["entries", "entry_counts", "figures"]),
        ("beside own", ["entries", "entry_counts", "figures"]),
        ("dates everywhere", []),
        ("dates district", []),
    ):
        n, calls = told[case].n, told[case].calls
        assert [each.verb for each in calls] == [*verbs, "dates", "date_counts", "known", "age_counts"]
        asked = calls[-1].arguments
        choice = ChangesChoice(
            str(asked.get("area", "")), str(asked.get("ambition", "")), dt.date(2024, 3, 1), n.today
        )
        found = changed_answers.found(n, choice)
        assert list(made(folder, f"{case} known")["initiative_id"]) == list(found.known)
        counts = {
            "date_counts": changed_answers.count_dates(n.package, found.dates, choice.area),
            "age_counts": changed_answers.count_ages(n, found.known, choice.area),
        }
        if verbs:
            entries = found.changed.entries
            counts["entry_counts"] = changed_answers.count_changes(n.package, entries, choice.area)
            file = changed_files.bundle(n, choice, found, cite.citation(n, "", ""))["changes"]
            table = made(folder, f"{case} entries")
            assert len(table)
            assert list(table) == list(file)
            same = [each for each in table if each not in ("name", "before", "after")]
            assert table[same].astype(str).to_numpy().tolist() == file[same].to_numpy().tolist()
            words = [
                both_texts(n, row["kind"], row["field"], row["before"], row["after"])
                if row["field"]
                else ("", "")
                for row in table.to_dict("records")
            ]
            assert words == list(zip(file["before"], file["after"], strict=True))
        for name, each in counts.items():
            shown = made(folder, f"{case} {name}")
            rows = [*each.by_area.values(), *each.by_ambition.values(), each.total]
            assert shown.iloc[:, 2:].to_numpy().tolist() == [list(row.values()) for row in rows], name
            assert len(changed_tables.by_area(n, each, "").rows) == (shown["by"] != "ambition").sum()
