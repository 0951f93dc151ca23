"""What a brief is made of, apart from how it is drawn: plain text, tables, two kinds of chart and one kind of map.

Every text here is data and may be hostile; those who draw it (`typst_pdf`, `html_page`) make it harmless.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

BETTER, WORSE, SAME, INDISTINCT, NEUTRAL = "better", "worse", "same", "indistinct", "neutral"


@dataclass(frozen=True)
class Heading:
    """The heading of a section."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `quiet` ones are set smaller: sources, explanations."""

    text: str
    quiet: bool = False


@dataclass(frozen=True)
class Bullets:
    """A list; `elastic` ones may be cut where the brief would get too long, and `more` then says so."""

    items: tuple[str, ...]
    elastic: bool = False


@dataclass(frozen=True)
class Table:
    """A table with one header row; the first cell of a row names it.

    numeric: per column whether it holds numbers. strong: rows set bold (a total). widths: share of each column, () for
    what fits. elastic: rows may be left out where the brief would get too long. left_out: rows already left out.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    strong: frozenset[int] = frozenset()
    widths: tuple[float, ...] = ()
    elastic: bool = False
    left_out: int = 0


@dataclass(frozen=True)
class Mark:
    """A value on a row of the chart: where it lies (0 the lower end of the figure's scale, 1 the higher, None unknown),
    its text, and where its 95% interval begins and ends (None without one)."""

    at: float | None
    text: str
    interval: tuple[float, float] | None = None


@dataclass(frozen=True)
class SpineRow:
    """A figure on the spine chart. `tone` is how the area compares with the city: BETTER, WORSE, SAME, INDISTINCT by
    its interval, or NEUTRAL where no end is the favourable one. band: the stretch of the scale (0-1) that is about
    the same as the city. ends: what stands at the ends of the scale, '' where that is what stands over the chart."""

    label: str
    areas: tuple[Mark, ...]
    city: Mark
    country: Mark
    tone: tuple[str, ...]
    band: tuple[float, float] | None = None
    ends: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Chart:
    """The spine chart: per figure where areas, city and country lie on the figure's own scale.

    names: the areas, in the order of the marks of each row. alt: what a screen reader says. low and high: the ends of
    the scale of the rows that tell none of their own. band: what the band of each row is.
    """

    caption: str
    alt: str
    names: tuple[str, ...]
    city: str
    country: str
    low: str
    high: str
    words: tuple[str, ...]  # better, worse, about the same, and where there are such: not distinguishable
    rows: tuple[SpineRow, ...]
    band: str = ""


@dataclass(frozen=True)
class Area:
    """An area of the map. `fill` is `#rrggbb`, '' for none; `missing` areas are hatched; `outline`: a focus area;
    `picked`: the one that was chosen; `doubt`: dotted, not distinguishable from the city."""

    code: str
    fill: str = ""
    missing: bool = False
    outline: bool = False
    picked: bool = False
    doubt: bool = False


@dataclass(frozen=True)
class Label:
    """A name on the map: the area that it stands in, its text and a smaller second line."""

    code: str
    text: str
    value: str = ""
    strong: bool = False


@dataclass(frozen=True)
class Sign:
    """Of the legend: kind `fill` (with colour), `missing`, `doubt`, `outline`, `picked`, `place`, `wide`, `chosen`."""

    kind: str
    text: str
    color: str = ""


@dataclass(frozen=True)
class Map:
    """A map of the municipality. points: places in EPSG:28992 (metres); wide: those of them where all that is there is
    for the whole city or the region; chosen: those that were chosen. signs: the legend. credit: whose boundaries."""

    caption: str
    alt: str
    areas: tuple[Area, ...]
    labels: tuple[Label, ...]
    points: tuple[tuple[float, float], ...]
    signs: tuple[Sign, ...]
    credit: str
    wide: tuple[tuple[float, float], ...] = ()
    chosen: tuple[tuple[float, float], ...] = ()


DISC, DIAMOND, SQUARE, TRIANGLE, CROSS, RING = SHAPES = (
    "disc",
    "diamond",
    "square",
    "triangle",
    "cross",
    "ring",
)
BLUE, ORANGE, GREEN, PINK, GREY, DARK = TONES = ("blue", "orange", "green", "pink", "grey", "dark")


@dataclass(frozen=True)
class Axis:
    """An axis of a plot: what it measures, its ends, and where which number stands, in the language of the reader."""

    title: str
    ends: tuple[float, float]
    ticks: tuple[tuple[float, str], ...]


@dataclass(frozen=True)
class Dot:
    """A point of a plot. text: all that it says; label: what stands beside it, '' for nothing. low, high: the interval
    on the vertical axis, left, right: on the horizontal one, None without one."""

    x: float
    y: float
    text: str
    label: str = ""
    low: float | None = None
    high: float | None = None
    left: float | None = None
    right: float | None = None


@dataclass(frozen=True)
class Series:
    """Points that belong together: marks of one shape and tone (of SHAPES and TONES), with `joined` a line through them
    (`dashed` or not), without `marked` only that; with `bars` lying bars from 0, at the height of each point."""

    name: str
    dots: tuple[Dot, ...]
    shape: str = DISC
    tone: str = BLUE
    marked: bool = True
    joined: bool = False
    dashed: bool = False
    bars: bool = False


@dataclass(frozen=True)
class Rule:
    """A line straight across a plot at a value of `axis` (`x`: upright, `y`: lying), with what it is."""

    axis: str
    at: float
    text: str


@dataclass(frozen=True)
class Plot:
    """A plot of points, lines or bars on two axes. height: as a share of the width. alt: what a screen reader says."""

    caption: str
    alt: str
    x: Axis
    y: Axis
    series: tuple[Series, ...]
    rules: tuple[Rule, ...] = ()
    height: float = 0.62


@dataclass(frozen=True)
class Beside:
    """Two columns on paper, one after the other on a narrow screen; `share` of the width for the left one."""

    left: tuple[Block, ...]
    right: tuple[Block, ...]
    share: float = 0.6


Block = Heading | Paragraph | Bullets | Table | Chart | Plot | Map | Beside


@dataclass(frozen=True)
class Document:
    """A whole brief. subtitle: the sentence that answers what was asked; beside: what counts and as of when, smaller.
    link: the page that it was made of ('' for none)."""

    kind: str
    place: str
    title: str
    subtitle: str
    language: str
    link: str
    snapshot: str
    date: dt.date
    blocks: tuple[Block, ...]
    sources: tuple[str, ...]
    caveats: tuple[str, ...]
    beside: str = ""
