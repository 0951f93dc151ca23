"""The figure of the country as a file: every area of the level, with all that it takes to understand and to cite it."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from functools import partial
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from hsc_geo.analysis import export
from hsc_geo.analysis.nation import NationView
from hsc_geo.analysis.nation_export import nation_tables
from hsc_geo.domain.versions import newest
from hsc_geo.views.kit import taking
from hsc_geo.views.kit.address import address_of, page_address
from hsc_geo.views.kit.html import quiet
from hsc_geo.views.kit.state import PageState, write
from hsc_geo.views.map.downloads import PAGE
from hsc_geo.views.map.nation.said import Country, boundaries_text, lacking_text, no_rank_text
from hsc_geo.views.wording import cite

PARQUET = "application/vnd.apache.parquet"


def draw(here: Country, state: PageState, view: NationView) -> None:
    """A button for each format."""
    n = here.n
    st.header(n.w.t("Download what you see"), anchor=False)
    text = n.w.t(
        "Each file holds every area of the level with the figure, what its columns and the figure mean, the sources "
        "and the edition."
    )
    lacking = lacking_text(here) if view.choice.level == "neighbourhood" else ""
    st.html(quiet(f"{text} {lacking}".rstrip()))
    row, stem = st.container(horizontal=True), f"hsc-geo-nederland-{view.choice.level}-{here.nation.snapshot}"
    told = about(here, state, view)

    def file(make: taking.Make) -> bytes:
        return make(bundle(here, view, told))

    taking.formats(n, row, stem, "nation", file)
    parquet = partial(file, to_parquet)
    taking.button(row, n.w.t("Parquet"), parquet, f"{stem}.parquet", PARQUET, "nation_parquet")


def bundle(here: Country, view: NationView, told: dict[str, str]) -> export.Bundle:
    """The tables of the view with what a file tells of it."""
    return export.Bundle(nation_tables(here.n.package, here.nation, view), told)


def to_parquet(b: export.Bundle) -> bytes:
    """The areas as Parquet; the other tables and `about` stand in its metadata, as JSON under `hsc_geo`."""
    import pyarrow as pa  # as late as the file that it writes
    import pyarrow.parquet as pq

    told = {name: table.to_dict("records") for name, table in b.tables.items() if name != "nation"}
    text = json.dumps({"about": dict(b.about), **told}, ensure_ascii=False, default=_plain)
    table = pa.Table.from_pandas(b["nation"], preserve_index=False)
    target = io.BytesIO()
    pq.write_table(
        table.replace_schema_metadata({**(table.schema.metadata or {}), b"hsc_geo": text.encode()}), target
    )
    return target.getvalue()


def _plain(value: object) -> object:
    return None if value is pd.NA else str(value)


def about(here: Country, state: PageState, view: NationView) -> dict[str, str]:
    """Edition, choices, address, day, citation, and what may not be concluded, as they go into a file."""
    n, choice = here.n, view.choice
    query = address_of(n, write(state.values, list(state.params.values())))
    link = page_address(PAGE, query) or f"{PAGE}?{urlencode(query, doseq=True)}"
    title = n.w.t("{figure}, all of the Netherlands", figure=n.indicator(choice.indicator))
    return {
        "title": title,
        "snapshot": n.package.snapshot,
        "nation_snapshot": here.nation.snapshot,
        "contract_version": newest().number,
        "taken_on": n.day().isoformat(),
        "language": n.w.code,
        "address": link,
        "indicator_id": choice.indicator,
        "unit": n.unit(choice.indicator),
        "kind": n.kind(choice.indicator),
        "source": n.source(choice.indicator),
        "year": str(choice.year),
        "age_group": choice.age_group,
        "level": choice.level,
        "classification": view.classes.scheme,
        "boundaries": boundaries_text(here),
        "not_for": no_rank_text(n),
        "citation": cite.apa(n, replace(cite.citation(n, title, link), edition=here.nation.snapshot)),
    }
