"""What is drawn in the map's frame, read from its elements."""

from __future__ import annotations

from collections import Counter
from typing import Any

from playwright.sync_api import ElementHandle, Frame, Page

from tests.browser.profiles import POLLING

HATCH = "url(#hsc-hatch)"
DRAWN = """() => {
  const box = document.querySelector("#map_div");
  const areas = document.querySelectorAll(".leaflet-hsc-areas-pane path");
  return box && box.dataset.ready === "yes" && window.hscMap.view.high && areas.length > 0;
}"""
# A point of the screen where this element, and nothing above it, is hit: the middle-most of a fine net of points.
FREE_POINT = """(target) => {
  const box = target.getBoundingClientRect();
  const middle = [box.x + box.width / 2, box.y + box.height / 2];
  let best = null;
  for (let i = 1; i < 24; i += 1) for (let j = 1; j < 24; j += 1) {
    const x = box.x + box.width * i / 24, y = box.y + box.height * j / 24;
    if (x < 2 || y < 2 || x > innerWidth - 2 || y > innerHeight - 2) continue;
    if (document.elementFromPoint(x, y) !== target) continue;
    const far = Math.hypot(x - middle[0], y - middle[1]);
    if (!best || far < best[2]) best = [x, y, far];
  }
  return best;
}"""
# The name of the initiative of a circle, from the layer that holds the circle.
NAME_AT = """(target) => {
  let found = null;
  hscMap.places.group.eachLayer((layer) => {
    if (layer.getElement().contains(target)) found = layer.toGeoJSON().properties.ids[0];
  });
  return hscMap.people.names[hscMap.people.ids.indexOf(found)];
}"""
SHOWS = """(code) => {
  const area = hscMap.areas.byCode[code];
  const bounds = area ? area.getBounds() : L.latLngBounds(hscMap.config.bounds);
  const corners = [bounds.getNorthWest(), bounds.getSouthEast()];
  const [one, other] = corners.map((at) => hscMap.map.latLngToContainerPoint(at));
  const inside = hscMap.map.getBounds().contains(bounds);
  return inside && Math.max(other.x - one.x, other.y - one.y) > 0.3 * Math.min(innerWidth, innerHeight);
}"""
CIRCLE_OF = """(key) => {
  let found = null;
  hscMap.places.group.eachLayer((layer) => {
    if (layer.toGeoJSON().properties.ids.includes(key)) found = layer.getElement().querySelector(".hsc-place");
  });
  return found;
}"""


class MapOnScreen:
    """The map of a page. Reading it waits until it is drawn."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.iframe = page.locator("iframe")
        self.iframe.wait_for()
        frame = self.iframe.element_handle().content_frame()
        assert frame is not None
        self.frame: Frame = frame
        frame.wait_for_function(DRAWN, polling=POLLING)

    def fills(self) -> Counter[str]:
        """How many areas are drawn in each colour."""
        paths = self.frame.locator(".leaflet-hsc-areas-pane path")
        return Counter(paths.evaluate_all("paths => paths.map(path => path.getAttribute('fill'))"))

    def areas(self) -> int:
        """How many areas are drawn."""
        return self.frame.locator(".leaflet-hsc-areas-pane path").count()

    def focus_outlines(self) -> int:
        """How many outlines stand in the colour of the focus districts."""
        return self.frame.locator('.leaflet-hsc-focus-pane path[stroke="#b3400a"]').count()

    def names(self) -> list[str]:
        """The names that are written on the map."""
        return self.frame.locator(".hsc-name > span").all_inner_texts()

    def zoom(self) -> float:
        """How far the map is zoomed in; -1 while it is on its way."""
        return self.frame.evaluate("document.querySelector('.leaflet-zoom-anim') ? -1 : hscMap.map.getZoom()")

    def initiatives_drawn(self) -> int:
        """The initiatives at a place: the numbers in the circles, one for a circle without a number."""
        texts = self.frame.locator(".hsc-place").all_inner_texts()
        return sum(int(text or "1") for text in texts)

    def for_everyone(self) -> int:
        """The circles with a double ring: of what is there for the whole city or the region alone."""
        return self.frame.locator(".hsc-place.hsc-wide").count()

    def known_to_area_only(self) -> int:
        """The sum of the numbers in dashed squares."""
        return sum(map(int, self.frame.locator(".hsc-only").all_inner_texts()))

    def shows(self, code: str) -> bool:
        """Whether an area fills the map: all of it is in sight, and it is not small there."""
        return bool(self.frame.evaluate(SHOWS, code))

    def mark(self) -> None:
        """Leave a mark in the frame that a reload would wipe out."""
        self.frame.evaluate("window.__mark = 'still here'")

    def kept(self) -> bool:
        """Whether the frame is the one that was marked."""
        return self.frame.evaluate("window.__mark") == "still here"

    def area_point(self, code: str, scroll: bool = True) -> tuple[float, float]:
        """A point on the page where a click hits this area; the map is scrolled into view first, or is not."""
        path = self.frame.evaluate_handle("code => hscMap.areas.byCode[code].getElement()", code)
        return self.on_page(self.frame.evaluate(FREE_POINT, path), f"area {code}", scroll)

    def place(self) -> tuple[tuple[float, float], str]:
        """A point on the page where a click hits a circle of one initiative, and the initiative's name."""
        for circle in self.frame.locator(".hsc-place").all():
            point = None if circle.inner_text() else self.frame.evaluate(FREE_POINT, circle.element_handle())
            if point:
                name = self.frame.evaluate(NAME_AT, circle.element_handle())
                return self.on_page(point, "a circle"), name
        raise AssertionError("no circle of one initiative can be hit")

    def circle_of(self, key: str) -> ElementHandle:
        """The circle that stands for an initiative."""
        return self.frame.evaluate_handle(CIRCLE_OF, key).as_element()

    def on_page(self, point: Any, what: str, scroll: bool = True) -> tuple[float, float]:
        """A point of the frame as a point of the page."""
        assert point, f"{what} is covered or outside of the map"
        if scroll:
            self.iframe.scroll_into_view_if_needed()
        box = self.iframe.bounding_box()
        assert box is not None
        return box["x"] + point[0], box["y"] + point[1]

    def tip(self) -> str:
        """The text of the tooltip that is open."""
        tip = self.frame.locator(".hsc-tip")
        tip.wait_for()
        return tip.inner_text()

    def pictures(self) -> str:
        """The tiles of the background: `whole` when all are drawn from the service, `clear` when all are clear."""
        sizes = set(
            self.frame.locator("img.leaflet-tile").evaluate_all(
                "tiles => tiles.map(tile => tile.complete && tile.classList.contains('leaflet-tile-loaded')"
                " ? tile.naturalWidth : 0)"
            )
        )
        return {(256,): "whole", (1,): "clear"}.get(tuple(sizes), str(sizes))
