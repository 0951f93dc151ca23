"""The site: its pages and what stands around each of them."""

import streamlit as st

from hsc_geo.web import identity, metrics, screen, site_paths

st.set_page_config(layout="wide", page_icon=str(screen.ICON), initial_sidebar_state="auto")
w = screen.frame()
pages = [
    st.Page("start.py", title=w.t("Start"), default=True),
    st.Page("map.py", title=w.t("Map"), url_path=site_paths.MAP),
    st.Page("coverage.py", title=w.t("Coverage"), url_path=site_paths.COVERAGE),
    st.Page("profile.py", title=w.t("District profile"), url_path=site_paths.PROFILE),
    st.Page("partners.py", title=w.t("Partners"), url_path=site_paths.PARTNERS),
    st.Page("research.py", title=w.t("Research"), url_path=site_paths.RESEARCH),
    st.Page("changes.py", title=w.t("What changed"), url_path=site_paths.CHANGES),
    st.Page("propose.py", title=w.t("Propose"), url_path=site_paths.PROPOSE),
    st.Page("embed.py", title=w.t("Map or list in a frame"), url_path=site_paths.EMBED, visibility="hidden"),
    st.Page("brief.py", title=w.t("Paper for a meeting"), url_path=site_paths.BRIEF, visibility="hidden"),
    st.Page("review.py", title=w.t("Review"), url_path=site_paths.REVIEW, visibility=identity.menu()),
    st.Page("data.py", title=w.t("Data and method"), url_path=site_paths.DATA),
]
page = st.navigation(pages, position="top")
screen.search(w, page, pages)
with metrics.page_run(page.url_path):
    page.run()
screen.footer(w)
