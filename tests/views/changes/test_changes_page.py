"""The page of what changed, its paper and its files, by what is kept: nothing, a journal, an edition."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hsc_geo.analysis import export
from hsc_geo.analysis.changes import Changes, changes
from hsc_geo.analysis.past import Nothing
from hsc_geo.data.editions import Edition
from hsc_geo.data.load import Package
from hsc_geo.register import Told
from hsc_geo.views.changes import answers, feed, files, tables, words
from hsc_geo.views.changes.calls import calls
from hsc_geo.views.changes.choices import ChangesChoice, choice, parameters
from hsc_geo.views.changes.paper import document
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import text_of
from hsc_geo.views.kit.state import PageState, read
from hsc_geo.views.paper.pdf import to_pdf
from hsc_geo.views.wording import cite
from hsc_geo.web import screen
from tests.shared.hostile import SCRIPT
from tests.views.screens import components, html, notes, visit, whole

TODAY = dt.date(2026, 11, 30)
EDITION = Edition("2026-01-10-aaaaaaaaaaaa", dt.date(2026, 1, 10), "aaaaaaaaaaaa", Path())
FIGURE = "50150NED-Overgewicht"


class Kept(Nothing):
    """A journal from a day with some lines, and perhaps an edition with other content."""

    def __init__(
        self, began: dt.date | None, lines: Sequence[Told] = (), before: Package | None = None
    ) -> None:
        self._began, self._lines, self._before = began, lines, before

    def editions(self) -> Sequence[Edition]:
        return [EDITION] if self._before else []

    def between(self, before: Edition, after: Any) -> Changes | None:
        return changes(self._before, after) if self._before else None

    def began(self) -> dt.date | None:
        return self._began

    def told(self, since: dt.date, until: dt.date) -> Sequence[Told]:
        return [each for each in self._lines if since <= each.at.date() <= until]


def line(day: str, key: str, field: str, old: str, new: str) -> Told:
    return Told(dt.datetime.fromisoformat(f"{day}T12:00:00+00:00"), "initiative", key, field, old, new)


LINES = (
    line("2026-03-05", "LEI-010", "last_confirmed", "", "2026-03-05"),
    line("2026-04-05", "LEI-035", "cost_nl", "", f"Gratis {SCRIPT}"),
    line("2026-05-05", "LEI-020", "status", "planned", "ended"),
)
JOURNAL = Kept(dt.date(2025, 1, 1), LINES)
LATE = Kept(dt.date(2026, 11, 1))


@pytest.fixture(scope="module")
def edition(package: Package) -> Kept:
    """An edition without one initiative and with another figure."""
    observations = package.observations.copy()
    row = observations.index[
        (observations["indicator_id"].astype(str) == FIGURE)
        & (observations["year"] == 2024)
        & (observations["area_code"].astype(str) == "GM0546")
    ][0]
    observations.loc[row, "value"] = 12.3
    less = package.initiatives.drop("LEI-007")
    return Kept(None, (), replace(package, observations=observations, initiatives=less))


def asked(n: Names, **query: str) -> tuple[PageState, ChangesChoice]:
    params = parameters(n.package)
    values, _ = read({key: [value] for key, value in query.items()}, params)
    state = PageState("test", params, {"state_test": values}, {})
    return state, choice(n, state)


def with_past(n: Names, past: Nothing) -> Names:
    return replace(n, past=past, today=TODAY)


# Choices


@pytest.mark.parametrize(
    ("since", "day", "unknown"),
    [
        ("", dt.date(2025, 11, 30), ()),
        ("2026-02-28", dt.date(2026, 2, 28), ()),
        ("2026-12-01", dt.date(2025, 11, 30), ("2026-12-01",)),  # still to come
        ("1999-12-31", dt.date(2025, 11, 30), ("1999-12-31",)),
        ("2026-02-30", dt.date(2025, 11, 30), ("2026-02-30",)),
        ("yesterday", dt.date(2025, 11, 30), ("yesterday",)),
    ],
)
def test_a_day_is_one_that_was(nl: Names, since: str, day: dt.date, unknown: tuple[str, ...]) -> None:
    _, found = asked(with_past(nl, Nothing()), since=since)
    assert (found.since, found.unknown) == (day, unknown)


def test_an_edition_that_is_not_kept_is_told(nl: Names, edition: Kept) -> None:
    _, found = asked(with_past(nl, edition), before="2020-01-01-bbbbbbbbbbbb")
    assert (found.before, found.unknown) == (None, ("2020-01-01-bbbbbbbbbbbb",))
    _, found = asked(with_past(nl, edition), before=EDITION.name)
    assert (found.before, found.since, found.unknown) == (EDITION, EDITION.day, ())


# The sentence


def test_with_a_journal_it_says_what_happened(en: Names) -> None:
    n = with_past(en, JOURNAL)
    _, chosen = asked(n)
    found = answers.found(n, chosen)
    assert words.said(n, chosen, found) == (
        "Leiden, since 30 November 2025: 1 initiative ended, 1 initiative confirmed and 1 initiative corrected."
    )
    assert words.beside(n, chosen, found) == "By the journal of the register."


def test_what_the_journal_tells_is_not_in_code_and_that_is_said(en: Names) -> None:
    for past, said in ((JOURNAL, True), (Nothing(), False)):
        n = with_past(en, past)
        _, chosen = asked(n)
        found = answers.found(n, chosen)
        assert calls(n, chosen, found, str)[0].verb == "dates"
        assert ("journal of the register is not in the package" in words.not_in_code(n, found)) == said


def test_city_wide_is_told_beside_a_district(en: Names) -> None:
    n = with_past(en, JOURNAL)
    _, chosen = asked(n, area="WK054601")
    found = answers.found(n, chosen)
    assert "no initiative changed in the register" in words.said(n, chosen, found)
    assert words.beside(n, chosen, found).startswith("For the whole city: 1 initiative confirmed.")


def test_with_nothing_kept_it_says_so_and_is_of_use(n: Names) -> None:
    n = with_past(n, Nothing())
    _, chosen = asked(n, since="2023-01-01")
    found = answers.found(n, chosen)
    assert (found.changed.entries, found.changed.figures) == ((), ())
    assert found.dates
    dutch = n.w.code == "nl"
    assert ("volgens de datums in het register" if dutch else "by the dates in the register") in words.said(
        n, chosen, found
    )
    assert ("is hier niet bewaard" if dutch else "is not kept here") in words.beside(n, chosen, found)
    method = " ".join(words.method(n, found))
    assert ("geen editie en geen logboek" if dutch else "Neither an edition nor a journal") in method
    assert len(found.known) == len(n.package.initiatives) - sum(n.package.initiatives["status"] == "ended")


def test_a_journal_that_began_later_says_from_when(en: Names) -> None:
    n = with_past(en, LATE)
    _, chosen = asked(n)
    found = answers.found(n, chosen)
    assert words.said(n, chosen, found).endswith(
        "no initiative is known to have begun, ended or been confirmed."
    )
    assert "kept here from 1 November 2026: since then no initiative changed" in words.beside(
        n, chosen, found
    )
    assert "What changed before 1 November 2026 is not kept here." in words.method(n, found)


def test_an_edition_tells_figures_too(en: Names, edition: Kept) -> None:
    n = with_past(en, edition)
    _, chosen = asked(n, before=EDITION.name)
    found = answers.found(n, chosen)
    assert words.said(n, chosen, found) == "Leiden, since 10 January 2026: 1 initiative added."
    (row,) = tables.figures(n, chosen, found).rows
    assert [text_of(cell) for cell in row.cells][:2] == ["Revised", n.indicator(FIGURE)]
    assert row.cells[-2] == "12.3%"
    assert asked(n, before=EDITION.name, amb="A3")[1].ambition == "A3"
    none = answers.found(n, asked(n, before=EDITION.name, amb="A3")[1])
    assert none.changed.figures == ()  # overweight is no figure of that ambition


# Tables


def test_counts_by_area_and_ambition_by_a_naive_count(en: Names) -> None:
    n = with_past(en, JOURNAL)
    _, chosen = asked(n)
    found = answers.found(n, chosen)
    counts = answers.count_changes(n.package, found.changed.entries, "")
    for area, row in counts.by_area.items():
        for what, number in row.items():
            assert number == sum(
                each.change.what == what and area in each.change.areas for each in found.changed.entries
            )
    assert sum(counts.total.values()) == 3
    assert counts.by_ambition["A1"]["ended"] == 1
    ages = answers.count_ages(n, found.known, "")
    assert sum(ages.total.values()) == len(found.known)
    dates = answers.count_dates(n.package, found.dates, "")
    assert sum(dates.total.values()) == len(found.dates)


def test_each_change_is_a_row_with_before_and_after(en: Names) -> None:
    n = with_past(en, JOURNAL)
    _, chosen = asked(n)
    listing = tables.entries(n, chosen, answers.found(n, chosen))
    keys = [each.key for each in listing.columns]
    rows = [dict(zip(keys, map(text_of, row.cells), strict=True)) for row in listing.rows]
    assert [row["what"] for row in rows] == ["Ended", "Corrected", "Confirmed"]  # the latest first
    assert rows[0]["day"] == "5 May 2026"
    assert rows[0]["change"] == "Status: Planned → Ended"
    assert rows[1]["change"] == f"What it costs, in Dutch: – → Gratis {SCRIPT}"


# Paper, files and feed


@pytest.mark.parametrize("past", [Nothing(), JOURNAL, LATE], ids=["nothing", "journal", "late"])
def test_the_paper_says_what_the_page_says(n: Names, past: Nothing) -> None:
    n = with_past(n, past)
    state, chosen = asked(n, since="2023-01-01")
    made = document(n, state, "https://example.org/veranderd")
    assert made.subtitle == words.said(n, chosen, answers.found(n, chosen))
    assert made.blocks
    assert to_pdf(n.package, made).startswith(b"%PDF")


def test_the_files_hold_every_field_and_say_what_each_column_means(n: Names, edition: Kept) -> None:
    for past, query in ((JOURNAL, {}), (edition, {"before": EDITION.name}), (Nothing(), {})):
        here = with_past(n, past)
        _, chosen = asked(here, **query)
        found = answers.found(here, chosen)
        cited = cite.citation(here, words.asked(here, chosen), "https://example.org/veranderd")
        made = files.bundle(here, chosen, found, cited)
        tables_ = [name for name in made.tables if name != "dictionary"]
        explained = made.tables["dictionary"]
        for name in tables_:
            assert list(made.tables[name]) == list(explained.loc[explained["table"] == name, "column"])
        with zipfile.ZipFile(io.BytesIO(export.to_csv_zip(made))) as packed:
            rows = list(csv.DictReader(io.StringIO(packed.read("changes.csv").decode())))
            about = json.loads(packed.read("about.json"))
        assert about["basis"] == words.basis_text(here, found)
        assert len(rows) == sum(
            max(1, len(each.change.fields) + len(each.change.rows)) for each in found.changed.entries
        )
        if past is JOURNAL:
            assert {(row["day"], row["id"], row["field"]) for row in rows} == {
                (str(each.at.date()), each.entity_id, each.field) for each in LINES
            }


def test_items_of_the_feed_stay_the_same_when_more_happens(en: Names) -> None:
    first = feed.feed(with_past(en, JOURNAL), "", "")
    more = line("2026-11-29", "LEI-035", "cost_nl", "Gratis", "Duur")
    later = feed.feed(with_past(en, Kept(dt.date(2025, 1, 1), (*LINES, more))), "", "")
    assert {each.mark for each in first.items} < {each.mark for each in later.items}
    assert later.items[0].mark == "initiative/LEI-035/corrected/2026-11-29"
    assert [each.mark for each in first.items] == [
        "initiative/LEI-020/ended/2026-05-05",
        "initiative/LEI-035/corrected/2026-04-05",
        "initiative/LEI-010/confirmed/2026-03-05",
    ]


def test_without_a_journal_the_feed_has_the_days_in_the_entries(en: Names) -> None:
    initiatives = en.package.initiatives.copy()
    initiatives.loc["LEI-010", "last_confirmed"] = "2026-03-05"
    n = replace(with_past(en, Nothing()), package=replace(en.package, initiatives=initiatives))
    found = feed.feed(n, "", "")
    assert [each.mark for each in found.items] == ["initiative/LEI-010/confirmed/2026-03-05"]
    assert found.at.date() == dt.date(2026, 3, 5)


# The page


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen, "past", lambda: JOURNAL)
    monkeypatch.setattr(screen, "_now", lambda: dt.datetime(2026, 11, 30, 12).astimezone())


def test_an_edition_of_after_the_day_is_told(edition: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen, "past", lambda: edition)
    page = whole(visit("veranderd", lang="en", asof="2026-01-05", before=EDITION.name))
    assert [EDITION.name in each for each in notes(page)] == [True]


@pytest.mark.usefixtures("kept")
def test_the_page_opens_with_its_sentence_and_keeps_its_choices() -> None:
    page = whole(visit("veranderd", lang="en", area="focus", amb="A1", since="2026-01-01"))
    said = next(each for each in html(page) if "hsc-said" in each)
    assert "The focus districts, since 1 January 2026: 1 initiative corrected." in said
    link = next(each for each in html(page) if 'id="feed"' in each)
    assert "/feed.atom?area=focus&amp;ambition=A1&amp;lang=en" in link
    shown = components(page)
    assert {"changes_areas", "changes_ambitions", "changes_changes", "changes_known"} <= set(shown)
    assert SCRIPT not in "".join(html(page))
    assert page.query_params["since"] == "2026-01-01"


@pytest.mark.usefixtures("kept")
def test_what_a_link_asks_that_cannot_be_is_told_once() -> None:
    page = whole(visit("veranderd", lang="en", since="2031-01-01", before="x", area="WK9"))
    assert [value in notes(page)[0] for value in ("2031-01-01", "x", "WK9")] == [True] * 3


def test_profile_and_start_lead_to_it_with_the_area() -> None:
    profile = whole(visit("wijkprofiel", lang="en", area="WK054605"))
    assert 'href="veranderd?area=WK054605&amp;lang=en"' in "".join(html(profile))
    assert 'href="veranderd?lang=en"' in "".join(html(whole(visit("start", lang="en"))))


def test_an_empty_register_without_focus_districts_says_so(en: Names) -> None:
    tables_ = (
        "initiatives",
        "initiative_areas",
        "initiative_places",
        "initiative_organisations",
        "focus_areas",
    )
    empty = {name: getattr(en.package, name).iloc[:0] for name in tables_}
    n = replace(with_past(en, Nothing()), package=replace(en.package, **empty))
    _, chosen = asked(n, area="focus")
    assert chosen.area == ""  # there are none to ask for
    found = answers.found(n, chosen)
    assert words.beside(n, chosen, found).endswith("None is known here.")
    assert "focus" not in feed.known_areas(n)
    assert feed.feed(n, "", "").items == ()
