"""Data and method: indicators, sources, the register, data quality, accessibility."""

from hsc_geo.views import data_page
from hsc_geo.web import screen

here = screen.open_page()
data_page.draw(here.n)
