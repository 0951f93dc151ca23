"""A brief to print or to take along as PDF: of a view of the map, a profile, the coverage, or for a meeting."""

from hsc_geo.views.brief import page
from hsc_geo.web import screen

here = screen.open_page(own_areas=True)
page.draw(here.n)
