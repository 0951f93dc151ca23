"""The least that Streamlit can be asked: a page of one line, without data."""

import streamlit as st

st.write("Leiden")
