"""Start: the three questions, the focus districts in six figures, and how fresh the register is."""

from hsc_geo.views.start import page
from hsc_geo.web import screen

here = screen.open_page()
page.draw(here.n, map_page="map.py", data_page="data.py")
