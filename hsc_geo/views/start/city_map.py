"""The map of the start page: need of each district as darkness, and in it how many initiatives are known.

It is a picture of our own with links over it, so that it stands there with the page and fetches nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import shapely
from markupsafe import Markup

from hsc_geo.analysis.counting import count_for
from hsc_geo.analysis.matrix import ALL
from hsc_geo.analysis.need_beside import INDISTINCT
from hsc_geo.analysis.serving import DISTRICT
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.views.coverage.words.verdict import need_beside_text
from hsc_geo.views.kit.html import joined, markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.maps.colours import ramp
from hsc_geo.views.paper import svg
from hsc_geo.views.paper.html_page import picture_address
from hsc_geo.views.paper.map_svg import WIDTH, dots, frame, shapes
from hsc_geo.views.start import words
from hsc_geo.views.start.answers import Cockpit
from hsc_geo.views.start.matrix import address

THIRDS = ramp(3)
NOT_KNOWN = "#f3f3f1"
DETAIL = 12.0  # metres that a drawn boundary may be off
EVERY_NAME = 20  # districts, all of which are named even where names run over each other
NAME = 14  # letters of a name in one line
# In points of the picture: how far a name may move, the nearest first; and how large its letters are at most.
STEPS = sorted(
    ((dx, dy) for dy in range(-28, 29, 7) for dx in range(-24, 25, 12)),
    key=lambda step: step[0] ** 2 + step[1] ** 2,
)
LETTERS, STRONG, LEAST = 10.2, 12.6, 10.5  # the last: half the height of what can be pressed


@dataclass(frozen=True)
class District:
    """A district on the map. third: of need, 0 to 2, None not known. known: initiatives of its own. text: in words.
    doubt: need is not distinguishable from that of the city."""

    code: str
    third: int | None
    known: int
    text: str
    doubt: bool = False

    @property
    def fill(self) -> str:
        """Its colour: darker is more need."""
        return NOT_KNOWN if self.third is None else THIRDS[self.third]


@dataclass(frozen=True)
class Spot:
    """A name on the map, with its middle at x, y in points of the picture."""

    lines: tuple[str, ...]
    strong: bool
    x: float
    y: float

    @property
    def half(self) -> tuple[float, float]:
        """Half its width and height; the number takes some letters of the last line."""
        size = STRONG if self.strong else LETTERS
        letters = max(len(self.lines[-1]) + 3, *map(len, self.lines))
        return letters * size * svg.LETTER / 2 + 2, max(LEAST, len(self.lines) * size * 0.58 + 4.5)

    def over(self, other: Spot) -> bool:
        """Whether two names run over each other."""
        (w, h), (v, g) = self.half, other.half
        return abs(self.x - other.x) < w + v and abs(self.y - other.y) < h + g


def districts(n: Names, found: Cockpit) -> list[District]:
    """The districts, the focus ones last so that their outline is drawn over the others."""
    codes = map(str, n.package.areas.index[n.package.areas["level"] == DISTRICT])
    ordered = sorted(codes, key=lambda code: (code in found.areas, code))
    return [_district(n, found, code) for code in ordered]


def _district(n: Names, found: Cockpit, code: str) -> District:
    gaps = found.gaps.get(ALL)
    level: Any = gaps.table.at[code, "need_tercile"] if gaps else None
    third = None if pd.isna(level) else int(level)
    known = count_for(n.package, code).number
    text, doubt = (
        words.district_text(n, found, code, third, known),
        gaps is not None and code in gaps.indistinct,
    )
    return District(code, third, known, text, doubt)


def city_map(n: Names, found: Cockpit) -> Markup:
    """The picture with a link in each district, and its legend."""
    shown, height = districts(n, found), frame(n.package).height
    drawn = _picture(n.package, shown, found.areas)
    first = sorted(shown, key=lambda each: each.code not in found.areas)
    spots = _spots(n, first, found.areas)
    return markup(
        '<figure class="hsc-city"><figcaption class="hsc-maptitle">{} <small>{}</small></figcaption>'
        '<div style="aspect-ratio:{}"><img alt="{}" src="{}">{}{}</div>{}</figure>',
        words.map_title(n),
        words.map_note(n),
        f"{WIDTH:.0f}/{height:.0f}",
        words.described(n, [each.text for each in first]),
        picture_address(drawn),
        joined(_shape(n, each) for each in shown),
        joined(_name(n, each, spots[each.code]) for each in first if each.code in spots),
        _legend(n, shown),
    )


def _picture(package: Package, shown: list[District], focus: tuple[str, ...]) -> str:
    rings, height = _rings(package), frame(package).height
    areas = joined(
        svg.path(rings[each.code], each.fill, "#ffffff", 0.8) for each in shown if each.code in rings
    )
    areas += joined(dots(package, WIDTH, each.code) for each in shown if each.doubt and each.code in rings)
    lines = joined(svg.path(rings[code], "none", svg.FOCUS, 2.4) for code in focus if code in rings)
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}">{}{}</svg>'
    return str(markup(head, svg.number(WIDTH), svg.number(height), areas, lines))


@per_package(maxsize=1)
def _rings(package: Package) -> dict[str, list[np.ndarray]]:
    """District -> its boundary in the points of the picture."""
    at = frame(package)
    found = {}
    for code, shape in shapes(package).items():
        if package.areas.at[code, "level"] == DISTRICT:
            rings = shapely.get_rings(shapely.get_parts(shapely.simplify(shape, DETAIL)))
            found[code] = [at.points(shapely.get_coordinates(ring)) for ring in rings]
    return found


def _link(n: Names, code: str) -> str:
    return address(n, "kaart", sel=code)


def _shape(n: Names, each: District) -> Markup:
    """The whole of a district to press, for who points; who uses keys or hears the page has its name."""
    rings = _rings(n.package).get(each.code, [])
    ground = 100 / np.array([WIDTH, frame(n.package).height])
    largest = max(rings, key=len, default=np.empty((0, 2))) * ground
    corners = ",".join(f"{x:.1f}% {y:.1f}%" for x, y in largest)
    return markup(
        '<a href="{}" title="{}" tabindex="-1" aria-hidden="true" style="clip-path:polygon({})"></a>',
        _link(n, each.code),
        each.text,
        corners,
    )


def _name(n: Names, each: District, spot: Spot) -> Markup:
    """The name of a district with its number, as a link."""
    known = n.w.number(each.known) if each.known else "–"
    lines = joined(spot.lines, Markup("<br>"))
    return markup(
        '<a class="{}" href="{}" style="left:{:.1f}%;top:{:.1f}%" aria-label="{}">{} <strong>{}</strong></a>',
        "focus" if spot.strong else "",
        _link(n, each.code),
        100 * spot.x / WIDTH,
        100 * spot.y / frame(n.package).height,
        each.text,
        lines,
        known,
    )


def _spots(n: Names, shown: list[District], focus: tuple[str, ...]) -> dict[str, Spot]:
    """Where each name stands: in its district, moved where it would run over another. Of many districts
    only those whose name finds room: the others are in the table of the map, and told by their shape."""
    at, known, taken = frame(n.package), shapes(n.package), dict[str, Spot]()
    for each in (each for each in shown if each.code in known):
        x, y = at.points(shapely.get_coordinates(known[each.code].representative_point()))[0]
        lines = tuple(svg.wrapped(n.area_or_focus(each.code), NAME))
        tried = [Spot(lines, each.code in focus, float(x + dx), float(y + dy)) for dx, dy in STEPS]
        free = (spot for spot in tried if not any(spot.over(other) for other in taken.values()))
        spot = next(free, tried[0] if len(shown) <= EVERY_NAME or each.code in focus else None)
        if spot:
            taken[each.code] = spot
    return taken


def _legend(n: Names, shown: list[District]) -> Markup:
    entries = [
        markup(
            '<li><span class="hsc-swatch" style="background:{}"></span>{}</li>',
            colour,
            words.need_name(n, third),
        )
        for third, colour in enumerate(THIRDS)
    ]
    if any(each.doubt for each in shown):
        told = need_beside_text(n, INDISTINCT)
        entries.append(markup('<li><span class="hsc-swatch doubt"></span>{}</li>', told))
    if any(each.third is None for each in shown):
        entries.append(markup('<li><span class="hsc-swatch"></span>{}</li>', words.need_name(n, None)))
    if n.focus():
        entries.append(markup('<li><span class="hsc-swatch focus"></span>{}</li>', n.w.t("focus district")))
    return markup('<ul class="hsc-legend">{}</ul>', joined(entries))
