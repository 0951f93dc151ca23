"""What to take along of a part: its rows as files, its pictures, and how to cite it. Made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Literal
from urllib.parse import urlencode

import streamlit as st

from hsc_geo.analysis import export
from hsc_geo.views.kit.address import address_of, page_address
from hsc_geo.views.kit.html import quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState, write
from hsc_geo.views.paper import take as papers
from hsc_geo.views.paper.model import Map, Plot
from hsc_geo.views.research import files
from hsc_geo.views.research.result import Result
from hsc_geo.views.wording import cite

PAGE = "onderzoek"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Make = Callable[[export.Bundle], bytes]
# End of the file's name, media type and maker of each format.
FORMATS: dict[str, tuple[str, str, Make]] = {
    "csv": ("-csv.zip", "application/zip", export.to_csv_zip),
    "excel_csv": ("-excel-nl.zip", "application/zip", export.to_excel_csv_zip),
    "xlsx": (".xlsx", XLSX, export.to_xlsx),
}


def draw(n: Names, state: PageState, found: Result) -> None:
    """A button for each format of the rows, where the answer has any, and the citation as text and as files."""
    w = n.w
    link = _link(n, state)
    cited = cite.citation(n, found.title, link)
    stem = files.stem(n, found.title)
    if found.listing.rows:
        _rows(n, found, cited, stem)
    st.header(w.t("Cite this answer"), anchor=False)
    st.code(cite.apa(n, cited), language=None, wrap_lines=True)
    row = st.container(horizontal=True)
    _button(row, "BibTeX", partial(_text, cite.bibtex(cited)), f"{stem}.bib", cite.BIB, "cite_bib")
    _button(row, "RIS", partial(_text, cite.ris(cited)), f"{stem}.ris", cite.RIS, "cite_ris")


def _rows(n: Names, found: Result, cited: cite.Citation, stem: str) -> None:
    w = n.w
    st.header(w.t("Take the rows along"), anchor=False)
    st.html(
        quiet(
            w.t(
                "Each file holds the rows of this answer, what each column means, your choices and the source."
            )
        )
    )
    row = st.container(horizontal=True)
    labels = {
        "csv": w.t("CSV (zip)"),
        "excel_csv": w.t("CSV for Excel, Dutch (zip)"),
        "xlsx": w.t("Excel (XLSX)"),
    }
    for code, (ending, mime, make) in FORMATS.items():
        _button(
            row, labels[code], partial(_file, n, found, cited, make), f"{stem}{ending}", mime, f"rows_{code}"
        )


def pictures(n: Names, found: Result, picture: Plot | Map, i: int) -> None:
    """A picture as SVG and as PNG."""
    row = st.container(horizontal=True, gap="small")
    stem = files.stem(n, found.title)
    for form in (papers.SVG, papers.PNG):
        make = partial(files.picture, n, found, picture, form)
        _button(
            row,
            form.upper(),
            make,
            f"{stem}-{i + 1}.{form}",
            papers.MEDIA[form],
            f"picture_{i}_{form}",
            "tertiary",
        )


Kind = Literal["secondary", "tertiary"]


def _button(
    row: st.delta_generator.DeltaGenerator,
    label: str,
    make: Callable[[], bytes],
    name: str,
    mime: str,
    key: str,
    kind: Kind = "secondary",
) -> None:
    row.download_button(label, data=make, file_name=name, mime=mime, key=key, on_click="ignore", type=kind)


def _file(n: Names, found: Result, cited: cite.Citation, make: Make) -> bytes:
    return make(files.bundle(n, found, cited))


def _text(text: str) -> bytes:
    return text.encode()


def _link(n: Names, state: PageState) -> str:
    """The address of this answer, with the day from which it counts."""
    query: Mapping[str, list[str]] = address_of(n, write(state.values, list(state.params.values())))
    return page_address(PAGE, query) or f"{PAGE}?{urlencode(query, doseq=True)}"
