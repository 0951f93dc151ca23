"""axe-core finds nothing on any page, in each language, at each width, light and dark."""

from __future__ import annotations

import pytest

from tests.browser import axe
from tests.browser.in_the_dark import broken, darken
from tests.browser.sections import SECTIONS
from tests.browser.streamlit_limits import AXE
from tests.browser.visiting import (
    BRIEF,
    COVERAGE,
    DATA,
    MAP,
    NARROW,
    PROFILE,
    START,
    WIDE,
    Arrivals,
    Visit,
)

# The other parts of the coverage page, each with what it unfolds.
PARTS: tuple[dict[str, str | list[str]], ...] = (
    {"part": "near"},
    {
        "part": "need",
        "level": "neighbourhood",
        "area": "BU05460300",
        "need": ["50090NED-Roker~1", "50090NED-Eenzaam~2"],
    },
    {"part": "next", "add": "BU05460300"},
    {"part": "elsewhere", "sel": "LEI-003"},
    {"part": "bear", "claim": "effect"},
)
SCREENS: tuple[tuple[str, dict[str, str | list[str]]], ...] = (
    (START, {}),
    (COVERAGE, {"area": "WK054605", "amb": "A3"}),
    (PROFILE, {"area": ["WK054603", "WK054605"], "amb": "A2", "full": "1"}),
    (BRIEF, {}),
    (BRIEF, {"kind": "profile", "area": "WK054605"}),
    *((COVERAGE, choices) for choices in PARTS),
    (MAP, {"sel": "WK054603", "level": "neighbourhood", "ind": "50090NED-Overgewicht"}),
    (MAP, {"sel": "LEI-003", "table": "initiatives", "amb": ["A1", "A4"], "ind": "none"}),
    *((DATA, {"section": section}) for section in SECTIONS),
)
WITH_MAP = {"need", "next"}


@pytest.mark.parametrize(
    ("language", "size", "scheme"), [("en", WIDE, "light"), ("nl", NARROW, "dark")], ids=["wide", "narrow"]
)
def test_no_page_breaks_a_rule(arrive: Arrivals, language: str, size: tuple[int, int], scheme: str) -> None:
    visit = arrive(size, color_scheme=scheme)
    found: list[str] = []
    for path, choices in SCREENS:
        has_map = path == MAP or choices.get("part") in WITH_MAP
        _show(visit.go(path, lang=language, **choices), path, has_map)
        found += broken(visit, f"{path} {choices}")
    assert not found, "\n".join(found)


def test_a_page_that_turns_dark_breaks_no_rule(arrive: Arrivals) -> None:
    visit = arrive(color_scheme="light").go(COVERAGE)
    darken(visit)
    found = broken(visit, "coverage, turned dark")
    assert not found, "\n".join(found)


def _show(visit: Visit, path: str, has_map: bool) -> None:
    if has_map:
        visit.map()
    if path == MAP:
        visit.table("table_areas" if visit.key("table_areas").count() else "table_initiatives")


def test_lists_that_are_open_notes_and_folded_out_texts(arrive: Arrivals) -> None:
    visit = arrive().go(MAP, ind="50090NED-Nope", lang="en")
    visit.map()
    visit.unfold_all()
    found = broken(visit, "notes and unfolded texts")
    for key in ("w_theme", "w_ind", "w_sel"):
        visit.open_chip(key)
        found += broken(visit, f"the chip of {key} open")
        visit.open_list(key)
        found += broken(visit, f"list {key} open")
        visit.leave_list(key)
        visit.close_chip()
    assert not found, "\n".join(found)


def test_the_sidebar_on_a_phone(arrive: Arrivals) -> None:
    visit = arrive(NARROW).go(MAP, lang="en")
    visit.map()  # drawn, with the styles of its buttons
    visit.open_sidebar()
    found = broken(visit, "sidebar unfolded")
    assert not found, "\n".join(found)


def test_axe_sees_into_the_frame_and_into_shadow_roots(arrive: Arrivals) -> None:
    """Else the tests above prove nothing: a fault put into each place is found there."""
    visit = arrive(WIDE).go(MAP)
    drawn = visit.map()
    visit.table("table_areas")
    picture = "(root) => root.appendChild(document.createElement('img')).setAttribute('src', 'data:image/gif;base64,')"
    visit.page.locator("main").evaluate(picture)
    drawn.frame.locator("body").evaluate(picture)
    visit.key("table_areas").locator(".hsc-table").evaluate(picture)
    broken = [one for one in axe.findings(visit.page)[0] if one.rule == "image-alt"]
    assert sorted((one.in_frame, one.in_shadow) for one in broken) == [
        (False, False),
        (False, True),
        (True, False),
    ]
    assert all(axe.limit_of(visit.page, one) is None for one in broken)


def test_every_limit_has_a_reason_and_is_still_met(arrive: Arrivals) -> None:
    """A limit that Streamlit no longer has goes from the list, and from the accessibility statement."""
    assert all(len(limit.reason) > 20 for limit in AXE)
    visit = arrive().go(MAP, ind="none")
    visit.map()
    met = set()
    for control in ("none_year", "w_theme"):
        visit.open_chip(control)
        if control == "w_theme":
            visit.open_list(control)
        met |= {axe.limit_of(visit.page, one) for one in axe.findings(visit.page)[0]}
    assert met >= set(AXE)
