"""What changed: in the register and the figures, since a day, of an area and an ambition."""

from hsc_geo.views.changes import page
from hsc_geo.web import screen
from hsc_geo.web.paths import feed_address

here = screen.open_page(own_areas=True)
page.draw(here.n, feed_address())
