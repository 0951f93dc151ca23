"""Start: the three questions, the focus districts in six figures, and how fresh the register is."""

from hsc_geo.views import start
from hsc_geo.web import screen

here = screen.open_page()
start.draw(here.n, map_page="map.py", data_page="data.py")
