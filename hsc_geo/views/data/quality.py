"""How complete and how old the register is."""

import plotly.graph_objects as go
import streamlit as st

from hsc_geo.analysis.focus import freshness
from hsc_geo.analysis.quality import completeness, precision_counts
from hsc_geo.views.data import figures, sources
from hsc_geo.views.data.tables import plain_table
from hsc_geo.views.kit import in_python
from hsc_geo.views.kit.call import Call
from hsc_geo.views.kit.names import Names
from hsc_geo.views.wording.fields import field_names


def draw(n: Names) -> None:
    """What is filled in."""
    _completeness(n)


def draw_rest(n: Names) -> None:
    """How old it is, how precise its places are, and what is missing of figures and rows."""
    _age(n)
    _precision(n)
    figures.draw_status(n)
    sources.draw_left_out(n)


def _completeness(n: Names) -> None:
    w, names = n.w, field_names(n.w)
    lines = [
        [
            names[str(field)],
            f"{w.number(100 * row['share'], 0)}%",
            w.number(row["filled"]),
            w.number(row["inferred"]),
        ]
        for field, row in completeness(n.package).to_dict("index").items()
    ]
    caption = w.t("Filled fields of {n} initiatives", n=w.number(len(n.package.initiatives)))
    headers = [w.t("Field"), w.t("Filled"), w.t("Rows filled"), w.t("Inferred")]
    plain_table(n, "completeness", caption, headers, lines, numeric=(1, 2, 3))
    in_python.fold(n, "completeness", lambda: [Call("data", "completeness")])


def _precision(n: Names) -> None:
    w = n.w
    st.header(w.t("How precise are the places?"), anchor=False)
    lines = [
        [n.term("precision", str(code)), n.meaning("precision", str(code)), w.number(count)]
        for code, count in precision_counts(n.package).items()
    ]
    caption = w.t("Initiatives by precision of the area served")
    headers = [w.t("Precision"), w.t("Meaning"), w.t("Initiatives")]
    plain_table(n, "precision", caption, headers, lines, numeric=(2,))
    in_python.fold(n, "precision", lambda: [Call("data", "precision")])


def _age(n: Names) -> None:
    w = n.w
    found = freshness(n.package, n.today)
    st.header(w.t("How old is the evidence?"), anchor=False)
    span = range(found.by_year.index.min(), found.by_year.index.max() + 1) if len(found.by_year) else ()
    by_year = {str(year): int(count) for year, count in found.by_year.reindex(span, fill_value=0).items()}
    title = w.t(
        "Initiatives by the year in which they were last seen; {n} without a date", n=w.number(found.undated)
    )
    chart = _bars(list(by_year), list(by_year.values()), w.t("Initiatives"))
    st.plotly_chart(chart, key="age", config={"displayModeBar": False}, alt=title)
    lines = [*by_year.items(), (w.t("not dated"), found.undated)]
    with st.expander(w.t("Show the table")):
        headers = [w.t("Year"), w.t("Initiatives")]
        plain_table(n, "age_table", title, headers, [[y, w.number(v)] for y, v in lines], numeric=(1,))


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
