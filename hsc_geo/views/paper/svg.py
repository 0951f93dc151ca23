"""Small pieces of SVG, drawn from numbers and escaped text. Attributes only: no style sheet, script or address."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

import numpy as np
from markupsafe import Markup

from hsc_geo.views.kit.html import joined, markup
from hsc_geo.views.maps import colours
from hsc_geo.views.paper.plain import BREAK, plain

# The PDF brings the first along; a browser that lacks it takes one that is no wider.
FONT = "Libertinus Serif, Times New Roman, Liberation Serif, serif"
SCREEN_FONT = "system-ui, sans-serif"  # a picture in a page cannot take the page's own letters
INK, QUIET, LINE, PAPER = colours.INK, "#4a5560", "#9aa4ab", "#ffffff"
ON_DARK, DARK_GROUND = "#eef2f5", "#141b23"  # letters and ground of the dark theme (.streamlit/config.toml)
FOCUS, PLACE, MISSING, MISSING_GROUND = (
    colours.FOCUS,
    colours.PLACE,
    colours.MISSING,
    colours.MISSING_GROUND,
)
LETTER = 0.48  # mean width of a letter as a share of its size, a little more than the font has
LONGEST_LABEL = 80
_TEXT = re.compile(r'(<text [^>]*font-size="([\d.]+)"[^>]*)>([^<]+)</text>')
# How wide letters are as a share of their size; others take half of it.
_WIDTHS = (
    ("ijl.,:;'|!·", 0.28),
    (" ()-frtsIJ", 0.36),
    ("ABCDEFGHKLNOPQRSTUVXYZ", 0.64),
    ("mwMW%–", 0.8),
)


def picture(width: float, height: float, parts: Iterable[Markup]) -> Markup:
    """A whole SVG document; lengths in points (1/72 inch), as on paper at full size."""
    return markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" width="{}" height="{}">{}{}</svg>',
        number(width),
        number(height),
        number(width),
        number(height),
        box(0, 0, width, height, PAPER),
        joined(parts),
    )


def number(value: float) -> str:
    """A coordinate with at most two decimals."""
    return f"{float(value):.2f}".rstrip("0").rstrip(".") or "0"


def words(
    x: float,
    y: float,
    text: str,
    size: float = 8.0,
    color: str = INK,
    anchor: str = "start",
    weight: int = 400,
) -> Markup:
    """Text with its baseline at y."""
    return markup(
        '<text x="{}" y="{}" font-family="{}" font-size="{}" font-weight="{}" fill="{}" text-anchor="{}">{}</text>',
        number(x),
        number(y),
        FONT,
        number(size),
        weight,
        color,
        anchor,
        label(text),
    )


def label(text: str, longest: int = LONGEST_LABEL) -> str:
    """A text as it can stand in a picture: one line, no breaks, not too long."""
    shown = " ".join(plain(text, "", longest).replace(BREAK, "").split())
    return shown.removesuffix(" ()")


def text_width(text: str, size: float) -> float:
    """How wide a text will be, at most, in points."""
    return len(text) * size * LETTER


def held(drawn: str) -> str:
    """A drawing for a browser, which may lack the font: no text is wider than the letters that were counted on."""
    return _TEXT.sub(lambda found: f"{found[1]} {_length(found)}>{found[3]}</text>", drawn)


def lettered(drawn: str) -> str:
    """A drawing as a paper in a page: in the letters of the browser, on its own white ground in the dark theme too, for
    it is printed."""
    return held(drawn).replace(FONT, SCREEN_FONT)


def on_screen(drawn: str, dark: bool) -> str:
    """A drawing as a part of a page: without a ground of its own, in the letters of the browser, which are light where
    the page is dark. What is drawn keeps its colours, for they say something."""
    page = f'fill="{PAPER}" stroke="none"'
    shown = lettered(drawn).replace(page, 'fill="none" stroke="none"', 1)
    if dark:
        for ink in (INK, QUIET):
            shown = shown.replace(f'fill="{ink}" text-anchor', f'fill="{ON_DARK}" text-anchor')
        shown = shown.replace(f'fill="{PAPER}" fill-opacity', f'fill="{DARK_GROUND}" fill-opacity')
        shown = shown.replace(f'stroke="{QUIET}"', f'stroke="{ON_DARK}"')
    return shown


def _length(found: re.Match[str]) -> str:
    text = html.unescape(found[3])
    wide = sum(next((width for letters, width in _WIDTHS if letter in letters), 0.5) for letter in text)
    return f'textLength="{number(wide * float(found[2]))}" lengthAdjust="spacingAndGlyphs"'


def wrapped(text: str, most: int) -> list[str]:
    """The text in lines of at most `most` letters where it has spaces or hyphens to break at."""
    lines = [""]
    for part in text.replace("-", "-\0").replace(" ", " \0").split("\0"):
        if lines[-1] and len(lines[-1]) + len(part.rstrip()) > most:
            lines.append("")
        lines[-1] += part
    return [line.strip() for line in lines if line.strip()] or [""]


def moved(x: float, y: float, parts: Iterable[Markup]) -> Markup:
    """Parts that stand elsewhere on the picture."""
    return markup('<g transform="translate({} {})">{}</g>', number(x), number(y), joined(parts))


def box(
    x: float, y: float, width: float, height: float, fill: str, line: str = "none", thick: float = 0.5
) -> Markup:
    """A rectangle."""
    return markup(
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="{}" stroke-width="{}"/>',
        *map(number, (x, y, width, height)),
        fill,
        line,
        number(thick),
    )


def plate(x: float, y: float, width: float, height: float) -> Markup:
    """A white ground for letters, through which what lies under it stays visible."""
    return markup(
        '<rect x="{}" y="{}" width="{}" height="{}" rx="2" fill="#ffffff" fill-opacity="0.84"/>',
        *map(number, (x, y, width, height)),
    )


def line(x1: float, y1: float, x2: float, y2: float, color: str = LINE, thick: float = 0.6) -> Markup:
    """A straight line."""
    return markup(
        '<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" stroke-width="{}"/>',
        *map(number, (x1, y1, x2, y2)),
        color,
        number(thick),
    )


def circle(x: float, y: float, radius: float, fill: str, edge: str = INK, thick: float = 0.7) -> Markup:
    """A disc."""
    return markup(
        '<circle cx="{}" cy="{}" r="{}" fill="{}" stroke="{}" stroke-width="{}"/>',
        *map(number, (x, y, radius)),
        fill,
        edge,
        number(thick),
    )


def path(
    rings: Iterable[np.ndarray], fill: str, edge: str = "none", thick: float = 0.6, close: bool = True
) -> Markup:
    """Lines through points of shape (n, 2), filled by the even-odd rule; a ring inside another one is a hole."""
    return along(way(rings, close), fill, edge, thick)


def way(rings: Iterable[np.ndarray], close: bool = True) -> Markup:
    """The steps of a path, for `along`: to be kept where the same lines are drawn more than once."""
    return Markup(" ").join(_steps(ring, close) for ring in rings)


def along(steps: Markup, fill: str, edge: str = "none", thick: float = 0.6) -> Markup:
    """The path of these steps, as `path` draws it."""
    return markup(
        '<path d="{}" fill="{}" fill-rule="evenodd" stroke="{}" stroke-width="{}" stroke-linejoin="round"/>',
        steps,
        fill,
        edge,
        number(thick),
    )


def _steps(ring: np.ndarray, close: bool) -> Markup:
    points = " L".join(f"{number(x)} {number(y)}" for x, y in ring)
    return Markup(f"M{points}{'Z' if close else ''}")  # noqa: S704 - numbers only
