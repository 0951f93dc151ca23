"""The page on data and method: every indicator, the sources, the register, data quality, accessibility."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import plotly.graph_objects as go
import streamlit as st

from hsc_geo.analysis.counting import MUNICIPALITY
from hsc_geo.analysis.figures import concept_of, listed, offer, tables_of
from hsc_geo.analysis.focus import freshness
from hsc_geo.analysis.quality import completeness, figure_status, precision_counts
from hsc_geo.analysis.serving import DISTRICT, NEIGHBOURHOOD
from hsc_geo.data.load import Package
from hsc_geo.domain.versions import newest
from hsc_geo.views.data import all_figures
from hsc_geo.views.kit.components import Column, Row, table
from hsc_geo.views.wording.fields import field_names
from hsc_geo.views.kit.figure_choice import table_control, table_label
from hsc_geo.views.kit.html import (facts, items, joined, link, markup)
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.notes import refused_note
from hsc_geo.views.kit.state import PageState, Param
from hsc_geo.views.kit.words import Words

_LEVELS = (DISTRICT, NEIGHBOURHOOD, MUNICIPALITY, "country")
SECTIONS = ("indicators", "sources", "register", "quality", "accessibility")


def parameters(package: Package) -> tuple[Param, ...]:
    """The choices of this page."""
    return (
        Param("section", SECTIONS[0], frozenset(SECTIONS)),
        Param("ind", "", frozenset(map(str, package.indicators.index))),
        Param("sort", "", frozenset(("name", "theme", "unit", "kind", "table"))),
        Param("desc", "", frozenset({"1"})),
        Param("page", "1", frozenset(map(str, range(1, 200)))),
    )


def draw(n: Names, files: Mapping[str, str]) -> None:
    """The whole page. files: the addresses of `hsc_geo.views.data.all_figures`."""
    w = n.w
    st.title(w.t("Data and method"), anchor=False)
    st.html(
        markup(
            '<p class="hsc-lead">{}</p>',
            w.t(
                "Where every number and every initiative comes from, what it may be used for, and what is missing."
            ),
        )
    )
    _body(n, files)


@st.fragment
def _body(n: Names, files: Mapping[str, str]) -> None:
    w = n.w
    state = PageState("data", parameters(n.package), st.session_state, st.query_params)
    state.pull()
    if state.refused:
        st.html(refused_note(w, [refused.value for refused in state.refused]))
    names = {
        "indicators": w.t("Figures"),
        "sources": w.t("Sources and licences"),
        "register": w.t("The register"),
        "quality": w.t("Data quality"),
        "accessibility": w.t("Accessibility"),
    }
    st.segmented_control(
        w.t("Section"),
        SECTIONS,
        format_func=lambda s: names[s],
        key=state.seed("section"),
        on_change=state.take,
        args=("section",),
        label_visibility="collapsed",
        required=True,
    )
    draw_section: dict[str, Callable[[], None]] = {
        "indicators": lambda: _indicators(n, state, files),
        "sources": lambda: _sources(n),
        "register": lambda: _register(n),
        "quality": lambda: _quality(n),
        "accessibility": lambda: _accessibility(w),
    }
    draw_section[state["section"]]()
    state.push()


def _indicators(n: Names, state: PageState, files: Mapping[str, str]) -> None:
    w = n.w
    st.header(w.t("All figures"), anchor=False)
    if state["ind"]:
        _table_choice(n, state)
        _indicator(n, state["ind"])
    columns = [
        Column("name", w.t("Figure")),
        Column("theme", w.t("Theme")),
        Column("unit", w.t("Unit")),
        Column("kind", w.t("Kind")),
        Column("table", w.t("Table and years")),
    ]

    def on_sort(key: str, descending: bool) -> None:
        state.set("sort", key)
        state.set("desc", "1" if descending else "")

    table(
        w,
        key="indicators",
        caption=w.t(
            "Every figure once, with its unit, kind, tables and years; choose one for its definition and limits"
        ),
        columns=columns,
        rows=[_indicator_row(n, key) for key in figures_once(n)],
        sort=state["sort"] if state["sort"] in {c.key for c in columns} else "",
        descending=state["desc"] == "1",
        page=int(state["page"]),
        selected=_row_of(n, state["ind"]),
        on_pick=lambda key: state.set("ind", key),
        on_sort=on_sort,
        on_page=lambda page: state.set("page", str(page)),
    )
    all_figures.draw(n, files)


def figures_once(n: Names) -> list[str]:
    """Each thing that is measured once: the indicator of the table that has it newest; the register's own last."""
    found = listed(n.package, _LEVELS)
    shown = {concept_of(n.package, key) for key in found}
    rest = (str(key) for key in n.package.indicators.index)
    return [*found, *(key for key in rest if concept_of(n.package, key) not in shown)]


