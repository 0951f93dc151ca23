"""The server: `streamlit run app.py`, or `uvicorn app:app` in this folder."""

import gc

import streamlit as st

gc.disable()  # until the server has warmed up: all that is imported stays, and looking through it takes time

from hsc_geo.web.errors import show_script_error  # noqa: E402
from hsc_geo.web.server import parts  # noqa: E402

_parts = parts()

app = st.App(
    "pages/site.py",
    routes=_parts.routes,
    middleware=_parts.middleware,
    lifespan=_parts.lifespan,
    secrets=_parts.secrets,
    on_script_error=show_script_error,
)
