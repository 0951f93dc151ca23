"""District profile: one area, or a few side by side, beside the city and the country."""

from hsc_geo.views.profile import page
from hsc_geo.web import screen

here = screen.open_page(own_areas=True)
page.draw(here.n)
