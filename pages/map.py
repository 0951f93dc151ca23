"""Map: any figure by district or neighbourhood with the initiatives known, filtered by every facet."""

from hsc_geo.views.map import page
from hsc_geo.web import screen

here = screen.open_page()
page.draw(here.n, screen.map_assets(here.package), screen.nation_assets())