def _row_of(n: Names, key: str) -> str:
    """The row in which an indicator stands: its own, or that of the same figure of a newer table."""
    if not key:
        return ""
    concept = concept_of(n.package, key)
    return next((each for each in figures_once(n) if concept_of(n.package, each) == concept), key)


def _indicator_row(n: Names, key: str) -> Row:
    row = n.package.indicators.loc[key]
    every = tables_of(n.package, concept_of(n.package, key))
    cells = [
        n.indicator(key),
        n.term("indicator_theme", str(row["theme"])),
        n.unit(key),
        n.kind(key),
        "; ".join(table_label(n, each) for each in every),
    ]
    order = dict(zip(("name", "theme", "unit", "kind", "table"), (c.casefold() for c in cells), strict=True))
    return Row(key, cells, order)


def _table_choice(n: Names, state: PageState) -> None:
    """Of which table, where several have the figure."""
    every = tables_of(n.package, concept_of(n.package, state["ind"]))
    if len(every) > 1:
        table_control(n, state, "ind", state["ind"], every)


def _indicator(n: Names, key: str) -> None:
    w, row = n.w, n.package.indicators.loc[key]
    found = offer(n.package, key)
    ages = {age: None for year in found.years for age in found.ages[year]}
    direction = n.term("direction", str(row["direction"]))
    st.html(
        markup("<h3>{}</h3>", n.indicator(key))
        + facts(
            [
                (w.t("Definition"), w.pick(row, "definition")),
                (w.t("Unit"), n.unit(key)),
                (w.t("Direction"), direction),
                (w.t("Kind"), f"{n.kind(key)}. {n.meaning('indicator_kind', str(row['kind']))}"),
                (w.t("Source"), n.source(key)),
                (w.t("Same figure of another table"), _others(n, key)),
                (w.t("Years"), ", ".join(str(year) for year in reversed(found.years))),
                (w.t("Age groups"), ", ".join(n.term("age_group", age) for age in ages)),
                (w.t("Classification year of the areas"), row["classification_year"]),
                (w.t("Method"), w.pick(row, "method")),
                (w.t("Caveats"), w.pick(row, "caveats")),
                (w.t("Not to be used for"), w.pick(row, "not_for")),
                (w.t("Interval"), n.interval_note(key)),
                (w.t("Code"), key),
            ]
        )
    )


def _others(n: Names, key: str) -> str:
    """The other tables that have the figure; that they are never one series with this one stands in the caveats."""
    every = tables_of(n.package, concept_of(n.package, key))
    return "; ".join(table_label(n, each) for each in every if each != key)


def _sources(n: Names) -> None:
    w = n.w
    st.header(w.t("Sources and licences"), anchor=False)
    rows = []
    for _, row in n.package.sources.iterrows():
        licence = link(row["licence_url"], row["licence"]) if row["licence_url"] else row["licence"]
        title = link(row["url"], row["title"]) if row["url"] else row["title"]
        rows.append(
            markup("<h3>{}</h3>", row["title"])
            + facts(
                [
                    (w.t("Publisher"), row["publisher"]),
                    (w.t("Web page"), title if row["url"] else ""),
                    (w.t("Licence"), licence),
                    (w.t("Vintage"), row["vintage"]),
                    (w.t("Note"), w.pick(row, "note")),
                ]
            )
        )
    st.html(joined(rows))
    st.header(w.t("This edition"), anchor=False)
    st.html(
        markup(
            "<p>{} <code>{}</code>. {}</p><p>{}</p>",
            w.t("Edition"),
            n.package.snapshot,
            w.t("The same content always has the same code; every download names it."),
            w.t(
                "The tables follow version {number} of the data contract; docs/data-dictionary.md in the source code "
                "holds it, with its earlier versions.",
                number=newest().number,
            ),
        )
    )


