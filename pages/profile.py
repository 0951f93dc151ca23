"""District profile: one area, or a few side by side, beside the city and the country."""

from hsc_geo.views import profile
from hsc_geo.web import screen

here = screen.open_page()
profile.draw(here.n)
