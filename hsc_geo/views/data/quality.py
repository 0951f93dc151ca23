"""How complete and how old the register is."""

from hsc_geo.analysis.focus import freshness
from hsc_geo.analysis.quality import completeness
from hsc_geo.analysis.quality import precision_counts
from hsc_geo.views.data.figures import _figure_status
from hsc_geo.views.data.sources import _left_out
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Row
from hsc_geo.views.kit.table import _plain
from hsc_geo.views.wording.fields import field_names
import plotly.graph_objects as go
import streamlit as st


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
