"""The answer first: on every page and part it stands in the first screen, with its sentence, before any control."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from hsc_geo.views.research.choices import PARTS
from tests.browser.sections import SECTIONS
from tests.browser.visiting import (
    BRIEF,
    CHANGES,
    COVERAGE,
    DATA,
    MAP,
    PARTNERS,
    PROFILE,
    PROPOSE,
    RESEARCH,
    START,
    Arrivals,
    Visit,
)

LAPTOP, PHONE = (1280, 800), (390, 844)
TOP = {LAPTOP: 350, PHONE: 450}  # pixels: where the answer begins at the latest
SEEN = 200  # pixels of a map, matrix or list in the first screen
CONTROLS = 0.20  # of the first screen at most
# Each view: its path and its choices. A page comes in when its answer stands first.
VIEWS: tuple[tuple[str, dict[str, str]], ...] = (
    (START, {}),
    (MAP, {}),
    (MAP, {"sel": "WK054605", "amb": "A3", "lang": "en"}),
    (PROFILE, {}),
    (PROFILE, {"area": "BU05460301"}),
    *((COVERAGE, {"part": part}) for part in ("known", "near", "need", "next", "elsewhere", "bear")),
    *((DATA, {"section": section}) for section in SECTIONS),
    (BRIEF, {"kind": "kenniscafe"}),
    (BRIEF, {"kind": "policylab"}),
    (BRIEF, {"kind": "map", "amb": "A3"}),
    (PARTNERS, {}),
    (PARTNERS, {"place": "BU05460302", "theme": "exercise"}),
    (PARTNERS, {"part": "neighbours", "one": "LEI-035"}),
    (PARTNERS, {"part": "organisation", "org": "ORG-001"}),
    (PARTNERS, {"part": "missing"}),
    (PARTNERS, {"part": "ending"}),
    (CHANGES, {"area": "focus"}),
    *((RESEARCH, {"part": part}) for part in PARTS),
    (RESEARCH, {"part": "together", "amb": "A3", "lang": "en"}),
)
# Forms: their answer stands first, but they may have more to fill in.
FORMS: tuple[tuple[str, dict[str, str]], ...] = (
    (PROPOSE, {}),
    (PROPOSE, {"kind": "correction"}),
    (PROPOSE, {"kind": "question"}),
)

# Where the answer stands, what of it is seen in the first screen, what takes input before it and how much room that is
# given. Boxes are looked for in shadow trees too.
MEASURE = """() => {
  const inputs = "input, textarea, select, [role=combobox], [role=radio], [role=checkbox], [role=switch]";
  const boxes = "stSelectbox stMultiSelect stTextInput stTextArea stNumberInput stDateInput stButtonGroup stRadio"
    + " stCheckbox stSlider stFileUploader stPopover";
  const shown = "iframe, table, svg.main-svg, .hsc-brief img, ul.hsc-list, ol.hsc-list, ul.hsc-figures";
  const every = (root, what, found = []) => {
    root.querySelectorAll("*").forEach((node) => {
      if (node.matches(what)) found.push(node);
      if (node.shadowRoot) every(node.shadowRoot, what, found);
    });
    return found;
  };
  const within = (box) => Math.max(0, Math.min(box.bottom, innerHeight) - Math.max(box.top, 0));
  const answers = document.querySelectorAll(".st-key-answer");
  const answer = answers[0], main = document.querySelector(".stMain");
  if (!answer) return { count: 0 };
  const ours = (node) => !node.closest(".st-key-hsc_search, .st-key-hsc_language, .hsc-search, .hsc-trap");
  const before = every(main, inputs).filter((node) => ours(node) && node.getClientRects().length
    && answer.compareDocumentPosition(node.getRootNode().host || node) & Node.DOCUMENT_POSITION_PRECEDING);
  const area = [...document.querySelectorAll(boxes.split(" ").map((id) => `[data-testid=${id}]`).join(", "))]
    .map((node) => node.getBoundingClientRect())
    .filter((box) => box.width).reduce((sum, box) => sum + within(box) * box.width, 0);
  const said = answer.querySelector(".hsc-said");
  return {
    count: answers.length,
    top: answer.getBoundingClientRect().top,
    begins: answer.innerText.trim().startsWith(said ? said.innerText.trim() : "no sentence"),
    said: said ? said.innerText.trim() : "",
    seen: Math.max(0, ...every(answer, shown).map((node) => within(node.getBoundingClientRect()))),
    before: before.map((node) => node.outerHTML.slice(0, 120)),
    controls: area / (innerWidth * innerHeight),
    ends: said ? said.getBoundingClientRect().bottom : 0,
    first: Math.min(...every(answer, inputs + ", button").map((node) => node.getBoundingClientRect().top)),
  };
}"""


def measured(visit: Visit) -> dict[str, Any]:
    """What a visitor sees of the answer in the first screen."""
    expect(visit.key("answer").locator(".hsc-said").first).to_be_visible()
    found: dict[str, Any] = visit.page.evaluate(MEASURE)
    return found


def seen_at(visit: Visit, size: tuple[int, int]) -> dict[str, Any]:
    """The same on a screen of this size, without loading the page again."""
    visit.page.set_viewport_size({"width": size[0], "height": size[1]})
    visit.eventually(lambda: measured(visit)["seen"] >= SEEN, True)
    return measured(visit)


@pytest.mark.parametrize(
    ("path", "choices"), VIEWS, ids=[f"{path or 'start'}-{'-'.join(c.values())}" for path, c in VIEWS]
)
def test_the_answer_stands_in_the_first_screen(arrive: Arrivals, path: str, choices: dict[str, str]) -> None:
    visit = arrive(LAPTOP).go(path, **choices)
    for size in (LAPTOP, PHONE):
        found = seen_at(visit, size)
        assert found["count"] == 1
        assert found["begins"]
        assert len(found["said"]) > 20
        assert found["top"] <= TOP[size]
        assert found["before"] == []
        assert found["controls"] <= CONTROLS


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
@pytest.mark.parametrize(("path", "choices"), FORMS, ids=[f"{p}-{'-'.join(c.values())}" for p, c in FORMS])
def test_a_form_begins_in_the_first_screen_under_its_sentence(
    arrive: Arrivals, path: str, choices: dict[str, str], size: tuple[int, int]
) -> None:
    found = measured(arrive(size).go(path, **choices))
    assert found["count"] == 1
    assert found["begins"]
    assert len(found["said"]) > 20
    assert found["top"] <= TOP[size]
    assert found["before"] == []
    assert found["ends"] <= found["first"] <= size[1] * 0.6
