"""The floor: pills and one line, nothing else. What a change takes here is Streamlit's own round trip."""

import streamlit as st

from benchmarks.peer_data import filtered

st.set_page_config(layout="wide")
filtered()
