"""What to take along of an answer: its rows as files, and how to cite it. Made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from hsc_geo.analysis import export
from hsc_geo.views.kit.html import quiet
from hsc_geo.views.kit.names import Names

ZIP, XLSX = "application/zip", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Make = Callable[[export.Bundle], bytes]
# End of the file's name, media type and maker of each format.
FORMATS: dict[str, tuple[str, str, Make]] = {
    "csv": ("-csv.zip", ZIP, export.to_csv_zip),
    "excel_csv": ("-excel-nl.zip", ZIP, export.to_excel_csv_zip),
    "xlsx": (".xlsx", XLSX, export.to_xlsx),
}
Kind = Literal["secondary", "tertiary"]
Text = tuple[str, str, str, str]  # what its button says, how its file ends, its media type, and the text


def rows(n: Names, bundle: Callable[[], export.Bundle], stem: str) -> None:
    """A button for each format of the rows of an answer. stem: how the names of the files begin."""
    w = n.w
    st.header(w.t("Take the rows along"), anchor=False)
    st.html(
        quiet(
            w.t(
                "Each file holds the rows of this answer, what each column means, your choices and the source."
            )
        )
    )
    place = st.container(horizontal=True)
    formats(n, place, stem, "rows", partial(_file, bundle))


def formats(n: Names, place: DeltaGenerator, stem: str, key: str, file: Callable[[Make], bytes]) -> None:
    """A button for each format. key: how those of the buttons begin; file: makes the file when one is pressed."""
    labels = {
        "csv": n.w.t("CSV (zip)"),
        "excel_csv": n.w.t("CSV for Excel, Dutch (zip)"),
        "xlsx": n.w.t("Excel (XLSX)"),
    }
    for code, (ending, mime, make) in FORMATS.items():
        button(place, labels[code], partial(file, make), f"{stem}{ending}", mime, f"{key}_{code}")


def cited(n: Names, text: str, files: Sequence[Text], stem: str) -> None:
    """The citation of an answer as text and as files."""
    st.header(n.w.t("Cite this answer"), anchor=False)
    st.code(text, language=None, wrap_lines=True)
    place = st.container(horizontal=True)
    for label, ending, media, content in files:
        button(place, label, content.encode, f"{stem}.{ending}", media, f"cite_{ending}")


def button(
    place: DeltaGenerator,
    label: str,
    make: Callable[[], bytes],
    name: str,
    mime: str,
    key: str,
    kind: Kind = "secondary",
) -> None:
    """A button that makes a file when it is pressed; the page does not run again for it."""
    place.download_button(label, data=make, file_name=name, mime=mime, key=key, on_click="ignore", type=kind)


def _file(bundle: Callable[[], export.Bundle], make: Make) -> bytes:
    return make(bundle())
