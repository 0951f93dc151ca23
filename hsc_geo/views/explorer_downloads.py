"""Downloads of what is on the map page: four formats, each with dictionary, sources, filters and snapshot inside."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from urllib.parse import urlencode

import streamlit as st

from hsc_geo.analysis import export
from hsc_geo.analysis.explore import View
from hsc_geo.views import partners_embed_code
from hsc_geo.views.explorer_state import KEYS, TEXT
from hsc_geo.views.html import quiet
from hsc_geo.views.names import Names
from hsc_geo.views.state import PageState, write


def draw(n: Names, state: PageState, view: View) -> None:
    """Four buttons and the text to cite."""
    w = n.w
    st.header(w.t("Download what you see"), anchor=False)
    st.html(
        quiet(
            w.t(
                "Each file holds the areas and the initiatives of this view, a dictionary, the sources, your choices "
                "and the edition."
            )
        )
    )
    stem = f"hsc-geo-{n.package.snapshot}"
    formats: list[tuple[str, str, str, Callable[[export.Bundle], bytes]]] = [
        ("CSV (zip)", f"{stem}.zip", "application/zip", export.to_csv_zip),
        (
            "Excel (XLSX)",
            f"{stem}.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            export.to_xlsx,
        ),
        ("GeoJSON", f"{stem}.geojson", "application/geo+json", lambda b: export.to_geojson(n.package, b)),
        (
            "GeoPackage",
            f"{stem}.gpkg",
            "application/geopackage+sqlite3",
            lambda b: export.to_geopackage(n.package, b),
        ),
    ]
    told = about(n, state, view)  # now: the file is made later, when no page is running
    row = st.container(horizontal=True)
    for label, name, mime, make in formats:
        row.download_button(
            label,
            data=partial(_file, n, view, told, make),
            file_name=name,
            mime=mime,
            key=f"download_{label}",
            on_click="ignore",
        )
    st.html(quiet(citation(n)))
    partners_embed_code.offer(n, state)


def _file(n: Names, view: View, told: dict[str, str], make: Callable[[export.Bundle], bytes]) -> bytes:
    return make(export.bundle(n.package, view, told))


def citation(n: Names) -> str:
    """How to cite this edition."""
    return n.w.t(
        "Cite as: Leiden Healthy Society Center, hsc_geo, edition {snapshot}; figures by the sources that the "
        "file names.",
        snapshot=n.package.snapshot,
    )


def about(n: Names, state: PageState, view: View) -> dict[str, str]:
    """Snapshot, choices and citation, as they go into a file."""
    address = write(state.values, list(state.params.values()))
    choice = view.choice
    return {
        "snapshot": n.package.snapshot,
        "language": n.w.code,
        "figure": n.indicator(choice.indicator) if choice.indicator else "",
        "indicator_id": choice.indicator,
        "unit": n.unit(choice.indicator) if choice.indicator else "",
        "kind": n.kind(choice.indicator) if choice.indicator else "",
        "table": str(n.package.indicators.at[choice.indicator, "table_id"]) if choice.indicator else "",
        "year": str(choice.year or ""),
        "age_group": choice.age_group,
        "level": choice.level,
        "classification": f"{choice.scheme}, {choice.k}",
        "filters": "; ".join(
            f"{key}={','.join(address[key])}" for key in [*KEYS.values(), TEXT] if key in address
        ),
        "address": urlencode(address, doseq=True),
        "initiatives_shown": str(view.served.total),
        "initiatives_in_register": str(len(n.package.initiatives)),
        "citation": citation(n),
        "absence": n.w.t(
            "An initiative that is not in the register can still exist: no row means none known."
        ),
    }
