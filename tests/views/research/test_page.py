"""The page of research, opened without a browser, and its paper."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState, read
from hsc_geo.views.paper.pdf import to_pdf
from hsc_geo.views.research import files
from hsc_geo.views.research.choices import PARTS, parameters
from hsc_geo.views.research.paper import document
from hsc_geo.views.research.results import RESULTS, result
from hsc_geo.views.research.screen.plot import figure
from hsc_geo.views.research.words.page import part_names
from hsc_geo.views.wording.cite import citation
from tests.views.research.asked import chosen
from tests.views.screens import components, visit, whole


def test_every_part_has_a_name_and_an_answer(n: Names) -> None:
    assert tuple(part_names(n.w)) == PARTS == tuple(RESULTS)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("part", PARTS)
def test_page_and_its_table_say_the_same(language: str, part: str) -> None:
    page = whole(visit("onderzoek", lang=language, part=part))
    shown = components(page)[f"research_{part}"]
    assert shown["rows"], "no table behind the picture"


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("level", ["district", "neighbourhood"])
def test_every_part_is_a_paper_and_a_file(n: Names, part: str, level: str) -> None:
    package = n.package
    asked = chosen(package, part=part, level=level)
    found = result(n, asked)
    assert found is not None
    state = PageState(
        "t",
        parameters(package),
        {"state_t": read({"part": [part], "level": [level]}, parameters(package))[0]},
        {},
    )
    assert to_pdf(package, document(n, state, "")).startswith(b"%PDF")
    told = files.bundle(n, found, citation(n, found.title, "https://example.org/onderzoek"))
    assert len(told["rows"]) > 0
    assert told.about["answer"] == found.said
    for i, plot in enumerate(found.plots):
        drawn = figure(n, plot)
        assert drawn["data"], i
        assert files.picture(n, found, plot, "svg").startswith(b"<svg")


def test_how_a_table_is_shown_makes_no_new_answer(nl: Names, en: Names) -> None:
    """Sorting, turning a page and the paper ask for the answer that is there; another choice or language does not."""
    asked = chosen(nl.package, part="spread")
    assert result(nl, replace(asked, sort="value", descending=True, page=2)) is result(nl, asked)
    assert result(en, asked) is not result(nl, asked)
    assert result(nl, replace(asked, level="district")) is not result(nl, asked)
