"""What a visitor sees when a page fails: one calm message in both languages, never a stack trace.

The words stand here and not in the catalogue, since the catalogue may be what fails.
"""

from __future__ import annotations

import logging

import streamlit as st

from hsc_geo.data.load import DataError
from hsc_geo.views.kit.words import LANGUAGES, Words
from hsc_geo.web.metrics import ERRORS

_LOGGER = logging.getLogger("hsc_geo")

PAGE_FAILED = (
    "**Deze pagina kan nu niet worden getoond.** Laad de pagina opnieuw; blijft het zo, "
    "meld het dan aan de beheerder.\n\n"
    "**This page cannot be shown now.** Load the page again; if it stays so, tell the administrator."
)
NO_DATA = (
    "**De gegevens kunnen nu niet worden gelezen.** De beheerder vindt hieronder wat er mis is.\n\n"
    "**The data cannot be read now.** Below the administrator finds what is wrong."
)


def show_script_error(error: Exception) -> bool:
    """Log an error of a page and show a message in its place; True tells Streamlit to show nothing more."""
    if isinstance(error, DataError):
        _LOGGER.error("The data cannot be read: %s", error)
        show_data_error(error)
    else:
        _LOGGER.error("A page failed", exc_info=error)
        ERRORS.labels("page").inc()
        st.error(PAGE_FAILED)
    return True


def show_data_error(error: DataError) -> None:
    """The one message on a page whose data cannot be read: what is wrong and the mend."""
    ERRORS.labels("data").inc()
    st.error(NO_DATA)
    told = "\n".join(data_error_text(Words(each), error) for each in LANGUAGES)
    st.code(told, language=None, wrap_lines=True)


def data_error_text(w: Words, error: DataError) -> str:
    """The file, what is wrong with it, and the mend, on one line."""
    return f"{error.file}: {w.told(error.wrong)}; {w.told(error.mend)}"
