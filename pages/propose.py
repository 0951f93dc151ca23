"""Propose: a new initiative, a correction, an end, a confirmation, a question or a comment, without an account."""

from hsc_geo.views.propose import page
from hsc_geo.views.propose.choices import Letterbox
from hsc_geo.web import addresses, metrics, register, screen

here = screen.open_page(counts=False)
letterbox = Letterbox(
    register.register,
    register.reason,
    register.visitor,
    metrics.proposal,
    addresses.look_up,
    addresses.asks(),
)
page.draw(here.n, screen.map_assets(here.package), letterbox)
