"""An organisation: what it does, where and with whom, its network as a picture and as a table, its roles as stated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st
from markupsafe import Markup

from hsc_geo.analysis.partners import LEAD, Companion, Organisation, confirmed, organisation
from hsc_geo.analysis.serving import CITY, REGION
from hsc_geo.domain.schema_register import ORGANISATION_ITSELF
from hsc_geo.views.kit.controls import listed
from hsc_geo.views.kit.html import badge, facts, joined, link, markup, quiet, safe_url
from hsc_geo.views.kit.links import ORGANISATION as PART
from hsc_geo.views.kit.names import Names, by_name, organisation_name, plain
from hsc_geo.views.kit.rows import Column, Row
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.maps.common import theme
from hsc_geo.views.partners.choices import go, initiative_panel
from hsc_geo.views.partners.network import MOST, picture
from hsc_geo.views.wording import initiative
from hsc_geo.views.wording.continuity import signs_text
from hsc_geo.views.wording.fields import inferred_names

MOST_SHARED = 3  # initiatives named in one cell


def draw(n: Names, state: PageState) -> None:
    """The choice of an organisation, and what is known of it."""
    w = n.w
    st.header(w.t("An organisation"), anchor=False)
    codes = by_name(n, sorted(state.params["org"].options or ()), lambda key: organisation_name(n, key))
    st.selectbox(
        w.t("Organisation"),
        ["", *codes],
        format_func=lambda key: organisation_name(n, key) if key else w.t("choose an organisation"),
        key=state.seed("org"),
        on_change=lambda: _take(state),
    )
    if not state["org"]:
        st.info(w.t("Choose an organisation to see what it does, where and with whom."))
        return
    found = organisation(n.package, state["org"])
    st.html(head(n, state["org"]))
    _parts(n, state, found)
    initiative_panel(n, state, "organisation")
    _places(n, state, found)
    _network(n, state, found)


def _take(state: PageState) -> None:
    state.clear(["sel", "page", "lpage", "gpage"])
    state.take("org")


def head(n: Names, key: str) -> Markup:
    """Who it is, its roles as the sources state them, and its own source."""
    w = n.w
    row: Any = n.package.organisations.loc[key]
    title = markup(
        '<h2 id="panel">{}</h2><p class="hsc-quiet">{} · {}</p><p>{}</p><p>{}</p>',
        row["name"], w.pick(row, "organisation_type"), key, role_badges(n, row), w.pick(row, "description"),
    )  # fmt: skip
    when = f", {row['source_date']}" if row["source_date"] else ""
    page = link(row["source_url"], row["source_title"] or row["source_url"])
    source = markup(
        '<p class="hsc-quiet"><strong>{}</strong> {}. {}{}</p>',
        w.t("Source:"), page, row["source_publisher"], when,
    )  # fmt: skip
    if row["source_kind"] == ORGANISATION_ITSELF:
        told = w.t("told to us by the organisation itself; no public page confirms it.")
        source = markup('<p class="hsc-quiet"><strong>{}</strong> {}{}</p>', w.t("Source:"), told, when)
    return title + facts(_facts(n, row)) + source


def role_badges(n: Names, row: Any) -> Markup:
    """The sector, and the role in the agreement; one that no source confirms is said to be so."""
    w, role = n.w, str(row["agreement_role"])
    said = n.term("agreement_role", role)
    text, css = (said, "") if confirmed(role) else (w.t("{role} (not confirmed)", role=said), "inferred")
    agreement = w.t("Prevention agreement: {role}", role=text)
    return joined([badge(n.term("sector", str(row["sector"]))), badge(agreement, css)])


def _facts(n: Names, row: Any) -> list[tuple[str, object]]:
    w = n.w
    networks = ", ".join(part for part in str(row["networks"]).split("|") if part)
    return [
        (w.t("Role in the agreement"), role_text(n, row)),
        (w.t("Role in the centre"), w.pick(row, "centre_role") or w.t("none known")),
        (w.t("Networks"), networks or w.t("none known")),
        (w.t("Works in"), row["district_or_area"]),
        (w.t("Address, as its source states"), row["address"]),
        (w.t("Website"), link(row["website"], row["website"]) if safe_url(row["website"]) else ""),
        (w.t("Contact of the office"), row["public_contact"]),
        (w.t("Inferred, not stated by a source"), ", ".join(inferred_names(w, str(row["inferred_fields"])))),
    ]


def role_text(n: Names, row: Any) -> str:
    """What the sources say of its part in the agreement, and what that means."""
    note, meaning = (
        n.w.pick(row, "agreement_role_note"),
        n.meaning("agreement_role", str(row["agreement_role"])),
    )
    return " ".join(dict.fromkeys(part for part in (note, meaning) if part))


# What it does


def part_columns(n: Names) -> list[Column]:
    """Columns that go with `part_rows`."""
    w = n.w
    return [
        Column("name", w.t("Initiative"), sortable=False),
        Column("role", w.t("Role"), sortable=False),
        Column("ambition", w.t("Ambition (most are inferred)"), sortable=False),
        Column("serves", w.t("Serves"), sortable=False),
        Column("status", w.t("Status"), sortable=False),
        Column("signs", w.t("Signs that it may end"), sortable=False, wordy=True),
    ]


def part_rows(n: Names, found: Organisation) -> list[Row]:
    """A row per initiative that it takes part in."""
    w, register = n.w, n.package.initiatives
    roles = {True: w.t("leads"), False: w.t("partner")}
    rows = []
    for part in found.parts:
        row: Any = register.loc[part.initiative_id]
        texts = [
            initiative.ambitions_text(n, row),
            initiative.serves_text(n, part.initiative_id),
            initiative.listed_status(n, part.initiative_id),
            signs_text(n, part.initiative_id),
        ]
        rows.append(
            Row(part.initiative_id, [n.initiative(part.initiative_id), roles[part.role == LEAD], *texts], {})
        )
    return rows


def _parts(n: Names, state: PageState, found: Organisation) -> None:
    w = n.w
    st.header(w.t("What it does"), anchor=False)
    if not found.parts:
        st.info(w.t("No initiative is known in which this organisation takes part."))
        return
    number = len(found.parts)
    caption = w.tn(
        "{n} initiative in which it takes part, ended ones too",
        "{n} initiatives in which it takes part, ended ones too",
        number,
    )
    listed(n, state, "organisation_parts", caption, part_columns(n), part_rows(n, found))


# Where


def place_rows(n: Names, found: Organisation) -> list[Row]:
    """A row per district, then what is for the city, the region, and what has no known area."""
    w = n.w
    wide = {CITY: w.t("For the whole city"), REGION: w.t("For the region"), "unknown": w.t("Area not known")}
    return [
        Row("", [wide.get(code) or n.area(code), w.number(len(ids)), "; ".join(map(n.initiative, ids))], {})
        for code, ids in found.places.items()
    ]


def _places(n: Names, state: PageState, found: Organisation) -> None:
    if not found.places:
        return
    w = n.w
    st.header(w.t("Where"), anchor=False)
    columns = [
        Column("area", w.t("Area"), sortable=False),
        Column("number", w.t("Initiatives known"), numeric=True, sortable=False),
        Column("names", w.t("Which"), sortable=False, wordy=True),
    ]
    caption = w.t("Districts that its initiatives are known to serve")
    rows = place_rows(n, found)
    listed(n, state, "organisation_places", caption, columns, rows, "gpage", _nothing, page_size=len(rows))


def _nothing(_: str) -> None:
    """These rows open nothing."""


# With whom


def companion_rows(n: Names, found: Sequence[Companion]) -> list[Row]:
    """A row per organisation that it shares initiatives with; those with a page can be chosen."""
    w, register = n.w, n.package.organisations
    rows = []
    for each in found:
        known = each.organisation_id in register.index
        sector = (
            n.term("sector", str(register.at[each.organisation_id, "sector"])) if known else w.t("not known")
        )
        names = [n.initiative(key) for key in each.initiatives]
        more = [w.t("and {n} more", n=w.number(len(names) - MOST_SHARED))] if len(names) > MOST_SHARED else []
        cells = [plain(each.name), w.number(len(names)), sector, "; ".join([*names[:MOST_SHARED], *more])]
        rows.append(Row(each.organisation_id if known else "", cells, {}))
    return rows


def _network(n: Names, state: PageState, found: Organisation) -> None:
    w = n.w
    st.header(w.t("With whom"), anchor=False)
    if not found.companions:
        st.info(w.t("No other organisation is known in its initiatives."))
        return
    st.html(picture(n, organisation_name(n, found.organisation_id), found.companions, theme()))
    st.html(quiet(network_text(n, found)))
    columns = [
        Column("name", w.t("Organisation"), sortable=False),
        Column("number", w.t("Shared initiatives"), numeric=True, sortable=False),
        Column("sector", w.t("Sector"), sortable=False),
        Column("names", w.t("Which"), sortable=False, wordy=True),
    ]
    caption = w.t(
        "Organisations in the same initiatives, most shared first; choose a row to see that organisation"
    )
    rows = companion_rows(n, found.companions)
    listed(n, state, "organisation_network", caption, columns, rows, "lpage",
           lambda code: go(state, PART, "org", code))  # fmt: skip


def network_text(n: Names, found: Organisation) -> str:
    """What the picture shows, and what it leaves to the table."""
    w = n.w
    text = w.t(
        "The number is that of shared initiatives; a dashed ring is an organisation of which only the name is known."
    )
    more = len(found.companions) - MOST
    rest = w.tn("{n} more stands in the table only.", "{n} more stand in the table only.", more)
    return f"{text} {rest}" if more > 0 else text
