"""Research: tables of initiatives, figures over areas, and how they go together."""

from hsc_geo.views.research import page
from hsc_geo.web import screen

here = screen.open_page(own_areas=True)
page.draw(here.n)
