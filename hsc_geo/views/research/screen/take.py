"""What to take along of a part: its rows as files, its pictures, and how to cite it. Made when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from urllib.parse import urlencode

import streamlit as st

from hsc_geo.views.kit import in_python, taking
from hsc_geo.views.kit.address import address_of, page_address
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState, write
from hsc_geo.views.paper import take as papers
from hsc_geo.views.paper.model import Map, Plot
from hsc_geo.views.research import files
from hsc_geo.views.research.calls import calls
from hsc_geo.views.research.choices import ResearchChoice
from hsc_geo.views.research.result import Result
from hsc_geo.views.wording import cite

PAGE = "onderzoek"


def draw(n: Names, state: PageState, choice: ResearchChoice, found: Result) -> None:
    """A button for each format of the rows, where the answer has any, and the citation as text and as files."""
    cited = cite.citation(n, found.title, _link(n, state))
    stem = files.stem(n, found.title)
    if found.listing.rows:
        taking.rows(n, partial(files.bundle, n, found, cited), stem)
        in_python.fold(n, "rows", lambda: calls(n, choice))
    taking.cited(n, cite.apa(n, cited), cite.files(cited), stem)


def pictures(n: Names, found: Result, picture: Plot | Map, i: int) -> None:
    """A picture as SVG and as PNG."""
    row = st.container(horizontal=True, gap="small")
    stem = files.stem(n, found.title)
    for form in (papers.SVG, papers.PNG):
        make = partial(files.picture, n, found, picture, form)
        name, media, key = f"{stem}-{i + 1}.{form}", papers.MEDIA[form], f"picture_{i}_{form}"
        taking.button(row, form.upper(), make, name, media, key, "tertiary")


def _link(n: Names, state: PageState) -> str:
    """The address of this answer, with the day from which it counts."""
    query: Mapping[str, list[str]] = address_of(n, write(state.values, list(state.params.values())))
    return page_address(PAGE, query) or f"{PAGE}?{urlencode(query, doseq=True)}"
