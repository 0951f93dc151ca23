"""Downloads of what is on the map page: five formats, each with all that it takes to make the view again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from hsc_geo.analysis import export
from hsc_geo.analysis.classify import OWN
from hsc_geo.analysis.explore import View, districts_of
from hsc_geo.analysis.own_areas import with_own
from hsc_geo.data.load import Package
from hsc_geo.domain.versions import newest
from hsc_geo.views.kit import in_python, taking
from hsc_geo.views.kit.address import page_address
from hsc_geo.views.kit.html import quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState, write
from hsc_geo.views.map import embed_code
from hsc_geo.views.map.choices import ENDED, KEYS, NO_FIGURE, TEXT
from hsc_geo.views.map.paper import title
from hsc_geo.views.wording import cite, counted

PAGE = "kaart"
_FILTERS = (*KEYS.values(), TEXT, ENDED)
Make = Callable[[Package, export.Bundle], bytes]
# End of the file's name, media type and maker of each format with geometry.
FORMATS: dict[str, tuple[str, str, Make]] = {
    "geojson": ("-geojson.zip", taking.ZIP, export.to_geojson_zip),
    "gpkg": (".gpkg", "application/geopackage+sqlite3", export.to_geopackage),
}

# Name, end of the file's name, media type and maker of each form of the citation.
CITED: tuple[tuple[str, str, str, Callable[[Names, cite.Citation], str]], ...] = (
    ("APA", ".txt", "text/plain", cite.apa),
    ("BibTeX", ".bib", cite.BIB, lambda _, cited: cite.bibtex(cited)),
    ("RIS", ".ris", cite.RIS, lambda _, cited: cite.ris(cited)),
)


class Taken:
    """What a download of the page takes along: the view as it was drawn last. A file is made when its button is
    clicked, with no page running; so the buttons stay while a filter changes what they give."""

    def take(self, n: Names, state: PageState, view: View) -> None:
        """Keep the view with what a file tells of it."""
        self._view, self._told = view, about(n, state, view)
        self._title = title(n, view, state["sel"])

    def rows(self, n: Names, make: taking.Make) -> bytes:
        """A file of the rows of the view."""
        return self.file(n, lambda _, made: make(made))

    def file(self, n: Names, make: Make) -> bytes:
        """A file of the view, with geometry."""
        package = with_own(n.package, n.own)
        return make(package, export.bundle(package, self._view, self._told, n.small_counts))

    def cited(self, n: Names, write: Callable[[Names, cite.Citation], str]) -> bytes:
        """The citation of the view in one of the CITED forms, with its address and the day of access."""
        return write(n, cite.citation(n, self._title, self._told["address"])).encode()


def draw(n: Names, taken: Taken) -> tuple[DeltaGenerator | None, DeltaGenerator | None]:
    """A button for each format and each form of the citation, and the folds with Python and for other sites: the place
    of each when it is open."""
    w = n.w
    st.header(w.t("Download what you see"), anchor=False)
    text = w.t(
        "Each file can be understood by itself: it holds the areas, the initiatives with their places, what each "
        "figure means and may not be used for, the codes, the classes, the sources, your choices and the edition."
    )
    st.html(quiet(text))
    row, stem = st.container(horizontal=True), f"hsc-geo-{n.package.snapshot}"
    taking.formats(n, row, stem, "download", partial(taken.rows, n))
    labels = {"geojson": w.t("GeoJSON (zip)"), "gpkg": w.t("GeoPackage")}
    for code, (ending, mime, make) in FORMATS.items():
        taking.button(
            row, labels[code], partial(taken.file, n, make), f"{stem}{ending}", mime, f"download_{code}"
        )
    python = in_python.opened(n, "map")
    _cited(n, taken)
    return python, embed_code.fold(n)


def _cited(n: Names, taken: Taken) -> None:
    """The citation of the view as a file for a text or a library of references."""
    row = st.container(horizontal=True, gap="small", vertical_alignment="center")
    row.html(quiet(n.w.t("Cite this map, with its address and your choices:")), width="content")
    for name, ending, mime, make in CITED:
        row.download_button(
            name,
            data=partial(taken.cited, n, make),
            file_name=f"hsc-geo-{n.package.snapshot}{ending}",
            mime=mime,
            key=f"cite_{ending[1:]}",
            on_click="ignore",
            type="tertiary",
        )


def full_address(n: Names, state: PageState, view: View) -> dict[str, list[str]]:
    """Every choice of the view with its value, those that are as usual too, and the day from which it counts: opened
    later, when other things are usual, it gives the same choices."""
    choice = view.choice
    usual = {key: [param.default] for key, param in state.params.items() if param.default}
    settled = {
        "ind": [choice.indicator or NO_FIGURE],
        "year": [str(choice.year)] if choice.year else [],
        "age": [choice.age_group] if choice.age_group else [],
        "level": [choice.level],
    }
    chosen = write(state.values, list(state.params.values()))
    every = {**usual, **chosen, **settled, **{key: [value] for key, value in n.shared().items()}}
    return {key: values for key, values in every.items() if values}


def about(n: Names, state: PageState, view: View) -> dict[str, str]:
    """Edition, choices, address, what counts, day and citation, as they go into a file."""
    query = full_address(n, state, view)
    link = page_address(PAGE, query) or f"{PAGE}?{urlencode(query, doseq=True)}"
    return {
        "title": n.w.t("Healthy society on the map: what is known per district"),
        "snapshot": n.package.snapshot,
        "contract_version": newest().number,
        "taken_on": n.day().isoformat(),
        "counted_from": n.today.isoformat(),
        "language": n.w.code,
        "address": link,
        **_of_figure(n, view),
        **_of_initiatives(n, state, view),
        "citation": cite.apa(n, cite.citation(n, title(n, view, state["sel"]), link)),
        "absence": n.w.t(
            "An initiative that is not in the register can still exist: no row means none known."
        ),
    }


def _of_figure(n: Names, view: View) -> dict[str, str]:
    choice, key = view.choice, view.choice.indicator
    return {
        "figure": n.indicator(key) if key else "",
        "indicator_id": key,
        "unit": n.unit(key) if key else "",
        "kind": n.kind(key) if key else "",
        "table": n.table(key) if key else "",
        "year": str(choice.year or ""),
        "age_group": choice.age_group,
        "level": choice.level,
        **_of_classes(view),
    }


def _of_classes(view: View) -> dict[str, str]:
    """How the classes of the map came about: the scheme, and against what where they are held against the city."""
    classes = view.classes
    if classes is None:
        return {"classification": "", "classes_asked": ""}
    own = view.choice.scheme == OWN
    asked = f"{OWN}, {view.choice.breaks}" if own else f"{view.choice.scheme}, {view.choice.k}"
    told = {"classification": classes.scheme, "classes_asked": asked}
    if classes.thresholds:
        told["thresholds"] = "; ".join(f"{value:.10g}" for value in classes.thresholds)
    if classes.fault:
        told["thresholds_refused"] = str(classes.fault)
    city = classes.yardstick
    if city is None:
        return told
    edges = {"same_within": city.band, "much_from": city.far, "city_value": city.city}
    return told | {key: f"{value:.10g}" for key, value in edges.items()}


def _of_initiatives(n: Names, state: PageState, view: View) -> dict[str, str]:
    chosen = write(state.values, list(state.params.values()))
    here = view.here
    return {
        "filters": "; ".join(f"{key}={','.join(chosen[key])}" for key in _FILTERS if key in chosen),
        "what_counts": counted.view_label(n, view),
        "counted_for": ",".join(districts_of(view.choice)) or "municipality",
        "initiatives_shown": str(view.served.total),
        "initiatives_here": str(here.number),
        "initiatives_city": str(len(here.city)),
        "initiatives_region": str(len(here.region)),
        "initiatives_area_unknown": str(len(here.unknown)),
        "initiatives_in_register": str(len(n.package.initiatives)),
    }
