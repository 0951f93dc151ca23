"""The map or the list of initiatives alone, for a frame on another site."""

from hsc_geo.views.map import embed
from hsc_geo.web import screen

here = screen.open_page()
embed.draw(here.n, screen.map_assets(here.package))
