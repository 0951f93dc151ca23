"""The server: `streamlit run app.py`, or `uvicorn app:app` in this folder."""

import streamlit as st

from hsc_geo.web.errors import show_script_error
from hsc_geo.web.server import parts

_parts = parts()

app = st.App(
    "pages/site.py",
    routes=_parts.routes,
    middleware=_parts.middleware,
    lifespan=_parts.lifespan,
    secrets=_parts.secrets,
    on_script_error=show_script_error,
)