def _register(n: Names) -> None:
    w = n.w
    register = n.package.initiatives
    basis = register["ambition_basis"].value_counts()
    st.header(w.t("How the register was made"), anchor=False)
    st.html(
        items(
            [
                w.t(
                    "{n} initiatives and {m} organisations, gathered from public pages; each row names its page.",
                    n=w.number(len(register)),
                    m=w.number(len(n.package.organisations)),
                ),
                w.t(
                    "The ambitions of {inferred} initiatives are inferred by us from their description; the source "
                    "states them for {stated}, and partly for {partly}.",
                    inferred=w.number(int(basis.get("inferred", 0))),
                    stated=w.number(int(basis.get("stated", 0))),
                    partly=w.number(int(basis.get("partly_stated", 0))),
                ),
                w.t("The register holds no names of private persons."),
                w.t("Dutch descriptions are our own rendering of the English ones in the source extract."),
            ]
        )
    )
    st.header(w.t("What it lacks"), anchor=False)
    fresh = freshness(n.package, n.today)
    st.html(
        items(
            [
                w.t("What is not in the register can still exist: the map says none known, never none."),
                _asked_text(n),
                w.t("{n} initiatives carry no date.", n=w.number(fresh.undated)),
                w.t(
                    "Of the organisations that signed the prevention agreement the sources found name only a "
                    "few, so no count of partners is shown."
                ),
                w.t(
                    "Addresses are known for few initiatives; the others are known to a district, to the city, or to "
                    "no place."
                ),
                w.t("An empty field means: not found. It never means: no."),
            ]
        )
    )
    _place_names(n)
    _vocabularies(n)


def _asked_text(n: Names) -> str:
    """How often someone asked in an area for an ambition and found none."""
    times = len(n.package.asked_none)
    if not times:
        return n.w.t(
            "Nobody has been asked yet whether something is missing, so no district is known to have none."
        )
    return n.w.tn(
        "{n} time someone asked in an area for an ambition and found none. Elsewhere nobody was asked.",
        "{n} times someone asked in an area for an ambition and found none. Elsewhere nobody was asked.",
        times,
    )


def _place_names(n: Names) -> None:
    w = n.w
    st.header(w.t("Names that people use and the official areas"), anchor=False)
    rows = [
        Row(
            "",
            [
                row["name"],
                n.area(str(row["area_code"])),
                str(row["area_code"]),
                n.term("place_basis", str(row["basis"])),
                w.pick(row, "basis"),
            ],
            {},
        )
        for _, row in n.package.place_names.iterrows()
    ]
    with st.expander(w.t("Show the table")):
        _plain(
            n,
            "place_names",
            w.t("Place names and the areas they stand for"),
            [w.t("Name"), w.t("Area"), w.t("Code"), w.t("Basis"), w.t("Explanation")],
            rows,
        )


def _vocabularies(n: Names) -> None:
    w = n.w
    st.header(w.t("Words of the register"), anchor=False)
    for vocabulary, title in (
        ("ambition", w.t("Ambitions")),
        ("status", w.t("Status")),
        ("evidence_level", w.t("Evidence")),
        ("ladder", w.t("How far it has come")),
        ("run_by", w.t("Who runs it")),
        ("precision", w.t("Precision of place")),
    ):
        st.html(
            markup("<h3>{}</h3>", title)
            + facts((n.term(vocabulary, code), n.meaning(vocabulary, code)) for code in n.codes(vocabulary))
        )


def _quality(n: Names) -> None:
    w = n.w
    st.header(w.t("How complete is the register?"), anchor=False)
    filled = completeness(n.package)
    names = field_names(w)
    rows = [
        Row(
            "",
            [
                names[str(field)],
                f"{w.number(100 * r['share'], 0)}%",
                w.number(r["filled"]),
                w.number(r["inferred"]),
            ],
            {},
        )
        for field, r in filled.to_dict("index").items()
    ]
    _plain(
        n,
        "completeness",
        w.t("Filled fields of {n} initiatives", n=w.number(len(n.package.initiatives))),
        [w.t("Field"), w.t("Filled"), w.t("Rows filled"), w.t("Inferred")],
        rows,
        numeric=(1, 2, 3),
    )
    _age(n)
    st.header(w.t("How precise are the places?"), anchor=False)
    precise = precision_counts(n.package)
    rows = [
        Row("", [n.term("precision", str(code)), n.meaning("precision", str(code)), w.number(count)], {})
        for code, count in precise.items()
    ]
    _plain(
        n,
        "precision",
        w.t("Initiatives by precision of the area served"),
        [w.t("Precision"), w.t("Meaning"), w.t("Initiatives")],
        rows,
        numeric=(2,),
    )
    _figure_status(n)
    _left_out(n)


