"""Review: proposals, journal, what is to be confirmed, import and export. For stewards; closed to everyone else."""

import streamlit as st

from hsc_geo.views.review import page
from hsc_geo.web import addresses, identity, refreshed, register, screen

here = screen.open_page(counts=False)
page.draw(
    here.n,
    screen.map_assets(here.package),
    page.SignIn(identity.configured(), identity.signed_in(), identity.actor, st.login, identity.log_out),
    register.register(),
    register.reason(),
    register.refresh,
    addresses.look_up,
    refreshed.report,
)
