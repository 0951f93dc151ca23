"""Coverage: what is known where, who lives near, where need is high and nothing known, and what could come next."""

from hsc_geo.views.coverage import page
from hsc_geo.web import screen

here = screen.open_page(own_areas=True)
page.draw(here.n, screen.map_assets(here.package))