def _age(n: Names) -> None:
    w = n.w
    found = freshness(n.package, n.today)
    st.header(w.t("How old is the evidence?"), anchor=False)
    span = range(found.by_year.index.min(), found.by_year.index.max() + 1) if len(found.by_year) else ()
    by_year = found.by_year.reindex(span, fill_value=0)
    years = [str(year) for year in by_year.index]
    title = w.t(
        "Initiatives by the year in which they were last seen; {n} without a date", n=w.number(found.undated)
    )
    st.plotly_chart(
        _bars(years, [int(v) for v in by_year], w.t("Initiatives")),
        key="age",
        config={"displayModeBar": False},
        alt=title,
    )
    rows = [Row("", [year, w.number(count)], {}) for year, count in zip(years, by_year, strict=True)]
    with st.expander(w.t("Show the table")):
        _plain(
            n,
            "age_table",
            title,
            [w.t("Year"), w.t("Initiatives")],
            [*rows, Row("", [w.t("not dated"), w.number(found.undated)], {})],
            numeric=(1,),
        )


def _bars(names: list[str], values: list[int], label: str) -> go.Figure:
    chart = go.Figure(
        go.Bar(
            x=names, y=values, marker_color="#2f7f99", text=values, textposition="outside", cliponaxis=False
        )
    )
    chart.update_layout(
        height=260,
        margin={"l": 10, "r": 10, "t": 24, "b": 10},
        xaxis_type="category",
        yaxis_title=label,
        dragmode=False,
    )
    return chart


def _figure_status(n: Names) -> None:
    w = n.w
    counted = figure_status(n.package)
    st.header(w.t("Figures that are missing, and why"), anchor=False)
    statuses = [str(s) for s in counted.columns]
    rows = [
        Row("", [str(name), *(w.number(line[s]) for s in statuses)], {}) for name, line in counted.iterrows()
    ]
    headers = [w.t("Table"), *(n.term("observation_status", s) for s in statuses)]
    _plain(
        n,
        "figure_status",
        w.t("Values per table by status"),
        headers,
        rows,
        numeric=tuple(range(1, len(headers))),
    )


def _left_out(n: Names) -> None:
    w = n.w
    gone = n.package.left_out
    st.header(w.t("What could not be matched"), anchor=False)
    rows = [
        Row("", [row["file"], w.number(row["row"]), row["key"], w.pick(row, "reason")], {})
        for _, row in gone.iterrows()
    ]
    with st.expander(w.tn("{n} row, show the table", "{n} rows, show the table", len(rows))):
        _plain(
            n,
            "left_out",
            w.t("Rows and names that the build left out or could not match"),
            [w.t("File"), w.t("Row"), w.t("Key"), w.t("Reason")],
            rows,
        )


def _plain(
    n: Names, key: str, caption: str, headers: list[str], rows: list[Row], numeric: tuple[int, ...] = ()
) -> None:
    columns = [
        Column(f"c{i}", label, numeric=i in numeric, sortable=False) for i, label in enumerate(headers)
    ]
    table(n.w, key=f"t_{key}", caption=caption, columns=columns, rows=rows, page_size=len(rows))


def _accessibility(w: Words) -> None:
    st.header(w.t("Accessibility statement"), anchor=False)
    st.html(
        items(
            [
                w.t(
                    "We aim at WCAG 2.2, level AA. Every page is tested with axe-core and with the keyboard alone, at "
                    "two widths."
                ),
                w.t(
                    "Every map and chart has a table beside it that holds the same; colour never stands alone."
                ),
                w.t(
                    "Areas on the map are chosen by mouse or touch; by keyboard through the list beside the map or the "
                    "table under it."
                ),
                w.t("The PDFs are tagged (PDF/UA-1), with a title, a language and a text for every picture."),
            ]
        )
    )
    st.html(markup("<h3>{}</h3>", w.t("What does not meet the standard yet")))
    st.html(
        items(
            [
                w.t(
                    "The page is drawn by Streamlit, which needs JavaScript; without it only a short message shows."
                ),
                w.t(
                    "Some controls that Streamlit draws itself (the lists that open, the menu on a phone) cannot be "
                    "changed by us; some of their words stay English."
                ),
                w.t(
                    "The box in which a steward chooses a file to import is drawn by Streamlit with a role that "
                    "screen readers may tell wrongly."
                ),
            ]
        )
    )
    st.html(
        markup(
            "<p>{}</p>",
            w.t("Missing something? Write to HealthySocietyCenter@Leiden.nl, the mailbox of the centre."),
        )
    )
