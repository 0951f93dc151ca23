"""The pictures of a document: a chart, a plot or a map as SVG text."""

from __future__ import annotations

from hsc_geo.data.load import Package
from hsc_geo.views.paper import chart_svg, map_svg, plot_svg
from hsc_geo.views.paper.model import Chart, Map, Plot


def drawing(package: Package, block: Chart | Plot | Map, width: float | None = None) -> str:
    """A chart, plot or map as SVG text; of a plot and a map as wide as asked (points), else as they usually are."""
    if isinstance(block, Chart):
        return chart_svg.draw(block)
    if isinstance(block, Plot):
        return plot_svg.draw(block, width or plot_svg.WIDTH)
    return map_svg.draw(package, block, width or map_svg.WIDTH)
