"""The areas most alike to an area, with the variables that make them so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from hsc_geo.analysis import similar
from hsc_geo.analysis.profile import check_level
from hsc_geo.analysis.similar import Likeness, Part
from hsc_geo.views.kit.html import quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Row
from hsc_geo.views.kit.table import table
from hsc_geo.views.wording.likeness import part_text

SHOWN = 3


def draw(n: Names, codes: Sequence[str]) -> None:
    """A table per area, nearest first."""
    w = n.w
    st.header(w.t("Areas most alike"), anchor=False)
    text = w.t(
        "Alike in ages, households, homes, income and the core health figures together, among areas of the same level "
        "in the municipality. What works in one may be worth a try in the other: ask there."
    )
    st.html(quiet(text))
    for code in codes:
        _alike(n, code)


def _alike(n: Names, code: str) -> None:
    found = similar.similar(n.package, code, k=SHOWN)
    if not found:
        st.info(left_out_text(n, code))
        return
    table(
        n.w,
        key=f"profile_similar_{code}",
        caption=n.w.t("Most alike to {area}, nearest first", area=n.area(code)),
        columns=columns(n),
        rows=rows(n, found),
        page_size=SHOWN,
        compact=True,
    )


def columns(n: Names) -> list[Column]:
    """Columns that go with `rows`."""
    w = n.w
    return [
        Column("area", w.t("Area"), sortable=False),
        Column("distance", w.t("Distance (0 is alike)"), numeric=True, sortable=False),
        Column("alike", w.t("Most alike in"), sortable=False, wordy=True),
        Column("differs", w.t("Differs most in"), sortable=False, wordy=True),
    ]


def rows(n: Names, found: Iterable[Likeness]) -> list[Row]:
    """A row per area: its distance in standard deviations, and both values of what is alike and what differs."""
    return [
        Row(
            "",
            [
                n.area(each.area_code),
                n.w.number(each.distance, 2),
                _parts(n, each.alike_in(2)),
                _parts(n, each.differs_in(2)),
            ],
            {},
        )
        for each in found
    ]


def _parts(n: Names, parts: Iterable[Part]) -> str:
    return "; ".join(part_text(n, part) for part in parts)


def left_out_text(n: Names, code: str) -> str:
    """Why an area is compared with none."""
    w = n.w
    why = similar.left_out(n.package, check_level(n.package, code)).get(code, "")
    return {
        similar.FEW_RESIDENTS: w.t(
            "{area} has fewer than {n} residents, too few to look for areas alike.",
            area=n.area(code),
            n=w.number(similar.FEWEST_RESIDENTS),
        ),
        similar.RESIDENTS_UNKNOWN: w.t("How many people live in {area} is not known.", area=n.area(code)),
    }.get(why, w.t("Of {area} too few figures are published to look for areas alike.", area=n.area(code)))
