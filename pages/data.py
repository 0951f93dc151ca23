"""Data and method: indicators, sources, the register, data quality, accessibility."""

from hsc_geo.views.data import page
from hsc_geo.web import editions, screen
from hsc_geo.web.bulk import figures_urls
from hsc_geo.web.paths import api_address

here = screen.open_page()
files = figures_urls(here.n.edition.name if here.n.edition else "")
page.draw(here.n, files, api_address(), editions.shelf().all())
