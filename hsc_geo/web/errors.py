"""What a visitor sees when a page fails: one calm message in both languages, never a stack trace.

The words stand here and not in the catalogue, since the catalogue may be what fails.
"""

from __future__ import annotations

import logging

import streamlit as st

from hsc_geo.data.load import DataError

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
        st.error(PAGE_FAILED)
    return True


def show_data_error(error: DataError) -> None:
    """The one message on a page whose data cannot be read: what is wrong and the mend."""
    st.error(NO_DATA)
    st.code(str(error), language=None, wrap_lines=True)
