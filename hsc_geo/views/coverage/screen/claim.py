"""What figures can bear: which questions they answer, and of the one that is chosen why, or what to ask instead."""

from __future__ import annotations

import streamlit as st

from hsc_geo.views.coverage.answers.claim import Claim, claim
from hsc_geo.views.coverage.calls import calls
from hsc_geo.views.coverage.choices import CoverageChoice
from hsc_geo.views.coverage.screen.choosing import line
from hsc_geo.views.coverage.words.claim import claims_table, said, sentence
from hsc_geo.views.kit import in_python
from hsc_geo.views.kit.answer import answer, say
from hsc_geo.views.kit.html import markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.table import Clicks, Display, table


def draw(n: Names, state: PageState, choice: CoverageChoice) -> None:
    """The choices and the answer."""
    found = claim(n, choice)
    with answer():
        say(sentence(n, found))
        line(n, state, choice)
        left, right = st.columns(2, gap="medium")
        with left:
            table(
                n.w,
                "coverage_claims",
                claims_table(n, found),
                Display(selected=found.reading.kind),
                Clicks(pick=lambda kind: state.set("claim", kind)),
            )
            in_python.fold(n, "claims", lambda: calls(n, choice))
        with right:
            _verdict(n, found)
    _limits(n, found.reading.indicator_ids[0])


def _verdict(n: Names, found: Claim) -> None:
    """The verdict, announced."""
    told = said(n, found)
    instead = markup("<h2>{}</h2><p>{}</p>", told.instead_head, told.instead) if told.instead else ""
    st.html(
        markup(
            '<section class="hsc-card" role="status" id="verdict"><p><strong>{}</strong></p><h2>{}</h2><p>{}</p>{}'
            "</section>",
            told.asked,
            told.head,
            told.reason,
            instead,
        )
    )


def _limits(n: Names, key: str) -> None:
    """What the first of the figures may not be used for, in the words of its metadata."""
    row = n.package.indicators.loc[key]
    st.html(
        markup(
            '<p class="hsc-quiet"><strong>{}</strong>: {} {}</p>',
            n.indicator(key),
            n.w.pick(row, "caveats"),
            n.w.pick(row, "not_for"),
        )
    )
