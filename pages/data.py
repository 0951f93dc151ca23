"""Data and method: indicators, sources, the register, data quality, accessibility."""

from hsc_geo.views.data import page
from hsc_geo.web import editions, screen
from hsc_geo.web.bulk import figures_urls
from hsc_geo.web.paths import api_address

here = screen.open_page()
page.draw(here.n, figures_urls(), api_address(), editions.shelf().all())
