"""Partners: who is near, neighbours of an initiative, what an organisation does, who is missing."""

from hsc_geo.views.partners import page
from hsc_geo.web import addresses, screen

here = screen.open_page()
page.draw(here.n, screen.map_assets(here.package), addresses.look_up)
