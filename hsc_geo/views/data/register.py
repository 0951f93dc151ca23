"""The register of initiatives: its places and its lists of words."""

from hsc_geo.analysis.focus import freshness
from hsc_geo.views.kit.html import facts
from hsc_geo.views.kit.html import items
from hsc_geo.views.kit.html import markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Row
from hsc_geo.views.kit.table import _plain
import streamlit as st


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
