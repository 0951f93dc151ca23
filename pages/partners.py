"""Partners: who is near, neighbours of an initiative, what an organisation does, who is missing."""

from hsc_geo.views import partners
from hsc_geo.web import addresses, screen

here = screen.open_page()
partners.draw(here.n, screen.map_assets(here.package), addresses.look_up)
