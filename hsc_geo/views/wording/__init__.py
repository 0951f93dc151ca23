"""Things of the field in words, for screen and paper; without Streamlit."""
