"""The register of initiatives: its places and its lists of words."""

import streamlit as st

from hsc_geo.analysis.counting import own_word
from hsc_geo.analysis.focus import freshness
from hsc_geo.domain.schema_register import NAMED
from hsc_geo.views.data.tables import plain_table
from hsc_geo.views.kit import in_python
from hsc_geo.views.kit.call import Call
from hsc_geo.views.kit.html import facts, items, markup
from hsc_geo.views.kit.names import Names


def draw(n: Names) -> None:
    """How it was made, and what it lacks."""
    left, right = st.columns(2, gap="large")
    with left:
        st.html(markup("<h2>{}</h2>", n.w.t("How the register was made")) + items(_made_texts(n), "hsc-list"))
    with right:
        st.html(markup("<h2>{}</h2>", n.w.t("What it lacks")) + items(_lacks_texts(n), "hsc-list"))


def draw_rest(n: Names) -> None:
    """The names of places, and the register's words."""
    _place_names(n)
    _vocabularies(n)


def _made_texts(n: Names) -> list[str]:
    w, register = n.w, n.package.initiatives
    basis = register["ambition_basis"].value_counts()
    return [
        w.t("It was gathered from public pages, and from what organisations tell of themselves."),
        *_told_texts(n),
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


def _told_texts(n: Names) -> list[str]:
    """What did not come from a public page or from ourselves, where there is any."""
    w = n.w
    own = len(own_word(n.package, n.package.initiatives.index))
    named = int((n.package.initiatives["ambition_basis"] == NAMED).sum())
    by_itself = w.tn(
        "{n} initiative is told by the organisation itself; no public page confirms it.",
        "{n} initiatives are told by the organisation itself; no public page confirms them.",
        own,
    )
    by_proposer = w.tn(
        "The ambitions of {n} initiative were named by whoever proposed it.",
        "The ambitions of {n} initiatives were named by whoever proposed them.",
        named,
    )
    return [*([by_itself] if own else []), *([by_proposer] if named else [])]


def _lacks_texts(n: Names) -> list[str]:
    w = n.w
    return [
        w.t("What is not in the register can still exist: the map says none known, never none."),
        _asked_text(n),
        w.t("{n} initiatives carry no date.", n=w.number(freshness(n.package, n.today).undated)),
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
    lines = [
        [
            row["name"],
            n.area(str(row["area_code"])),
            str(row["area_code"]),
            n.term("place_basis", str(row["basis"])),
            w.pick(row, "basis"),
        ]
        for _, row in n.package.place_names.iterrows()
    ]
    with st.expander(w.t("Show the table")):
        caption = w.t("Place names and the areas they stand for")
        headers = [w.t("Name"), w.t("Area"), w.t("Code"), w.t("Basis"), w.t("Explanation")]
        plain_table(n, "place_names", caption, headers, lines)
    in_python.fold(n, "place_names", lambda: [Call("", "place_names")])


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
