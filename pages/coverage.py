"""Coverage: which ambitions are served where, as known or as confirmed, and who lives near a known place."""

from hsc_geo.views import coverage
from hsc_geo.web import screen

here = screen.open_page()
coverage.draw(here.package, here.w)
